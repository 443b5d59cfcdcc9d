from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from postgresql_desk import ServedDesk

from factcheck.domain.jobs import Job, JobCounts
from factcheck.errors import DatabaseError
from factcheck.jobs.queue import EngineJobs
from factcheck.jobs.shift import told_by
from factcheck.workflow.job_ports import Shift

LEFT = (
    "SET search_path TO factcheck_jobs",
    "INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority) VALUES (1, 'picked', 'article', 0)",
    "UPDATE pgqueuer SET status = 'picked', heartbeat = now() - interval '1 minute'",
    "UPDATE pgqueuer SET queue_manager_id = gen_random_uuid()",
)
CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

Opened = Callable[..., EngineJobs]


def taken(shift: Shift) -> Job:
    """The next job, which there is."""
    job = shift.next(is_waiting=True)
    assert job is not None
    return job


def test_looking_at_no_queue_makes_none(jobs: EngineJobs, postgresql_database: ServedDesk) -> None:
    assert (jobs.counts(), jobs.failed(), jobs.retry()) == (JobCounts(), (), 0)

    with postgresql_database.connected() as connection:
        found = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'factcheck_jobs'").fetchone()
    assert found == (0,)


def test_queue_is_made_once_whoever_comes_first(opened: Opened) -> None:
    every = [opened() for _ in range(4)]

    with ThreadPoolExecutor(len(every)) as threads:
        put = [*threads.map(lambda one: one.put([7]), every)]

    assert sorted(put) == [0, 0, 0, 1]


def test_article_is_in_the_queue_once(jobs: EngineJobs) -> None:
    assert jobs.put([7, 8, 7]) == 2
    assert jobs.put([8, 9]) == 1

    assert jobs.counts() == JobCounts(waiting=3)


def test_job_that_is_done_leaves_the_queue(opened: Opened) -> None:
    jobs = opened(is_drained=True)
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        job = taken(shift)
        running = jobs.counts()
        shift.done(job)
        nothing = shift.next(is_waiting=True)

    assert (job.article_id, job.failures, job.deaths, running, nothing) == (7, 0, 0, JobCounts(running=1), None)
    assert jobs.counts() == JobCounts()


def test_job_is_in_one_workers_hands(opened: Opened) -> None:
    one, other = opened(), opened(is_drained=True)
    one.put([7])

    with one.shift(at_once=2) as first, other.shift(at_once=2) as second:
        job = taken(first)
        assert second.next(is_waiting=True) is None
        first.done(job)


def test_job_in_hand_goes_back_without_a_failure(jobs: EngineJobs) -> None:
    jobs.put([7])
    with jobs.shift(at_once=2) as shift:
        taken(shift)

    with jobs.shift(at_once=2) as shift:
        job = taken(shift)
        shift.give_back(job)
        again = taken(shift)

    assert (job.failures, again.failures, again.deaths) == (0, 0, 0)
    assert jobs.counts() == JobCounts(waiting=1)


def test_failures_are_counted(jobs: EngineJobs) -> None:
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        shift.put_off(taken(shift), "no answer", timedelta())
        shift.give_back(taken(shift))
        job = taken(shift)

    assert (job.failures, job.deaths) == (1, 0)


def test_job_that_is_put_off_waits(opened: Opened) -> None:
    jobs = opened()
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        shift.put_off(taken(shift), "no answer", timedelta(hours=1))
        assert shift.next(is_waiting=False) is None

    assert jobs.counts() == JobCounts(waiting=1)


def test_job_that_is_set_by_waits_and_nobody_waits_for_it(opened: Opened) -> None:
    jobs = opened(is_drained=True)
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        shift.set_by(taken(shift), timedelta(hours=1))
        assert shift.next(is_waiting=True) is None

    assert jobs.counts() == JobCounts(waiting=1)


def test_job_that_was_set_by_has_not_failed(jobs: EngineJobs) -> None:
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        shift.set_by(taken(shift), timedelta())
        job = taken(shift)

    assert (job.article_id, job.failures, job.deaths) == (7, 0, 0)


def test_held_job_waits_for_a_person_with_its_reason(opened: Opened) -> None:
    jobs = opened(is_drained=True)
    jobs.put([7])

    with jobs.shift(at_once=2) as shift:
        job = taken(shift)
        shift.hold(job, "2 of 3 sentences failed")
        assert shift.next(is_waiting=True) is None

    [failed] = jobs.failed()
    assert (failed.id, failed.article_id, failed.reason) == (job.id, 7, "2 of 3 sentences failed")
    assert jobs.counts() == JobCounts(failed=1)


@pytest.mark.parametrize("payload", [b"abc", None, b"0", b"-7", b"3000000000", b"9" * 5000])
def test_damaged_job_waits_for_a_person_and_spares_the_others(
    opened: Opened, postgresql_database: ServedDesk, payload: bytes | None
) -> None:
    jobs = opened(is_drained=True)
    jobs.put([7, 8])
    with postgresql_database.connected() as connection:
        connection.execute("UPDATE factcheck_jobs.pgqueuer SET payload = %s WHERE payload = '7'", (payload,))

    with jobs.shift(at_once=2) as shift:
        job = taken(shift)
        shift.done(job)
        nothing = shift.next(is_waiting=True)

    [failed] = jobs.failed()
    assert (job.article_id, nothing, failed.article_id) == (8, None, None)
    assert failed.reason.startswith("it names no article: ")
    assert (jobs.retry(), jobs.counts()) == (1, JobCounts(waiting=1))


def test_retried_job_starts_anew(jobs: EngineJobs) -> None:
    jobs.put([7, 8])
    with jobs.shift(at_once=2) as shift:
        for _ in range(2):
            shift.put_off(taken(shift), "no answer", timedelta())
        held = [taken(shift) for _ in range(2)]
        for job in held:
            shift.hold(job, "no answer")
        while jobs.counts().failed < 2:
            shift.next(is_waiting=False)

        assert jobs.retry([held[0].id]) == 1
        again = taken(shift)

    assert (again.id, again.failures) == (held[0].id, 0)
    assert jobs.counts() == JobCounts(waiting=1, failed=1)


def test_article_that_is_back_in_the_queue_is_not_retried_beside_it(jobs: EngineJobs) -> None:
    jobs.put([7])
    with jobs.shift(at_once=2) as shift:
        shift.hold(taken(shift), "no answer")
        while not jobs.counts().failed:
            shift.next(is_waiting=False)
    jobs.put([7])

    jobs.retry()

    assert jobs.counts() == JobCounts(waiting=1)


def test_silent_workers_jobs_are_taken_over(jobs: EngineJobs, postgresql_database: ServedDesk) -> None:
    jobs.put([7])
    with postgresql_database.connected() as connection:  # as a worker leaves it that is killed
        for one in LEFT:
            connection.execute(one)

    with jobs.shift(at_once=2) as shift:
        job = taken(shift)

    assert (job.article_id, job.failures, job.deaths) == (7, 0, 1)


def test_database_that_goes_away_ends_the_worker(jobs: EngineJobs, postgresql_database: ServedDesk) -> None:
    with jobs.shift(at_once=2) as shift:
        with postgresql_database.connected() as connection:
            connection.execute(CUT_OFF).fetchall()
        with pytest.raises(DatabaseError, match="cannot be read or written"):
            shift.next(is_waiting=True)


def test_what_a_person_has_sent_counts_from_then_on() -> None:
    failed = {"additional_context": {"reason": "no answer"}}
    rows: list[dict[str, Any]] = [
        {"status": "queued", "traceback": None},
        {"status": "picked", "traceback": None},
        {"status": "queued", "traceback": failed},
        {"status": "picked", "traceback": None},
        {"status": "picked", "traceback": None},
    ]

    assert told_by(rows) == (1, 1)
    assert told_by([*rows, {"status": "failed", "traceback": {}}, rows[0], rows[1]]) == (0, 0)


def test_settings_of_the_engine_are_not_read_from_outside(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHANNEL", "FUNCTION", "PGQUEUER_SCHEMA", "PGQUEUER_PREFIX", "QUEUE_TABLE"):
        monkeypatch.setenv(name, "elsewhere")

    jobs = opened()

    assert jobs.put([7]) == 1
    assert jobs.counts() == JobCounts(waiting=1)
