"""Look where a claim might be checked: searches are asked, found pages kept, and their sentences offered as quotes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, zip_longest
from urllib.parse import quote, urlsplit

from typing_extensions import override

from factcheck.domain.article import Article
from factcheck.domain.evidence import (
    Evidence,
    EvidenceDraft,
    PageText,
    Snapshot,
    Stance,
    is_web_address,
    own_address,
    source_key,
)
from factcheck.domain.lookup import FoundPage, Hit, Kinship, Lookup, Passage
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Stage
from factcheck.errors import InputError, ModelError, NoSuchPassageError, PageGoneError, SourceError
from factcheck.text.bearing import Bearing, bearing_on
from factcheck.text.queries import queries_of, tidy_query
from factcheck.text.versions import COMPARED, NEAR_EQUAL, are_copies, resemblances
from factcheck.workflow.collect_evidence import AddedEvidence, add_evidence
from factcheck.workflow.lookup_ports import Lookups, Search, Searching
from factcheck.workflow.ports import Ledger, Sources
from factcheck.workflow.review_claim import Desk, require_known

PAGES = 6
"""So many pages are fetched for a claim unless more or fewer are asked for."""
_PASSAGES = 3  # of a page
_MOST_QUERIES = 5  # those of a model with them
_LONGEST = 300  # characters of a stranger's title

_Fetched = tuple[Hit, str, Snapshot, PageText] | str
"""A page with the search that named it, or a line on why it cannot be had."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of a look-up with its number and its page, and the evidence that was made of it."""

    number: int
    page: FoundPage
    passage: Passage
    taken: Evidence | None = None


@dataclass(frozen=True, slots=True)
class LookForEvidence:
    """Look-ups over an open desk; `searching` opens what is asked when it is first needed."""

    desk: Desk
    ledger: Ledger
    lookups: Lookups

    def run(
        self,
        number: int,
        searching: Searching,
        own_queries: Sequence[str] = (),
        most: int = PAGES,
        person: str | None = None,
    ) -> Lookup:
        """Ask every search for the claim, and keep what they lead to; what fails is told in it, and the rest goes on.

        Queries that are given stand in place of those that code makes. Raises NotFoundError.
        """
        claim = self.desk.queue.claim(number, self.desk.clock())
        article = self.ledger.article(claim.article_id).article
        made, from_model, troubles = _queries(claim, article, searching, own_queries)
        named, failed = _asked([*made, *from_model], searching.searches, article.read_as)
        fetched = list(_fetched(named, searching, most))
        pages, snapshots = PagesBeside(claim.words, article).found([one for one in fetched if not isinstance(one, str)])
        told = (*searching.troubles, *troubles, *failed, *(one for one in fetched if isinstance(one, str)))
        asked = tuple(one.name for one in searching.searches)
        queries = tuple(made), asked, tuple(pages), told, tuple(from_model)
        lookup = Lookup(number, self.desk.clock(), *queries, asked_by=person)
        self.lookups.keep(lookup, snapshots)
        return lookup

    def last(self, number: int) -> Lookup | None:
        """The claim's last look-up. Raises NotFoundError if there is no such claim."""
        self.desk.queue.claim(number, self.desk.clock())
        return self.lookups.last(number)

    def take(
        self,
        claim_id: int,
        number: int,
        stance: Stance,
        person: str | None,
        sources: Sources,
        *,
        seen: datetime,
    ) -> AddedEvidence:
        """Make a passage of the claim's last look-up evidence, as any other: its quote is looked for in what was kept.

        `seen` is when the look-up was made that the person has seen. Raises NotFoundError, OtherLookupError.
        """
        lookup = self._standing(claim_id, number)
        lookup.require_asked_at(seen, number)
        page, passage = lookup.passage(number)
        draft = EvidenceDraft(page.url, stance, passage.quote, locator=passage.locator)
        kept = self.lookups.snapshot(claim_id, page.sha256)
        return add_evidence(
            self.desk, claim_id, draft, person, _KeptPage(kept, sources), fetched_at=lookup.at if kept else None
        )

    def last_seen_by(self, claim_id: int, number: int, person: str | None, mark: str | None) -> Lookup:
        """The claim's last look-up, in which somebody chooses a passage who tells its mark, or nothing.

        Raises NotFoundError, and OtherLookupError where it is another one, or none is told and it is a colleague's.
        """
        lookup = self._standing(claim_id, number)
        lookup.require_seen(mark, person, number)
        return lookup

    def _standing(self, claim_id: int, number: int) -> Lookup:
        found = self.last(claim_id)
        if found is None:
            raise NoSuchPassageError(claim_id, number, 0)
        return found

    def set_aside(self, claim_id: int, number: int, person: str, *, seen: datetime) -> Lookup:
        """Set a machine's suggestion aside, which has passage `number`: nobody is asked to look at it any more.

        `seen` is as in `take`. Raises NotFoundError, ConflictError, MisspeltNameError.
        """
        person = require_known(self.desk, person)
        self.desk.queue.claim(claim_id, self.desk.clock())
        return self.lookups.set_aside(claim_id, number, person, seen)

    def found_for(self, claim: QueuedClaim, person: str) -> "FoundFor":
        """What was found and suggested for a claim as this person sees it."""
        return FoundFor(self._last_seen(claim, person), claim.evidence)

    def last_for(self, number: int, person: str | None) -> Lookup | None:
        """The claim's last look-up as this person may see it. Raises NotFoundError."""
        return self._last_seen(self.desk.queue.claim(number, self.desk.clock(), person), person)

    def _last_seen(self, claim: QueuedClaim, person: str | None) -> Lookup | None:
        return last_seen(self.lookups, claim, person)


def last_seen(lookups: Lookups, claim: QueuedClaim, person: str | None) -> Lookup | None:
    """The claim's last look-up as this person may see it, who sees the claim so; None is somebody without a name."""
    found = lookups.last(claim.id)
    return as_seen(found, claim, person) if found else None


def as_seen(found: Lookup, claim: QueuedClaim, person: str | None) -> Lookup:
    """A look-up as this person may see it, who sees the claim so; who reads it blind is told what they set aside alone.

    What the first reader did with a suggestion would tell what they think.
    """
    if claim.status.stage is not Stage.SECOND or claim.readings:
        return found
    pages = (
        one if one.set_aside_by is None or one.set_aside_by == person else replace(one, set_aside_by=None)
        for one in found.pages
    )
    return replace(found, pages=tuple(pages))


@dataclass(frozen=True, slots=True)
class FoundFor:
    """A claim's last look-up as one person may see it, with the evidence that was made of it."""

    lookup: Lookup | None
    evidence: tuple[Evidence, ...]

    def pages(self) -> Iterator[tuple[FoundPage, tuple[FoundPassage, ...]]]:
        """The pages that searches have found, with their passages."""
        passages = tuple(self._passages())
        for page in self.lookup.pages if self.lookup else ():
            if page.suggested_by is None:
                yield page, tuple(one for one in passages if one.page is page)

    def suggestions(self) -> tuple[FoundPassage, ...]:
        """What machines suggest, and nobody has taken or set aside, as far as this person is told."""
        return tuple(
            one for one in self._passages() if one.page.suggested_by and not one.taken and one.page.set_aside_by is None
        )

    def _passages(self) -> Iterator[FoundPassage]:
        for number, page, passage in self.lookup.numbered() if self.lookup else ():
            of_page = (one for one in self.evidence if page.url == one.url or source_key(page.url) == one.source_key)
            yield FoundPassage(
                number, page, passage, next((one for one in of_page if one.quote == passage.quote), None)
            )


@dataclass(frozen=True, slots=True)
class DeskLook:
    """Look-ups for a person at the desk; `opened` opens what is asked, `patterns` are addresses of their own."""

    look: LookForEvidence
    opened: Callable[[], AbstractContextManager[Searching]]
    patterns: tuple[str, ...] = ()

    def run(self, number: int, person: str) -> Lookup:
        """Ask, and keep what is found. Raises NotFoundError, and InputError for a search that nobody knows."""
        with self.opened() as searching:
            return self.look.run(number, searching, person=person)

    def last_for(self, number: int, person: str) -> Lookup | None:
        """As `LookForEvidence.last_for`."""
        return self.look.last_for(number, person)

    def take(
        self,
        claim_id: int,
        number: int,
        stance: Stance,
        person: str,
        sources: Sources,
        *,
        seen: datetime,
    ) -> AddedEvidence:
        """As `LookForEvidence.take`."""
        return self.look.take(claim_id, number, stance, person, sources, seen=seen)


def address_for(pattern: str, claim: str) -> str:
    """The address of a search of the person's own choosing, with the claim in it. Raises InputError."""
    address = pattern.replace("{claim}", quote(" ".join(claim.split()), safe=""))
    if not is_web_address(address):
        raise InputError(f"{pattern!r} in [look] open is not a web address")
    return address


@dataclass(frozen=True, slots=True)
class _KeptPage(Sources):
    """The page as it was fetched for the look-up; without it, as it is today."""

    kept: Snapshot | None
    today: Sources

    @property
    @override
    def archives(self) -> bool:
        return self.today.archives

    @override
    def fetch(self, url: str) -> Snapshot:
        return self.kept or self.today.fetch(url)

    @override
    def open_file(self, path: str) -> Snapshot:
        return self.today.open_file(path)

    @override
    def as_file(self, content: bytes, name: str) -> Snapshot:
        return self.today.as_file(content, name)

    @override
    def read(self, snapshot: Snapshot) -> PageText:
        return self.today.read(snapshot)

    @override
    def archive(self, url: str, said: str) -> str:
        return self.today.archive(url, said)


def _queries(
    claim: QueuedClaim, article: Article, searching: Searching, own: Sequence[str]
) -> tuple[list[str], list[str], list[str]]:
    """The queries of code, or those that are given; those of the model; and what went wrong with it."""
    made = list(own or queries_of(claim.words, claim.when, article.read_as))
    if searching.query_maker is None:
        return made, [], []
    try:
        answer = searching.query_maker.queries(claim.words, article.read_as)
    except ModelError as error:
        return made, [], [f"the model makes no queries: {error}"]
    fresh = [one for one in dict.fromkeys(map(tidy_query, answer)) if one and one not in made]
    return made, fresh[: max(0, _MOST_QUERIES - len(made))], []


def _asked(
    queries: Sequence[str], searches: Sequence[Search], language: str | None
) -> tuple[list[tuple[Hit, str]], list[str]]:
    """The pages that the searches name, each once, in turns; and a line for each search that failed.

    A search that has failed once is not asked again: what hangs would hang for each query.
    """
    lists: list[list[tuple[Hit, str]]] = []
    troubles = []
    for search in searches:
        try:
            found = (search.hits(query, language) for query in queries)
            lists.extend([(one, search.name) for one in hits] for hits in found)
        except SourceError as error:
            troubles.append(str(error))
    in_turns = filter(None, chain.from_iterable(zip_longest(*lists)))
    once = {source_key(hit.url): (hit, name) for hit, name in reversed(list(in_turns)) if is_web_address(hit.url)}
    return list(reversed(once.values())), troubles


def _fetched(named: Sequence[tuple[Hit, str]], searching: Searching, most: int) -> Iterator[_Fetched]:
    def fetch(one: tuple[Hit, str]) -> _Fetched:
        hit, name = one
        try:
            snapshot = searching.pages.fetch(hit.url)
            return hit, name, snapshot, searching.pages.read(snapshot)
        except PageGoneError:
            return f"{name} names {hit.url!r}, which is gone"
        except SourceError as error:
            return f"{name} names a page that cannot be read: {error}"

    chosen = named[:most]
    if searching.at_once > 1 and len(chosen) > 1:
        with ThreadPoolExecutor(searching.at_once) as workers:
            yield from workers.map(fetch, chosen)
    else:
        yield from map(fetch, chosen)


@dataclass
class PagesBeside:
    """Found pages beside the article under check, and beside those that were found before them."""

    claim: str
    article: Article
    _texts: dict[str, str] = field(default_factory=dict)

    def found(self, fetched: Sequence[tuple[Hit, str, Snapshot, PageText]]) -> tuple[list[FoundPage], list[Snapshot]]:
        """The pages with their passages, those first that are nobody's copy; and what is kept of them."""
        pages = [self._page(*one) for one in fetched]
        pages.sort(key=lambda page: (bool(page.kinships), not page.passages))
        return pages, [snapshot for _, _, snapshot, _ in fetched]

    def _page(self, hit: Hit, source: str, snapshot: Snapshot, page: PageText) -> FoundPage:
        # The address is the one whose content was kept: what a page calls itself tells whose copy it is, and no more.
        url = snapshot.url or hit.url
        own = own_address(url, page.canonical_url) or url
        text = (page.body or page.text)[:COMPARED]
        kinships = list(self._kinships(url, own, page, text))
        near = zip(self._texts, resemblances(text, self._texts.values()), strict=True) if text else ()
        same = next((one for one, shared in near if shared >= NEAR_EQUAL), None)
        if same is not None:
            kinships.append(Kinship.SAME_TEXT)
        self._texts[url] = text
        # What a copy says its first has said.
        is_copy = same is not None or not {Kinship.ARTICLE, Kinship.MIRROR}.isdisjoint(kinships)
        found = () if is_copy else bearing_on(self.claim, page.text, self.article.read_as, _PASSAGES)
        title = " ".join((page.title or hit.title).split())[:_LONGEST]
        passages = tuple(passage_at(page.text, one) for one in found)
        return FoundPage(url, source, title, page.publisher, snapshot.sha256, tuple(kinships), same, passages)

    def _kinships(self, url: str, called: str, page: PageText, text: str) -> Iterator[Kinship]:
        """What the page is to the article: `url` is where it was fetched, `called` the address that it gives itself."""
        own = [one for one in (self.article.url, self.article.canonical_url) if one]
        if not {source_key(url), source_key(called)}.isdisjoint(map(source_key, own)):
            yield Kinship.ARTICLE
        elif are_copies(text, self.article.text):
            yield Kinship.MIRROR
        publishers = [one.casefold() for one in (page.publisher, self.article.publisher) if one]
        is_namesake = len(publishers) > 1 and publishers[0] == publishers[1]
        if is_namesake or _host(url) in map(_host, own):
            yield Kinship.SAME_PUBLISHER


def passage_at(text: str, found: Bearing) -> Passage:
    """A stretch of a page's text as a passage, with the paragraph that it stands in."""
    before, after = (" ".join(one.cut(text).split()) if one else "" for one in (found.before, found.after))
    paragraphs = [line for line in text[: found.span.start].splitlines() if line.strip()]
    opens = text.rfind("\n", 0, found.span.start)
    is_inside = bool(text[opens + 1 : found.span.start].strip())
    return Passage(" ".join(found.span.cut(text).split()), before, after, len(paragraphs) + (not is_inside))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
