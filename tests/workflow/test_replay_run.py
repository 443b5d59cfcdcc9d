from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from fake_desk import Shelf
from fakes import FakeExtractor, FakeSession

from factcheck.domain.article import FiledArticle
from factcheck.domain.extraction import Question, WindowOutcome
from factcheck.workflow.ports import Ledger
from factcheck.workflow.replay_run import replay_run

Extracted = Callable[..., FiledArticle]
TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday. Sun shone on Thursday."


class _Forgetful(FakeExtractor):
    """Gives the answers of its kind, without their first claim."""

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        for question, outcome in super().outcomes(questions):
            yield question, replace(outcome, claims=outcome.claims[1:])


def test_equal_answers_are_the_same(ledger: Ledger, extracted: Extracted) -> None:
    extracted(TEXT)

    found = replay_run(ledger, lambda _: FakeSession(FakeExtractor(), window=3), 1).comparison

    assert found.is_same
    assert [one.id for one in found.kept] == [1, 2, 3, 4]


def test_lost_claim_is_found_out(ledger: Ledger, extracted: Extracted) -> None:
    extracted(TEXT)

    found = replay_run(ledger, lambda _: FakeSession(_Forgetful(), window=3), 1).comparison

    assert not found.is_same
    assert [one.text for one in found.lost] == ["Rain fell on Monday.", "Sun shone on Thursday."]


def test_new_claim_has_no_number(ledger: Ledger, extracted: Extracted) -> None:
    extracted(TEXT, frozenset({2}))

    found = replay_run(ledger, lambda _: FakeSession(FakeExtractor(), window=3), 1).comparison

    assert [(one.id, one.text) for one in found.gained] == [(0, "Wind blew on Tuesday.")]
    assert [position for position, _, _ in found.moved] == [2]


def test_only_its_sentences_are_asked(ledger: Ledger, shelf: Shelf, extracted: Extracted) -> None:
    extracted(TEXT, frozenset({2, 3}))
    extractor = FakeExtractor()
    del shelf.said[1][4]  # as if the run had been broken off

    replay_run(ledger, lambda _: FakeSession(extractor, window=3), 1)

    assert [one.positions for one in extractor.windows] == [(1, 2, 3)]
