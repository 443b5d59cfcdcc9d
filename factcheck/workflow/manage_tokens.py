"""Tokens of programs: a secret that is shown once, kept as its hash alone, and good for a while."""

from collections.abc import Callable, Collection
from datetime import timedelta
from secrets import token_urlsafe
from typing import TypeVar

from factcheck.domain.programs import AccessToken, KeyUse, Scope, UsedKey
from factcheck.domain.random_key import hash_of_key
from factcheck.domain.review import require_reviewer
from factcheck.errors import FactcheckError, InputError, OtherRequestError, UnknownTokenError
from factcheck.workflow.ports import Stores

MARK = "fcdesk_"
"""What every secret begins with, so that scanners of leaked keys find it."""
DAYS = 90
MOST_DAYS = 3_650
_BYTES = 32
_LONGEST = 200

Done = TypeVar("Done")


def add_token(
    stores: Stores, name: str, scopes: Collection[Scope], days: int, by: str | None
) -> tuple[AccessToken, str]:
    """A token under which a program acts as this person, and its secret, which nobody is told again.

    Raises InputError for a nameless person or a time that is none.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"a token is good for 1 to {MOST_DAYS} days, not for {days}")
    now, secret = stores.clock(), MARK + token_urlsafe(_BYTES)
    wanted = tuple(one for one in Scope if one in {Scope.READ, *scopes})
    token = AccessToken(0, require_reviewer(name), wanted, now, now + timedelta(days=days), by)
    return stores.programs.add_token(token, hash_of_key(secret)), secret


def token_for(stores: Stores, secret: str) -> AccessToken:
    """The token of a secret. Raises UnknownTokenError, whether there is none, or it is over or revoked."""
    found = (
        stores.programs.token_of(hash_of_key(secret)) if secret.startswith(MARK) and len(secret) < _LONGEST else None
    )
    if found is None or not found.is_live(stores.clock()):
        raise UnknownTokenError("the token opens nothing: nobody knows it, it is over, or it was revoked")
    return found


def revoke_token(stores: Stores, number: int, by: str | None) -> AccessToken:
    """Let a token open nothing any more. Raises NoSuchTokenError."""
    return stores.programs.revoke_token(number, stores.clock(), by)


def done_once(stores: Stores, use: KeyUse, act: Callable[[], Done], action: str | None = None) -> Done | UsedKey:
    """Do something under a key, unless it was done: then what was. Raises OtherRequestError, and what the act raises.

    The key is used up in the transaction of the act itself: after a crash both stand, or neither. An `action` names the
    event that tells of the act, where others may come before it.
    """
    used = stores.programs.used_key(use.token_id, use.key)
    if used is None:
        try:
            with stores.programs.once(use, stores.clock(), action):
                return act()
        except FactcheckError:
            used = stores.programs.used_key(use.token_id, use.key)
            if used is None:  # nobody was faster: the act itself cannot be done
                raise
    if used.fingerprint != use.fingerprint:
        raise OtherRequestError(use.key)
    return used
