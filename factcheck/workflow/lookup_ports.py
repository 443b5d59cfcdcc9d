"""What a look-up needs from the outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from factcheck.domain.cost import Estimate
from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.lookup import FoundPage, Hit, Lookup, Suggestion

_AT_ONCE = 4  # as many pages are parsed at a time

OpenAddress = Callable[[str], str]
"""Opens an address in a browser, or hands it to the terminal; returns what was done. Raises InputError."""


class Search(Protocol):
    """One place that can be searched."""

    @property
    def name(self) -> str:
        """What people call it."""

    def hits(self, query: str, language: str | None) -> Sequence[Hit]:
        """The pages that it names, best first. Raises SourceError, with its name and one line on why."""


class PageSource(Protocol):
    """Where found pages are fetched and read: a part of the port for evidence."""

    def fetch(self, url: str) -> Snapshot:
        """What the address answers with. Raises SourceError."""

    def read(self, snapshot: Snapshot) -> PageText:
        """What can be read in it."""


class QueryMaker(Protocol):
    """A model that makes queries of a claim."""

    def queries(self, claim: str, language: str | None) -> Sequence[str]:
        """The queries, as the model writes them. Raises ModelError."""


class PassageReader(Protocol):
    """A model that says what a sentence does to a claim."""

    @property
    def name(self) -> str:
        """The model, and the prompt that it is asked with."""

    def estimate(self, claim: str, passage: str) -> Estimate:
        """What the call will take, and the most that it can."""

    def read(self, claim: str, passage: str) -> Suggestion:
        """Its suggestion; an answer that says nothing is `unsure`. Raises ModelError where no call can work."""


class Lookups(Protocol):
    """The last look-up of each claim, with the pages that it found."""

    def keep(self, lookup: Lookup, snapshots: Sequence[Snapshot]) -> None:
        """Keep it in place of the claim's last one, with what was fetched for it; what machines suggested stays."""

    def suggest(self, first: Lookup, page: FoundPage, snapshot: Snapshot) -> Lookup:
        """Lay what a machine suggests behind the claim's last look-up, or behind `first` where there was none.

        Returns the look-up as it stands then. Raises SuggestionsFullError.
        """

    def tell(self, lookup: Lookup) -> None:
        """Keep what is told of the claim's last look-up now; what was fetched for it stays."""

    def set_aside(self, claim_id: int, number: int, person: str, at: datetime) -> Lookup:
        """Keep that a person sets the machine's suggestion with this passage aside, in the look-up of that moment.

        Returns the look-up as it stands then. Raises NotFoundError, ConflictError.
        """

    def last(self, claim_id: int) -> Lookup | None:
        """The claim's last look-up, if there was one."""

    def snapshot(self, claim_id: int, sha256: str) -> Snapshot | None:
        """What was fetched for the claim's last look-up under this hash."""


@dataclass(frozen=True, slots=True)
class Searching:
    """What a look-up asks, and how it fetches: at most so many pages, so many at once."""

    searches: Sequence[Search]
    pages: PageSource
    query_maker: QueryMaker | None = None
    troubles: Sequence[str] = field(default=())
    at_once: int = _AT_ONCE
