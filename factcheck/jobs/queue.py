"""The queue that all workers share, served by pgqueuer."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import psycopg
from pgqueuer.db import PsycopgDriver
from pgqueuer.models import JobId
from pgqueuer.queries import Queries
from typing_extensions import override

from factcheck.domain.jobs import FailedJob, JobCounts, PeriodicJob, ScheduledJob
from factcheck.jobs import limits, shift
from factcheck.jobs.engine import ARTICLE, EngineLoop, is_there, log_rows, make_ready, queries_over
from factcheck.jobs.limits import EngineLimits
from factcheck.jobs.schedule import scheduled
from factcheck.jobs.shift import EngineShift, Pace, article_of
from factcheck.workflow.job_ports import NOTHING_PERIODIC, Jobs, Periodic, SharedLimits, Shift

_MANY = 1_000_000


@dataclass
class EngineJobs(Jobs):
    """Serves the Jobs port, in a `with`. What only reads makes no tables."""

    arguments: Mapping[str, Any]
    location: str
    pace: Pace = field(default_factory=lambda: shift.PACE)
    is_drained: bool = False
    _queries: Queries | None = None
    _is_ready: bool = False

    def __enter__(self) -> Self:
        self._engine = EngineLoop(self.arguments, self.location)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._queries is not None:
                self._engine.run(self._connection.close())
        finally:
            self._engine.close()

    @override
    def put(self, article_ids: Sequence[int]) -> int:
        return self._engine.run(self._put(article_ids))

    @override
    def counts(self) -> JobCounts:
        return self._engine.run(self._counts())

    @override
    def failed(self, most: int | None = None) -> tuple[FailedJob, ...]:
        return self._engine.run(self._failed(most))

    @override
    def retry(self, numbers: Sequence[int] | None = None) -> int:
        return self._engine.run(self._retry(numbers))

    @override
    def limits(self) -> SharedLimits:
        self._engine.run(self._opened())
        return EngineLimits(self._engine, self._connection, lambda: self._engine.run(self._opened(writes=True)))

    @override
    @contextmanager
    def shift(self, at_once: int, periodic: Periodic = NOTHING_PERIODIC) -> Iterator[Shift]:
        self._engine.run(self._opened(writes=True))
        with EngineShift(self._engine, at_once, self.pace, is_drained=self.is_drained, periodic=periodic) as begun:
            yield begun

    @override
    def scheduled(self, crons: Mapping[PeriodicJob, str]) -> tuple[ScheduledJob, ...]:
        return self._engine.run(self._scheduled(crons))

    async def _scheduled(self, crons: Mapping[PeriodicJob, str]) -> tuple[ScheduledJob, ...]:
        return await scheduled(await self._opened(), crons)

    async def _opened(self, *, writes: bool = False) -> Queries:
        if self._queries is None:
            self._connection = await self._engine.connect()
            self._queries = queries_over(PsycopgDriver(self._connection))
        if writes and not self._is_ready:
            async with self._queries.schema_lock():  # others may begin at the same moment
                await make_ready(self._queries)
                await limits.make_ready(self._connection)
            self._is_ready = True
        return self._queries

    async def _put(self, article_ids: Sequence[int]) -> int:
        queries = await self._opened(writes=True)
        told = [str(one) for one in article_ids]
        kinds, payloads, priorities = [ARTICLE] * len(told), [one.encode() for one in told], [0] * len(told)
        keys = [f"{ARTICLE} {one}" for one in told]
        put = await queries.enqueue(kinds, [*payloads], priorities, dedupe_key=[*keys], on_conflict="skip")
        return sum(one is not None for one in put)

    async def _counts(self) -> JobCounts:
        queries = await self._opened()
        if not await is_there(queries):
            return JobCounts()
        many = Counter[str]()
        for one in await queries.queue_size():
            many[one.status] += one.count
        return JobCounts(many["queued"], many["picked"], many["failed"])

    async def _failed(self, most: int | None) -> tuple[FailedJob, ...]:
        queries = await self._opened()
        if not await is_there(queries):
            return ()
        jobs = await queries.list_failed_jobs(limit=most or _MANY)
        return tuple([FailedJob(one.id, article_of(one), one.updated, await _reason(queries, one.id)) for one in jobs])

    async def _retry(self, numbers: Sequence[int] | None) -> int:
        queries = await self._opened()
        if not await is_there(queries):
            return 0
        wanted = [one for one in await queries.list_failed_jobs(limit=_MANY) if numbers is None or one.id in numbers]
        for one in wanted:
            try:
                await queries.requeue_jobs([one.id])
            except psycopg.errors.UniqueViolation:  # the article is in the queue again already
                await queries.log_jobs([(one, "canceled", None)])
        return len(wanted)


async def _reason(queries: Queries, job_id: JobId) -> str:
    """What the worker has said that failed last."""
    for row in reversed(await log_rows(queries, job_id)):
        if row["status"] == "failed" and row["traceback"]:
            return str(row["traceback"]["exception_message"])
    return "its worker has not said why"
