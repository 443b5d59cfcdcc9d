"""A desk copied between databases, either way."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Command
from sqlalchemy import Engine, event, text

from factcheck.domain.evidence import Snapshot
from factcheck.domain.known import Kept, KnownClaim, KnownRating
from factcheck.domain.lookup import FoundPage, Lookup
from factcheck.errors import BrokenRowError, DeskExistsError, UnfinishedCopyError
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.storage.lookups import SqlLookups
from factcheck.storage.moving import copy_desk
from factcheck.text.inference import content_words

KNOWN = [
    KnownClaim("The bridge of Kelso opened in 1931.", "https://a.example/1", KnownRating("False", on=date(2020, 5, 1))),
    KnownClaim("The bridge of O'Brien has 3,400 lamps.", "https://a.example/2", KnownRating("True")),
]
NEW = KnownClaim("The tower is 300 m high.", "https://a.example/3", KnownRating("True"))
PAGE = Snapshot(b"Prices rose.\x00", "text/plain", "https://b.example/", 200, {})
LOOKED_UP = Lookup(
    1, NOW, ("prices",), ("wikipedia",), (FoundPage(PAGE.url or "", "wikipedia", "B", "Paper", PAGE.sha256),)
)


@pytest.fixture
def reviewed(demo_desk: Path, factcheck: Command) -> Iterator[Database]:
    """A desk in a file, with a verdict and its source."""
    page = demo_desk.with_name("page.txt")
    page.write_text("Sanae Takaichi has never been the minister for trade.\n", "utf-8")
    assert factcheck("evidence", "add", 1, "--file", page, "--stance", "refutes", "--reviewer", "ann").code == 0
    assert factcheck("verdict", 1, "false", "--reviewer", "ann", "--rationale", "The page says so.").code == 0
    with closing(Database(str(demo_desk))) as database:
        yield database


@pytest.fixture
def served(served_desk_url: str) -> Iterator[Database]:
    """An empty database of PostgreSQL."""
    with closing(Database(served_desk_url)) as database:
        yield database


@pytest.fixture
def torn() -> Iterator[list[str]]:
    """Breaks the insertion into each table that is named in the list, once."""
    names: list[str] = []

    def tear(_: object, statement: Any, *__: object) -> None:
        if statement.is_insert and statement.table.name in names:
            names.remove(statement.table.name)
            raise KeyboardInterrupt

    event.listen(Engine, "before_execute", tear)
    yield names
    event.remove(Engine, "before_execute", tear)


def test_desk_is_the_same_there_and_back(
    reviewed: Database, served: Database, factcheck: Command, folder: Path
) -> None:
    copied = copy_desk(reviewed, served)
    back = Database(str(folder / "back.db"))
    assert copy_desk(served, back) == copied
    back.close()

    there = [factcheck("report", "--format", "jsonl", "--drafts", "--db", db) for db in ("factcheck.db", "back.db")]
    assert there[0].out == there[1].out != ""
    assert copied.rows["claim"] == 30
    assert (copied.event_id, copied.hash) == (SqlLog(served).verify().whole, SqlLog(back).head().hash)  # type: ignore[union-attr]


def test_known_claims_and_look_ups_are_there_in_either_copy(reviewed: Database, served: Database, folder: Path) -> None:
    SqlKnownClaims(reviewed).keep("feed.json", KNOWN, NOW)
    SqlKnownClaims(reviewed).keep("page.html", KNOWN[:1], NOW)
    SqlLookups(reviewed).keep(LOOKED_UP, [PAGE])
    copy_desk(reviewed, served)
    with closing(Database(str(folder / "back.db"))) as back:
        copy_desk(served, back)

        asked = [content_words(one.claim) for one in KNOWN]
        found = [[SqlKnownClaims(one).alike(words, 3) for words in asked] for one in (reviewed, served, back)]
        assert found[0] == found[1] == found[2]
        assert [first[0].known.url for first in found[1]] == [one.url for one in KNOWN]
        for one in (served, back):
            assert SqlLookups(one).last(1) == LOOKED_UP
            assert SqlLookups(one).snapshot(1, PAGE.sha256) == PAGE
            assert SqlKnownClaims(one).keep("new.json", [*KNOWN, NEW], NOW) == Kept(new=1, same=2)
            assert SqlKnownClaims(one).alike({"tower"}, 1)[0].known.url == NEW.url
            assert SqlKnownClaims(one).forget("feed.json") == len(KNOWN)


def test_desk_is_not_copied_over_known_claims(reviewed: Database, served: Database) -> None:
    SqlKnownClaims(served).keep("feed.json", KNOWN, NOW)

    with pytest.raises(DeskExistsError, match="a desk stands at"):
        copy_desk(reviewed, served)


def test_copied_desk_is_numbered_on(
    reviewed: Database, served: Database, served_desk_url: str, factcheck: Command
) -> None:
    copy_desk(reviewed, served)

    assert factcheck("note", 2, "Ask the ministry.", "--reviewer", "bob", "--db", served_desk_url).code == 0
    assert factcheck("verdict", 2, "true", "--reviewer", "bob", "--db", served_desk_url).code == 0
    assert factcheck("audit", "verify", "--db", served_desk_url).code == 0


def test_server_knows_how_large_the_copied_desk_is(reviewed: Database, served: Database) -> None:
    copy_desk(reviewed, served)

    with served.reading() as connection:
        counted, real = (
            connection.scalar(text(one))
            for one in ("SELECT reltuples FROM pg_class WHERE relname = 'claim'", "SELECT count(*) FROM claim")
        )
    assert counted == real


def test_half_a_copy_is_no_desk(reviewed: Database, served: Database, torn: list[str]) -> None:
    torn.append("verdict")
    with pytest.raises(KeyboardInterrupt):
        copy_desk(reviewed, served)

    with pytest.raises(UnfinishedCopyError, match="holds half a copy of another"), served.reading():
        pass


def test_copy_goes_on_where_it_stopped(reviewed: Database, served: Database, torn: list[str]) -> None:
    torn.append("verdict")
    with pytest.raises(KeyboardInterrupt):
        copy_desk(reviewed, served)

    assert copy_desk(reviewed, served).rows["verdict"] == 5
    assert SqlLog(served).verify().is_whole


def test_half_of_another_copy_is_left_alone(
    reviewed: Database, served: Database, torn: list[str], factcheck: Command
) -> None:
    torn.append("verdict")
    with pytest.raises(KeyboardInterrupt):
        copy_desk(reviewed, served)
    factcheck("note", 2, "Meanwhile.", "--reviewer", "bob")

    with pytest.raises(UnfinishedCopyError, match="of a desk that has changed since"):
        copy_desk(reviewed, served)


def test_desk_is_not_copied_over_another(reviewed: Database, served: Database) -> None:
    copy_desk(reviewed, served)

    with pytest.raises(DeskExistsError, match="a desk stands at"):
        copy_desk(reviewed, served)


def test_damaged_row_is_not_copied(reviewed: Database, served: Database) -> None:
    with reviewed.writing() as connection:
        connection.exec_driver_sql("UPDATE claim SET segments = '[1' WHERE id = 7")

    with pytest.raises(BrokenRowError, match=r"row 7 is damaged: column 'segments' of table 'claim'"):
        copy_desk(reviewed, served)


def test_text_that_is_no_utf_8_is_not_copied(reviewed: Database, served: Database) -> None:
    with reviewed.writing() as connection:
        connection.exec_driver_sql("UPDATE claim SET text = CAST(x'66ff' AS TEXT) WHERE id = 7")

    with pytest.raises(BrokenRowError, match=r"row 7 is damaged: column 'text' of table 'claim'"):
        copy_desk(reviewed, served)


def test_command_tells_what_it_copied(demo_desk: Path, served_desk_url: str, factcheck: Command) -> None:
    done = factcheck("copy", "--to", served_desk_url, "--db", demo_desk)

    assert (done.code, done.out) == (0, "")
    assert "claim: 30 rows\n" in done.err
    assert "whole on both sides; the last hash is " in done.err


@pytest.mark.usefixtures("demo_desk")
def test_copy_is_refused_where_a_desk_stands(factcheck: Command, folder: Path) -> None:
    assert factcheck("copy", "--to", "other.db").code == 0

    done = factcheck("copy", "--to", "other.db")

    assert (done.code, (folder / "other.db").is_file()) == (8, True)
    assert "a desk stands at 'other.db' already; name an empty database" in done.err
