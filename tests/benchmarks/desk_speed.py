"""What a reviewer waits for with a million claims in the queue.

`python tests/benchmarks/desk_speed.py [--db URL] [CLAIMS]`; a million take 700 MB.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import ExtractionSetup
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import Sentence, Span
from factcheck.domain.states import Stage
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.storage.statistics import SqlStatistics
from factcheck.storage.tables import CLAIM
from factcheck.storage.window_outcome import insert_claims
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.measure_desk import measure_desk
from factcheck.workflow.review_claim import Desk, record_verdict, take_next, undo_last

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report, seconds
    from benchmarks.places import parser, places
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report, seconds
    from places import parser, places

CLAIMS = 1_000_000
CHUNK = 50_000
TIMES = 200
TEXT = "Rain fell on Monday."
RULES = SecondReadingRules(sample=0.5)


def main() -> int:
    """Queue the claims, measure, report, and return the exit code."""
    asked = parser(__doc__)
    asked.add_argument("claims", nargs="?", type=int, default=CLAIMS)
    told = asked.parse_args()
    with places(told.db) as fresh:
        database = filled(fresh(), told.claims)
        code = report([*figures(database, told.claims)])
        database.close()
    return code


def figures(database: Database, many: int) -> Iterator[Any]:
    """The waits, in milliseconds at the median and the 95th of a hundred."""
    queue, ledger = SqlQueue(database), SqlLedger(database)
    desk = Desk(queue, lambda: datetime.now(UTC), timedelta(minutes=30), second_reading=RULES)
    yield noted("claims queued", f"{many:,}")
    lease = 5 if database.file else 10  # a server is asked twelve times for it, each time over a socket
    yield from waits("lease of the next claim", lease, lambda: take_next(desk, "ann"))
    yield from waits("a key: verdict, next claim, its article and sentences, history", 50, lambda: key(desk, ledger))
    yield from waits("lease of a second reading", lease, lambda: second(desk), 50)
    yield from waits("undo", 50, lambda: undo_last(desk, "ann"), 50)
    yield from waits("why nothing is free: counts of all claims", None, lambda: why_nothing_free(desk, "ann"), 5)
    yield from waits("the desk's figures", None, lambda: measure_desk(SqlStatistics(database), desk.clock), 5)


def key(desk: Desk, ledger: SqlLedger) -> None:
    """What the press of one key asks of the database."""
    held = desk.queue.held_by("ann", desk.clock())
    record_verdict(desk, held[-1], "mixed", "ann", "So it is.")
    claim = take_next(desk, "ann", Stage.FIRST)
    if claim is not None:
        ledger.article(claim.article_id)
        ledger.sentences(claim.article_id)
    desk.queue.history("ann", desk.clock())


def second(desk: Desk) -> None:
    """Half of the verdicts so far wait for a second reader."""
    if take_next(desk, "bob", Stage.SECOND) is None:
        message = "no second reading is left to lease; let more verdicts go before"
        raise SystemExit(message)


def waits(name: str, bound: float | None, work: Callable[[], object], times: int = TIMES) -> Iterator[Any]:
    """The median against its bound, and the slow end."""
    work()
    taken = sorted(seconds(work) * 1_000 for _ in range(times))
    slow = taken[round(0.95 * (times - 1))]
    if bound is None:
        yield noted(name, f"{median(taken):.1f} ms")
    else:
        yield at_most(name, bound, median(taken), " ms")
        yield noted("  of a hundred, the 95th", f"{slow:.1f} ms")


def filled(location: str, many: int) -> Database:
    """An open database with so many claims of one article."""
    database, now = Database(location), datetime.now(UTC)
    ledger = SqlLedger(database)
    filed = ledger.file_article(Article(TEXT, now), (Sentence(1, Span(0, len(TEXT))),), now)
    ledger.begin_run(filed.id, ExtractionSetup("openai:any", "extract_claims", "1", "0" * 64, {}), now)
    first = min(CHUNK, many)
    with database.writing() as connection:
        insert_claims(connection, list(claims(filed, 0, first)))
    names = ", ".join(one.name for one in CLAIM.c if one.name not in {"id", "uid"})
    for start in range(first, many, first):
        uid, ids = f"CAST(id + {start} AS VARCHAR)", f"id <= {min(first, many - start)}"
        more = f"INSERT INTO claim (uid, {names}) SELECT {uid}, {names} FROM claim WHERE {ids}"  # noqa: S608 - own names
        with database.writing() as connection:
            connection.exec_driver_sql(more)
    return database


def claims(filed: FiledArticle, start: int, end: int) -> Iterator[dict[str, Any]]:
    """The column values of claims, of all degrees of check-worthiness."""
    anchor = Anchor(AnchorStatus.EXACT, (Span(0, 9),), (1,))
    for number in range(start, end):
        claim = Claim(f"Rain fell in town {number}.", TEXT, anchor, number % 101 / 100)
        yield rows.claim_values(claim, filed, 1)


if __name__ == "__main__":
    sys.exit(main())
