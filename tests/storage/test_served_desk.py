"""What a desk in PostgreSQL promises, as one in a file does."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event as Signal
from threading import Thread

import psycopg
import pytest
from alembic import command
from conftest import ROOT, Command
from postgresql_desk import ServedDesk
from psycopg import sql
from readmes import blocks
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from factcheck.domain.audit import Event
from factcheck.errors import DatabaseError, MissingRightsError
from factcheck.storage import postgresql
from factcheck.storage.database import SCHEMA_REVISIONS, Database
from factcheck.storage.events import SqlLog, add_events
from factcheck.storage.migrate import alembic_config

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOTED = Event(0, AT, "ann", "noted")
CUT_OFF = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
MIGRATE = """
import multiprocessing, sys
from factcheck.storage.database import Database

def migrate(barrier, told):
    barrier.wait()
    database = Database(sys.argv[1])
    try:
        with database.writing():
            told.put("fine")
    except Exception as error:
        told.put(repr(error))
    database.close()

fork = multiprocessing.get_context("fork")
barrier, told = fork.Barrier(4), fork.SimpleQueue()
processes = [fork.Process(target=migrate, args=(barrier, told)) for _ in range(4)]
for one in processes:
    one.start()
print(*(told.get() for _ in processes))
"""


@pytest.fixture
def served(served_desk_url: str) -> Iterator[Database]:
    """An empty desk on the server."""
    with closing(Database(served_desk_url)) as database:
        yield database


def note(database: Database) -> None:
    with database.writing() as connection:
        add_events(connection, NOTED)


def test_address_without_driver_gets_one(served_desk_url: str) -> None:
    for name in ("postgresql", "postgres"):
        with closing(Database(served_desk_url.replace("postgresql+psycopg", name))) as database, database.reading():
            pass


def test_writers_wait_for_each_other(served: Database, served_desk_url: str) -> None:
    began, order = Signal(), list[str]()

    def second() -> None:
        with closing(Database(served_desk_url)) as other:
            began.set()
            note(other)
            order.append("second")

    thread = Thread(target=second)
    with served.writing() as connection:
        thread.start()
        began.wait(60)
        thread.join(0.5)
        add_events(connection, NOTED)
        order.append("first")
    thread.join(60)

    assert order == ["first", "second"]
    assert SqlLog(served).verify().whole == 2


def test_who_waits_too_long_is_told(served: Database, served_desk_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 1)

    with (
        served.writing(),
        closing(Database(served_desk_url)) as other,
        pytest.raises(DatabaseError, match="another process has written for too long; try again"),
    ):
        note(other)


def test_reader_sees_one_moment(served: Database, served_desk_url: str) -> None:
    note(served)
    with closing(Database(served_desk_url)) as other, other.reading() as connection:
        counted = "SELECT count(*) FROM event"
        before = connection.exec_driver_sql(counted).scalar()
        note(served)

        assert connection.exec_driver_sql(counted).scalar() == before == 1


def test_reader_changes_nothing(served: Database) -> None:
    with pytest.raises(DatabaseError, match="read-only transaction"), served.reading() as connection:
        connection.exec_driver_sql("UPDATE event_head SET event_id = 7")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'bob'",
        "DELETE FROM event",
        "TRUNCATE event CASCADE",
        "INSERT INTO event SELECT * FROM event ON CONFLICT (id) DO UPDATE SET actor = 'bob'",
    ],
)
def test_events_are_only_ever_added_to(served: Database, statement: str) -> None:
    note(served)

    with pytest.raises(DatabaseError, match="events are only ever added to"), served.writing() as connection:
        connection.exec_driver_sql(statement)


def test_processes_make_one_desk(postgresql_database: ServedDesk) -> None:
    with postgresql_database.beside("made") as url:
        done = subprocess.run(
            [sys.executable, "-c", MIGRATE, url], capture_output=True, text=True, check=False, timeout=100
        )

    assert done.stdout.split() == ["fine"] * 4, done.stderr


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
@pytest.mark.usefixtures("demo_desk")
def test_database_that_is_not_in_utf_8_is_refused(
    postgresql_database: ServedDesk, factcheck: Command, encoding: str
) -> None:
    how = f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
    with postgresql_database.beside("latin", how) as url:
        for typed in (("init", "--desk", "--db", url), ("claims", "--db", url), ("copy", "--to", url)):
            done = factcheck(*typed)

            assert (done.code, done.err.count("\n")) == (8, 1)
            assert f"keeps texts in {encoding}, and a desk needs UTF8; create one with" in done.err


def test_clients_own_encoding_changes_nothing(served: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with served.writing() as connection:
        add_events(connection, replace(NOTED, actor="Łódź"))

    assert [one.actor for one in SqlLog(served).events()] == ["Łódź"]
    assert served.driver_arguments()["client_encoding"] == "utf8"


@pytest.fixture
def older(postgresql_database: ServedDesk) -> Iterator[str]:
    """The address of a desk of an older version."""
    with postgresql_database.beside("older") as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection), "0019")
        engine.dispose()
        yield url


def schema_of(url: str) -> str:
    with closing(psycopg.connect(url.replace("+psycopg", ""))) as connection:
        ((version,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(version)


@pytest.mark.parametrize("typed", [("claims",), ("note", 1, "So.", "--reviewer", "ann"), ("people", "add", "ann")])
def test_older_desk_is_changed_by_no_command_by_the_way(
    older: str, factcheck: Command, typed: tuple[object, ...]
) -> None:
    done = factcheck(*typed, "--db", older)

    assert (done.code, schema_of(older)) == (8, "0019")
    assert "is of an older version, with schema '0019'; its owner brings it up to date" in done.err


def test_older_desk_is_brought_up_to_date_when_asked(older: str, factcheck: Command) -> None:
    done = factcheck("init", "--desk", "--db", older)

    assert (done.code, schema_of(older)) == (0, SCHEMA_REVISIONS[-1])
    assert done.out.endswith("' is up to date\n")
    assert factcheck("claims", "--db", older).code == 0


def test_password_is_told_to_nobody() -> None:
    database = Database("postgresql://ann:hush@127.0.0.1:9/desk?sslpassword=hush")

    with pytest.raises(DatabaseError) as told, database.reading():
        pass

    assert "hush" not in f"{told.value} {database.location}"


def test_text_that_no_server_keeps_is_told(served: Database) -> None:
    with pytest.raises(DatabaseError, match="NUL"), served.writing() as connection:
        add_events(connection, Event(0, AT, "a\0", "noted"))


@pytest.fixture
def limited(postgresql_database: ServedDesk, served_desk_url: str) -> Iterator[str]:
    """The address of the desk for a person who may do what the README grants, and nothing else."""
    name = f"reviewer_{postgresql_database.name}"
    granted = blocks(ROOT / "factcheck" / "storage" / "README.md", "sql")[0]
    with postgresql_database.connected() as connection:
        connection.execute(re.sub(r"\breviewer\b", name, granted.text).encode())
        yield served_desk_url.replace("postgres@", f"{name}@")
        for undone in ("DROP OWNED BY {}", "DROP ROLE {}"):
            connection.execute(sql.SQL(undone).format(sql.Identifier(name)))


def test_reviewer_needs_few_rights(limited: str) -> None:
    with closing(Database(limited)) as database:
        note(database)

        assert SqlLog(database).verify().whole == 1


def test_rights_last_for_tables_of_later_versions(limited: str, postgresql_database: ServedDesk) -> None:
    with postgresql_database.connected() as connection:
        connection.execute("CREATE TABLE later (id serial)")
        try:
            with closing(Database(limited)) as database, database.writing() as writing:
                writing.exec_driver_sql("INSERT INTO later DEFAULT VALUES")
        finally:
            connection.execute("DROP TABLE later")


def test_lacking_rights_say_who_grants_them(limited: str, postgresql_database: ServedDesk, factcheck: Command) -> None:
    with postgresql_database.connected() as connection:
        name = sql.Identifier(f"reviewer_{postgresql_database.name}")
        connection.execute(sql.SQL("REVOKE SELECT ON claim FROM {}").format(name))

    done = factcheck("claims", "--db", limited)

    assert done.code == 8
    assert "permission denied for table claim; its owner grants rights, anew where an update" in done.err


@pytest.mark.parametrize("statement", ["DELETE FROM event", "DROP TRIGGER event_kept ON event", "DROP TABLE verdict"])
def test_reviewer_cannot_touch_the_log(limited: str, statement: str) -> None:
    with (
        closing(Database(limited)) as database,
        pytest.raises(MissingRightsError, match=r"permission denied|must be owner"),
        database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_process_holds_one_connection(postgresql_database: ServedDesk, served_desk_url: str) -> None:
    with closing(Database(served_desk_url)) as other, postgresql_database.connected() as looking:
        connected = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        before = set(looking.execute(connected).fetchall())
        with other.reading():
            pass
        note(other)
        with other.reading():
            pass
        # A server needs a moment to see that somebody has left.
        latest = time.monotonic() + 30
        while len(new := set(looking.execute(connected).fetchall()) - before) != 1 and time.monotonic() < latest:
            time.sleep(0.1)

        assert len(new) == 1


def test_full_server_is_told(served: Database) -> None:
    refused = "FATAL: sorry, too many clients already"
    with pytest.raises(DatabaseError, match="let others end, or raise max_connections"), served.reading():
        raise OperationalError("", None, Exception(refused))


def test_restart_of_the_server_is_not_noticed_afterwards(served: Database, postgresql_database: ServedDesk) -> None:
    note(served)
    with postgresql_database.connected() as connection:
        connection.execute(CUT_OFF)

    assert served.rows(text("SELECT 7")) == [(7,)]
    with postgresql_database.connected() as connection:
        connection.execute(CUT_OFF)
    note(served)
