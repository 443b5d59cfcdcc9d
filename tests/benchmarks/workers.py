"""Articles by workers on PostgreSQL: how many a second, and what is lost where workers are killed.

`python tests/benchmarks/workers.py [--db URL] [--articles N] [--workers N …] [--kills N] [--seed N] [--calls N]
[--seconds N]`, by default on a server of its own, 1,000 articles by 1, 2 and 4 workers, and ten kills among those of
two. A server on loopback answers after a second and notes each question; each worker has sixteen calls under way. With
fewer calls that take longer the processors carry more workers. It needs `fork`.
"""

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import quantiles
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine

from factcheck.cli.main import run
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

if TYPE_CHECKING:
    from benchmarks import kills as stand_in
    from benchmarks.measure import Figure, at_least, at_most, noted, report
    from benchmarks.places import parser, places
else:  # a script's own folder is on the path, its parent is not
    import kills as stand_in
    from measure import Figure, at_least, at_most, noted, report
    from places import parser, places

CALLS = 16
SECONDS = 1.0
WORKERS = [1, 2, 4]
KILLED_AMONG = 2
WORDS = ("worker", "--model", "openai:stand-in", "--no-split-compounds")
HOW = SimpleNamespace(calls=CALLS, seconds=SECONDS)
LANDED = "SELECT at FROM event WHERE action = 'window_landed' ORDER BY at"
PICKED = "SELECT job_id, status, created FROM factcheck_jobs.pgqueuer_log ORDER BY job_id, created, id"
LEFT = "SELECT count(*) FROM sentence WHERE state IN ('pending', 'failed')"


def main() -> int:
    """Measure, report, and return the exit code."""
    asked = parser(__doc__)
    asked.add_argument("--articles", type=int, default=1_000, metavar="N")
    asked.add_argument("--workers", type=int, nargs="*", default=WORKERS, metavar="N")
    asked.add_argument("--kills", type=int, default=10, metavar="N")
    asked.add_argument("--seed", type=int, default=0, metavar="N")
    asked.add_argument("--calls", type=int, default=CALLS, metavar="N")
    asked.add_argument("--seconds", type=float, default=SECONDS, metavar="N")
    told = asked.parse_args()
    stand_in.ANSWER_SECONDS, HOW.calls, HOW.seconds = told.seconds, told.calls, told.seconds
    figures: list[Figure] = []
    with places(told.db or "postgresql") as fresh, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        articles = written(folder, told.articles)
        rates: dict[int, float] = {}
        for many in told.workers:
            with stand_in.served(folder / f"asked {many}"):
                rates[many], more = fast(fresh(), articles, many)
                figures += more
            base = min(rates)
            if many != base:
                linear = rates[many] / rates[base] / (many / base)
                figures.append(at_least(f"{many} workers, of linear", 0.9, linear))
            report(figures)
        if told.kills:
            with stand_in.served(folder / "asked, killed"):
                draw = Random(told.seed)  # noqa: S311 - moments to kill at
                figures += killed(fresh(), articles, folder / "asked, killed", told.kills, draw)
    return report(figures)


def written(folder: Path, many: int) -> Path:
    """So many articles of one sentence, each with words that no other has."""
    path = folder / "articles.jsonl"
    texts = (f"Minister {one} opened hospital {one} in town {one}." for one in range(many))
    path.write_text("\n".join(json.dumps({"text": one}) for one in texts), encoding="utf-8")
    return path


def enqueued(url: str, articles: Path) -> float:
    """Put the articles into the queue of an empty desk; returns how many a second."""
    began = time.monotonic()
    with silent():
        code = run(["--db", url, "extract", "--enqueue", str(articles)])
    if code:
        raise SystemExit(code)
    return len(articles.read_text("utf-8").splitlines()) / (time.monotonic() - began)


class silent:  # noqa: N801 - reads as what it does
    """What runs within it writes nothing."""

    def __enter__(self) -> None:
        sys.stdout.flush()
        self._kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        os.dup2(self._kept, 1)


def started(url: str, *more: str) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own."""
    words = [sys.executable, "-m", "factcheck", "--db", url, *WORDS, "--concurrency", str(HOW.calls), *more]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fast(url: str, articles: Path, many: int) -> tuple[float, list[Figure]]:
    """Articles a second while all workers are at it, and what they take."""
    filed = enqueued(url, articles)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = [started(url, "--drain") for _ in range(many)]
    for one in workers:
        one.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    landed = [one.timestamp() for (one,) in look(url, LANDED)]
    # Workers begin and end at different moments; in the middle all are at work.
    cuts = quantiles(landed, n=10)
    rate = 0.6 * len(landed) / (cuts[7] - cuts[1])
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name, most = f"{many} worker{'s' * (many > 1)}: ", many * HOW.calls / HOW.seconds
    return rate, [
        noted(name + "articles a second; the most that so many calls allow", f"{rate:.2f}; {most:.1f}"),
        noted(name + "processor for each article, theirs", f"{1000 * spent / len(landed):.0f} ms"),
        noted(name + "read, filed and enqueued a second before", f"{filed:.0f}"),
        at_most(name + "sentences without an answer", 0, look(url, LEFT)[0][0]),
    ]


def killed(url: str, articles: Path, journal: Path, kills: int, draw: Random) -> Iterator[Figure]:
    """What is lost and doubled where workers are killed and started again."""
    enqueued(url, articles)
    workers = [started(url) for _ in range(KILLED_AMONG)]
    moments: list[float] = []
    total = len(articles.read_text("utf-8").splitlines())
    while look(url, LEFT)[0][0]:
        landed = total - look(url, LEFT)[0][0]
        if len(moments) < kills and landed > total * (len(moments) + draw.random()) / (kills + 1):
            one = draw.randrange(KILLED_AMONG)
            workers[one].kill()
            workers[one].wait()
            moments.append(time.time())
            workers[one] = started(url)
        time.sleep(draw.uniform(0.05, 0.5))
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    codes = [one.wait() for one in workers]
    asked = Counter(journal.read_text("utf-8").splitlines())
    claims, texts = look(url, "SELECT count(*), count(DISTINCT text) FROM claim")[0]
    with closing(Database(url)) as database:
        verified = SqlLog(database).verify()
    name = f"{KILLED_AMONG} workers, {len(moments)} kills: "
    yield at_most(name + "articles lost", 0, total - texts)
    yield at_most(name + "claims twice", 0, claims - texts)
    yield at_most(name + "questions asked again", HOW.calls * len(moments), asked.total() - len(asked))
    yield at_most(name + "from a kill to the last of its jobs in other hands", 60, taken_over(url, moments), " s")
    yield at_most(name + "exit codes of those that were stopped", 0, max(codes))
    yield at_most(name + "broken events", 0, 0 if verified.reason is None else 1)


def taken_over(url: str, moments: Sequence[float]) -> float:
    """The longest time from the first kill after a job was taken to the moment at which another took it."""
    longest, last = 0.0, (0, "", 0.0)
    for job, status, created in look(url, PICKED):
        at = created.timestamp()
        if (job, status) == (last[0], "picked") and last[1] == "picked":
            kill = next((one for one in moments if last[2] < one < at), at)
            longest = max(longest, at - kill)
        last = job, status, at
    return longest


def look(url: str, query: str) -> list[Any]:
    """Rows of the database."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.exec_driver_sql(query))
    finally:
        engine.dispose()


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    sys.exit(main())
