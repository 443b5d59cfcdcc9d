from dataclasses import dataclass, field

import pytest
from fakes import FakeExtractor, FakeSession, HeardProgress

from factcheck.domain.article import Article
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.extraction import ExtractionSummary, Window
from factcheck.domain.listing import Listing
from factcheck.domain.sentence import SentenceState
from factcheck.errors import BudgetReachedError, FactcheckError, ModelServerError, NotFoundError, SourceError
from factcheck.workflow.budget import Budget
from factcheck.workflow.extract_batch import ExtractBatch, Wanted, estimate_batch
from factcheck.workflow.ports import Clock, Ledger

RAIN, SNOW = "Rain fell on Monday. Wind blew on Tuesday. Sun shone on Friday.", "Snow lay on Wednesday."
LOST = SourceError("'lost.txt' cannot be read")


@dataclass
class Heard(HeardProgress):
    """Serves the BatchProgress port: remembers what it was told."""

    summaries: list[ExtractionSummary] = field(default_factory=list)
    troubles: list[FactcheckError] = field(default_factory=list)

    def ended(self, summary: ExtractionSummary) -> None:
        self.summaries.append(summary)

    def hindered(self, error: FactcheckError) -> None:
        self.troubles.append(error)


@dataclass
class Bench:
    """A batch over an empty desk, with two texts and a source that cannot be read."""

    ledger: Ledger
    clock: Clock
    heard: Heard = field(default_factory=Heard)
    recording: str | None = None

    def session(self, extractor: FakeExtractor | None = None, budget: Budget | None = None) -> FakeSession:
        sources: dict[str, str | Listing | SourceError] = {"rain.txt": RAIN, "snow.txt": SNOW, "lost.txt": LOST}
        return FakeSession(extractor or FakeExtractor(), sources=sources, budget=budget)

    def batch(self) -> ExtractBatch:
        return ExtractBatch(self.ledger, self.clock, self.heard, lambda: self.recording, lambda: None)


@pytest.fixture
def bench(ledger: Ledger, clock: Clock) -> Bench:
    return Bench(ledger, clock)


class DearEstimator:
    """Serves the Estimator port: a call about two sentences may take ten tokens, one about one sentence five."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        del article
        return Estimate(1, most_prompt_tokens=5 * len(window.sentences))


def test_every_source_is_extracted(bench: Bench) -> None:
    session = bench.session()

    done = bench.batch().run(session, Wanted(("rain.txt", "snow.txt")))

    assert [one.new_claims for one in done.summaries] == [3, 1]
    assert (bench.heard.summaries, done.is_complete, session.is_open) == ([*done.summaries], True, False)


def test_unread_source_spares_the_others(bench: Bench) -> None:
    done = bench.batch().run(bench.session(), Wanted(("lost.txt", "snow.txt")))

    assert (done.unread, bench.heard.troubles, len(done.summaries)) == ((LOST,), [LOST], 1)
    assert not done.is_complete


def test_failed_sentence_leaves_batch_incomplete(bench: Bench) -> None:
    done = bench.batch().run(bench.session(FakeExtractor(frozenset({2}))), Wanted(("rain.txt",)))
    assert not done.is_complete

    again = bench.batch().run(bench.session(), Wanted((), retried=(1,)))
    assert (again.is_complete, again.summaries[0].new_claims) == (True, 1)


def test_unknown_article_stops_before_reading(bench: Bench) -> None:
    with pytest.raises(NotFoundError):
        bench.batch().run(bench.session(), Wanted(("rain.txt",), articles=(7,)))

    assert list(bench.ledger.articles()) == []


def test_asking_again_asks_everything(bench: Bench) -> None:
    bench.batch().run(bench.session(), Wanted(("rain.txt",)))
    extractor = FakeExtractor()

    bench.batch().run(bench.session(extractor), Wanted((), articles=(1,), again=True))

    assert [one.positions for one in extractor.windows] == [(1, 2), (3,)]


def test_reached_budget_cuts_the_batch_short(bench: Bench) -> None:
    budget = Budget(0.000012, Price(1, 1, 1), DearEstimator())

    done = bench.batch().run(bench.session(budget=budget), Wanted(("rain.txt", "snow.txt")))

    [trouble] = bench.heard.troubles
    assert isinstance(trouble, BudgetReachedError)
    assert (done.is_cut_short, done.is_complete) == (True, False)


def test_broken_off_recording_is_sealed(bench: Bench) -> None:
    bench.batch().run(bench.session(), Wanted(("snow.txt",)))
    bench.recording = "f" * 64
    broken = FakeExtractor(error=ModelServerError("the server is gone"))

    done = bench.batch().run(bench.session(), Wanted(("rain.txt",)))
    with pytest.raises(ModelServerError):
        bench.batch().run(bench.session(broken), Wanted((), articles=(1,), again=True))

    assert done.recording_sha256 == "f" * 64
    assert [one.setup.recording_sha256 for one in bench.ledger.runs()][:2] == [None, "f" * 64]


def test_earlier_runs_are_found_in_a_recording_that_goes_on(bench: Bench) -> None:
    bench.recording = "a" * 64
    bench.batch().run(bench.session(), Wanted(("snow.txt",)))
    hashes = iter(["a" * 64, "b" * 64])

    batch = ExtractBatch(bench.ledger, bench.clock, bench.heard, lambda: next(hashes), lambda: None)
    batch.run(bench.session(), Wanted(("rain.txt",)))

    assert [one.setup.recording_sha256 for one in bench.ledger.runs()] == ["b" * 64] * 2


def test_estimate_asks_and_files_nothing(bench: Bench) -> None:
    session = bench.session()

    found = estimate_batch(bench.ledger, session, Wanted(("rain.txt", "lost.txt", "rain.txt")), bench.heard)

    assert [(one.article_id, one.sentences) for one in found.articles] == [(None, 3)]
    assert (found.total.calls, found.unread, found.model) == (2, (LOST,), "fake:model")
    assert (session.asking.windows, list(bench.ledger.articles())) == ([], [])


def test_estimate_needs_no_model(bench: Bench) -> None:
    session = FakeSession(sources={"rain.txt": RAIN}, model=None)

    found = estimate_batch(bench.ledger, session, Wanted(("rain.txt",)), bench.heard)

    assert (found.model, found.price, found.total.calls) == (None, None, 2)
    assert "no model is named" in str(found.no_model)


def test_estimate_counts_what_is_left(bench: Bench) -> None:
    bench.batch().run(bench.session(FakeExtractor(frozenset({1}))), Wanted(("rain.txt",)))

    found = estimate_batch(bench.ledger, bench.session(), Wanted((), retried=(1,)), bench.heard)

    assert [(one.article_id, one.sentences) for one in found.articles] == [(1, 1)]
    assert SentenceState.FAILED in bench.ledger.sentence_counts()
