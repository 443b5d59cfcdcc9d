from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import SETUP

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import (
    FINISHED,
    ExtractionSetup,
    ExtractionSummary,
    FiledRun,
    Usage,
    Window,
    WindowOutcome,
)
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span, count_states

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANSWERED = LedgerEntry(SentenceState.CLAIMS)
SIX = tuple(Sentence(at, Span(10 * at, 10 * at + 9)) for at in range(1, 7))
WINDOW = Window((Sentence(3, Span(20, 30)), Sentence(4, Span(31, 40))), before=(Sentence(2, Span(10, 19)),))


def summary(*states: SentenceState) -> ExtractionSummary:
    sentences = tuple(Sentence(at, Span(at, at + 1), entry=LedgerEntry(state)) for at, state in enumerate(states, 1))
    filed = FiledArticle(1, Article("The dam held.", NOW))
    return ExtractionSummary(filed, count_states(sentences), 0, Usage(), run_id=1)


def test_window_asks_not_about_its_context() -> None:
    assert WINDOW.positions == (3, 4)


def test_outcome_answers_its_whole_window() -> None:
    assert WindowOutcome(WINDOW, {4: ANSWERED, 3: ANSWERED}).claims == ()


@pytest.mark.parametrize("positions", [(), (3,), (2, 3, 4), (3, 5)])
def test_missing_or_foreign_answer_is_refused(positions: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"sentences \(3, 4\) need an entry each"):
        WindowOutcome(WINDOW, dict.fromkeys(positions, ANSWERED))


def test_usage_adds_up_field_by_field() -> None:
    assert Usage(1, 2, 3, 4, 0.5) + Usage(10, 20, 30, 40, 0.25) == Usage(11, 22, 33, 44, 0.75)


def test_summary_counts_sentences_by_state() -> None:
    found = summary(SentenceState.CLAIMS, SentenceState.AMBIGUOUS, SentenceState.CLAIMS)
    assert (found.counts[SentenceState.CLAIMS], found.counts[SentenceState.FAILED]) == (2, 0)


def test_parts_make_one_outcome() -> None:
    claim = Claim("It held.", "It held", Anchor(AnchorStatus.SENTENCE, (), (3,)), 0.5)
    parts = [
        WindowOutcome(Window(WINDOW.sentences[:1]), {3: ANSWERED}, (claim,), Usage(1, 10, 0, 5, 0.5)),
        WindowOutcome(Window(WINDOW.sentences[1:]), {4: ANSWERED}, (), Usage(1, 20, 0, 5, 0.5)),
    ]

    whole = WindowOutcome.of_parts(WINDOW, parts)
    assert (set(whole.entries), whole.claims, whole.usage) == ({3, 4}, (claim,), Usage(2, 30, 0, 10, 1.0))


def test_second_half_has_the_first_for_context() -> None:
    first, second = Window(SIX[2:], SIX[:2]).halves()

    assert (first.positions, [one.position for one in first.before]) == ((3, 4), [1, 2])
    assert (second.positions, [one.position for one in second.before]) == ((5, 6), [3, 4])


def test_summary_of_answers_is_complete() -> None:
    assert summary(SentenceState.CLAIMS, SentenceState.NOT_CHECKABLE, SentenceState.AMBIGUOUS).is_complete


@pytest.mark.parametrize("open_state", [SentenceState.PENDING, SentenceState.FAILED])
def test_one_open_sentence_is_incomplete(open_state: SentenceState) -> None:
    assert not summary(SentenceState.CLAIMS, open_state).is_complete


def test_usage_starts_at_nothing() -> None:
    assert Usage() == Usage(0, 0, 0, 0, 0.0)


@pytest.mark.parametrize(
    ("other", "is_like"),
    [
        (replace(SETUP, parameters={"window": 9, "temperature": 0.0}), True),
        (replace(SETUP, recording="tape.yaml"), True),
        (replace(SETUP, model="fake:other"), False),
        (replace(SETUP, prompt_hash="1" * 64), False),
        (replace(SETUP, parameters={"window": 2, "structured": "json_mode"}), False),
        (SETUP.again(), False),
    ],
)
def test_only_the_window_may_differ(other: ExtractionSetup, *, is_like: bool) -> None:
    assert SETUP.asks_like(other) is is_like


def test_setup_of_again_says_so() -> None:
    assert (SETUP.is_again, SETUP.again().is_again, SETUP.again().model) == (False, True, SETUP.model)


def test_run_is_finished_from_its_end_on() -> None:
    run = FiledRun(1, 1, SETUP, Usage(), FINISHED, ended_at=NOW)

    assert (run.was_finished(NOW), run.was_finished(NOW - timedelta(seconds=1))) == (True, False)
    assert not replace(run, outcome="interrupted").was_finished(NOW)
    assert not replace(run, outcome=None, ended_at=None).was_finished(NOW)
