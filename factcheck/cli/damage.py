"""What is shown of a desk in which rows are damaged: these are told and left out, and all the others shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from factcheck import wiring
from factcheck.cli.terminal import details, say, spoken
from factcheck.errors import BrokenRowError
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow.ports import Stores


@contextmanager
def stores_to_list(settings: Settings) -> Iterator[Stores]:
    """An open desk whose damaged rows are told, each once, and left out.

    Raises BrokenRowError at the end if there was any: what was shown in between is not all that the desk holds; and
    where what was asked for is itself the damaged row.
    """
    left_out: set[str] = set()

    def tell(what: str, error: BrokenRowError) -> None:
        told = one_line(f"{what} is left out: {error}")
        if told not in left_out:
            say(f"factcheck: {told}")
        left_out.add(told)

    with wiring.stores(settings, damaged=tell) as opened:
        yield opened
    if left_out:
        many = f"{len(left_out)} rows are" if len(left_out) > 1 else "one row is"
        raise BrokenRowError(f"{many} damaged, and left out of what was shown")


def show_rest(error: BrokenRowError, *names: str) -> None:
    """What else stands in a damaged row that was asked for itself, of these columns, on stdout."""
    details((spoken(name), one) for name in names if isinstance(one := error.rest.get(name), str | int))
