"""Which sentences are asked about in which call."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from itertools import groupby

from factcheck.domain.extraction import Window
from factcheck.domain.sentence import CREDIT, FURNITURE, REPEAT, Sentence, SentenceState

_BEFORE = 3
_STRETCHED_FROM = 5
_NOT_ARTICLE = {(SentenceState.NOT_CHECKABLE, kind) for kind in (FURNITURE, REPEAT, CREDIT)}


class Asked(StrEnum):
    """Which sentences are asked about: what was paid for once is not paid for again unasked."""

    PENDING = "pending"
    """Those that nobody asked about yet."""
    UNANSWERED = "unanswered"
    """Those, and those that failed."""
    ALL = "all"
    """Every sentence that code has not settled."""


def plan_windows(
    sentences: Sequence[Sentence], size: int, asked: Asked = Asked.PENDING, but: AbstractSet[int] = frozenset()
) -> tuple[Window, ...]:
    """Windows of `size` neighbours to be asked about, with the three sentences before for context.

    Large windows may hold one sentence more, where that saves a call. The positions of `but` are
    answered already.
    """
    # Menus, and sentences that the article repeats, would cut windows in two and mislead as context.
    told = [one for one in sentences if (one.entry.state, one.entry.kind) not in _NOT_ARTICLE]
    states = {SentenceState.PENDING} if asked is Asked.PENDING else {SentenceState.PENDING, SentenceState.FAILED}
    wanted = [
        one.position not in but and (not one.is_settled_by_code if asked is Asked.ALL else one.entry.state in states)
        for one in told
    ]
    return tuple(
        Window(tuple(told[start:end]), before=tuple(told[max(0, start - _BEFORE) : start]))
        for start, end in _chunks(wanted, size)
    )


def _chunks(wanted: Sequence[bool], size: int) -> Iterator[tuple[int, int]]:
    start = 0
    for is_wanted, neighbours in groupby(wanted):
        length = len(list(neighbours))
        if is_wanted:
            yield from _divided(start, length, size)
        start += length


def _divided(start: int, length: int, size: int) -> Iterator[tuple[int, int]]:
    """The first windows take one sentence more where that saves a call for the few that are left over."""
    full, rest = divmod(length, size)
    is_stretched = size >= _STRETCHED_FROM and 0 < rest <= full
    sizes = [size + 1] * rest + [size] * (full - rest) if is_stretched else [size] * full + [rest] * bool(rest)
    for one in sizes:
        yield start, start + one
        start += one
