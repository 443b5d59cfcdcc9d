"""Who has a password, and who is logged in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from factcheck.domain.desk import require_may_give_passwords
from factcheck.domain.random_key import hash_of_key
from factcheck.domain.review import require_reviewer
from factcheck.errors import InputError, StrangerError, UnknownPersonError, UsedLinkError, WrongPasswordError
from factcheck.workflow.account_ports import LINK, Accounts, Allowed, Passwords
from factcheck.workflow.ports import Clock, People

SESSION = timedelta(hours=12)
"""A session lasts a working day, whatever is done in it."""
LINK_LASTS = timedelta(days=3)
FEWEST_CHARACTERS = 12
MOST_CHARACTERS = 500
"""A longer one would cost the server time, and nobody more security."""
_WRONG = "the name and the password do not belong together"
_NOT_SO_FAR = "this is not the password so far"


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What logging in takes: people, their passwords, and the clock."""

    people: People
    accounts: Accounts
    passwords: Passwords
    clock: Clock


def set_password(door: Doorkeeper, name: str, password: str, by: str | None) -> None:
    """Give somebody of the desk a password; where they are logged in they are so no longer.

    Raises UnknownPersonError, and InputError for a password that is too short, too long, or the name itself.
    """
    name = _require_person(door, name)
    _require_good(password, name)
    door.accounts.set_hash(name, door.passwords.hashed(password), door.clock(), by)


def take_password(door: Doorkeeper, name: str, by: str | None, *, has_roles: bool | None = None) -> Sequence[int]:
    """Let somebody log in with no password and no link any more, and end their sessions; who leaves keeps no way in.

    Programs act as them no more, either; returns the numbers of the tokens that this has ended. Whoever keeps the desk
    may. `has_roles` lets others do it as the desk's rules have it: where roles are on, editors. Raises
    UnknownPersonError, and ConflictError for who may not.
    """
    name = _require_person(door, name)
    allowed = None if has_roles is None else _rule(by or "", name, has_roles=has_roles)
    return door.accounts.end_access(name, door.clock(), by, allowed)


def give_link(door: Doorkeeper, name: str, by: str, *, has_roles: bool) -> str:
    """The key of a link with which somebody who has no password chooses one, once; nobody is told it again.

    Editors may, where roles are on. Raises UnknownPersonError, HasPasswordError, and ConflictError for who may not.
    """
    name, key = _require_person(door, name), token_urlsafe(32)
    allowed = _rule(by, name, has_roles=has_roles)
    door.accounts.give_link(name, _hash_of_link(key), door.clock(), by, allowed)
    return key


def whose_link(door: Doorkeeper, key: str) -> str:
    """Who may choose a password with the link of this key. Raises UsedLinkError."""
    found = door.accounts.link(_hash_of_link(key))
    if found is None or door.clock() - found[1] > LINK_LASTS:
        raise UsedLinkError("the link was used, is over, or another one was given since")
    return found[0]


def choose_password(door: Doorkeeper, key: str, wanted: str) -> str:
    """Use a link up, and give its owner the password that they want. Raises UsedLinkError, InputError."""
    name = whose_link(door, key)
    _require_good(wanted, name)
    if not door.accounts.set_hash(name, door.passwords.hashed(wanted), door.clock(), name, _hash_of_link(key)):
        raise UsedLinkError("the link was used, or another one was given, a moment ago")
    return name


def log_in(door: Doorkeeper, name: str, password: str, key: str) -> str:
    """Begin a session under this key; returns who it is. Raises WrongPasswordError, whoever is named."""
    name = name.strip()
    hashed = _hash_of_password(door, name) if name else None
    fits, newer = door.passwords.fits(password[: MOST_CHARACTERS + 1], hashed)
    if not fits or hashed is None:
        raise WrongPasswordError(_WRONG)
    now = door.clock()
    # Comparing takes a while, in which the password may have become another, or none: then all sessions have ended.
    if not door.accounts.begin_session(key, name, hashed, now, now + SESSION):
        raise WrongPasswordError(_WRONG)
    if newer is not None:
        door.accounts.rehash(name, hashed, newer)
    return name


def log_in_by_provider(door: Doorkeeper, name: str, key: str) -> str:
    """Begin a session of somebody whom an identity provider vouches for. Raises StrangerError, and makes nobody."""
    now = door.clock()
    if not door.accounts.begin_session(key, name, None, now, now + SESSION):
        raise StrangerError(name)
    return name


def change_password(door: Doorkeeper, name: str, password: str, wanted: str, key: str) -> None:
    """Give oneself another password; of one's sessions the new one of this key is left.

    Raises WrongPasswordError, InputError.
    """
    name = _require_person(door, name)
    was = _hash_of_password(door, name)
    if not door.passwords.fits(password[: MOST_CHARACTERS + 1], was)[0] or was is None:
        raise WrongPasswordError(_NOT_SO_FAR)
    _require_good(wanted, name)
    hashed, now = door.passwords.hashed(wanted), door.clock()
    if not door.accounts.set_hash(name, hashed, now, name, was):
        raise WrongPasswordError(_NOT_SO_FAR)  # it was taken away, or became another, while it was compared
    door.accounts.begin_session(key, name, hashed, now, now + SESSION)


def who_is_in(door: Doorkeeper, key: str) -> str | None:
    """Whose session has this key, if it lasts."""
    return door.accounts.session(key, door.clock())


def log_out(door: Doorkeeper, key: str) -> None:
    """End the session of this key: a copy of its cookie is worth nothing from then on."""
    door.accounts.end_session(key)


def _rule(by: str, name: str, *, has_roles: bool) -> Allowed:
    return lambda everybody: require_may_give_passwords(by, everybody, name, has_roles=has_roles)


def _hash_of_password(door: Doorkeeper, name: str) -> str | None:
    """None for who has none yet, but a link to choose one: comparing with that would tell so by its speed."""
    hashed = door.accounts.hash_of(name)
    return None if hashed is None or hashed.startswith(LINK) else hashed


def _hash_of_link(key: str) -> str:
    return LINK + hash_of_key(key)


def _require_person(door: Doorkeeper, name: str) -> str:
    name = require_reviewer(name)
    if all(one.name != name for one in door.people.everybody()):
        raise UnknownPersonError(f"nobody is called {name!r}")
    return name


def _require_good(password: str, name: str) -> None:
    if not FEWEST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise InputError(
            f"a password has {FEWEST_CHARACTERS} to {MOST_CHARACTERS} characters, this one {len(password)}"
        )
    if password.strip().casefold() == name.casefold() or len(set(password)) == 1:
        raise InputError("the password is the name, or one character again and again; anybody would guess it")
