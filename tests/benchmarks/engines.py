"""Two engines for jobs on PostgreSQL, their workers killed: what is lost, done twice, and how long nobody works at it.

`python tests/benchmarks/engines.py [--jobs N] [--kills N] [--seed N]`; it needs `pip install -e '.[engines]'`. Each job
takes a second, as a call to a model does; two workers have sixteen each at a time, and one that is killed is started
again at once.
"""

import argparse
import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import psycopg
from pgqueuer import PgQueuer
from pgqueuer.db import PsycopgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries
from procrastinate import App, JobContext, PsycopgConnector

from factcheck.jobs.engine import ListeningApart

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report
    from benchmarks.places import places
    from procrastinate.types import JSONDict
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report
    from places import places

WORKERS = 2
AT_ONCE = 16
SECONDS = 1.0
HEARTBEAT = 30.0
POLL = 5.0
FORK = multiprocessing.get_context("fork")
TABLES = """
CREATE TABLE begun (job integer, pid integer, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE done (job integer, pid integer, at timestamptz DEFAULT clock_timestamp());
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """How one engine is installed, given jobs, and worked for; each gets the address as psycopg takes it."""

    name: str
    install: Callable[[str], Coroutine[Any, Any, None]]
    enqueue: Callable[[str, int], Coroutine[Any, Any, None]]
    work: Callable[[str], Coroutine[Any, Any, None]]


def main() -> int:
    """Measure each, report, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1_000, metavar="N")
    parser.add_argument("--kills", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    with places("postgresql") as fresh:
        codes = [
            report([*killed(engine, fresh().replace("+psycopg", ""), asked.jobs, asked.kills, asked.seed)])
            for engine in (PROCRASTINATE, PGQUEUER, APART)
        ]
    return max(codes)


def killed(engine: Engine, url: str, jobs: int, kills: int, seed: int) -> Iterator[Figure]:
    """The figures of one engine."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
        asyncio.run(engine.install(url))
        asyncio.run(engine.enqueue(url, jobs))
        draw, started = Random(seed), time.monotonic()  # noqa: S311 - moments to kill at
        workers = [started_worker(engine, url) for _ in range(WORKERS)]
        moments: dict[int, float] = {}
        for _ in range(kills):
            time.sleep(draw.uniform(2, jobs * SECONDS / AT_ONCE / WORKERS / kills))
            one = draw.randrange(WORKERS)
            os.kill(workers[one].pid or 0, signal.SIGKILL)
            workers[one].join()
            moments[workers[one].pid or 0] = time.time()
            workers[one] = started_worker(engine, url)
        ends, finished = time.monotonic() + 300, 0
        while finished < jobs and time.monotonic() < ends:
            time.sleep(0.5)
            finished = look(connection, "SELECT count(DISTINCT job) FROM done")[0][0]
        taken = time.monotonic() - started
        for worker in workers:
            worker.kill()
            worker.join()
        twice = look(connection, "SELECT count(*) - count(DISTINCT job) FROM done")[0][0]
        again = look(
            connection, "SELECT job, array_agg(pid ORDER BY at), array_agg(at ORDER BY at) FROM begun GROUP BY job"
        )
        waits = [
            later.timestamp() - moments[pid]
            for _, pids, moments_of in again
            for pid, later in zip(pids, moments_of[1:], strict=False)
            if pid in moments
        ]
    name = f"{engine.name}: "
    yield noted(name + "jobs, kills, seconds", f"{jobs}, {kills}, {taken:.0f}")
    yield at_most(name + "jobs lost", 0, jobs - finished)
    yield noted(name + "jobs done twice: killed between a job's end and the note of it", str(twice))
    yield at_most(name + "jobs begun again", (AT_ONCE + 1) * kills, sum(len(pids) - 1 for _, pids, _ in again))
    yield at_most(name + "from a kill to the last of its jobs begun again", 60, max(waits, default=0), " s")


def started_worker(engine: Engine, url: str) -> Any:
    """A worker in a process of its own."""
    worker = FORK.Process(target=run, args=(engine, url), daemon=True)
    worker.start()
    return worker


def run(engine: Engine, url: str) -> None:
    """Work until killed."""
    with suppress(KeyboardInterrupt):
        asyncio.run(engine.work(url))


def look(connection: psycopg.Connection[Any], query: str) -> list[Any]:
    """Rows of the database."""
    return connection.execute(query.encode()).fetchall()


async def noted_in(connection: psycopg.AsyncConnection[Any], job: int) -> None:
    """What a job does: it says when it begins, waits as for a model, and says that it is done."""
    await connection.execute("INSERT INTO begun VALUES (%s, %s)", (job, os.getpid()))
    await asyncio.sleep(SECONDS)
    await connection.execute("INSERT INTO done VALUES (%s, %s)", (job, os.getpid()))


async def connected(url: str) -> psycopg.AsyncConnection[Any]:
    """A connection of psycopg whose statements stand by themselves."""
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


async def install_pgqueuer(url: str) -> None:
    """Make pgqueuer's tables."""
    async with await connected(url) as connection:
        await Queries(PsycopgDriver(connection)).install()


async def enqueue_pgqueuer(url: str, jobs: int) -> None:
    """Enqueue jobs with their numbers."""
    async with await connected(url) as connection:
        queries = Queries(PsycopgDriver(connection))
        numbers = [str(one).encode() for one in range(jobs)]
        await queries.enqueue(["job"] * jobs, [*numbers], [0] * jobs)


async def work_for_pgqueuer(url: str) -> None:
    """Work with pgqueuer as it comes: it listens, and asks, on one connection."""
    async with await connected(url) as connection:
        await work_with(url, PsycopgDriver(connection))


async def work_listening_apart(url: str) -> None:
    """Work with pgqueuer as `factcheck worker` does."""
    async with await connected(url) as asking, await connected(url) as listening:
        await work_with(url, ListeningApart(asking, listening))


async def work_with(url: str, driver: PsycopgDriver) -> None:
    """Work with pgqueuer's own take-over; a worker that waits looks every few seconds."""
    async with await connected(url) as notes:
        queue = PgQueuer(driver)

        @queue.entrypoint("job")
        async def job(job: Job) -> None:
            await noted_in(notes, int(job.payload or b""))

        waits = timedelta(seconds=POLL), timedelta(seconds=HEARTBEAT)
        await queue.run(
            dequeue_timeout=waits[0], batch_size=AT_ONCE // 2, max_concurrent_tasks=AT_ONCE, heartbeat_timeout=waits[1]
        )


async def install_procrastinate(url: str) -> None:
    """Make procrastinate's tables."""
    async with procrastinate_app(url).open_async() as app:
        await app.schema_manager.apply_schema_async()


async def enqueue_procrastinate(url: str, jobs: int) -> None:
    """Enqueue jobs with their numbers."""
    async with procrastinate_app(url).open_async() as app:
        numbers: list[JSONDict] = [{"number": one} for one in range(jobs)]
        await app.configure_task("job").batch_defer_async(*numbers)


async def work_for_procrastinate(url: str) -> None:
    """Work with procrastinate, and a task of ours each minute's fraction that gives dead workers' jobs back."""
    async with await connected(url) as notes:
        app = procrastinate_app(url)

        @app.task(name="job")
        async def job(number: int) -> None:
            await noted_in(notes, number)

        @app.periodic(cron="* * * * * */5")
        @app.task(name="take_over", pass_context=True, queueing_lock="take_over")
        async def take_over(context: JobContext, timestamp: int) -> None:
            del timestamp
            manager = context.app.job_manager
            for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=HEARTBEAT):
                await manager.retry_job(stalled)

        async with app.open_async():
            await app.run_worker_async(
                concurrency=AT_ONCE + 1, fetch_job_polling_interval=POLL, stalled_worker_timeout=HEARTBEAT
            )


def procrastinate_app(url: str) -> App:
    """An app that speaks to the database."""
    return App(connector=PsycopgConnector(conninfo=url))


PROCRASTINATE = Engine("procrastinate", install_procrastinate, enqueue_procrastinate, work_for_procrastinate)
PGQUEUER = Engine("pgqueuer", install_pgqueuer, enqueue_pgqueuer, work_for_pgqueuer)
APART = Engine("pgqueuer, listening apart", install_pgqueuer, enqueue_pgqueuer, work_listening_apart)


if __name__ == "__main__":
    sys.exit(main())
