"""What reading listings needs from the outside."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from factcheck.domain.listing import Listed, Listing, Visit
from factcheck.errors import FactcheckError


class Visits(Protocol):
    """What became of the addresses that listings named."""

    def known(self, listed: Iterable[Listed]) -> Mapping[str, Visit]:
        """The last visits to these, by key; an article that was read from such an address otherwise is one, too."""

    def note(self, visit: Visit) -> None:
        """Keep a visit in place of the last one to the same address."""

    def unread(self) -> tuple[Visit, ...]:
        """Those that failed, the oldest first."""


class ReadingProgress(Protocol):
    """Told how the reading of sources gets on."""

    def listed(self, listing: Listing, chosen: int, wanted: int, undated: int) -> None:
        """A source lists pages; so many of them were chosen, of which so many are to be read now.

        `undated` counts those that were left out since no day is told, and not those whose date cannot be read.
        """

    def reading(self, source: str, done: int, total: int) -> None:
        """The next source is about to be read; `done` are, of those that are known to be read until now."""

    def all_read(self, read: int, known: int, unread: int, noted: int) -> None:
        """So many sources were read, so many more were in, and some could not be read, of which some are noted."""

    def hindered(self, error: FactcheckError) -> None:
        """A source cannot be read, or the budget is reached; the rest of the batch is not lost."""
