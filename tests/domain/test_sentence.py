import pytest

from factcheck.domain.block_kind import BlockKind
from factcheck.domain.sentence import PENDING, Sentence, SentenceState, Span


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_span_needs_a_positive_length(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"0 <= start < end, got \[{start}, {end}\)"):
        Span(start, end)


def test_span_cuts_in_code_points() -> None:
    assert Span(2, 4).cut("😀 ab c") == "ab"


def test_touching_spans_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert not Span(3, 5).overlaps(Span(0, 3))


@pytest.mark.parametrize("other", [Span(2, 5), Span(0, 1), Span(1, 2), Span(0, 9)])
def test_sharing_one_character_is_overlap(other: Span) -> None:
    assert Span(0, 3).overlaps(other)
    assert other.overlaps(Span(0, 3))


def test_spans_sort_by_their_start() -> None:
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(5, 6)]


def test_failed_call_is_no_answer() -> None:
    unanswered = {state for state in SentenceState if not state.is_answered}
    assert unanswered == {SentenceState.PENDING, SentenceState.FAILED}


def test_new_sentence_is_still_pending() -> None:
    sentence = Sentence(1, Span(0, 3))
    assert (sentence.entry, sentence.block) == (PENDING, BlockKind.PARAGRAPH)
