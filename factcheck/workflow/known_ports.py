"""What the use cases about others' checks need from the outside."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from factcheck.domain.known import Entry, FoundKnown, Kept, KnownClaim, KnownSource
from factcheck.domain.listing import Listing


class KnownClaims(Protocol):
    """Claims that others have checked, searchable by words."""

    def keep(self, source: str, claims: Sequence[KnownClaim], now: datetime) -> Kept:
        """Keep what a source tells in one transaction: each claim of a page and a publisher once, with its ratings."""

    def alike(self, words: Collection[str], limit: int) -> tuple[FoundKnown, ...]:
        """Those that share most of the words, rare words first; of each publisher what all sources tell of it."""

    def sources(self) -> tuple[KnownSource, ...]:
        """Where they came from, by name, each with its number of claims."""

    def forget(self, source: str) -> int:
        """Remove what a source told, and the source; returns how many claims that were. Raises NotFoundError."""


class KnownReader(Protocol):
    """Reads what others have checked."""

    def read(self, source: str, *, is_listed: bool = False) -> Iterator[Listing | Sequence[Entry]]:
        """The entries of a file or an address, some at a time, or what it lists; what `is_listed` with manners.

        Raises SourceError, also after some entries where the rest cannot be read.
        """


class CheckService(Protocol):
    """A service of the web that knows what others have checked. What it answers is a suggestion like all others."""

    @property
    def name(self) -> str:
        """What its answers are kept under."""

    def ask(self, words: str, language: str | None = None) -> tuple[KnownClaim, ...]:
        """Its answers, best first, in one language if it is named. Raises SourceError, and CheckServiceError."""
