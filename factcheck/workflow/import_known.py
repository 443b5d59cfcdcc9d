"""Take in what others have checked, from files and addresses; what is wrong with some keeps none of the rest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from factcheck.domain.known import BadEntry, Entry, Kept, KnownClaim
from factcheck.domain.listing import Listed, Listing, ListingKind
from factcheck.errors import LongListingError, SourceError
from factcheck.workflow.known_ports import KnownClaims, KnownReader
from factcheck.workflow.ports import Clock
from factcheck.workflow.read_sources import MOST

_TOLD = 5
_AT_ONCE = 2000
_MOST_SITEMAPS = 200


@dataclass
class ImportedSource:
    """What an import of one source came to. `bad` counts entries, and `examples` are the first of them, by page."""

    source: str
    kept: Kept = field(default_factory=Kept)
    bad: int = 0
    examples: list[tuple[str, BadEntry]] = field(default_factory=list)
    pages: int = 0
    unread: list[SourceError] = field(default_factory=list)

    @property
    def holds_nothing(self) -> bool:
        """Whether all of it could be read, and there was no claim in it that can be kept."""
        return self.kept == Kept() and not self.unread

    @property
    def nothing(self) -> str:
        """What is said of one that holds nothing."""
        return f"{self.source!r} holds no ClaimReview{' that can be kept' if self.bad else ''}"


@dataclass
class ImportKnown:
    """Imports source after source. `limit` and `since` choose among what a listing lists."""

    known: KnownClaims
    reader: KnownReader
    clock: Clock
    limit: int | None = None
    since: date | None = None
    landed: Callable[[ImportedSource], None] = lambda _: None

    def of(self, sources: Iterable[str]) -> Iterator[ImportedSource]:
        """What became of each source, once it is read; one that cannot be read tells so in `unread`."""
        for source in sources:
            done = ImportedSource(source)
            waiting: list[KnownClaim] = []
            try:
                for entries in self._entries(source, done):
                    waiting += self._good(entries, done)
                    if len(waiting) >= _AT_ONCE:
                        self._keep(waiting, done)
                        waiting = []
            except SourceError as error:
                done.unread.append(error)
            self._keep(waiting, done)
            yield done

    def _keep(self, claims: Sequence[KnownClaim], done: ImportedSource) -> None:
        # By portions: whoever reviews meanwhile waits for a moment, and what has landed stays, however this ends.
        if claims:
            done.kept += self.known.keep(done.source, claims, self.clock())
        self.landed(done)

    def _good(self, entries: Iterable[tuple[str, Entry]], done: ImportedSource) -> Iterator[KnownClaim]:
        for page, entry in entries:
            if isinstance(entry, KnownClaim):
                yield entry
                continue
            done.bad += 1
            if len(done.examples) < _TOLD:
                done.examples.append((page, entry))

    def _entries(self, source: str, done: ImportedSource) -> Iterator[list[tuple[str, Entry]]]:
        for given in self.reader.read(source):
            if isinstance(given, Listing):
                for page in self._pages(given, done):
                    yield from self._of_page(page, done)
            else:
                yield [(source, one) for one in given]

    def _of_page(self, page: Listed, done: ImportedSource) -> Iterator[list[tuple[str, Entry]]]:
        done.pages += 1
        try:
            for given in self.reader.read(page.address, is_listed=True):
                if isinstance(given, Listing):
                    done.unread.append(SourceError(f"{page.address!r} lists pages and is none; name it by itself"))
                else:
                    yield [(page.address, one) for one in given]
        except SourceError as error:
            done.unread.append(error)

    def _pages(self, listing: Listing, done: ImportedSource) -> tuple[Listed, ...]:
        """What is to be read of a listing; an index of sitemaps is opened, the newest first."""
        if listing.kind is ListingKind.SITEMAP_INDEX:
            listing = self._opened(listing, done)
        chosen = listing.chosen(self.limit, self.since)
        if self.limit is None and self.since is None and not listing.is_of_files and len(chosen) > MOST:
            raise LongListingError(f"{listing.source!r} lists {len(chosen):,} pages, and each is fetched")
        return chosen

    def _opened(self, index: Listing, done: ImportedSource) -> Listing:
        pages: list[Listed] = []
        for one in index.chosen()[:_MOST_SITEMAPS]:
            if self.limit is not None and len(pages) >= self.limit:
                break
            try:
                for given in self.reader.read(one.address, is_listed=True):
                    if isinstance(given, Listing) and given.kind is not ListingKind.SITEMAP_INDEX:
                        pages += given.chosen(self.limit, self.since)
            except SourceError as error:
                done.unread.append(error)
        return Listing(index.source, ListingKind.SITEMAP, tuple(pages))
