"""What short texts hold, kept for a while: many gates ask the same of one claim, and of its sentence."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Found = TypeVar("Found")

_KEPT, _SHORT = 1_000, 500  # texts of each function, characters of one


def kept_of_short(read: Callable[[str], Found]) -> Callable[[str], Found]:
    """Decorates a pure function whose answer nobody changes: a short text is read once, while it is asked about."""
    kept = lru_cache(_KEPT)(read)

    @wraps(read)
    def of(text: str) -> Found:
        return kept(text) if len(text) <= _SHORT else read(text)

    return of
