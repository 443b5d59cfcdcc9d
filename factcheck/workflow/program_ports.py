"""What the use cases about programs need from the outside."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from factcheck.domain.programs import AccessToken, KeyUse, UsedKey


class Programs(Protocol):
    """Tokens, each with the hash of its secret, and the keys under which programs have acted."""

    def add_token(self, token: AccessToken, sha256: str) -> AccessToken:
        """Keep a new token, and log that it was given; returns it with its number."""

    def tokens(self) -> tuple[AccessToken, ...]:
        """All tokens, oldest first, those that open nothing any more too."""

    def token_of(self, sha256: str) -> AccessToken | None:
        """The token whose secret has that hash."""

    def revoke_token(self, number: int, now: datetime, by: str | None) -> AccessToken:
        """Let a token open nothing from now on, and log it. Raises NoSuchTokenError."""

    def used_key(self, token_id: int, key: str) -> UsedKey | None:
        """What was done under a key, if anything was."""

    def once(self, use: KeyUse, now: datetime, action: str | None = None) -> AbstractContextManager[None]:
        """Within it, the first event that is added to the log in this context uses the key up, in its own transaction.

        With an `action` it is the first event of that name. A thread that was given the context counts as well.
        Raises KeyUsedError there, and nothing of the transaction stands, where the key was used meanwhile.
        """
