"""The last look-up of each claim, kept with its pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from sqlalchemy import update
from stage import Stage

from factcheck.domain.evidence import Snapshot
from factcheck.domain.lookup import FoundPage, Kinship, Lookup, Passage, Reading
from factcheck.errors import BrokenRowError, NoSuchPassageError, OtherLookupError
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.lookup_tables import LOOKUP, LOOKUP_PAGE
from factcheck.storage.lookups import SqlLookups
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.storage.queue import SqlQueue

PAGE = Snapshot(b"Prices rose.", "text/plain", "https://a.example/", 200, {"etag": '"1"'})
PASSAGE = Passage("Prices rose.", "Before.", "", 2, Reading.SUPPORTS, "rose")
FOUND = FoundPage(PAGE.url or "", "wikipedia", "A", "The paper", PAGE.sha256, (Kinship.MIRROR,), None, (PASSAGE,))
LOOKUP_OF_1 = Lookup(1, NOW, ("prices",), ("wikipedia",), (FOUND,), ("searxng answers 429",), ("prices May",))


@pytest.fixture
def lookups(database: Database, ledger: SqlLedger, queue: SqlQueue) -> SqlLookups:
    """A desk of four claims."""
    past = SqlPastVerdicts(database)
    Stage(ledger, queue, past).file()
    past.close()
    return SqlLookups(database)


def test_look_up_comes_back_as_it_was(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE, PAGE])

    assert lookups.last(1) == LOOKUP_OF_1
    assert lookups.snapshot(1, PAGE.sha256) == PAGE
    assert lookups.last(2) is None
    assert lookups.snapshot(2, PAGE.sha256) is None


def test_next_look_up_takes_its_place(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    later = replace(LOOKUP_OF_1, pages=())

    lookups.keep(later, [])

    assert lookups.last(1) == later
    assert lookups.snapshot(1, PAGE.sha256) is None


def test_suggestion_outlasts_the_next_look_up(lookups: SqlLookups) -> None:
    suggested = replace(FOUND, source="a machine, scout", suggested_by="scout")
    lookups.suggest(Lookup(1, NOW), suggested, PAGE)
    other = Snapshot(b"Wages fell.", "text/plain", "https://b.example/", 200, {})

    lookups.keep(Lookup(1, NOW, pages=(replace(FOUND, sha256=other.sha256),)), [other])

    last = lookups.last(1)
    assert last is not None
    assert [one.suggested_by for one in last.pages] == [None, "scout"]
    assert lookups.snapshot(1, PAGE.sha256) == PAGE
    assert lookups.snapshot(1, other.sha256) == other


def test_suggestion_lies_behind_what_was_found(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    suggested = replace(FOUND, suggested_by="scout")

    assert lookups.suggest(Lookup(1, NOW), suggested, PAGE) == replace(LOOKUP_OF_1, pages=(FOUND, suggested))
    assert lookups.last(1) == replace(LOOKUP_OF_1, pages=(FOUND, suggested))


def test_suggestion_outlasts_what_is_told_later(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    suggested = replace(FOUND, suggested_by="scout")
    lookups.suggest(Lookup(1, NOW), suggested, PAGE)

    lookups.tell(LOOKUP_OF_1.read(1, Reading.REFUTES, "rose"))

    last = lookups.last(1)
    assert last is not None
    assert [one.passages[0].reading for one in last.pages] == [Reading.REFUTES, Reading.SUPPORTS]
    assert last.pages[1] == suggested
    assert lookups.snapshot(1, PAGE.sha256) == PAGE


def test_suggestion_that_is_set_aside_stays_so(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    lookups.suggest(Lookup(1, NOW), replace(FOUND, suggested_by="scout"), PAGE)

    after = lookups.set_aside(1, 2, "ana", NOW)

    assert [one.set_aside_by for one in after.pages] == [None, "ana"]
    lookups.tell(LOOKUP_OF_1.read(1, Reading.REFUTES, "rose"))
    lookups.suggest(Lookup(1, NOW), replace(FOUND, suggested_by="other"), PAGE)
    lookups.keep(LOOKUP_OF_1, [PAGE])
    last = lookups.last(1)
    assert last is not None
    assert [one.set_aside_by for one in last.pages] == [None, "ana"]


def test_passage_of_another_look_up_is_not_set_aside(lookups: SqlLookups) -> None:
    lookups.suggest(Lookup(1, NOW), replace(FOUND, suggested_by="scout"), PAGE)

    with pytest.raises(OtherLookupError):
        lookups.set_aside(1, 1, "ana", NOW - timedelta(seconds=1))
    with pytest.raises(NoSuchPassageError):
        lookups.set_aside(1, 2, "ana", NOW)
    with pytest.raises(NoSuchPassageError):
        lookups.set_aside(2, 1, "ana", NOW)


def test_damaged_look_up_is_replaced(lookups: SqlLookups, database: Database) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    with database.writing() as connection:
        connection.execute(update(LOOKUP).values(found='{"pages": [1]}'))

    lookups.keep(LOOKUP_OF_1, [PAGE])

    assert lookups.last(1) == LOOKUP_OF_1


def test_damaged_rows_are_told(lookups: SqlLookups, database: Database) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    with database.writing() as connection:
        connection.execute(update(LOOKUP).values(found='{"pages": [1]}'))
        connection.execute(update(LOOKUP_PAGE).values(content=b"?"))

    with pytest.raises(BrokenRowError, match="table 'lookup' holds no look-up"):
        lookups.last(1)
    with pytest.raises(BrokenRowError, match="'lookup_page' cannot be unpacked"):
        lookups.snapshot(1, PAGE.sha256)


def test_readings_are_told_of_the_same_look_up_alone(lookups: SqlLookups) -> None:
    lookups.keep(LOOKUP_OF_1, [PAGE])
    read = replace(LOOKUP_OF_1.read(1, Reading.REFUTES, "Prices"), read_by=("openai:small",))

    lookups.tell(read)
    assert lookups.last(1) == read
    assert lookups.snapshot(1, PAGE.sha256) == PAGE

    lookups.tell(replace(read, at=NOW + timedelta(minutes=1), read_by=()))
    assert lookups.last(1) == read
