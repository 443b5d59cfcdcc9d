"""Passwords, sessions, and how both end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

import pytest
from fakes import FakeAccounts, FakePasswords, FakePrograms

from factcheck.domain.programs import Scope
from factcheck.domain.states import Role
from factcheck.errors import (
    ConflictError,
    HasPasswordError,
    InputError,
    UnknownPersonError,
    UnknownTokenError,
    UsedLinkError,
    WrongPasswordError,
)
from factcheck.workflow.log_in import (
    LINK_LASTS,
    MOST_CHARACTERS,
    SESSION,
    Doorkeeper,
    change_password,
    choose_password,
    give_link,
    log_in,
    log_out,
    set_password,
    take_password,
    who_is_in,
    whose_link,
)
from factcheck.workflow.manage_tokens import add_token, token_for
from factcheck.workflow.ports import Stores

GOOD = "correct horse battery"


@pytest.fixture
def door(stores: Stores) -> Doorkeeper:
    """A desk with Ana, who has a password, with Ben, who has none, and with Eve, its editor."""
    for name, role in (("ana", Role.REVIEWER), ("ben", Role.REVIEWER), ("eve", Role.EDITOR)):
        stores.people.set_roles(name, (role,), stores.clock(), None)
    accounts = FakeAccounts(everybody=stores.people.everybody, programs=cast("FakePrograms", stores.programs))
    door = Doorkeeper(stores.people, accounts, FakePasswords(), stores.clock)
    set_password(door, "ana", GOOD, None)
    return door


def test_who_logs_in_is_known_by_the_key(door: Doorkeeper) -> None:
    assert log_in(door, " ana ", GOOD, "key") == "ana"
    assert who_is_in(door, "key") == "ana"
    assert who_is_in(door, "other") is None


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ana", "wrong"),
        ("ana", ""),
        ("ana", f"{GOOD} "),
        ("ben", ""),
        ("ben", GOOD),
        ("eve", GOOD),
        ("", ""),
        ("Ana", GOOD),
    ],
)
def test_wrong_pair_is_refused_in_one_sentence(door: Doorkeeper, name: str, password: str) -> None:
    with pytest.raises(WrongPasswordError, match="do not belong together"):
        log_in(door, name, password, "key")

    assert who_is_in(door, "key") is None


def test_session_ends_by_itself(door: Doorkeeper, pass_minutes: Callable[[int], None]) -> None:
    log_in(door, "ana", GOOD, "key")

    pass_minutes(SESSION // timedelta(minutes=1))

    assert who_is_in(door, "key") is None


def test_session_ends_on_logging_out(door: Doorkeeper) -> None:
    log_in(door, "ana", GOOD, "key")
    log_in(door, "ana", GOOD, "phone")

    log_out(door, "key")

    assert who_is_in(door, "key") is None
    assert who_is_in(door, "phone") == "ana"


def test_new_password_ends_every_other_session(door: Doorkeeper) -> None:
    log_in(door, "ana", GOOD, "key")

    change_password(door, "ana", GOOD, "another horse entirely", "new")

    assert who_is_in(door, "key") is None
    assert who_is_in(door, "new") == "ana"
    with pytest.raises(WrongPasswordError):
        log_in(door, "ana", GOOD, "key")


def test_taken_password_ends_every_session(door: Doorkeeper) -> None:
    log_in(door, "ana", GOOD, "key")

    take_password(door, "ana", None)

    assert who_is_in(door, "key") is None


def test_taken_password_ends_every_token_of_that_person(door: Doorkeeper, stores: Stores) -> None:
    token, secret = add_token(stores, "ana", (Scope.REVIEW,), 30, "eve")
    _, of_eve = add_token(stores, "eve", (Scope.EDIT,), 30, None)
    assert token_for(stores, secret).name == "ana"

    assert take_password(door, "ana", "eve") == [token.id]

    with pytest.raises(UnknownTokenError):
        token_for(stores, secret)
    assert token_for(stores, of_eve).name == "eve"


def test_own_password_is_asked_for_before_it_is_changed(door: Doorkeeper) -> None:
    with pytest.raises(WrongPasswordError):
        change_password(door, "ana", "wrong", "another horse entirely", "new")


@dataclass(frozen=True)
class _TakenMeanwhile(FakePasswords):
    """Passwords that somebody takes away while one is compared."""

    door: Doorkeeper

    def fits(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        fits = super().fits(password, hashed)
        take_password(self.door, "ana", "eve")
        return fits


def test_password_that_is_taken_while_it_is_compared_lets_nobody_in(door: Doorkeeper) -> None:
    with pytest.raises(WrongPasswordError):
        log_in(replace(door, passwords=_TakenMeanwhile(door)), "ana", GOOD, "key")

    assert who_is_in(door, "key") is None


def test_password_that_is_taken_while_its_owner_changes_it_stays_taken(door: Doorkeeper) -> None:
    with pytest.raises(WrongPasswordError):
        change_password(replace(door, passwords=_TakenMeanwhile(door)), "ana", GOOD, "another horse entirely", "new")

    assert door.accounts.hash_of("ana") is None


def test_weakly_kept_password_is_kept_anew(door: Doorkeeper) -> None:
    accounts = door.accounts
    assert isinstance(accounts, FakeAccounts)
    accounts.hashes["ana"] = f"old{GOOD[::-1]}"

    log_in(door, "ana", GOOD, "key")

    assert accounts.hashes["ana"] == GOOD[::-1]


@pytest.mark.parametrize("password", ["", "short", "x" * 20, "x" * (MOST_CHARACTERS + 1), "Ana the reviewer"])
def test_poor_password_is_refused(door: Doorkeeper, password: str) -> None:
    name = "ana the reviewer"
    door.people.set_roles(name, (Role.REVIEWER,), door.clock(), None)

    with pytest.raises(InputError):
        set_password(door, name, password, None)


def test_only_people_of_the_desk_have_passwords(door: Doorkeeper) -> None:
    with pytest.raises(UnknownPersonError):
        set_password(door, "mallory", GOOD, None)


def test_first_password_is_chosen_with_a_link_once(door: Doorkeeper) -> None:
    key = give_link(door, "ben", "eve", has_roles=True)

    assert whose_link(door, key) == "ben"
    assert choose_password(door, key, "another horse entirely") == "ben"
    assert log_in(door, "ben", "another horse entirely", "key") == "ben"
    with pytest.raises(UsedLinkError):
        whose_link(door, key)
    with pytest.raises(UsedLinkError):
        choose_password(door, key, "a third one entirely")


@dataclass(frozen=True)
class _ChosenMeanwhile(FakePasswords):
    """Passwords of which somebody else chooses one with the same link, while one is hashed."""

    door: Doorkeeper
    key: str

    def hashed(self, password: str) -> str:
        choose_password(self.door, self.key, "faster than anybody")
        return super().hashed(password)


def test_link_that_is_used_at_once_is_used_by_one(door: Doorkeeper) -> None:
    key = give_link(door, "ben", "eve", has_roles=True)

    with pytest.raises(UsedLinkError):
        choose_password(replace(door, passwords=_ChosenMeanwhile(door, key)), key, "slower than somebody")

    assert log_in(door, "ben", "faster than anybody", "key") == "ben"


def test_link_is_no_password(door: Doorkeeper) -> None:
    key = give_link(door, "ben", "eve", has_roles=True)

    for password in (key, door.accounts.hash_of("ben") or "", (door.accounts.hash_of("ben") or "")[::-1]):
        with pytest.raises(WrongPasswordError):
            log_in(door, "ben", password, "key")
        with pytest.raises(WrongPasswordError):
            change_password(door, "ben", password, "another horse entirely", "key")


def test_poor_first_password_leaves_the_link(door: Doorkeeper) -> None:
    key = give_link(door, "ben", "eve", has_roles=True)

    with pytest.raises(InputError):
        choose_password(door, key, "short")

    assert whose_link(door, key) == "ben"


def test_link_ends_by_itself(door: Doorkeeper, pass_minutes: Callable[[int], None]) -> None:
    key = give_link(door, "ben", "eve", has_roles=True)

    pass_minutes(LINK_LASTS // timedelta(minutes=1) + 1)

    with pytest.raises(UsedLinkError):
        whose_link(door, key)


def test_newer_link_and_a_taken_password_end_a_link(door: Doorkeeper) -> None:
    first, second = (give_link(door, "ben", "eve", has_roles=True) for _ in range(2))
    with pytest.raises(UsedLinkError):
        whose_link(door, first)

    take_password(door, "ben", "eve")

    with pytest.raises(UsedLinkError):
        whose_link(door, second)


def test_link_is_for_who_has_no_password(door: Doorkeeper) -> None:
    with pytest.raises(HasPasswordError):
        give_link(door, "ana", "eve", has_roles=True)
    with pytest.raises(UnknownPersonError):
        give_link(door, "mallory", "eve", has_roles=True)

    assert log_in(door, "ana", GOOD, "key") == "ana"


@pytest.mark.parametrize("key", ["", "x", "\ud800", "link:", "é" * 99])
def test_odd_link_is_nobodys(door: Doorkeeper, key: str) -> None:
    give_link(door, "ben", "eve", has_roles=True)

    with pytest.raises(UsedLinkError):
        whose_link(door, key)


@pytest.mark.parametrize(
    ("by", "name", "has_roles"), [("ana", "ben", True), ("", "ben", True), ("eve", "ben", False), ("eve", "eve", True)]
)
def test_who_may_not_gives_and_takes_nothing(door: Doorkeeper, by: str, name: str, has_roles: bool) -> None:  # noqa: FBT001 - a parameter
    with pytest.raises(ConflictError):
        give_link(door, name, by, has_roles=has_roles)
    with pytest.raises(ConflictError):
        take_password(door, name, by, has_roles=has_roles)

    assert door.accounts.standing() == {"ana": True}
