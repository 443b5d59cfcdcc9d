"""The import of others' checks: source after source, page after page, and what is wrong with some keeps no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from conftest import NOW
from fakes import FakeKnown

from factcheck.domain.known import BadEntry, Entry, Kept, KnownClaim, KnownRating
from factcheck.domain.listing import Listed, Listing, ListingKind
from factcheck.errors import LongListingError, SourceError
from factcheck.workflow.import_known import ImportedSource, ImportKnown
from factcheck.workflow.known_ports import KnownReader

Given = dict[str, Sequence[Listing | Sequence[Entry] | SourceError]]
BAD = BadEntry("line 2", "it has no url")


@dataclass
class FakeReader(KnownReader):
    """Serves the KnownReader port from memory; an error among what a source gives is raised in its turn."""

    given: Given

    def read(self, source: str, *, is_listed: bool = False) -> Iterator[Listing | Sequence[Entry]]:
        del is_listed
        for one in self.given.get(source, [SourceError(f"{source!r} is not there")]):
            if isinstance(one, SourceError):
                raise one
            yield one


def claim(number: int) -> KnownClaim:
    return KnownClaim(f"Claim {number}.", f"https://a.example/{number}", KnownRating("False"))


def sitemap(name: str, *pages: str, kind: ListingKind = ListingKind.SITEMAP) -> Listing:
    days = (datetime(2026, 1, 30 - n % 29, tzinfo=UTC) for n in range(len(pages)))
    return Listing(name, kind, tuple(map(Listed, (f"https://a.example/{one}" for one in pages), days)))


def imported(reader: FakeReader, source: str, limit: int | None = None) -> tuple[ImportedSource, FakeKnown]:
    known = FakeKnown()
    (done,) = ImportKnown(known, reader, lambda: NOW, limit).of([source])
    return done, known


def test_what_came_before_an_error_is_kept() -> None:
    broken = SourceError("it takes too long")

    done, known = imported(FakeReader({"feed.json": [[claim(1), BAD], broken]}), "feed.json")

    assert known.kept == {"feed.json": [claim(1)]}
    assert (done.bad, done.examples, done.unread) == (1, [("feed.json", BAD)], [broken])
    assert not done.holds_nothing


def test_bad_entries_are_counted_and_the_first_told() -> None:
    done, _ = imported(FakeReader({"feed.json": [[BAD] * 70, [BAD] * 30]}), "feed.json")

    assert (done.bad, len(done.examples), done.holds_nothing) == (100, 5, True)


def test_index_of_sitemaps_is_opened_up_to_the_limit() -> None:
    index = sitemap("index", "map1", "map2", kind=ListingKind.SITEMAP_INDEX)
    maps: Given = {f"https://a.example/map{n}": [sitemap(f"map{n}", f"{n}0", f"{n}1")] for n in (1, 2)}
    pages: Given = {f"https://a.example/{n}": [[claim(n)]] for n in (10, 11, 20, 21)}

    done, known = imported(FakeReader({"index": [index], **maps, **pages}), "index", 3)

    assert done.pages == 3
    assert known.kept["index"] == [claim(10), claim(20), claim(11)]


def test_page_that_fails_keeps_none_of_the_others() -> None:
    listing = sitemap("map", "gone", "1", "feed")
    pages: Given = {"https://a.example/1": [[claim(1)]], "https://a.example/feed": [sitemap("feed", "2")]}

    done, known = imported(FakeReader({"map": [listing], **pages}), "map")

    assert known.kept["map"] == [claim(1)]
    assert [str(one).partition(" ")[0] for one in done.unread] == [
        "'https://a.example/gone'",
        "'https://a.example/feed'",
    ]


def test_many_pages_are_not_fetched_unasked() -> None:
    listing = sitemap("map", *map(str, range(501)))

    done, _ = imported(FakeReader({"map": [listing]}), "map")

    assert [type(one) for one in done.unread] == [LongListingError]
    assert done.pages == 0


def test_many_claims_are_kept_by_portions() -> None:
    portions = list[Kept]()
    entries = [[claim(n) for n in range(start, start + 500)] for start in range(0, 4500, 500)]
    known = FakeKnown()
    importing = ImportKnown(known, FakeReader({"feed.json": entries}), lambda: NOW)
    importing.landed = lambda done: portions.append(done.kept)

    (done,) = importing.of(["feed.json"])

    assert [one.new for one in portions] == [2000, 4000, 4500]
    assert done.kept == Kept(4500)
