"""Many reviewers at one database, some of them killed, and what must hold afterwards.

`python tests/benchmarks/desk_race.py [--db URL] [SECONDS [PROCESSES]]`, by default a minute and twenty, at a file; it
needs `fork` and the package `krippendorff`.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import krippendorff
from sqlalchemy import create_engine

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import ExtractionSetup
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import Span
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.states import Stage
from factcheck.errors import ConflictError, NothingToUndoError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.storage.statistics import SqlStatistics
from factcheck.storage.window_outcome import insert_claims
from factcheck.workflow.amend_claim import reword_claim
from factcheck.workflow.edit_claim import reject
from factcheck.workflow.measure_desk import measure_desk
from factcheck.workflow.review_claim import (
    Desk,
    record_verdict,
    release_claim,
    renew_lease,
    skip_claim,
    take_next,
    undo_last,
)

if TYPE_CHECKING:
    from benchmarks.measure import at_least, at_most, noted, report
    from benchmarks.places import parser, places
else:  # a script's own folder is on the path, its parent is not
    from measure import at_least, at_most, noted, report
    from places import parser, places

LEASE = timedelta(seconds=1)
CLAIMS_A_SECOND = 10
KILLED_EACH_SECONDS = 0.7
PAIRS_ENOUGH = 20
"""So many claims are read twice before the race ends, though a busy machine takes up to ten times as long for them."""
LABELS = ("false", "mixed", "true")
RULES = SecondReadingRules(labels=frozenset({"false"}), sample=0.5)
ACTS = {
    "next": 30,
    "decide": 34,
    "barge in": 8,
    "skip": 6,
    "release": 4,
    "renew": 4,
    "undo": 10,
    "reword": 4,
    "reject": 5,
}
READINGS = ("decided", "first_read", "agreed", "disputed", "adjudicated")


@dataclass
class Worker:
    """A reviewer who does this and that at random, and notes each verdict once it is stored."""

    desk: Desk
    name: str
    draw: Random
    journal: Path
    claims: int
    held: list[int]

    def act(self) -> None:
        """Do one thing; what others make impossible is no mistake."""
        [what] = self.draw.choices(list(ACTS), list(ACTS.values()))
        try:
            if what == "next":
                taken = take_next(self.desk, self.name, self.draw.choice([None, *Stage]))
                self.held += [taken.id] if taken else []
            elif what == "undo":
                self.held.append(undo_last(self.desk, self.name)[1].id)
            elif what == "reject":
                reject(self.desk, self.draw.randint(1, self.claims), self.name, "Again.")
            elif what == "barge in":
                self.decide(self.draw.randint(1, self.claims))
            elif self.held:
                self.act_on(what, self.draw.choice(self.held))
        except (ConflictError, NothingToUndoError):
            return

    def act_on(self, what: str, number: int) -> None:
        """Do something with a claim that was leased to this reviewer, and may be no longer."""
        if what == "renew":
            renew_lease(self.desk, number, self.name)
        elif what == "reword":
            reword_claim(self.desk, number, f"In the words of {self.name}, {self.draw.random()}.", self.name)
        else:
            self.held.remove(number)
            if what == "decide":
                self.decide(number)
            else:
                {"skip": skip_claim, "release": release_claim}[what](self.desk, number, self.name)

    def decide(self, number: int) -> None:
        """Give a verdict, and note it."""
        label = self.draw.choice(LABELS)
        record_verdict(self.desk, number, label, self.name)
        with self.journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps([number, self.name, label]) + "\n")


@dataclass(frozen=True, slots=True)
class Race:
    """What a race has left behind, read without the code that wrote it."""

    location: str
    journals: Path
    kills: int

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database, moments as a file has them."""
        engine = create_engine(self.location if "://" in self.location else f"sqlite:///{self.location}")
        with engine.connect() as connection:
            found = [tuple(map(as_in_a_file, row)) for row in connection.exec_driver_sql(query)]
        engine.dispose()
        return found

    def noted(self) -> Counter[tuple[Any, ...]]:
        """The verdicts that reviewers were told are stored; a killed one may have left half a line."""
        lines = (line for one in self.journals.iterdir() for line in one.read_text("utf-8").splitlines(keepends=True))
        return Counter(tuple(json.loads(line)) for line in lines if line.endswith("\n"))


def main() -> int:
    """Race, look at what is left, and return the exit code."""
    asked = parser(__doc__)
    asked.add_argument("seconds", nargs="?", type=float, default=60.0)
    asked.add_argument("processes", nargs="?", type=int, default=20)
    told = asked.parse_args()
    with TemporaryDirectory() as folder, places(told.db) as fresh:
        race = run(fresh(), Path(folder), told.seconds, told.processes)
        return report([*figures(race)])


def figures(race: Race) -> Iterator[Any]:
    """What must hold after a race."""
    database = Database(race.location)
    stored = Counter(race.look("SELECT claim_id, reviewer, label FROM verdict"))
    events = race.look("SELECT action, actor, claim_id, at, details FROM event ORDER BY id")
    many = len(events)
    yield noted("events", f"{many:,}")
    yield noted("verdicts, taken back, reviewers killed", f"{stored.total():,}, {taken_back(race):,}, {race.kills}")
    yield at_most("claims leased while somebody held them", 0, leased_twice(race, events))
    yield at_most("verdicts lost", 0, (race.noted() - stored).total())
    yield at_most("verdicts that nobody gave", race.kills, (stored - race.noted()).total())
    told = sum(action in READINGS for action, *_ in events)
    yield at_most("verdicts without an event, events without a verdict", 0, abs(told - stored.total()))
    yield at_most("claims with two standing verdicts of one kind", 0, doubled(race))
    yield at_most("claims that somebody read twice", 0, read_twice(race))
    verified = SqlLog(database).verify()
    yield at_most("broken events", 0, 0 if verified.reason is None and verified.whole == many else 1)
    [agreement] = measure_desk(SqlStatistics(database), lambda: datetime.now(UTC)).agreement
    pairs = race.look(PAIRS)
    yield at_least("claims read twice", 1, len(pairs))
    for level, ours in (("nominal", agreement.nominal), ("ordinal", agreement.ordinal)):
        package = theirs(pairs, level)
        yield noted(f"{level} alpha, ours and the package's", f"{ours.value:.6f}, {package:.6f}")
        yield at_most("  their difference", 1e-9, abs((ours.value or 0) - package))
    database.close()


PAIRS = """
    SELECT first.label, second.label FROM verdict second JOIN verdict first ON first.id = (
        SELECT max(id) FROM verdict one WHERE one.claim_id = second.claim_id AND one.id < second.id
        AND one.role = 'first' AND coalesce(one.ended_as, '') != 'undone'
    ) WHERE second.role = 'second' AND coalesce(second.ended_as, '') != 'undone'
"""


def theirs(pairs: list[tuple[Any, ...]], level: Any) -> float:
    """What the package `krippendorff` makes of the pairs."""
    grades = [[float(TRUTH_5.label(label).grade or 0) for label in side] for side in zip(*pairs, strict=True)]
    return float(krippendorff.alpha(reliability_data=grades, level_of_measurement=level))


def leased_twice(race: Race, events: list[tuple[Any, ...]]) -> int:
    """How often somebody got, or changed, a claim that another held; and whether the end is what the events say."""
    holders: dict[int, tuple[str, str]] = {}
    wrong = 0
    for action, actor, claim, at, details in events:
        if claim is None:
            continue
        holder, until = holders.get(claim, (actor, ""))
        is_held = until > at.replace(" ", "T") + "+00:00"
        wrong += is_held and (holder != actor or action == "leased") and action != "rejected"
        if action in {"leased", "renewed", "undone"}:
            holders[claim] = (actor, with_microseconds(json.loads(details)["until"]))
        elif action != "reworded":
            holders.pop(claim, None)
    left = dict(race.look("SELECT id, leased_by FROM claim WHERE leased_by IS NOT NULL"))
    return wrong + len(left.items() ^ {claim: holder for claim, (holder, _) in holders.items()}.items())


def as_in_a_file(cell: Any) -> Any:
    """A cell as SQLite keeps it, which has no type for moments."""
    return f"{cell:%Y-%m-%d %H:%M:%S.%f}" if isinstance(cell, datetime) else cell


def with_microseconds(moment: str) -> str:
    """A moment in a form that compares as text."""
    return datetime.fromisoformat(moment).isoformat(timespec="microseconds")


def doubled(race: Race) -> int:
    """Claims with two standing verdicts of one kind."""
    standing = "SELECT claim_id FROM verdict WHERE undone_at IS NULL GROUP BY claim_id, role HAVING count(*) > 1"
    return len(race.look(standing))


def read_twice(race: Race) -> int:
    """Claims where one person stands for two readings."""
    standing = "SELECT claim_id FROM verdict WHERE undone_at IS NULL GROUP BY claim_id, reviewer HAVING count(*) > 1"
    return len(race.look(standing))


def taken_back(race: Race) -> int:
    """How many verdicts were undone."""
    return len(race.look("SELECT id FROM verdict WHERE ended_as = 'undone'"))


def run(location: str, journals: Path, seconds: float, processes: int) -> Race:
    """Let reviewers work for so long; now and then one is killed, and another sits down."""
    claims = round(CLAIMS_A_SECOND * seconds)
    fill(location, claims)
    fork, draw, kills = multiprocessing.get_context("fork"), Random(1), 0  # noqa: S311 - a race
    ended = fork.RawValue("b", 0)  # has no lock that the killed could take with them
    ends = time.monotonic() + seconds

    def seated(number: int) -> Any:
        process = fork.Process(target=work, args=(location, journals, number, claims, ended))
        process.start()
        return process

    seats = [seated(number) for number in range(processes)]
    while time.monotonic() < ends:
        time.sleep(KILLED_EACH_SECONDS)
        seat = draw.randrange(processes)
        os.kill(seats[seat].pid, signal.SIGKILL)
        seats[seat].join()
        kills += 1
        seats[seat] = seated(processes + kills)
    wait_for_pairs(Race(location, journals, kills), ends + 9 * seconds)
    ended.value = 1
    for one in seats:
        one.join()
    if failed := [one.exitcode for one in seats if one.exitcode]:
        message = f"{len(failed)} reviewers failed; their tracebacks are above"
        raise SystemExit(message)
    return Race(location, journals, kills)


def wait_for_pairs(race: Race, latest: float) -> None:
    """On a busy machine, who is left is given more time."""
    while len(race.look(PAIRS)) < PAIRS_ENOUGH and time.monotonic() < latest:
        time.sleep(KILLED_EACH_SECONDS)


def work(location: str, journals: Path, number: int, claims: int, ended: Any) -> None:
    """One reviewer's day."""
    database = Database(location)
    desk = Desk(
        SqlQueue(database), lambda: datetime.now(UTC), LEASE, second_reading=RULES, sign_off=SignOffRules(frozenset())
    )
    worker = Worker(desk, f"reviewer {number}", Random(number), journals / str(number), claims, [])  # noqa: S311
    while not ended.value:
        worker.act()
    database.close()


def fill(location: str, many: int) -> None:
    """A database with so many claims."""
    now, text = datetime.now(UTC), "Rain fell on Monday."
    database = Database(location)
    ledger = SqlLedger(database)
    filed = ledger.file_article(Article(text, now), (), now)
    ledger.begin_run(filed.id, ExtractionSetup("openai:any", "extract_claims", "1", "0" * 64, {}), now)
    anchor = Anchor(AnchorStatus.EXACT, (Span(0, 9),), (1,))
    claims = (Claim(f"Rain fell in town {number}.", text, anchor, number % 10 / 10) for number in range(many))
    with database.writing() as connection:
        insert_claims(connection, [rows.claim_values(one, filed, 1) for one in claims])
    database.close()


if __name__ == "__main__":
    sys.exit(main())
