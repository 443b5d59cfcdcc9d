"""What short texts hold, kept for a while: many gates ask the same of one claim, and of its sentence."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

Found = TypeVar("Found")
Further = ParamSpec("Further")

_KEPT, _SHORT = 256, 500  # texts of each function, characters of one


def kept_of_short(read: Callable[Concatenate[str, Further], Found]) -> Callable[Concatenate[str, Further], Found]:
    """Decorates a pure function whose answer nobody changes: a short text is read once, while it is asked about."""
    kept = lru_cache(_KEPT)(read)

    @wraps(read)
    def of(text: str, /, *args: Further.args, **kwargs: Further.kwargs) -> Found:
        # What is asked besides, as the language, can be looked up too.
        return kept(text, *args, **kwargs) if len(text) <= _SHORT else read(text, *args, **kwargs)  # type: ignore[arg-type]

    return of
