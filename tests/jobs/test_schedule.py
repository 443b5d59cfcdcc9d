"""Periodic jobs on a real server, which is let take a sixth field: then a job is due every second."""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack

import pytest
from postgresql_desk import ServedDesk

from factcheck.domain.jobs import PeriodicJob, ScheduledJob
from factcheck.errors import InputError
from factcheck.jobs import schedule
from factcheck.jobs.queue import EngineJobs
from factcheck.workflow.job_ports import IsOver, Periodic

EVERY_SECOND = "* * * * * *"
SECONDS = 20  # at most

Opened = Callable[..., EngineJobs]


@pytest.fixture(autouse=True)
def _seconds_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FIELDS", {5, 6})


class Worked:
    """Counts how often a job was begun, and how many were under way at once at most."""

    def __init__(self, *, until: threading.Event | None = None) -> None:
        self.begun = self.most = self._now = 0
        self._until, self._lock = until, threading.Lock()

    def run(self, _: PeriodicJob, is_over: IsOver) -> None:
        with self._lock:
            self.begun, self._now = self.begun + 1, self._now + 1
            self.most = max(self.most, self._now)
        while self._until is not None and not self._until.is_set() and not is_over():
            time.sleep(0.02)
        with self._lock:
            self._now -= 1

    def periodic(self, crons: Mapping[PeriodicJob, str] | None = None) -> Periodic:
        return Periodic(crons or {PeriodicJob.WATCH: EVERY_SECOND}, self.run)


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_job_is_done_by_one_of_all_workers(opened: Opened) -> None:
    worked = Worked()

    with ExitStack() as shifts:
        for _ in range(3):
            shifts.enter_context(opened().shift(1, worked.periodic()))
        wait_for(lambda: worked.begun >= 3)

    assert worked.most == 1


def test_job_is_not_begun_again_while_its_worker_is_slow(opened: Opened, postgresql_database: ServedDesk) -> None:
    over = threading.Event()
    slow, other = Worked(until=over), Worked()

    with opened().shift(1, slow.periodic()):
        wait_for(lambda: slow.begun == 1)
        with postgresql_database.connected() as connection:
            connection.execute("SET search_path TO factcheck_jobs")
            # As if the worker had been silent for too long.
            connection.execute("UPDATE pgqueuer_schedules SET status = 'queued', next_run = now()")

            def is_picked() -> bool:
                found = connection.execute("SELECT status, last_run FROM pgqueuer_schedules").fetchone()
                return found != ("queued", None)

            with opened().shift(1, other.periodic()):
                wait_for(is_picked)
                assert (slow.begun, other.begun) == (1, 0)
                over.set()


def test_job_that_takes_long_hears_that_its_worker_leaves(opened: Opened) -> None:
    worked = Worked(until=threading.Event())

    with opened().shift(1, worked.periodic()):
        wait_for(lambda: worked.begun == 1)

    assert worked.most == 1


def test_mistake_in_a_job_ends_its_worker(opened: Opened) -> None:
    def run(job: PeriodicJob, is_over: IsOver) -> None:
        raise ZeroDivisionError(job, is_over)

    with (
        opened().shift(1, Periodic({PeriodicJob.BATCHES: EVERY_SECOND}, run)) as shift,
        pytest.raises(ZeroDivisionError),
    ):
        shift.next(is_waiting=True)


def test_times_of_jobs_are_told(jobs: EngineJobs) -> None:
    crons = {PeriodicJob.WATCH: EVERY_SECOND, PeriodicJob.EVIDENCE: "30 4 * * *"}
    worked = Worked()
    before = jobs.scheduled(crons)
    with jobs.shift(1, worked.periodic(crons)):
        wait_for(lambda: worked.begun == 1)

    evidence, watch = jobs.scheduled(crons)

    assert before == (ScheduledJob(PeriodicJob.EVIDENCE, "30 4 * * *"), ScheduledJob(PeriodicJob.WATCH, EVERY_SECOND))
    assert (evidence.next_at is not None, evidence.last_at, watch.last_at is not None) == (True, None, True)
    assert evidence.next_at is not None
    assert (evidence.next_at.hour, evidence.next_at.minute) == (4, 30)


@pytest.mark.parametrize(
    "cron", ["often", "", "61 * * * *", "* * * *", "R * * * *", "0 r(0-10) * * *", "* * * * * *", "* * * * * * *"]
)
def test_time_that_is_none_is_refused(jobs: EngineJobs, monkeypatch: pytest.MonkeyPatch, cron: str) -> None:
    monkeypatch.setattr(schedule, "FIELDS", {5})
    periodic = Worked().periodic({PeriodicJob.WATCH: cron})

    with pytest.raises(InputError, match="is no cron expression"), jobs.shift(1, periodic):
        pass


@pytest.mark.parametrize("cron", ["0 0 30 2 *", "0 0 31 4,6 *"])
def test_time_that_never_comes_is_refused(jobs: EngineJobs, monkeypatch: pytest.MonkeyPatch, cron: str) -> None:
    monkeypatch.setattr(schedule, "FIELDS", {5})

    with pytest.raises(InputError, match="is never due"):
        jobs.scheduled({PeriodicJob.WATCH: cron})


@pytest.mark.parametrize("cron", ["0 4 29 2 *", "0 0 * * FRI", "@daily", "0 0 1 MAR *"])
def test_rare_time_is_taken(jobs: EngineJobs, monkeypatch: pytest.MonkeyPatch, cron: str) -> None:
    monkeypatch.setattr(schedule, "FIELDS", {5})

    [told] = jobs.scheduled({PeriodicJob.WATCH: cron})

    assert told.cron == cron
