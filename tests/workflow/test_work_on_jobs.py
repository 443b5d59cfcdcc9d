from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fakes import FakeExtractor, FakeSession, HeardProgress
from typing_extensions import override

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.extraction import AskedArticle, ExtractionSummary, Question, Window
from factcheck.domain.jobs import MOST_DEATHS, FailedJob, Job, JobCounts, Limits, ScheduledJob
from factcheck.domain.sentence import Sentence, SentenceState, Span
from factcheck.errors import BudgetReachedError, FactcheckError, ModelServerError, ModelSetupError, SourceError
from factcheck.workflow.budget import Budget, SharedBudget
from factcheck.workflow.enqueue_articles import Enqueued, enqueue_articles
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.job_ports import NOTHING_PERIODIC, Jobs, Periodic, SharedLimits, Shift
from factcheck.workflow.ports import Stores
from factcheck.workflow.work_on_jobs import WorkOnJobs, WorkProgress

RAIN, SNOW = "Rain fell on Monday. Wind blew on Tuesday. Sun shone on Friday.", "Snow lay on Wednesday."
LOST = SourceError("'lost.txt' cannot be read")


@dataclass
class NoRoom(SharedLimits):
    """Serves the SharedLimits port: a budget of which so much is left."""

    left: float = 0.0

    @override
    def limits(self) -> Limits:
        return Limits(budget=1.0, spent=1.0 - self.left)

    @override
    def set_aside(self, most: float) -> int | None:
        if most > self.left:
            return None
        self.left -= most
        return 1

    @override
    def paid(self, budget_number: int, set_aside: float, paid: float) -> None:
        del budget_number
        self.left += set_aside - paid

    @override
    def next_call(self) -> float:
        return 0.0

    @override
    def set_pace(self, calls_a_minute: float | None) -> None:
        raise NotImplementedError

    @override
    def set_budget(self, budget: float | None) -> None:
        raise NotImplementedError


@dataclass
class FakeJobs(Jobs, Shift):
    """Serves the Jobs and the Shift port from a list; what became of each job stands in `told`."""

    waiting: list[Job] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)

    @override
    def put(self, article_ids: Any) -> int:
        fresh = [one for one in dict.fromkeys(article_ids) if one not in {job.article_id for job in self.waiting}]
        self.waiting += [Job(100 + one, one) for one in fresh]
        return len(fresh)

    @override
    def counts(self) -> JobCounts:
        return JobCounts(len(self.waiting))

    @override
    def failed(self, most: int | None = None) -> tuple[FailedJob, ...]:
        return ()

    @override
    def retry(self, numbers: Any = None) -> int:
        return 0

    @override
    def limits(self) -> SharedLimits:
        return NoRoom()

    @override
    def scheduled(self, crons: Any) -> tuple[ScheduledJob, ...]:
        return ()

    @override
    @contextmanager
    def shift(self, at_once: int, periodic: Periodic = NOTHING_PERIODIC) -> Iterator[Shift]:
        yield self
        self.told.append(("over", at_once))

    @override
    def next(self, *, is_waiting: bool) -> Job | None:
        return self.waiting.pop(0) if self.waiting else None

    @override
    def done(self, job: Job) -> None:
        self.told.append(("done", job.article_id))

    @override
    def put_off(self, job: Job, reason: str, wait: timedelta) -> None:
        self.told.append(("put off", job.article_id, reason, wait))

    @override
    def hold(self, job: Job, reason: str) -> None:
        self.told.append(("held", job.article_id, reason))

    @override
    def give_back(self, job: Job, wait: timedelta = timedelta()) -> None:
        self.told.append(("given back", job.article_id, wait))

    @override
    def set_by(self, job: Job, wait: timedelta) -> None:
        self.told.append(("set by", job.article_id, wait))


@dataclass
class Heard(HeardProgress, WorkProgress):
    """Serves the WorkProgress port: remembers what it was told."""

    summaries: list[ExtractionSummary] = field(default_factory=list)
    failures: list[tuple[int, timedelta | None]] = field(default_factory=list)

    @override
    def ended(self, summary: ExtractionSummary) -> None:
        self.summaries.append(summary)

    @override
    def hindered(self, error: FactcheckError) -> None:
        pass

    @override
    def failed(self, job: Job, reason: str, wait: timedelta | None) -> None:
        self.failures.append((job.article_id, wait))


class DearEstimator:
    """Serves the Estimator port: a call about two sentences may take ten tokens, one about one sentence five."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        del article
        return Estimate(1, most_prompt_tokens=5 * len(window.sentences))


@pytest.fixture
def jobs() -> FakeJobs:
    """A queue in which nothing waits."""
    return FakeJobs()


@pytest.fixture
def filed(stores: Stores) -> Callable[[str], int]:
    """Files an article of a text, and nobody asks about it."""
    return lambda text: file_article(Article(text, stores.clock()), stores.ledger, stores.clock).id


@pytest.fixture
def work(stores: Stores, jobs: FakeJobs) -> Callable[..., Heard]:
    """Works on what waits, and gives back what was told."""

    def worked(extractor: FakeExtractor | None = None, budget: Budget | None = None) -> Heard:
        heard = Heard()
        session = FakeSession(extractor or FakeExtractor(), budget=budget)
        WorkOnJobs(stores, jobs, heard).run(session, 4)
        return heard

    return worked


Filed = Callable[[str], int]
Work = Callable[..., Heard]


def test_each_job_is_done_once_its_article_is_answered(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.put([filed(RAIN), filed(SNOW)])

    heard = work()

    assert [one.new_claims for one in heard.summaries] == [3, 1]
    assert jobs.told == [("done", 1), ("done", 2), ("over", 4)]


def test_job_that_comes_again_costs_nothing(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.put([filed(RAIN)])
    work()
    jobs.put([1])

    heard = work()

    assert (heard.summaries[0].run_id, jobs.told[2]) == (None, ("done", 1))


@pytest.mark.parametrize(("failures", "minutes"), [(0, 5), (1, 30)])
def test_failed_sentence_is_tried_again_later(
    failures: int, minutes: int, jobs: FakeJobs, filed: Filed, work: Work
) -> None:
    jobs.waiting.append(Job(7, filed(RAIN), failures))

    heard = work(FakeExtractor(failing=frozenset({2})))

    [(what, article, reason, wait), _] = jobs.told
    assert (what, article, wait) == ("put off", 1, timedelta(minutes=minutes))
    assert reason == "1 of 3 sentences failed: told to"
    assert heard.failures == [(1, timedelta(minutes=minutes))]


def test_what_fails_three_times_waits_for_a_person(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.waiting.append(Job(7, filed(RAIN), failures=2))

    heard = work(FakeExtractor(failing=frozenset({2})))

    assert jobs.told[0][:2] == ("held", 1)
    assert heard.failures == [(1, None)]


def test_failed_sentences_alone_are_asked_about_again(jobs: FakeJobs, filed: Filed, work: Work, stores: Stores) -> None:
    jobs.put([filed(RAIN)])
    work(FakeExtractor(failing=frozenset({3})))
    jobs.waiting.append(Job(7, 1, failures=1))

    heard = work()

    assert (heard.summaries[0].new_claims, jobs.told[-2]) == (1, ("done", 1))
    assert {one.entry.state for one in stores.ledger.sentences(1)} == {SentenceState.CLAIMS}


def test_job_that_ends_workers_waits_for_a_person(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.waiting.append(Job(7, filed(RAIN), deaths=MOST_DEATHS))

    heard = work()

    assert (jobs.told[0][:2], heard.summaries) == (("held", 1), [])


def test_job_without_an_article_spares_the_others(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.waiting += [Job(7, 99), Job(8, filed(SNOW))]

    work()

    assert jobs.told == [("held", 99, "there is no article 99"), ("done", 1), ("over", 4)]


def test_article_that_others_ask_about_goes_back(jobs: FakeJobs, filed: Filed, work: Work, stores: Stores) -> None:
    jobs.put([filed(RAIN), filed(SNOW)])
    stores.ledger.begin_run(1, FakeExtractor().setup, stores.clock())

    work()

    assert jobs.told == [("given back", 1, timedelta(seconds=15)), ("done", 2), ("over", 4)]


def test_reached_budget_gives_jobs_back(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.put([filed(RAIN), filed(SNOW)])
    budget = Budget(0.000012, Price(1, 1, 1), DearEstimator())

    with pytest.raises(BudgetReachedError):
        work(budget=budget)

    assert ("done", 1) not in jobs.told
    assert jobs.told[0][:2] == ("given back", 1)


def test_budget_of_all_workers_is_set_aside_call_by_call(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.put([filed(RAIN), filed(SNOW)])
    shared = NoRoom(left=0.000012)

    with pytest.raises(BudgetReachedError, match="budget of all workers"):
        work(budget=SharedBudget(1.0, Price(1, 1, 1), DearEstimator(), shared=shared))

    assert jobs.told[0][:2] == ("given back", 1)
    assert shared.left == pytest.approx(0.000002)  # nobody knows what the first call has cost


def test_what_was_never_asked_is_given_back() -> None:
    shared = NoRoom(left=0.000040)
    budget = SharedBudget(1.0, Price(1, 1, 1), DearEstimator(), shared=shared)
    article = FiledArticle(1, Article(RAIN, datetime(2026, 3, 1, tzinfo=UTC)))
    window = Window((Sentence(1, Span(0, 20)), Sentence(2, Span(21, 42))))
    waiting, refused, under_way = (Question(AskedArticle(run, article, ()), window) for run in (1, 2, 3))
    assert [*budget.affordable([waiting, refused, under_way])] == [waiting, refused, under_way]
    for one in (refused, under_way):
        budget.begins(one)
    budget.unpaid(refused)

    budget.leave()

    assert shared.left == pytest.approx(0.000030)


def test_what_a_call_has_cost_takes_the_place_of_the_most() -> None:
    shared = NoRoom(left=0.000010)
    budget = SharedBudget(1.0, Price(1, 1, 1), DearEstimator(), shared=shared)
    article = FiledArticle(1, Article(RAIN, datetime(2026, 3, 1, tzinfo=UTC)))
    question = Question(AskedArticle(1, article, ()), Window((Sentence(1, Span(0, 20)), Sentence(2, Span(21, 42)))))

    assert [*budget.affordable([question])] == [question]
    assert shared.left == pytest.approx(0)
    budget.landed(question, 0.000004)

    assert shared.left == pytest.approx(0.000006)


def test_server_that_is_gone_is_no_jobs_fault(jobs: FakeJobs, filed: Filed, work: Work) -> None:
    jobs.put([filed(SNOW), filed(RAIN)])

    with pytest.raises(ModelServerError):
        work(FakeExtractor(error=ModelServerError("gone")))

    assert jobs.told == [("done", 1)]


def test_missing_model_is_told_before_a_job_is_taken(jobs: FakeJobs, filed: Filed, stores: Stores) -> None:
    class NoModel(FakeSession):
        @override
        def extractor(self) -> FakeExtractor:
            raise ModelSetupError("no model is named")

    jobs.put([filed(RAIN)])

    with pytest.raises(ModelSetupError):
        WorkOnJobs(stores, jobs, Heard()).run(NoModel(), 4)

    assert jobs.counts() == JobCounts(waiting=1)


def enqueued(stores: Stores, jobs: FakeJobs, wanted: Wanted) -> Enqueued:
    session = FakeSession(sources={"rain.txt": RAIN, "snow.txt": SNOW, "lost.txt": LOST})
    return enqueue_articles(stores, jobs, session, wanted, Heard())


def test_articles_are_filed_and_wait(stores: Stores, jobs: FakeJobs) -> None:
    done = enqueued(stores, jobs, Wanted(("rain.txt", "lost.txt", "snow.txt")))

    assert done == Enqueued(put=2, unread=(LOST,))
    assert ([one.article_id for one in jobs.waiting], stores.ledger.runs()) == ([1, 2], ())


def test_what_waits_is_not_put_again(stores: Stores, jobs: FakeJobs) -> None:
    enqueued(stores, jobs, Wanted(("rain.txt",)))

    assert enqueued(stores, jobs, Wanted(("rain.txt", "snow.txt"))) == Enqueued(put=1, waiting=1)


def test_what_is_answered_does_not_wait(stores: Stores, jobs: FakeJobs, work: Work) -> None:
    enqueued(stores, jobs, Wanted(("rain.txt",)))
    work()

    assert enqueued(stores, jobs, Wanted(("rain.txt",), (1,))) == Enqueued(answered=1)


def test_article_that_is_in_can_be_put_there(stores: Stores, jobs: FakeJobs, filed: Filed) -> None:
    assert enqueued(stores, jobs, Wanted((), (filed(RAIN),))) == Enqueued(put=1)
    assert enqueued(stores, jobs, Wanted((), retried=(filed(SNOW),))) == Enqueued(put=1)
