"""What the storage room costs, against plain sqlite3 doing the same to the same tables.

Run it with the Python that the package is installed for; it takes about two minutes and needs `fork`.
"""

import multiprocessing
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import sqlite

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import ExtractionSetup
from factcheck.domain.sentence import Span
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue, lease_statement
from factcheck.storage.window_outcome import insert_claims

if TYPE_CHECKING:
    from benchmarks.measure import at_least, at_most, median_ratio, noted, report, seconds
else:  # a script's own folder is on the path, its parent is not
    from measure import at_least, at_most, median_ratio, noted, report, seconds

INSERTED = 100_000
INSERT_PAIRS = 5
PROCESSES = 8
LEASE_PAIRS = 5
BATCH = 20
LEASED = {BATCH: 16_000, 1: 1_600}
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)

Values = list[dict[str, Any]]
Lease = Callable[[Path, str, int, Any], list[int]]


@dataclass(frozen=True, slots=True)
class Race:
    """Eight processes leasing until nothing is left: how fast, and how many claims twice."""

    rate: float
    twice: int


def main() -> int:
    """Measure, report, and return the exit code."""
    with TemporaryDirectory() as folder:
        names = (Path(folder) / f"{number}.db" for number in range(1_000))
        inserted = median_ratio(lambda: plain_insert(next(names)), lambda: room_insert(next(names)), INSERT_PAIRS)
        batches, singles = races(names, BATCH), races(names, 1)
    return report(
        [
            at_least(f"insert of {INSERTED:,} claims, of sqlite3's rate", 1 / 2, inserted),
            at_most("claims leased twice", 0, sum(room.twice for room, _ in batches + singles)),
            at_least(f"leases of {BATCH}, of sqlite3's rate", 1 / 5, rate(batches)),
            noted(f"leases of {BATCH}, claims a second", rates(batches)),
            at_least("leases of 1, of sqlite3's rate", 1 / 15, rate(singles)),
            noted("leases of 1, claims a second", rates(singles)),
        ]
    )


def rate(pairs: Sequence[tuple[Race, Race]]) -> float:
    """The median of the room's rate over sqlite3's."""
    return median(room.rate / plain.rate for room, plain in pairs)


def rates(pairs: Sequence[tuple[Race, Race]]) -> str:
    """Both rates, the room's first."""
    return " : ".join(f"{median(one.rate for one in side):,.0f}" for side in zip(*pairs, strict=True))


def room_insert(path: Path) -> float:
    """Seconds that the storage room takes."""
    database, values = filled(path, 0), list(claims(INSERTED))

    def insert() -> None:
        with database.writing() as connection:
            insert_claims(connection, values)

    taken = seconds(insert)
    database.close()
    return taken


def plain_insert(path: Path) -> float:
    """Seconds that sqlite3 takes for the same rows."""
    filled(path, 0).close()
    values = list(claims(INSERTED))
    names = ", ".join(values[0])
    marks = ", ".join("?" * len(values[0]))
    tuples = [tuple(one.values()) for one in values]

    def insert(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO claim ({names}) VALUES ({marks})", tuples)  # noqa: S608 - own columns
        connection.execute("COMMIT")

    with closing(plain_connection(path)) as connection:
        return seconds(lambda: insert(connection))


def plain_connection(path: Path) -> sqlite3.Connection:
    """A connection with the PRAGMAs that the storage room sets."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def races(names: Iterator[Path], size: int) -> list[tuple[Race, Race]]:
    """Races of the storage room and of sqlite3, in turns."""
    return [(race(next(names), size, room_lease), race(next(names), size, plain_lease)) for _ in range(LEASE_PAIRS)]


def race(path: Path, size: int, lease: Lease) -> Race:
    """Let processes lease at once until nothing is left."""
    filled(path, LEASED[size]).close()
    fork = multiprocessing.get_context("fork")
    barrier, shares = fork.Barrier(PROCESSES + 1), fork.SimpleQueue()

    def work(number: int) -> None:
        shares.put(lease(path, f"reviewer {number}", size, barrier))

    processes = [fork.Process(target=work, args=(number,)) for number in range(PROCESSES)]
    for one in processes:
        one.start()
    barrier.wait()
    found: list[list[int]] = []
    taken = seconds(lambda: found.extend(shares.get() for _ in processes))
    leased = list(chain.from_iterable(found))
    for one in processes:
        one.join()
    if set(leased) != set(range(1, LEASED[size] + 1)):
        message = f"{LEASED[size]} claims were to be leased, {len(set(leased))} were"
        raise SystemExit(message)
    return Race(len(leased) / taken, len(leased) - len(set(leased)))


def room_lease(path: Path, reviewer: str, size: int, barrier: Any) -> list[int]:
    """Lease with the storage room until nothing is left."""
    database = Database(str(path))
    queue, leased = SqlQueue(database), list[int]()
    queue.counts(NOW)
    barrier.wait()
    while taken := queue.lease_next(reviewer, NOW, UNTIL, size):
        leased += taken
    return leased


def plain_lease(path: Path, reviewer: str, size: int, barrier: Any) -> list[int]:
    """Run the same statement with sqlite3 until nothing is left."""
    compiled = lease_statement().compile(dialect=sqlite.dialect(paramstyle="named"))
    wanted = compiled.params | {"most": size, "reviewer": reviewer, "now": stored(NOW), "until": stored(UNTIL)}
    connection, leased = plain_connection(path), list[int]()
    barrier.wait()
    while taken := plain_step(connection, str(compiled), wanted):
        leased += taken
    return leased


def plain_step(connection: sqlite3.Connection, query: str, wanted: dict[str, Any]) -> list[int]:
    """One lease, in a transaction of its own."""
    connection.execute("BEGIN IMMEDIATE")
    taken = [claim_id for (claim_id,) in connection.execute(query, wanted)]
    connection.execute("COMMIT")
    return taken


def stored(moment: datetime) -> str:
    """A moment as the database keeps it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def filled(path: Path, many: int) -> Database:
    """An open database with an article, its run, and so many claims."""
    database = Database(str(path))
    ledger = SqlLedger(database)
    filed = ledger.file_article(Article("Rain fell on Monday.", NOW), (), NOW)
    ledger.begin_run(filed.id, ExtractionSetup("openai:any", "extract_claims", "1", "0" * 64, {}), NOW)
    if many:
        with database.writing() as connection:
            insert_claims(connection, list(claims(many)))
    return database


def claims(many: int) -> Iterator[dict[str, Any]]:
    """The column values of claims of article 1 in run 1."""
    filed = FiledArticle(1, Article("Rain fell on Monday.", NOW))
    anchor = Anchor(AnchorStatus.EXACT, (Span(0, 9),), (1,))
    for number in range(many):
        claim = Claim(f"Rain fell in town {number} on Monday.", "Rain fell", anchor, number % 10 / 10, "A fact.")
        yield rows.claim_values(claim, filed, 1)


if __name__ == "__main__":
    sys.exit(main())
