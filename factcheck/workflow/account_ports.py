"""What logging in needs from the outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Accounts(Protocol):
    """The passwords of people, as hashes, and who is logged in. No session's key is kept, only the key's hash."""

    def has_any(self) -> bool:
        """Whether anybody has a password."""

    def hash_of(self, name: str) -> str | None:
        """The hash of somebody's password; None if they have none."""

    def set_hash(self, name: str, hashed: str | None, now: datetime, by: str | None, was: str | None = None) -> bool:
        """Give somebody another password, or None, and end all their sessions; the log tells that, and no hash.

        With `was` only where that is the hash so far; returns whether it was done.
        """

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
