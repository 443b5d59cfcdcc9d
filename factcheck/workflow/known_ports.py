"""What the use cases about others' checks need from the outside."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from factcheck.domain.known import FoundKnown, Kept, KnownClaim, KnownSource


class KnownClaims(Protocol):
    """Claims that others have checked, searchable by words."""

    def keep(self, source: str, claims: Sequence[KnownClaim], now: datetime) -> Kept:
        """Keep them in one transaction, each claim of a page once; another rating takes the place of the last one.

        Raises ServerDatabaseError where the database is not SQLite.
        """

    def alike(self, words: Collection[str], limit: int) -> tuple[FoundKnown, ...]:
        """Those that share most of the words, rare words first; nothing where the database is not SQLite."""

    def sources(self) -> tuple[KnownSource, ...]:
        """Where they came from, by name, each with its number of claims."""

    def forget(self, source: str) -> int:
        """Remove what came from a source, and the source; returns how many claims went. Raises NotFoundError."""
