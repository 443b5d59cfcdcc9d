"""What one of all workers does whenever it is due: look at evidence again, collect batches, read what is watched."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from factcheck.domain.jobs import PeriodicJob
from factcheck.errors import FactcheckError
from factcheck.workflow.collect_batches import CollectBatches
from factcheck.workflow.collect_evidence import check_evidence
from factcheck.workflow.enqueue_articles import Enqueued
from factcheck.workflow.job_ports import IsOver
from factcheck.workflow.ports import Sources
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.work_on_jobs import WorkProgress


@dataclass(frozen=True, slots=True)
class DoPeriodicJobs:
    """Does them, each of which says in a line what it has done."""

    work: Mapping[PeriodicJob, Callable[[IsOver], str]]
    told: WorkProgress

    def run(self, job: PeriodicJob, is_over: IsOver) -> None:
        """Do a job once. What it fails with is told."""
        try:
            done = self.work[job](is_over)
        except FactcheckError as error:
            self.told.periodic_failed(job, error)
        else:
            self.told.periodic_done(job, done)


def evidence_checked(desk: Desk, reviewer: str | None, sources: Sources, is_over: IsOver) -> str:
    """Look at the pages of all evidence again, as far as there is time. Raises MisspeltNameError, DatabaseError."""
    outcomes = Counter[str]()
    for one in check_evidence(desk, None, reviewer, sources):
        outcomes[one.check.outcome.value.replace("_", " ")] += 1
        if is_over():
            break
    return ", ".join(f"{many:,} {outcome}" for outcome, many in outcomes.most_common()) or "there is none"


def batches_collected(collecting: CollectBatches) -> str:
    """Ask after every batch under way, and collect what is over. Raises ModelError, DatabaseError."""
    found = collecting.look()
    if found.hindrances:
        raise found.hindrances[0]
    return f"{len(found.batches):,} were under way, {len(found.summaries):,} articles collected"


def put_in_words(done: Enqueued) -> str:
    """What reading what is watched has put into the queue. Raises the first reason why a source could not be read."""
    if done.unread:
        raise done.unread[0]
    return f"{done.put:,} articles wait for a worker now"
