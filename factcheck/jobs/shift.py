"""A worker's time at the queue: the engine hands out jobs in a thread of its own, and is told what became of them."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Any, Self

import psycopg
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job as EngineJob
from pgqueuer.qm import QueueManager
from psycopg import sql
from typing_extensions import override

from factcheck.domain.jobs import Job
from factcheck.domain.numbering import LAST_NUMBER
from factcheck.errors import FactcheckError
from factcheck.jobs.engine import ARTICLE, CHANNEL, SCHEMA, EngineLoop, ListeningApart, log_rows, queries_over
from factcheck.jobs.schedule import EngineSchedule, require_cron
from factcheck.workflow.job_ports import NOTHING_PERIODIC, Periodic, Shift

_GIVEN_BACK, _SET_BY = "given back", "set by"
_TO_DRAIN = """
SELECT 1 AS one FROM {schema}.pgqueuer AS job WHERE status = 'queued' AND NOT (execute_after > now() AND (
    SELECT traceback #>> '{{additional_context,reason}}' = $1
    FROM {schema}.pgqueuer_log WHERE job_id = job.id ORDER BY id DESC LIMIT 1
) IS TRUE) LIMIT 1
"""
_NUMBER = re.compile(rb"[1-9][0-9]{0,9}")
_SHOWN = 40  # bytes
_MOMENT = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon a worker counts as dead, and how often one that waits looks for what dead ones have left, in seconds.

    The engine takes a job over once its worker has been silent for `silence`, and looks at the latest after `look`.
    One that has work in hand waits `moment` for more before it lets that land.
    """

    silence: float = 20.0
    look: float = 5.0
    moment: float = 0.5


PACE = Pace()


class HeldError(FactcheckError):
    """Tells the engine that a job waits for a person, and why."""


class EngineShift(Shift):
    """Serves the Shift port, in a `with`; the engine says in a thread of its own that this worker lives."""

    def __init__(
        self, engine: EngineLoop, at_once: int, pace: Pace, *, is_drained: bool, periodic: Periodic = NOTHING_PERIODIC
    ) -> None:
        self._engine, self._at_once, self._pace, self._is_drained = engine, at_once, pace, is_drained
        self._periodic = periodic
        for job, cron in periodic.crons.items():
            require_cron(job, cron)
        self._schedule: EngineSchedule | None = None
        self._taken: SimpleQueue[Job | BaseException] = SimpleQueue()
        self._in_hand: dict[int, asyncio.Future[None]] = {}

    def __enter__(self) -> Self:
        self._engine.run(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.run(self._end())

    @override
    def next(self, *, is_waiting: bool) -> Job | None:
        wait = _MOMENT if is_waiting else self._pace.moment
        while True:
            with suppress(Empty):
                found = self._taken.get(timeout=wait)
                if isinstance(found, BaseException):
                    with self._engine.errors_told():
                        raise found
                return found
            if not is_waiting or (self._is_drained and self._engine.run(self._is_empty())):
                return None

    @override
    def done(self, job: Job) -> None:
        self._tell(job, None)

    @override
    def put_off(self, job: Job, reason: str, wait: timedelta) -> None:
        self._tell(job, RetryRequested(wait, reason))

    @override
    def hold(self, job: Job, reason: str) -> None:
        self._tell(job, HeldError(reason))

    @override
    def give_back(self, job: Job, wait: timedelta = timedelta()) -> None:
        self._tell(job, RetryRequested(wait, _GIVEN_BACK))

    @override
    def set_by(self, job: Job, wait: timedelta) -> None:
        self._tell(job, RetryRequested(wait, _SET_BY))

    def _tell(self, job: Job, outcome: Exception | None) -> None:
        self._engine.loop.call_soon_threadsafe(_settle, self._in_hand.pop(job.id), outcome)

    async def _begin(self) -> None:
        asking, listening = self._connections = [await self._engine.connect(), await self._engine.connect()]
        self._queries = queries_over(ListeningApart(asking, listening))
        if self._periodic.crons:
            self._schedule = EngineSchedule(self._queries, self._periodic, self._taken.put)
            await self._schedule.begin()
        self._manager = QueueManager(self._queries, CHANNEL)
        self._manager.entrypoint(ARTICLE, on_failure="hold")(self._take)
        look, silence = (timedelta(seconds=one) for one in (self._pace.look, self._pace.silence))
        batch = max(1, self._at_once // 2)
        running = self._manager.run(
            look, batch_size=batch, max_concurrent_tasks=max(2 * batch, self._at_once), heartbeat_timeout=silence
        )
        self._running = asyncio.create_task(running)
        self._running.add_done_callback(self._ended)

    def _ended(self, running: "asyncio.Task[None]") -> None:
        """Whatever ends the engine before it is asked to ends the worker."""
        if not running.cancelled() and (error := running.exception()) is not None:
            self._taken.put(error)

    async def _end(self) -> None:
        self._manager.shutdown.set()
        for outcome in self._in_hand.values():
            _settle(outcome, RetryRequested(reason=_GIVEN_BACK))
        self._in_hand.clear()
        with suppress(psycopg.Error):  # it has been told, where it is what has ended the worker
            await self._running
        if self._schedule is not None:
            with suppress(psycopg.Error):  # likewise
                await self._schedule.end()
        for one in self._connections:
            await one.close()

    async def _take(self, job: EngineJob) -> None:
        """Put a job into the worker's hands, and wait for what becomes of it."""
        failures, deaths = told_by(await log_rows(self._queries, job.id))
        article_id = article_of(job)
        if article_id is None:
            raise HeldError(f"it names no article: {(job.payload or b'')[:_SHOWN]!r}")
        outcome = self._in_hand[job.id] = asyncio.get_running_loop().create_future()
        if self._manager.shutdown.is_set():
            del self._in_hand[job.id]
            raise RetryRequested(reason=_GIVEN_BACK)
        self._taken.put(Job(job.id, article_id, failures, deaths))
        await outcome

    async def _is_empty(self) -> bool:
        ours = self._manager.queue_manager_id
        # What has become of a job is written a moment after it is told: until then it counts as in our hands.
        if self._in_hand or ours in {one.queue_manager_id for one in await self._queries.active_workers()}:
            return False
        to_drain = sql.SQL(_TO_DRAIN).format(schema=sql.Identifier(SCHEMA)).as_string()
        return not await self._queries.driver.fetch(to_drain, _SET_BY)


def told_by(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """How often a job has failed, and how many workers have ended with it, since somebody has put it into the queue."""
    failures = deaths = 0
    is_taken = False
    for row in rows:
        if row["status"] == "picked":
            deaths += is_taken
            is_taken = True
        elif row["status"] == "queued":
            is_taken = False
            if not row["traceback"]:
                failures = deaths = 0
            elif row["traceback"]["additional_context"].get("reason") not in {_GIVEN_BACK, _SET_BY}:
                failures += 1
    return failures, deaths


def article_of(job: EngineJob) -> int | None:
    """The article's number, which is all that a job says; None for a job that is damaged."""
    number = int(job.payload) if job.payload and _NUMBER.fullmatch(job.payload) else None
    return None if number is None or number > LAST_NUMBER else number


def _settle(outcome: "asyncio.Future[None]", error: Exception | None) -> None:
    if not outcome.done():
        if error is None:
            outcome.set_result(None)
        else:
            outcome.set_exception(error)
