"""What serves workers: the queue of articles that they share, and what they do whenever it is due."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from factcheck.domain.jobs import PeriodicJob
from factcheck.errors import InputError, MissingEngineError
from factcheck.wiring import asking, desks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factcheck.settings import Settings
    from factcheck.workflow.job_ports import IsOver, Jobs, Periodic
    from factcheck.workflow.work_on_jobs import WorkProgress


@contextmanager
def jobs(settings: Settings, *, creates: bool = False, is_drained: bool = False) -> Iterator[Jobs]:
    """The queue beside the desk; a worker leaves once it is empty where it `is_drained`.

    Only what `creates` may be asked for where there is no desk. Raises FileDeskError or MissingEngineError.
    """
    from factcheck.storage.database import Database

    with closing(Database(settings.db, creates=False)) as database:
        arguments = database.driver_arguments()
        if not creates:
            with database.reading():
                pass
    try:
        from factcheck.jobs.queue import EngineJobs
    except ModuleNotFoundError as error:
        message = f"jobs for workers need the package {error.name!r}, which is not installed"
        raise MissingEngineError(message) from error
    with EngineJobs(arguments, database.location, is_drained=is_drained) as found:
        yield found


def periodic(settings: Settings, told: WorkProgress) -> Periodic:
    """The periodic jobs of the settings, each over a database that it opens itself. Raises InputError."""
    from factcheck.workflow import periodic_jobs
    from factcheck.workflow.enqueue_articles import enqueue_articles
    from factcheck.workflow.extract_batch import Wanted
    from factcheck.workflow.job_ports import Periodic
    from factcheck.workflow.plan_extraction import ExtractionOptions
    from factcheck.workflow.read_sources import Choice

    if PeriodicJob.WATCH in settings.periodic and not settings.watched:
        raise InputError("jobs.watch is set in the config file, and watch.sources names nothing; name a feed there")

    def evidence(is_over: IsOver) -> str:
        with desks.opened_desk(settings) as desk:
            return periodic_jobs.evidence_checked(desk, settings.reviewer, desks.sources(settings), is_over)

    def batches(_: IsOver) -> str:
        with desks.stores(settings) as opened, asking.collect_batches(opened, settings, None, told) as collecting:
            return periodic_jobs.batches_collected(collecting)

    def watch(is_over: IsOver) -> str:
        wanted = Wanted(settings.watched, choice=Choice(watches=True))
        with desks.stores(settings) as opened, jobs(settings) as queue:
            session = asking.extraction_session(settings, ExtractionOptions())
            return periodic_jobs.put_in_words(enqueue_articles(opened, queue, session, wanted, told, is_over))

    work = {PeriodicJob.EVIDENCE: evidence, PeriodicJob.BATCHES: batches, PeriodicJob.WATCH: watch}
    return Periodic(settings.periodic, periodic_jobs.DoPeriodicJobs(work, told).run)
