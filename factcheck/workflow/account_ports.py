"""What logging in needs from the outside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from factcheck.domain.desk import Person

Allowed = Callable[[Iterable[Person]], None]

LINK = "link:"
"""What the hash of a link's key begins with, which no password's does."""


class Accounts(Protocol):
    """The passwords of people, as hashes, and who is logged in. No session's key is kept, only the key's hash."""

    def has_any(self) -> bool:
        """Whether anybody has a password."""

    def hash_of(self, name: str) -> str | None:
        """The hash of somebody's password; None if they have none."""

    def standing(self) -> Mapping[str, bool]:
        """Who has a password (true), and who has a link with which they may choose one (false)."""

    def set_hash(
        self,
        name: str,
        hashed: str,
        now: datetime,
        by: str | None,
        was: str | None = None,
    ) -> bool:
        """Give somebody another password, and end all their sessions; the log tells that, and no hash.

        With `was` only where that is the hash so far; returns whether it was done.
        """

    def end_access(self, name: str, now: datetime, by: str | None, allowed: Allowed | None) -> Sequence[int]:
        """Take somebody's password or link, and end their sessions and the tokens of programs that act as them.

        The log tells it; returns the numbers of those tokens. `allowed` hears who is at the desk, in the same
        transaction, and raises what keeps it from being done.
        """

    def give_link(self, name: str, hashed: str, now: datetime, by: str | None, allowed: Allowed) -> None:
        """Keep the hash of a link's key in the place of the password that somebody has not yet, or of an earlier link.

        Raises HasPasswordError, and what `allowed` does.
        """

    def link(self, hashed: str) -> tuple[str, datetime] | None:
        """Whose link has a key with this hash, and since when; None once it was used, or another was given."""

    def rehash(self, name: str, was: str, hashed: str) -> None:
        """Keep the same password under a newer hash, unless it is another by now; sessions go on."""

    def begin_session(self, key: str, name: str, hashed: str | None, now: datetime, until: datetime) -> bool:
        """Let the session of this key be somebody's until a moment, if that is still their password's hash.

        None where no password vouches for them: then they are to be one of the people of the desk.
        """

    def drop_ended(self, now: datetime) -> None:
        """Forget the sessions that have ended by themselves."""

    def session(self, key: str, now: datetime) -> str | None:
        """Whose session has this key; None if there is none that lasts."""

    def end_session(self, key: str) -> None:
        """End a session, if it has not ended."""


class Passwords(Protocol):
    """Hashes passwords, slowly, and compares them."""

    def hashed(self, password: str) -> str:
        """A hash with a salt of its own."""

    def fits(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        """Whether it is the password, and a newer hash of it where the old one is weak; None takes as long."""


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """What a browser that is sent to an identity provider brings back: three random texts that belong together."""

    state: str
    nonce: str
    verifier: str


class IdentityProvider(Protocol):
    """Knows people by another login than the desk's own."""

    def begin(self, came_from: str) -> tuple[str, LoginAttempt]:
        """Where somebody logs in, who is sent back to `came_from` then. Raises NoProviderError."""

    def finish(self, attempt: LoginAttempt, came_from: str, answer: Mapping[str, str]) -> Mapping[str, object]:
        """The claims of who came back with that answer, verified. Raises LoginError and NoProviderError."""
