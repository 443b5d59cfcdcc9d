"""Periodic jobs: the engine tells when one is due, and each is done by one worker at a time, in a thread of its own."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

from croniter import CroniterBadDateError, croniter
from pgqueuer.models import Schedule
from pgqueuer.queries import Queries
from pgqueuer.sm import SchedulerManager

from factcheck.domain.jobs import PeriodicJob, ScheduledJob
from factcheck.errors import InputError
from factcheck.workflow.job_ports import Periodic

_LOCKS = 0x66616374
"""The first half of the numbers of the advisory locks that periodic jobs hold; the other tells them apart."""

FIELDS = frozenset({5})
_BY_LOT = re.compile(r"\bR\b", re.IGNORECASE)


class EngineSchedule:
    """The periodic jobs of a worker, over the connection that it asks the queue with.

    The engine takes a job over once its worker has been silent for half a minute, and that one may only have been slow.
    So a job also holds a lock, which ends with that connection and no sooner.
    """

    def __init__(self, queries: Queries, periodic: Periodic, broken: Callable[[BaseException], None]) -> None:
        self._queries, self._periodic, self._broken = queries, periodic, broken
        self._running: set[PeriodicJob] = set()
        self._manager = SchedulerManager(queries)
        for job, cron in periodic.crons.items():
            self._manager.schedule(job.value, require_cron(job, cron))(self._due)

    async def begin(self) -> None:
        """Wait for what is due from now on, in a task."""
        self._waiting = asyncio.create_task(self._manager.run())
        self._waiting.add_done_callback(self._ended)

    async def end(self) -> None:
        """Begin nothing more, and wait for what is under way. Raises what the engine has ended with."""
        self._manager.shutdown.set()
        await self._waiting

    async def _due(self, schedule: Schedule) -> None:
        job = PeriodicJob(schedule.entrypoint)
        if job in self._running:  # a lock keeps other connections out, and not its own
            return
        self._running.add(job)
        try:
            if await self._asked("pg_try_advisory_lock", job):
                await self._run(job)
        finally:
            self._running.discard(job)

    async def _run(self, job: PeriodicJob) -> None:
        try:
            await asyncio.to_thread(self._periodic.run, job, self._manager.shutdown.is_set)
        except Exception as error:  # noqa: BLE001 - a mistake in the program, which the engine would keep to itself
            self._broken(error)
        finally:
            await self._asked("pg_advisory_unlock", job)

    async def _asked(self, function: str, job: PeriodicJob) -> bool:
        query = f"SELECT {function}({_LOCKS}, hashtext($1)) AS is_so"
        [found] = await self._queries.driver.fetch(query, job.value)
        return bool(found["is_so"])

    def _ended(self, waiting: "asyncio.Task[None]") -> None:
        if not waiting.cancelled() and (error := waiting.exception()) is not None:
            self._broken(error)


def require_cron(job: PeriodicJob, cron: str) -> str:
    """The expression, as the engine keeps it. Raises InputError for what is none, or is never due."""
    fields = croniter(cron).expressions if croniter.is_valid(cron) else []
    # What is drawn by lot is due at another time for each worker.
    if len(fields) not in FIELDS or _BY_LOT.search(cron):
        raise InputError(
            f"jobs.{job} is {cron!r}, which is no cron expression; write five fields, such as '*/15 * * * *'"
        )
    try:
        croniter(cron).get_next()
    except CroniterBadDateError:
        raise InputError(f"jobs.{job} is {cron!r}, which is never due; name a day that there is") from None
    return " ".join(fields)


async def scheduled(queries: Queries, crons: Mapping[PeriodicJob, str]) -> tuple[ScheduledJob, ...]:
    """How it stands with these jobs, in the order of their names."""
    wanted = {job: require_cron(job, cron) for job, cron in crons.items()}
    rows: dict[tuple[str, str], Any] = {}
    if await queries.has_table(queries.qbe.settings.schedules_table):
        rows = {(one.entrypoint, one.expression): one for one in await queries.peek_schedule()}
    found = []
    for job in sorted(wanted):
        row = rows.get((job.value, wanted[job]))
        at = (row.next_run, row.last_run, row.status == "picked") if row else ()
        found.append(ScheduledJob(job, crons[job], *at))
    return tuple(found)
