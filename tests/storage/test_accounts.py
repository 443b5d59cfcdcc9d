"""Passwords and sessions in a database."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from factcheck.domain.desk import Person
from factcheck.domain.programs import AccessToken, Scope
from factcheck.errors import HasPasswordError, MissingRoleError
from factcheck.storage.account_tables import WEB_SESSION
from factcheck.storage.accounts import SqlAccounts
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.people import SqlPeople
from factcheck.storage.programs import SqlPrograms

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
    accounts.end_access("ana", NOW, "eve", None)

    log = SqlLog(accounts.database)
    assert [(one.action, one.actor, one.details) for one in log.events()] == [
        ("password_set", "eve", {"name": "ana"}),
        ("password_taken", "eve", {"name": "ana"}),
    ]
    assert log.verify().is_whole
    assert accounts.hash_of("ana") is None


def test_who_leaves_takes_no_token_along(accounts: SqlAccounts) -> None:
    programs = SqlPrograms(accounts.database)
    accounts.set_hash("ana", "hash", NOW, None)
    for name, until in (("ana", LATER), ("ben", LATER), ("ana", NOW), ("ana", LATER)):
        token = AccessToken(0, name, (Scope.READ,), NOW - timedelta(days=1), until, None)
        programs.add_token(token, str(len(programs.tokens())) * 64)

    assert accounts.end_access("ana", NOW, "eve", None) == [1, 4]

    assert [one.id for one in programs.tokens() if one.is_live(NOW)] == [2]
    log = SqlLog(accounts.database)
    assert [(one.action, one.actor, one.details.get("token")) for one in log.events()[-3:]] == [
        ("password_taken", "eve", None),
        ("token_revoked", "eve", 1),
        ("token_revoked", "eve", 4),
    ]
    assert log.verify().is_whole


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


def anybody(_: object) -> None:
    """Nothing keeps it from being done."""


def test_link_is_kept_as_its_hash_until_it_is_used(accounts: SqlAccounts) -> None:
    accounts.give_link("ana", "link:first", NOW, "eve", anybody)
    accounts.give_link("ana", "link:second", LATER, "eve", anybody)

    assert accounts.link("link:first") is None
    assert accounts.link("link:second") == ("ana", LATER)
    assert accounts.standing() == {"ana": False}
    assert accounts.set_hash("ana", "hash", LATER, "ana", was="link:second")
    assert not accounts.set_hash("ana", "another", LATER, "ana", was="link:second")
    assert accounts.standing() == {"ana": True}
    told = [(one.action, one.actor, one.details) for one in SqlLog(accounts.database).events()]
    assert told[:2] == [("password_link_given", "eve", {"name": "ana"})] * 2
    assert told[2][:2] == ("password_set", "ana")


def test_link_never_takes_a_passwords_place(accounts: SqlAccounts) -> None:
    accounts.set_hash("ana", "hash", NOW, None)

    with pytest.raises(HasPasswordError):
        accounts.give_link("ana", "link:first", NOW, "eve", anybody)

    assert accounts.hash_of("ana") == "hash"


def test_who_may_not_changes_nothing(accounts: SqlAccounts) -> None:
    def nobody(everybody: Iterable[Person]) -> None:
        raise MissingRoleError(",".join(one.name for one in everybody), "editor")

    SqlPeople(accounts.database).set_roles("eve", (), NOW, None)
    accounts.set_hash("ana", "hash", NOW, None)
    head = SqlLog(accounts.database).head()

    with pytest.raises(MissingRoleError, match="eve"):
        accounts.give_link("ben", "link:first", NOW, "eve", nobody)
    with pytest.raises(MissingRoleError, match="eve"):
        accounts.end_access("ana", NOW, "eve", nobody)

    assert (accounts.hash_of("ana"), accounts.hash_of("ben"), SqlLog(accounts.database).head()) == ("hash", None, head)


def test_session_without_a_password_takes_a_person_of_the_desk(accounts: SqlAccounts) -> None:
    assert not accounts.begin_session("key", "ana", None, NOW, LATER)
    SqlPeople(accounts.database).set_roles("ana", (), NOW, None)

    assert accounts.begin_session("key", "ana", None, NOW, LATER)
    assert accounts.session("key", NOW) == "ana"
