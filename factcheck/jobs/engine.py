"""The engine, pgqueuer: its tables, and its coroutines run from threads that have no event loop."""

import asyncio
import json
import logging
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

import psycopg
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.tracing.opentelemetry import OpenTelemetryTracing
from pgqueuer.db import PsycopgDriver
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.ports.tracing import set_tracing_class
from pgqueuer.queries import Queries
from pgqueuer.types import Channel
from typing_extensions import override

from factcheck.errors import DatabaseError, MissingRightsError

SCHEMA = "factcheck_jobs"
"""Where the engine's tables are, beside the desk's own: `PGQUEUER_SCHEMA` of its own tools."""
CHANNEL = Channel("ch_pgqueuer")
ARTICLE = "article"
"""The kind of job that there is."""

T = TypeVar("T")

# It logs each failed job with a traceback; here its reason is told, and stands in the queue.
logging.getLogger("pgqueuer").addHandler(logging.NullHandler())
logging.getLogger("pgqueuer").propagate = False


class EngineLoop:
    """An event loop in a thread of its own; `location` is what errors call the database."""

    def __init__(self, arguments: Mapping[str, Any], location: str) -> None:
        self._arguments, self.location = arguments, location
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="jobs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; nothing may be under way."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns. Raises DatabaseError."""
        with self.errors_told():
            return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def connect(self) -> psycopg.AsyncConnection[Any]:
        """A connection whose statements stand by themselves."""
        return await psycopg.AsyncConnection.connect(**self._arguments, autocommit=True)

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Tell the driver's errors as ours."""
        try:
            yield
        except psycopg.Error as error:
            reason = " ".join(str(error).split())
            kind = MissingRightsError if isinstance(error, psycopg.errors.InsufficientPrivilege) else DatabaseError
            raise kind(f"the jobs in {self.location!r} cannot be read or written: {reason}") from error


class ListeningApart(PsycopgDriver):
    """Listens on one connection and asks on another: one that listens with psycopg answers no more than once a second.

    Jobs that were done would be told to the database so much later, and done again if their worker was killed by then.
    """

    def __init__(self, asking: psycopg.AsyncConnection[Any], listening: psycopg.AsyncConnection[Any]) -> None:
        super().__init__(listening)
        self._asking = PsycopgDriver(asking)

    @override
    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return await self._asking.fetch(query, *args)

    @override
    async def execute(self, query: str, *args: object) -> str:
        return await self._asking.execute(query, *args)


def queries_over(driver: PsycopgDriver) -> Queries:
    """The engine's statements, over tables in a schema of their own."""
    names = _names()
    return Queries(driver, QueryBuilderEnvironment(names), QueryQueueBuilder(names), QuerySchedulerBuilder(names))


async def is_there(queries: Queries) -> bool:
    """Whether anything was ever put into the queue."""
    return await queries.has_table(queries.qbe.settings.queue_table)


async def make_ready(queries: Queries) -> None:
    """Make the engine's tables, or bring those of an older version of it up to date."""
    if not await queries.schema_is_installed():
        await queries.install()
    if (await queries.plan_upgrade()).statements:
        await queries.apply_upgrade()


async def log_rows(queries: Queries, job_id: int) -> list[dict[str, Any]]:
    """What has happened to a job, the first first."""
    found: list[dict[str, Any]] = await queries.driver.fetch(queries.qbq.build_job_log_history_query(), job_id, 10_000)
    # The driver parses what stands in a column of JSON, which the engine's own model then cannot read.
    return [row | {"traceback": _parsed(row["traceback"])} for row in found]


def trace_jobs() -> None:
    """Let the engine make spans of jobs that are put into the queue and taken out of it."""
    set_tracing_class(OpenTelemetryTracing())


def _names() -> DBSettings:
    # All are said: what is not is read from the environment, where a CHANNEL or a FUNCTION may be anything.
    return DBSettings(
        prefix="",
        db_schema=SCHEMA,
        channel=CHANNEL,
        function="fn_pgqueuer_changed",
        statistics_table="pgqueuer_statistics",
        queue_status_type="pgqueuer_status",
        queue_table="pgqueuer",
        queue_table_log="pgqueuer_log",
        trigger="tg_pgqueuer_changed",
        schedules_table="pgqueuer_schedules",
        durability=Durability.durable,
        widen_id=True,
    )


def _parsed(stored: object) -> Any:  # noqa: ANN401 - JSON
    return json.loads(stored) if isinstance(stored, str | bytes) else stored
