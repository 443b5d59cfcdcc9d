"""Answers that stopped runs had paid for, on their way into the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from fakes import SETUP, FakeExtractor, FakeKept, FakeSpill, HeardProgress, read_kept

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Price, Prices
from factcheck.domain.extraction import Billing, ExtractionSummary, Window, WindowOutcome
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.errors import DatabaseError
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.ports import Clock, Ledger
from factcheck.workflow.take_in_answers import KeptAnswer, KeptAnswers

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday. Fog came on Thursday."


@dataclass
class Bench:
    """An article, a run about it that was killed, and what is kept of its answers."""

    filed: FiledArticle
    ledger: Ledger
    clock: Clock
    run_id: int
    spill: FakeSpill = field(default_factory=FakeSpill)
    heard: HeardProgress = field(default_factory=HeardProgress)

    def kept(self) -> KeptAnswers:
        return KeptAnswers(self.spill, self.ledger, self.clock, self.heard, read_kept)

    def extract(self, extractor: FakeExtractor, pause: Callable[[], None] = lambda: None) -> ExtractionSummary:
        extraction = Extraction(self.ledger, lambda: extractor, self.clock, self.heard, pause, kept=self.kept())
        (summary,) = extraction.of([self.filed.id], Plan(2))
        return summary

    def answered(self) -> list[int]:
        pending = SentenceState.PENDING
        return [one.position for one in self.ledger.sentences(self.filed.id) if one.entry.state is not pending]


@pytest.fixture
def bench(ledger: Ledger, clock: Clock) -> Bench:
    filed = file_article(Article(TEXT, clock()), ledger, clock)
    return Bench(filed, ledger, clock, ledger.begin_run(filed.id, SETUP, clock()))


def test_kept_answers_are_stored_first(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    bench.spill.kept[bench.run_id] = ["1", "2"]
    pass_minutes(1)
    extractor = FakeExtractor()

    bench.extract(extractor)

    assert [one.positions for one in extractor.windows] == [(3, 4)]
    assert (bench.spill.kept, bench.heard.took_in) == ({}, [(bench.filed.id, 2)])
    assert bench.ledger.answers(bench.run_id).entries.keys() == {1, 2}


def test_answers_of_a_living_run_are_its_own(bench: Bench) -> None:
    bench.spill.kept[bench.run_id] = ["1"]

    bench.kept().take_in()

    assert (bench.spill.runs(), bench.answered()) == ((bench.run_id,), [])


def test_run_that_dies_meanwhile_is_taken_in_too(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    bench.spill.kept[bench.run_id] = ["3 4"]
    extractor = FakeExtractor()

    bench.extract(extractor, lambda: pass_minutes(1))

    assert [one.positions for one in extractor.windows] == [(1, 2)]


def test_what_is_stored_is_not_stored_again(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    bench.spill.kept[bench.run_id] = ["1", "1", "half a li"]
    pass_minutes(1)
    bench.kept().take_in()
    bench.spill.kept[bench.run_id] = ["1"]
    bench.kept().take_in()

    assert bench.answered() == [1]
    assert bench.heard.took_in == [(bench.filed.id, 1)]
    assert bench.ledger.runs()[0].usage.calls == 1


def test_finished_run_keeps_nothing(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    pass_minutes(1)
    bench.spill.kept[bench.run_id + 1] = ["1 2"]

    bench.extract(FakeExtractor())

    assert (bench.spill.kept, bench.heard.took_in) == ({}, [])


def test_answers_that_cannot_be_stored_stay(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    pass_minutes(1)
    bench.spill.kept[bench.run_id] = ["1"]

    def locked(*_: object) -> int:
        raise DatabaseError("locked")

    kept = bench.kept()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench.ledger, "record_outcome", locked)
        with pytest.raises(DatabaseError):
            kept.take_in()

    assert bench.spill.kept == {bench.run_id: ["1"]}


def test_kept_answer_costs_what_its_tier_costs(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    price = Price(10, 10, 100, tiers={"flex": Price(5, 5, 50)})

    class InFlex(FakeKept):
        def read(self) -> WindowOutcome:
            outcome = super().read()
            return replace(outcome, billed=(Billing(outcome.usage, "flex"),))

    def read(_: str, filed: FiledArticle, sentences: Sequence[Sentence]) -> KeptAnswer:
        return InFlex(Window(tuple(sentences[:1])), filed)

    bench.spill.kept[bench.run_id] = ["1"]
    pass_minutes(1)
    told = bench.clock, bench.heard, read
    KeptAnswers(bench.spill, bench.ledger, *told, Prices(({SETUP.model: price},))).take_in()

    assert bench.ledger.runs()[0].price == pytest.approx((100 * 5 + 20 * 50) / 1e6)


def test_answers_of_another_desks_run_are_kept(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    foreign = '{"article": "another"}'
    bench.spill.kept[bench.run_id] = ["1", foreign, '{"half": ']
    pass_minutes(1)

    bench.kept().take_in()

    assert (bench.answered(), bench.spill.kept) == ([1], {})
    assert foreign in bench.spill.put_aside


def test_later_runs_answers_stand(bench: Bench, pass_minutes: Callable[[int], None]) -> None:
    pass_minutes(1)
    bench.extract(FakeExtractor())  # on another machine, where nothing was kept
    bench.spill.kept[bench.run_id] = ["1 2"]

    bench.kept().take_in()

    assert (bench.spill.kept, bench.heard.took_in) == ({}, [])
    assert bench.ledger.answers(bench.run_id).entries == {}
