"""Read sources one after the other, and the pages that they list; what is in is not fetched again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from factcheck.domain.article import Article
from factcheck.domain.listing import Listed, Listing, ListingKind, Visit, key_of
from factcheck.domain.sentence import SentenceState, count_states
from factcheck.errors import LongListingError, SourceError
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.listing_ports import ReadingProgress, Visits
from factcheck.workflow.plan_extraction import Content, ExtractionSession
from factcheck.workflow.ports import Clock, Ledger

MOST = 500
"""Pages of a stranger's listing that are read without a word on how many."""
_MOST_SITEMAPS = 50  # of an index
_MOST_PAGES = 200_000
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What is read beside the sources, and of listings.

    `given` were read before; `lists` are a user's own files of addresses; `unread` asks for what could not be read
    before. Of each listing the newest `limit` pages, of `since` and later days, are read, and those that are in only
    where there is `refresh`.
    What is watched is asked for pass after pass: a page that is in is read again if its listing tells of a later
    change, or if it was named by itself, and one that fails is tried three times.
    """

    given: tuple[Article, ...] = ()
    lists: tuple[str, ...] = ()
    unread: bool = False
    limit: int | None = None
    since: date | None = None
    refresh: bool = False
    watches: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing to read."""
        return not (self.lists or self.unread)


@dataclass
class ReadSources:
    """Why sources cannot be read is told, and kept in `unread`; without `visits` nothing is known of earlier ones."""

    session: ExtractionSession
    progress: ReadingProgress
    visits: Visits | None = None
    choice: Choice = field(default_factory=Choice)
    unread: list[SourceError] = field(default_factory=list)
    _clock: Clock | None = None
    _filed: list[int] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _passed: set[str] = field(default_factory=set)
    _done: int = 0
    _total: int = 0
    _read: int = 0
    _known: int = 0
    _noted: int = 0

    def filed(
        self,
        sources: tuple[str, ...],
        ledger: Ledger,
        clock: Clock,
        open_model: Callable[[], object],
        *,
        again: bool = False,
    ) -> Iterator[int]:
        """The articles' numbers, each once it is stored; one that was in before only if something is left to ask.

        The model is opened before the first new one that leaves something to ask: what is wrong with it is told before
        anything is stored. Raises ModelSetupError.
        """
        self._clock = clock
        for found in self.found(sources):
            if isinstance(found, int):
                if again or is_pending(ledger, found):
                    yield found
                continue
            number = file_article(found, ledger, clock, open_model).id
            self._filed.append(number)
            yield number

    def found(self, sources: tuple[str, ...]) -> Iterator[Article | int]:
        """The articles of the sources, in their order, and the numbers of those that are in; nothing is stored."""
        self._total = len(sources)
        for source in sources:
            yield from self._named(source)
        yield from self.choice.given
        for path in self.choice.lists:
            try:
                listing = self.session.listed_in(path)
            except SourceError as error:
                self._hinder(error)
            else:
                yield from self._of_listing(listing, is_own=True)
        if self.choice.unread and self.visits:
            visits = self.visits.unread()
            entries = (Listed(one.address, file=one.address if one.key.startswith("file:") else None) for one in visits)
            yield from self._of_listing(Listing("the desk", ListingKind.UNREAD, tuple(entries)), is_own=True)
        self.progress.all_read(self._read, self._known, len(self.unread), self._noted)

    def _named(self, source: str) -> Iterator[Article | int]:
        listed = Listed(source) if key_of(source) != source else None
        if self.choice.watches and listed and self._visits((listed,)).get(listed.key):
            self._total -= 1
            yield from self._of_listing(Listing(source, ListingKind.ADDRESSES, (listed,)), is_own=True)
            return
        self._begin(source)
        try:
            for content in self.session.read(source):
                if isinstance(content, Listing):
                    yield from self._of_listing(self._opened(content))
                elif isinstance(content, SourceError):
                    self._hinder(content)
                elif content is not None:
                    yield from self._taken(content, listed)
        except SourceError as error:
            self._hinder(error)

    def _taken(self, article: Article, listed: Listed | None) -> Iterator[Article]:
        """The article; once it is filed, that it was read there is noted."""
        yield article
        self._read += 1
        if listed and self._filed:
            snapshot = article.snapshot
            told = (snapshot.etag, snapshot.last_modified) if snapshot else ()
            self._note(listed, self._filed[-1], *told)

    def _of_listing(self, listing: Listing, *, is_own: bool = False) -> Iterator[Article | int]:
        """The chosen pages of a listing; one of a user's own may name listings."""
        chosen = listing.chosen(self.choice.limit, self.choice.since)
        if not (is_own or listing.is_of_files) and self.choice.limit is None and len(chosen) > MOST:
            self._hinder(LongListingError(f"{listing.source!r} lists {len(chosen):,} pages"))
            return
        visits, wanted, known = self._visits(chosen), list[Listed](), list[int]()
        for one in chosen:
            visit = visits.get(one.key)
            if one.key in self._seen:
                continue
            if self._is_wanted(one, visit, listing):
                self._seen.add(one.key)
                wanted.append(one)
            elif visit and visit.article_id and one.key not in self._passed:  # another listing may tell of a change
                self._passed.add(one.key)
                known.append(visit.article_id)
        self._total += len(wanted)
        self._known += len(known)
        undated = sum(one.at is None and not one.is_unsure for one in listing.entries) if self.choice.since else 0
        self.progress.listed(listing, len(chosen), len(wanted), undated)
        yield from dict.fromkeys(known)
        for one in wanted:
            yield from self._entry(one, visits.get(one.key), is_own=is_own)

    def _is_wanted(self, listed: Listed, visit: Visit | None, listing: Listing) -> bool:
        if visit is None or listing.kind is ListingKind.UNREAD:
            return True
        if visit.article_id is None or visit.failure is not None:
            return not self.choice.watches or visit.tries < _TRIES or self._has_changed_lately(listed, visit)
        if listing.is_of_files and listed.at:
            return visit.is_before(listed)
        # What is watched is asked for again where it is said to have changed, and where it was named by itself.
        has_changed = listing.kind is ListingKind.ADDRESSES if listed.at is None else visit.is_before(listed)
        return self.choice.refresh or (self.choice.watches and has_changed)

    def _has_changed_lately(self, listed: Listed, visit: Visit) -> bool:
        """Whether what failed so often is said to have changed since the last try."""
        return listed.at is not None and self._clock is not None and visit.at < listed.at <= self._clock()

    def _entry(self, listed: Listed, visit: Visit | None, *, is_own: bool) -> Iterator[Article | int]:
        self._begin(listed.address)
        is_in = visit and visit.article_id is not None
        try:
            contents = self.session.read(listed.address, visit if is_in else None, is_listed=True)
            yield from self._of_page(list(contents), listed, visit, is_own=is_own)
        except SourceError as error:
            self._fail(listed, visit, error)

    def _of_page(
        self, contents: list[Content], listed: Listed, visit: Visit | None, *, is_own: bool
    ) -> Iterator[Article | int]:
        # What holds several articles is not noted: it is read again, since some of them may not be finished.
        place = listed if len(contents) == 1 else None
        for content in contents:
            if isinstance(content, Listing):
                if not is_own:
                    told = f"{listed.address!r} is a {content.kind.value}, and a listing leads to articles only"
                    raise SourceError(f"{told}; name it")
                self._done -= 1
                self._total -= 1
                yield from self._of_listing(self._opened(content))
            elif isinstance(content, SourceError):
                self._hinder(content)
            elif content is not None:
                yield from self._taken(content, place)
            elif visit and visit.article_id:
                self._known += 1
                self._note(listed, visit.article_id, visit.etag, visit.last_modified)
                yield visit.article_id

    def _fail(self, listed: Listed, visit: Visit | None, error: SourceError) -> None:
        self._hinder(error)
        if visit is None:
            self._note(listed, None, failure=str(error), tries=1)
        else:
            self._note(listed, visit.article_id, visit.etag, visit.last_modified, str(error), visit.tries + 1)
        self._noted += 1

    def _opened(self, listing: Listing) -> Listing:
        """An index of sitemaps as one listing, read from the newest on; anything else as it is."""
        if listing.kind is not ListingKind.SITEMAP_INDEX:
            return listing
        waiting, seen = list(listing.chosen()), set[str]()
        pages, passed_over = list[Listed](), listing.passed_over
        while (
            waiting and len(seen) < _MOST_SITEMAPS and len(pages) < _MOST_PAGES and not self._suffices(pages, waiting)
        ):
            one = waiting.pop(0)
            if one.key in seen or (self.choice.since and one.at and not one.is_since(self.choice.since)):
                continue
            seen.add(one.key)
            try:
                found = [read for read in self.session.read(one.address, is_listed=True) if isinstance(read, Listing)]
            except SourceError as error:
                self._hinder(error)
                continue
            for content in found:
                passed_over += content.passed_over
                more = waiting if content.kind is ListingKind.SITEMAP_INDEX else pages
                more.extend(content.chosen())
        unopened = 0 if self._suffices(pages, waiting) else len(waiting)
        return Listing(listing.source, ListingKind.SITEMAP, tuple(pages), passed_over, listing.example, unopened)

    def _suffices(self, pages: list[Listed], waiting: list[Listed]) -> bool:
        """Whether no sitemap that waits can hold one of the newest pages that are asked for."""
        latest = [one.latest for one in waiting]
        if self.choice.limit is None or not waiting or None in latest:
            return False
        bound = max(one for one in latest if one)
        return sum(one.at is not None and one.at >= bound for one in pages) >= self.choice.limit

    def _visits(self, listed: tuple[Listed, ...]) -> dict[str, Visit]:
        # A recording is to hold all that it is played from.
        if self.visits is None or self.session.is_recorded:
            return {}
        return dict(self.visits.known(listed))

    def _note(
        self,
        listed: Listed,
        article_id: int | None,
        etag: str | None = None,
        last_modified: str | None = None,
        failure: str | None = None,
        tries: int = 0,
    ) -> None:
        if self._clock and self.visits:
            stamp = None if failure else listed.at
            if stamp is None:  # what was read last stays
                last = self.visits.known((listed,)).get(listed.key)
                stamp = last.stamp if last else None
            address = listed.file or listed.address
            told = etag, last_modified, failure, tries, stamp
            self.visits.note(Visit(listed.key, address, self._clock(), article_id, *told))

    def _begin(self, source: str) -> None:
        self.progress.reading(source, self._done, self._total)
        self._done += 1

    def _hinder(self, error: SourceError) -> None:
        self.progress.hindered(error)
        self.unread.append(error)


def is_pending(ledger: Ledger, article_id: int) -> bool:
    """Whether sentences of the article are left to ask about."""
    return count_states(ledger.sentences(article_id))[SentenceState.PENDING] > 0
