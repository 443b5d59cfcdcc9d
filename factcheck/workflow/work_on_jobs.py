"""A worker: takes articles out of the queue that all workers share, and asks about them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from typing_extensions import override

from factcheck.domain.article import FiledArticle
from factcheck.domain.extraction import ExtractionSummary, Usage
from factcheck.domain.jobs import MOST_DEATHS, Job, PeriodicJob, put_off_for
from factcheck.domain.sentence import SentenceState
from factcheck.errors import BrokenRowError, FactcheckError, NotFoundError
from factcheck.workflow.extract_article import Extraction, Plan
from factcheck.workflow.extract_batch import BatchProgress
from factcheck.workflow.job_ports import NOTHING_PERIODIC, Jobs, Periodic
from factcheck.workflow.plan_extraction import ExtractionSession
from factcheck.workflow.ports import Progress, Stores
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import Asked

_ELSEWHERE, _IN_BATCH = timedelta(seconds=15), timedelta(minutes=15)


class WorkProgress(BatchProgress):
    """Told how a worker gets on."""

    def failed(self, job: Job, reason: str, wait: timedelta | None) -> None:
        """A job has failed; it is tried again after a while, or waits for a person."""

    def periodic_done(self, job: PeriodicJob, what: str) -> None:
        """A periodic job is over."""

    def periodic_failed(self, job: PeriodicJob, error: FactcheckError) -> None:
        """A periodic job has failed; it is tried again when it is due next."""


@dataclass
class WorkOnJobs(Progress):
    """Asks about the articles of jobs until nobody waits for more.

    A job is done once every sentence of its article has an answer; while a batch asks about it, it waits. What was
    answered stays, so that a job that comes again, for whatever reason, is asked about no more than what is left.
    """

    stores: Stores
    jobs: Jobs
    told: WorkProgress
    periodic: Periodic = NOTHING_PERIODIC
    _in_hand: dict[int, Job] = field(default_factory=dict)

    def run(self, opening: AbstractContextManager[ExtractionSession], at_once: int) -> None:
        """Work until the queue is drained, if it is to be, or something ends it; jobs in hand go back then.

        Raises what extractions do: of what every further call would meet no job is to blame.
        """
        ledger, clock = self.stores.ledger, self.stores.clock
        with opening as session:
            session.extractor()  # what is wrong with the model is told before a job is taken
            kept = KeptAnswers(self.stores.spill, ledger, clock, self, session.read_kept, session.prices)
            asking = session.extractor, clock, self, lambda: None, session.prices, session.budget, kept
            extraction = Extraction(ledger, *asking, waits_for_others=False)
            plan = Plan(session.plan.window, Asked.UNANSWERED)
            with self.jobs.shift(at_once, self.periodic) as shift:
                self._shift = shift
                while (first := shift.next(is_waiting=True)) is not None:
                    for summary in extraction.of(self._articles(first), plan):
                        self._settle(summary)

    def _articles(self, first: Job) -> Iterator[int]:
        """The articles of jobs, as long as there are some; where none waits what is under way is to land first."""
        job: Job | None = first
        while job is not None:
            if self._is_sound(job):
                self._in_hand[job.article_id] = job
                yield job.article_id
            job = self._shift.next(is_waiting=False)

    def _is_sound(self, job: Job) -> bool:
        """Whether it can be worked on: what cannot be read would end every worker, one after the other."""
        if job.article_id in self._in_hand:
            self._shift.give_back(job, _ELSEWHERE)
            return False
        if job.deaths >= MOST_DEATHS:
            self._hold(job, f"{job.deaths} workers have ended while they had it")
            return False
        try:
            self.stores.ledger.article(job.article_id)
            self.stores.ledger.sentences(job.article_id)
        except (BrokenRowError, NotFoundError) as error:
            self._hold(job, str(error))
            return False
        return True

    def _settle(self, summary: ExtractionSummary) -> None:
        """Say what has become of a job, once its answers are stored."""
        self.told.ended(summary)
        job = self._in_hand.pop(summary.article.id, None)
        if job is None:
            return
        if summary.is_complete:
            self._shift.done(job)
        elif summary.batch is not None:
            self._shift.set_by(job, _IN_BATCH)  # it may be cancelled, or leave some without an answer
        elif summary.counts[SentenceState.PENDING]:
            self._shift.give_back(job)  # the budget is reached
        else:
            reason = self._reason(summary)
            wait = put_off_for(job.failures + 1)
            if wait is None:
                self._hold(job, reason)
            else:
                self._shift.put_off(job, reason, wait)
                self.told.failed(job, reason, wait)

    def _hold(self, job: Job, reason: str) -> None:
        self._shift.hold(job, reason)
        self.told.failed(job, reason, None)

    def _reason(self, summary: ExtractionSummary) -> str:
        sentences = self.stores.ledger.sentences(summary.article.id)
        failed = [one.entry for one in sentences if one.entry.state is SentenceState.FAILED]
        why = next((one.detail for one in failed if one.detail), "nobody knows why")
        return f"{len(failed)} of {len(sentences)} sentences failed: {why}"

    @override
    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        self.told.landed(filed, done, total, usage)

    @override
    def waits(self, filed: FiledArticle) -> None:
        job = self._in_hand.pop(filed.id, None)
        if job is not None:
            self._shift.give_back(job, _ELSEWHERE)

    @override
    def taken_in(self, filed: FiledArticle, answers: int) -> None:
        self.told.taken_in(filed, answers)

    @override
    def kept(self) -> None:
        self.told.kept()
