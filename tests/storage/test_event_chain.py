"""The event log cannot be changed in passing, and shows it where somebody has gone to the trouble."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from factcheck.domain.acts import Actor, skipped
from factcheck.errors import DatabaseError
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.review_claim import Desk, skip_claim, undo_last

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Decide = Callable[..., None]
Tamper = Callable[[str], None]

OLD = Path(__file__).parent / "data" / "schema_0002.sqlite"


@pytest.fixture
def log(
    database: Database, desk: Desk, queue: SqlQueue, queued: Queued, decide: Decide, now: datetime, until: datetime
) -> SqlLog:
    """The log of a desk at work: eight events."""
    queued(0.9, 0.8)
    queue.lease_next("ann", now, until, 2)
    decide(1, "ann")
    undo_last(desk, "ann")
    return SqlLog(database)


@pytest.fixture
def tamper(desk_url: str) -> Tamper:
    """Changes the database without the code under test, its guards taken away."""

    def changed(statement: str) -> None:
        is_served = "://" in desk_url
        engine = create_engine(desk_url if is_served else f"sqlite:///{desk_url}")
        with engine.begin() as connection:
            if is_served:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            else:
                guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
                for (name,) in guards:
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(statement)
        engine.dispose()

    return changed


def test_log_of_a_desk_is_whole(log: SqlLog, look: Look) -> None:
    found = log.verify()

    assert (found.whole, found.reason) == (8, None)
    assert found.head is not None
    assert look("SELECT event_id, hash FROM event_head") == [(8, found.head.hash)]
    assert look("SELECT hash FROM event WHERE id = 1") == [(log.origin(),)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET actor = 'bob' WHERE id = 3", "DELETE FROM event WHERE id = 8", "UPDATE event SET hash = ''"],
)
def test_database_refuses_to_change_events(database: Database, log: SqlLog, statement: str) -> None:
    with pytest.raises(DatabaseError, match="events are only ever added to"), database.writing() as connection:
        connection.exec_driver_sql(statement)
    assert log.verify().reason is None


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE event SET actor = 'bob' WHERE id = 5", 5),
        ("UPDATE event SET at = '2026-03-01 12:00:00.000001' WHERE id = 6", 6),
        ("UPDATE event SET details = '{}' WHERE id = 7", 7),
        ("UPDATE event SET details = 'x' WHERE id = 7", 7),
        ("DELETE FROM event WHERE id = 4", 5),
        ("DELETE FROM event WHERE id = 8", 8),
        ("UPDATE event SET hash = previous_hash WHERE id = 2", 2),
        ("UPDATE event_head SET event_id = 7", 7),
    ],
)
def test_first_broken_event_is_named(log: SqlLog, tamper: Tamper, statement: str, broken_at: int) -> None:
    tamper(statement)

    assert log.verify().broken_at == broken_at


def test_event_of_no_moment_is_broken(database_path: Path, log: SqlLog, tamper: Tamper, desk_url: str) -> None:
    if desk_url != str(database_path):
        pytest.skip("a server stores no other words than moments there")
    tamper("UPDATE event SET at = 'never' WHERE id = 6")

    assert log.verify().broken_at == 6


def test_added_event_is_found(log: SqlLog, tamper: Tamper) -> None:
    columns = "at, actor, action, claim_id, article_id, run_id, details, NULL, hash, hash"
    tamper(f"INSERT INTO event SELECT 9, {columns} FROM event WHERE id = 8")  # noqa: S608 - the test's own

    assert log.verify().broken_at == 9


def test_broken_change_leaves_chain_whole(desk: Desk, log: SqlLog) -> None:
    with pytest.raises(KeyError):
        skip_and_fail(desk)

    assert log.verify().whole == 8
    skip_claim(desk, 1, "ann")
    assert (log.verify().whole, log.verify().reason) == (9, None)


def test_exported_lines_prove_themselves(log: SqlLog) -> None:
    previous = "0" * 64
    for one in log.linked():
        assert one.event is not None
        line = json.dumps(one.event.record(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = sha256(f"{previous}\n{line}".encode()).hexdigest()
        assert previous == one.hash


def test_last_events_come_in_order(log: SqlLog) -> None:
    assert [one.id for one in log.events(limit=3)] == [6, 7, 8]
    assert [one.action for one in log.events(1)] == ["leased", "decided", "undone"]
    assert log.events(10**20) == ()


def test_old_events_are_chained(database_path: Path, desk: Desk) -> None:
    shutil.copy(OLD, database_path)
    with closing(sqlite3.connect(database_path)) as connection:
        before = connection.execute("SELECT id, at, actor, action, details FROM event ORDER BY id").fetchall()
    database = Database(str(database_path))

    found = SqlLog(database).verify()

    assert (found.whole, found.reason) == (15, None)
    with closing(sqlite3.connect(database_path)) as connection:
        assert connection.execute("SELECT id, at, actor, action, details FROM event ORDER BY id").fetchall() == before
    skip_claim(replace(desk, queue=SqlQueue(database)), 6, "ann")
    assert SqlLog(database).verify().whole == 16
    database.close()


def skip_and_fail(desk: Desk) -> None:
    with desk.queue.changing() as change:
        change.store(skipped(change.claim(1, desk.clock()), Actor("ann", desk.clock())))
        raise KeyError
