"""Which sentences are asked about in which call."""

from collections.abc import Iterator, Sequence

from factcheck.domain.extraction import Window
from factcheck.domain.sentence import Sentence, SentenceState

_BEFORE = 3
_NOT_ARTICLE = frozenset({"furniture", "repeat"})


def plan_windows(sentences: Sequence[Sentence], size: int, *, retry: bool = False) -> tuple[Window, ...]:
    """Windows of at most `size` neighbours never asked about, with the three sentences before for context.

    With `retry`, those that failed are asked about too; without it they are not paid for twice.
    """
    wanted = {SentenceState.PENDING, SentenceState.FAILED} if retry else {SentenceState.PENDING}
    told = [sentence for sentence in sentences if not _is_page(sentence)]
    return tuple(
        Window(
            sentences=tuple(told[start:end]),
            before=tuple(told[max(0, start - _BEFORE) : start]),
        )
        for start, end in _chunks([one.entry.state in wanted for one in told], size)
    )


def _is_page(sentence: Sentence) -> bool:
    return sentence.entry.state is SentenceState.NOT_CHECKABLE and sentence.entry.kind in _NOT_ARTICLE


def _chunks(wanted: Sequence[bool], size: int) -> Iterator[tuple[int, int]]:
    start = None
    for index, is_wanted in enumerate([*wanted, False]):
        if start is not None and (not is_wanted or index - start == size):
            yield start, index
            start = None
        if is_wanted and start is None:
            start = index
