"""Leases on a server, with their chained events, against the same statement alone.

`python tests/benchmarks/served_leases.py [--db URL] [CLAIMS]`, by default on a server of its own; it needs `fork`.
"""

import multiprocessing
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql import psycopg as dialect

from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue, lease_statement

if TYPE_CHECKING:
    from benchmarks.desk_speed import filled
    from benchmarks.measure import at_least, at_most, noted, report, seconds
    from benchmarks.places import parser, places
else:  # a script's own folder is on the path, its parent is not
    from desk_speed import filled
    from measure import at_least, at_most, noted, report, seconds
    from places import parser, places

PROCESSES = 8
PAIRS = 3
CLAIMS = 1_600
BATCH = 1
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)

Lease = Callable[[str, str, Any], list[int]]


def main() -> int:
    """Measure in turns, report, and return the exit code."""
    asked = parser(__doc__)
    asked.add_argument("claims", nargs="?", type=int, default=CLAIMS)
    told = asked.parse_args()
    with places(told.db or "postgresql") as fresh:
        pairs = [[race(fresh(), told.claims, lease) for lease in (room_lease, plain_lease)] for _ in range(PAIRS)]
    ratio = median(room / plain for [(room, _), (plain, _)] in pairs)
    room, plain = ([rate for rate, _ in side] for side in zip(*pairs, strict=True))
    return report(
        [
            at_most("claims leased twice", 0, sum(twice for [(_, twice), _] in pairs)),
            at_least("leases of 1, of the statement's rate alone", 0.5, ratio),
            noted("claims a second, with events and without", f"{median(room):,.0f} : {median(plain):,.0f}"),
        ]
    )


def race(location: str, many: int, lease: Lease) -> tuple[float, int]:
    """Claims a second while processes lease until nothing is left, and how many were leased twice."""
    filled(location, many).close()
    fork = multiprocessing.get_context("fork")
    barrier, shares = fork.Barrier(PROCESSES + 1), fork.SimpleQueue()

    def work(number: int) -> None:
        shares.put(lease(location, f"reviewer {number}", barrier))

    processes = [fork.Process(target=work, args=(number,)) for number in range(PROCESSES)]
    for one in processes:
        one.start()
    barrier.wait()
    found: list[list[int]] = []
    taken = seconds(lambda: found.extend(shares.get() for _ in processes))
    for one in processes:
        one.join()
    leased = list(chain.from_iterable(found))
    if len(set(leased)) != many:
        message = f"{many} claims were to be leased, {len(set(leased))} were"
        raise SystemExit(message)
    return many / taken, len(leased) - many


def room_lease(location: str, reviewer: str, barrier: Any) -> list[int]:
    """Lease with the storage room until nothing is left."""
    database, leased = Database(location), list[int]()
    queue = SqlQueue(database)
    queue.counts(NOW)
    barrier.wait()
    while taken := queue.lease_next(reviewer, NOW, UNTIL, BATCH):
        leased += taken
    database.close()
    return leased


def plain_lease(location: str, reviewer: str, barrier: Any) -> list[int]:
    """Run the same statement with the driver alone, each time in a transaction of its own."""
    compiled = lease_statement().compile(dialect=dialect.dialect())  # type: ignore[no-untyped-call]
    stored = {"now": NOW.replace(tzinfo=None), "until": UNTIL.replace(tzinfo=None)}
    wanted = compiled.params | {"most": BATCH, "reviewer": reviewer} | stored
    url, leased = make_url(location), list[int]()
    made: dict[str, Any] = {"host": str(url.query.get("host") or url.host), "port": url.port, "password": url.password}
    with psycopg.connect(user=url.username, dbname=url.database, autocommit=True, **made) as connection:
        barrier.wait()
        while taken := connection.execute(str(compiled).encode(), wanted).fetchall():
            leased += [number for (number,) in taken]
    return leased


if __name__ == "__main__":
    sys.exit(main())
