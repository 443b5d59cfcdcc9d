"""Rating scales out of TOML files: those that ship with the package, and a newsroom's own."""

from collections.abc import Iterable
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.errors import BrokenScaleError, InputError
from factcheck.toml_files import Table, read_table, read_toml

_SHIPPED = ("truth-5", "averitec", "pre-publication")


class _Label(Table):
    id: str
    definition: str
    averitec: Annotated[AveritecClass, BeforeValidator(AveritecClass)]
    grade: int | None = None


class _Scale(Table):
    id: str
    version: int
    labels: list[_Label]


def read_scales(paths: Iterable[str] = ()) -> dict[str, RatingScale]:
    """The shipped scales and those of the files, by id; a file takes the place of a shipped one. Raises InputError."""
    with ExitStack() as shipped:
        own = [shipped.enter_context(as_file(files("factcheck") / "scales" / f"{name}.toml")) for name in _SHIPPED]
        scales = [_read(one) for one in (*own, *map(Path, paths))]
    return {one.id: one for one in scales}


def _read(source: Path) -> RatingScale:
    try:
        scale = read_table(_Scale, read_toml(source))
        return RatingScale(scale.id, scale.version, tuple(Label(**dict(one)) for one in scale.labels))
    except OSError as error:
        message = f"the rating scale {str(source)!r} cannot be read: {error.strerror}; check the path"
        raise InputError(message) from error
    except ValueError as error:
        raise BrokenScaleError(f"the rating scale {str(source)!r} is broken: {error}") from error
