"""A desk copied between databases, either way."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Command
from postgresql_desk import ServedDesk
from sqlalchemy import Engine, event, select, text

from factcheck.domain.evidence import Snapshot
from factcheck.domain.known import Kept, KnownClaim, KnownRating
from factcheck.domain.lookup import FoundPage, Lookup
from factcheck.domain.states import Role
from factcheck.errors import (
    ArchivedDeskError,
    BrokenRowError,
    DeskExistsError,
    OvertakenCopyError,
    UnfinishedCopyError,
)
from factcheck.storage import moving
from factcheck.storage.account_tables import WEB_SESSION
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import SCHEMA_REVISIONS, Database
from factcheck.storage.events import SqlLog, verified
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.storage.known_tables import KNOWN_CLAIM
from factcheck.storage.lookups import SqlLookups
from factcheck.storage.moving import STAYING, copy_desk
from factcheck.storage.people import SqlPeople
from factcheck.storage.tables import RUN
from factcheck.text.inference import content_words

OLD = Path(__file__).parent / "data" / "schema_0002.sqlite"
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


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """Where a desk is copied to, of either kind."""
    if request.param == "postgresql":
        yield request.getfixturevalue("served")
        return
    with closing(Database(str(folder / "other.db"))) as database:
        yield database


def stopped_copy(source: Database, target: Database, torn: list[str], at: str = "verdict") -> None:
    torn.append(at)
    with pytest.raises(KeyboardInterrupt):
        copy_desk(source, target)


def log_in(database: Database, *keys: str) -> None:
    """Let Ann have sessions of these keys."""
    SqlPeople(database).set_roles("ann", [Role.REVIEWER], NOW, None)
    for key in keys:
        assert SqlAccounts(database).begin_session(key, "ann", None, NOW, NOW + timedelta(days=1))


def is_refused(target: Database) -> bool:
    try:
        with target.reading():
            return False
    except UnfinishedCopyError:
        return True
    finally:
        target.close()


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
    stopped_copy(reviewed, served, torn)

    with pytest.raises(UnfinishedCopyError, match="holds half a copy of another"), served.reading():
        pass


def test_copy_goes_on_where_it_stopped(reviewed: Database, served: Database, torn: list[str]) -> None:
    stopped_copy(reviewed, served, torn)

    assert copy_desk(reviewed, served).rows["verdict"] == 5
    assert SqlLog(served).verify().is_whole


def test_half_of_another_copy_is_left_alone(
    reviewed: Database, served: Database, torn: list[str], factcheck: Command
) -> None:
    stopped_copy(reviewed, served, torn)
    factcheck("note", 2, "Meanwhile.", "--reviewer", "bob")

    with pytest.raises(UnfinishedCopyError, match="of a desk that has changed since"):
        copy_desk(reviewed, served)


def test_desk_is_not_copied_over_another(reviewed: Database, served: Database) -> None:
    copy_desk(reviewed, served)

    with pytest.raises(DeskExistsError, match="a desk stands at"):
        copy_desk(reviewed, served)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE claim SET flags = '[1' WHERE id = 7", "row 7 is damaged: column 'flags' of table 'claim'"),
        ("UPDATE snapshot SET content = 'text'", "row [0-9a-f]{64} is damaged: column 'content' of table 'snapshot'"),
        ("UPDATE claim SET wording = CAST(x'66ff' AS TEXT) WHERE id = 7", "row 7 is damaged: column 'wording' of"),
    ],
)
def test_damaged_row_is_not_copied(reviewed: Database, served: Database, damage: str, named: str) -> None:
    with reviewed.writing() as connection:
        connection.exec_driver_sql(damage)

    with pytest.raises(BrokenRowError, match=named):
        copy_desk(reviewed, served)


@pytest.mark.parametrize("damage", ["segments = '[1'", "text = CAST(x'66ff' AS TEXT)"])
def test_damage_of_what_the_log_tells_is_named_too(reviewed: Database, served: Database, damage: str) -> None:
    with reviewed.writing() as connection:
        connection.exec_driver_sql(f"UPDATE claim SET {damage} WHERE id = 7")  # noqa: S608 - the test's own words

    with pytest.raises(ArchivedDeskError, match=r"not whole: claim 7: (segments|text) is"):
        copy_desk(reviewed, served)


def test_desk_whose_rows_are_forged_is_copied_nowhere(reviewed: Database, target: Database) -> None:
    with reviewed.writing() as connection:
        connection.exec_driver_sql("UPDATE verdict SET label = 'true' WHERE id = 5")

    with pytest.raises(ArchivedDeskError, match=r"the log of '.*factcheck\.db' is not whole: .*label"):
        copy_desk(reviewed, target)

    assert target.is_missing or target.rows(text("SELECT count(*) FROM claim"))[0][0] == 0


def test_copy_that_was_stopped_while_it_is_verified_goes_on(
    reviewed: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = [verified]

    def stopped(connection: Any) -> Any:
        if not in_time:
            raise KeyboardInterrupt
        return in_time.pop()(connection)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "verified", stopped)
        with pytest.raises(KeyboardInterrupt):
            copy_desk(reviewed, target)

    assert is_refused(target)
    assert copy_desk(reviewed, target).rows["verdict"] == 5
    assert not is_refused(target)


def test_copy_into_which_others_write_becomes_no_desk(
    reviewed: Database, served: Database, torn: list[str], postgresql_database: ServedDesk
) -> None:
    stopped_copy(reviewed, served, torn)
    with postgresql_database.connected() as connection:
        connection.execute("UPDATE claim SET text = 'Other words.' WHERE id = 7")

    with pytest.raises(ArchivedDeskError, match=r"the log of 'postgresql.* is not whole: "):
        copy_desk(reviewed, served)

    assert is_refused(served)


def test_copy_that_goes_on_has_what_changed_without_an_event(
    reviewed: Database, target: Database, torn: list[str]
) -> None:
    known, accounts = SqlKnownClaims(reviewed), SqlAccounts(reviewed)
    known.keep("feed.json", KNOWN, NOW)
    log_in(reviewed, "stays", "goes")
    with reviewed.writing() as connection:
        connection.exec_driver_sql("UPDATE run SET ended_at = NULL")
    stopped_copy(reviewed, target, torn, "web_session")
    stopped_copy(reviewed, target, torn, "event")
    known.keep("feed.json", [replace(KNOWN[0], rating=KnownRating("True"))], NOW)
    known.forget("feed.json")
    known.keep("new.json", [NEW], NOW)
    accounts.end_session("goes")
    with reviewed.writing() as connection:
        connection.exec_driver_sql("UPDATE run SET alive_until = '2030-01-01 00:00:00'")

    copy_desk(reviewed, target)

    [found] = SqlKnownClaims(target).alike({"tower"}, 1)
    assert (found.known.claim, found.known.rating.sources) == (NEW.claim, ("new.json",))
    for column in (KNOWN_CLAIM.c.claim, WEB_SESSION.c.key_sha256, RUN.c.alive_until):
        assert target.rows(select(column)) == reviewed.rows(select(column)) != []


def test_what_stays_of_a_stopped_copy_refers_to_nothing_else() -> None:
    for table in STAYING:
        assert {one.column.table for one in table.foreign_keys} <= STAYING


def test_late_copy_leaves_the_desk_of_another_alone(reviewed: Database, served: Database) -> None:
    accounts = SqlAccounts(served)
    log_in(reviewed, "eve")

    def overtake() -> None:
        copy_desk(reviewed, served)
        accounts.end_session("eve")

    with (
        at_the_source(WEB_SESSION.name, overtake),
        pytest.raises(OvertakenCopyError, match=r"another copy to 'postgresql.* was begun since"),
    ):
        copy_desk(reviewed, served)

    assert accounts.session("eve", NOW) is None
    assert SqlLog(served).verify().is_whole


@contextmanager
def at_the_source(table: str, act: Callable[[], None]) -> Iterator[None]:
    """Does something once, when the rows of a table are first read from the file that is copied."""
    acts = [act]

    def do(connection: Any, statement: Any, *_: object) -> None:
        is_read = statement.is_select and table in {one.name for one in statement.columns_clause_froms}
        if acts and is_read and connection.dialect.name == "sqlite":
            acts.pop()()

    event.listen(Engine, "before_execute", do)
    try:
        yield
    finally:
        event.remove(Engine, "before_execute", do)


def test_older_desk_is_not_copied_over_and_stays_so(reviewed: Database, folder: Path) -> None:
    shutil.copy(OLD, folder / "old.db")
    with closing(Database(str(folder / "old.db"))) as old, pytest.raises(DeskExistsError, match="a desk stands at"):
        copy_desk(reviewed, old)

    with closing(sqlite3.connect(folder / "old.db")) as old_file:
        assert old_file.execute("SELECT version_num FROM alembic_version").fetchone() != (SCHEMA_REVISIONS[-1],)


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
