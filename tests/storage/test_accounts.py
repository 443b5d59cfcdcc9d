"""Passwords and sessions in a database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from factcheck.storage.account_tables import WEB_SESSION
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def accounts(database: Database) -> SqlAccounts:
    return SqlAccounts(database)


def test_hash_is_kept_until_another_is_set(accounts: SqlAccounts) -> None:
    assert not accounts.has_any()
    accounts.set_hash("ana", "first", NOW, None)
    accounts.set_hash("ana", "second", NOW, "ana")

    assert accounts.hash_of("ana") == "second"
    assert accounts.hash_of("ben") is None
    assert accounts.has_any()


def test_log_tells_of_passwords_without_their_hashes(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, "eve")
    accounts.set_hash("ana", None, NOW, "eve")

    log = SqlLog(accounts.database)
    assert [(one.action, one.actor, one.details) for one in log.events()] == [
        ("password_set", "eve", {"name": "ana"}),
        ("password_taken", "eve", {"name": "ana"}),
    ]
    assert log.verify().is_whole
    assert accounts.hash_of("ana") is None


def test_session_begins_with_the_password_that_was_compared_alone(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)

    assert not accounts.begin_session("key", "ana", "another", NOW, LATER)
    assert not accounts.begin_session("key", "ben", "hash", NOW, LATER)
    assert accounts.session("key", NOW) is None

    assert accounts.begin_session("key", "ana", "hash", NOW, LATER)
    assert accounts.session("key", NOW) == "ana"


def test_password_that_has_become_another_meanwhile_stays(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)

    assert not accounts.set_hash("ana", "mine", NOW, "ana", was="earlier")
    assert accounts.hash_of("ana") == "hash"
    assert accounts.set_hash("ana", "mine", NOW, "ana", was="hash")
    assert accounts.hash_of("ana") == "mine"


def test_session_lasts_until_its_moment(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("key", "ana", "hash", NOW, LATER)

    assert accounts.session("key", LATER - timedelta(seconds=1)) == "ana"
    assert accounts.session("key", LATER) is None
    assert accounts.session("other", NOW) is None


def test_session_ends(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("key", "ana", "hash", NOW, LATER)
    accounts.end_session("key")

    assert accounts.session("key", NOW) is None


def test_another_password_ends_sessions_of_that_person_alone(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("key", "ana", "hash", NOW, LATER)
    accounts.set_hash("ben", "hash", NOW, None)
    accounts.begin_session("bens", "ben", "hash", NOW, LATER)
    accounts.set_hash("ana", "another", NOW, "ana")

    assert accounts.session("key", NOW) is None
    assert accounts.session("bens", NOW) == "ben"


def test_newer_hash_replaces_only_the_one_it_was_made_of(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("key", "ana", "hash", NOW, LATER)
    accounts.rehash("ana", "old", "wrong")
    assert accounts.hash_of("ana") == "hash"

    accounts.rehash("ana", "hash", "newer")

    assert accounts.hash_of("ana") == "newer"
    assert accounts.session("key", NOW) == "ana"


def test_ended_sessions_are_dropped(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("key", "ana", "hash", NOW, LATER)
    accounts.drop_ended(LATER)

    assert accounts.session("key", NOW) is None


def test_no_key_of_a_session_is_stored(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)
    accounts.begin_session("the key itself", "ana", "hash", NOW, LATER)

    [row] = accounts.database.rows(select(WEB_SESSION))
    assert "the key itself" not in str(row)
