"""A limit that holds, with calls under way and answers as long as they may be."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pytest
from fakes import FakeExtractor, HeardProgress

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate, Price, Prices
from factcheck.domain.extraction import AskedArticle, ExtractionSummary, Question, Usage, Window, WindowOutcome
from factcheck.domain.sentence import SentenceState
from factcheck.errors import BudgetReachedError
from factcheck.workflow.budget import Budget
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.ports import Clock, Ledger

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday. Fog came on Thursday. Sun shone on Friday."
DOLLAR_A_TOKEN = Price(1e6, 1e6, 1e6)
ANSWER = Usage(1, 100, 0, 20)
DEAREST = 1000


class FixedEstimator:
    """Serves the Estimator port: each call may cost a thousand tokens in all."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        del article, window
        return Estimate(1, 100, 20, 400, 600)


@dataclass
class ParallelExtractor(FakeExtractor):
    """Keeps calls under way and lets the oldest land first; remembers how many there were at most."""

    concurrency: int = 3
    usage: Usage = ANSWER
    most_under_way: int = 0

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        under_way: list[Question] = []
        while under_way := under_way + list(islice(questions, self.concurrency - len(under_way))):
            self.most_under_way = max(self.most_under_way, len(under_way))
            question = under_way.pop(0)
            for _, outcome in super().outcomes(iter([question])):
                yield question, WindowOutcome(outcome.window, outcome.entries, outcome.claims, self.usage)


@dataclass
class Spent:
    """What an extraction with a limit did."""

    budget: Budget
    summaries: list[ExtractionSummary] = field(default_factory=list)
    refusal: str | None = None


@pytest.fixture
def days(ledger: Ledger, clock: Clock) -> FiledArticle:
    """An article of five sentences."""
    return file_article(Article(TEXT, clock()), ledger, clock)


@pytest.fixture
def spend(ledger: Ledger, clock: Clock, days: FiledArticle) -> Callable[[float, FakeExtractor], Spent]:
    """Extracts the five sentences one by one, a dollar a token, within a limit."""

    def spent(limit: float, extractor: FakeExtractor) -> Spent:
        done = Spent(Budget(limit, DOLLAR_A_TOKEN, FixedEstimator()))
        prices = Prices(({"fake:model": DOLLAR_A_TOKEN},))
        extraction = Extraction(
            ledger, lambda: extractor, clock, HeardProgress(), lambda: None, prices, budget=done.budget
        )
        try:
            for summary in extraction.of([days.id], Plan(size=1)):
                done.summaries.append(summary)
        except BudgetReachedError as error:
            done.refusal = str(error)
        return done

    return spent


Spend = Callable[[float, FakeExtractor], Spent]


def test_roomy_limit_changes_nothing(spend: Spend) -> None:
    extractor = ParallelExtractor()

    done = spend(100_000, extractor)

    assert (done.refusal, done.summaries[0].is_complete, extractor.most_under_way) == (None, True, 3)
    assert done.budget.spent == pytest.approx(600)


def test_calls_stop_before_the_limit(spend: Spend, ledger: Ledger) -> None:
    extractor = FakeExtractor()

    done = spend(1300, extractor)

    assert len(extractor.windows) == 3
    assert done.budget.spent == pytest.approx(360)
    assert ledger.runs()[0].outcome == "stopped: budget of $1,300.00 reached"


def test_refusal_tells_what_is_spent(spend: Spend) -> None:
    done = spend(1300, FakeExtractor())

    assert done.refusal is not None
    assert "$360.00 is spent, and the next call can cost $1,000.00" in done.refusal
    assert done.refusal.endswith("; what landed is saved")


def test_questions_of_a_batch_are_held_together(days: FiledArticle) -> None:
    budget = Budget(2500, DOLLAR_A_TOKEN, FixedEstimator())
    question = Question(AskedArticle(0, days, ()), Window(()))

    assert budget.holds([question] * 2)
    assert not budget.holds([question])
    budget.let_go([question])
    assert budget.holds([question])


def test_stopped_article_is_summed_up(spend: Spend, ledger: Ledger, days: FiledArticle) -> None:
    [summary] = spend(1300, FakeExtractor()).summaries

    assert (summary.new_claims, summary.is_complete) == (3, False)
    assert summary.price == pytest.approx(360)
    states = [one.entry.state for one in ledger.sentences(days.id)]
    assert states == [SentenceState.CLAIMS] * 3 + [SentenceState.PENDING] * 2


def test_calls_under_way_hold_their_share(spend: Spend) -> None:
    extractor = ParallelExtractor()

    spend(2500, extractor)

    assert extractor.most_under_way == 2


@pytest.mark.parametrize("limit", [900, 1000, 1999, 2000, 3500, 4000, 5000])
def test_dearest_answers_never_exceed_the_limit(spend: Spend, limit: float) -> None:
    done = spend(limit, ParallelExtractor(usage=Usage(1, 400, 0, 600)))

    assert done.budget.spent <= limit
    assert limit - done.budget.spent < DEAREST or done.refusal is None


def test_what_answers_left_over_is_used(spend: Spend) -> None:
    done = spend(2000, ParallelExtractor())

    assert done.refusal is None
    assert done.budget.spent == pytest.approx(600)


def test_uncounted_answer_costs_the_most(spend: Spend, ledger: Ledger) -> None:
    done = spend(2500, ParallelExtractor(usage=Usage(calls=1), concurrency=1))

    assert (done.budget.spent, len(done.summaries)) == (2000, 1)
    assert (done.summaries[0].price, ledger.runs()[0].price) == (None, None)


def test_next_command_asks_the_rest(spend: Spend) -> None:
    spend(1300, FakeExtractor())
    again = FakeExtractor()

    done = spend(1300, again)

    assert [one.positions for one in again.windows] == [(4,), (5,)]
    assert done.summaries[0].is_complete


def test_run_that_asked_nothing_cost_nothing(spend: Spend, ledger: Ledger) -> None:
    done = spend(900, FakeExtractor())

    assert done.refusal is not None
    assert (done.summaries[0].price, ledger.runs()[0].price) == (0, 0)
