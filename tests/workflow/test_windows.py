import pytest

from factcheck.domain.extraction import Window
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.workflow.windows import Asked, plan_windows

PENDING, CLAIMS, FAILED = SentenceState.PENDING, SentenceState.CLAIMS, SentenceState.FAILED
SKIPPED = SentenceState.NOT_CHECKABLE


def sentences(*states: SentenceState, kind: str | None = None) -> list[Sentence]:
    return [
        Sentence(position, Span(position * 10, position * 10 + 9), entry=LedgerEntry(state, kind))
        for position, state in enumerate(states, 1)
    ]


def asked(windows: tuple[Window, ...]) -> list[tuple[int, ...]]:
    return [one.positions for one in windows]


def context(windows: tuple[Window, ...]) -> list[tuple[int, ...]]:
    return [tuple(sentence.position for sentence in one.before) for one in windows]


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        (1, [(1,), (2,), (3,), (4,), (5,)]),
        (2, [(1, 2), (3, 4), (5,)]),
        (5, [(1, 2, 3, 4, 5)]),
        (9, [(1, 2, 3, 4, 5)]),
    ],
)
def test_windows_hold_size_sentences(size: int, wanted: list[tuple[int, ...]]) -> None:
    assert asked(plan_windows(sentences(*[PENDING] * 5), size)) == wanted


@pytest.mark.parametrize(
    ("many", "size", "wanted"),
    [
        (38, 9, [10, 10, 9, 9]),
        (39, 9, [10, 10, 10, 9]),
        (41, 9, [9, 9, 9, 9, 5]),
        (6, 5, [6]),
        (13, 4, [4, 4, 4, 1]),
        (2, 9, [2]),
    ],
)
def test_large_windows_stretch_to_save_a_call(many: int, size: int, wanted: list[int]) -> None:
    assert [len(one) for one in asked(plan_windows(sentences(*[PENDING] * many), size))] == wanted


def test_answered_sentences_leave_a_gap() -> None:
    states = (PENDING, PENDING, CLAIMS, PENDING, CLAIMS, PENDING, PENDING, PENDING)

    assert asked(plan_windows(sentences(*states), 2)) == [(1, 2), (4,), (6, 7), (8,)]


def test_nothing_left_needs_no_window() -> None:
    assert plan_windows(sentences(CLAIMS, SKIPPED, SentenceState.AMBIGUOUS), 3) == ()


def test_empty_article_needs_no_window() -> None:
    assert plan_windows([], 3) == ()


def test_three_sentences_give_context() -> None:
    windows = plan_windows(sentences(*[PENDING] * 10), 2)

    assert context(windows) == [(), (1, 2), (2, 3, 4), (4, 5, 6), (6, 7, 8)]


def test_answered_sentences_give_context() -> None:
    windows = plan_windows(sentences(CLAIMS, SKIPPED, FAILED, CLAIMS, PENDING), 2)

    assert (asked(windows), context(windows)) == ([(5,)], [(2, 3, 4)])


@pytest.mark.parametrize("kind", ["furniture", "repeat"])
def test_furniture_is_left_out(kind: str) -> None:
    page = Sentence(2, Span(20, 29), entry=LedgerEntry(SKIPPED, kind))
    first, _, third, fourth = sentences(*[PENDING] * 4)

    windows = plan_windows([first, page, third, fourth], 2)

    assert (asked(windows), context(windows)) == ([(1, 3), (4,)], [(), (1, 3)])


def test_headings_are_no_furniture() -> None:
    heading = Sentence(1, Span(0, 9), entry=LedgerEntry(SKIPPED, "heading"))

    windows = plan_windows([heading, Sentence(2, Span(10, 19))], 2)

    assert (asked(windows), context(windows)) == ([(2,)], [(1,)])


def test_failed_are_not_paid_twice() -> None:
    assert asked(plan_windows(sentences(FAILED, PENDING, FAILED), 3)) == [(2,)]


def test_retry_asks_failed_again() -> None:
    states = (FAILED, PENDING, CLAIMS, FAILED)

    assert asked(plan_windows(sentences(*states), 3, Asked.UNANSWERED)) == [(1, 2), (4,)]
