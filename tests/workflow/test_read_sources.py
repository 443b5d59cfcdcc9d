"""What of a listing is read, what is left alone, and what is noted."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from fakes import FakeSession, FakeVisits, HeardProgress

from factcheck.domain.listing import Listed, Listing, ListingKind, Visit
from factcheck.errors import FactcheckError, SourceError
from factcheck.workflow import read_sources
from factcheck.workflow.extract_article import Extraction, Plan
from factcheck.workflow.ports import Clock, Ledger
from factcheck.workflow.read_sources import Choice, ReadSources

RAIN, SNOW, SUN = (f"https://a.example/{name}" for name in ("rain", "snow", "sun"))
FEED = "https://a.example/feed"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Heard(HeardProgress):
    troubles: list[FactcheckError] = field(default_factory=list)

    def hindered(self, error: FactcheckError) -> None:
        self.troubles.append(error)


def listing(*entries: Listed | str, kind: ListingKind = ListingKind.FEED, source: str = FEED) -> Listing:
    return Listing(source, kind, tuple(Listed(one) if isinstance(one, str) else one for one in entries))


@dataclass
class Bench:
    """A desk whose sources are three pages and a feed of them."""

    ledger: Ledger
    clock: Clock
    visits: FakeVisits = field(default_factory=FakeVisits)
    heard: Heard = field(default_factory=Heard)
    session: FakeSession = field(
        default_factory=lambda: FakeSession(
            sources={RAIN: "Rain fell.", SNOW: "Snow lay.", SUN: "Sun shone.", FEED: listing(RAIN, SNOW)}, is_open=True
        )
    )

    def read(self, *sources: str, **choice: object) -> list[int]:
        self.session.asked_for.clear()
        reading = ReadSources(self.session, self.heard, self.visits, Choice(**choice))  # type: ignore[arg-type]
        return [*reading.filed(sources, self.ledger, self.clock, lambda: None)]

    @property
    def asked(self) -> list[str]:
        return [address for address, _, _ in self.session.asked_for]


@pytest.fixture
def bench(ledger: Ledger, clock: Clock) -> Bench:
    return Bench(ledger, clock)


def test_listed_pages_are_read_with_manners(bench: Bench) -> None:
    assert bench.read(FEED) == [1, 2]
    assert bench.session.asked_for == [(FEED, None, False), (RAIN, None, True), (SNOW, None, True)]
    assert bench.heard.read_all == [(2, 0, 0, 0)]


def test_page_that_is_in_is_not_fetched_again(bench: Bench) -> None:
    bench.read(FEED)
    bench.session.sources[FEED] = listing(SUN, RAIN, f"{SNOW}?utm_source=rss")

    assert bench.read(FEED) == [1, 2, 3]
    assert bench.asked == [FEED, SUN]


def test_interrupted_batch_goes_on(bench: Bench) -> None:
    reading = ReadSources(bench.session, bench.heard, bench.visits)
    list(islice(reading.filed((FEED,), bench.ledger, bench.clock, lambda: None), 2))  # and then it is killed
    bench.session.sources[FEED] = listing(SNOW, RAIN, SUN)

    assert sorted(bench.read(FEED)) == [1, 2, 3]
    assert RAIN not in bench.asked


def test_page_named_itself_is_fetched(bench: Bench) -> None:
    bench.read(RAIN)

    assert bench.read(RAIN) == [1]
    assert bench.asked == [RAIN]


def test_named_page_is_not_fetched_for_a_listing(bench: Bench) -> None:
    bench.read(RAIN)
    bench.read(FEED)

    assert bench.asked == [FEED, SNOW]


def test_refresh_asks_whether_pages_have_changed(bench: Bench) -> None:
    bench.read(FEED)
    bench.session.sources[SNOW] = "Snow lay on Wednesday."

    assert bench.read(FEED, refresh=True) == [1, 3]
    assert bench.session.asked_for[1:] == [(RAIN, '"10"', True), (SNOW, '"9"', True)]


def test_finished_article_is_not_asked_about_again(bench: Bench) -> None:
    bench.read(FEED)
    extraction = Extraction(bench.ledger, lambda: bench.session.asking, bench.clock, bench.heard, lambda: None)
    list(extraction.of([1], Plan(size=3)))

    assert bench.read(FEED) == [2]


def test_changed_file_is_read_again(bench: Bench) -> None:
    old, new = (Listed("in/a.txt", NOW + timedelta(hours=hours), "/in/a.txt") for hours in (-1, 1))
    bench.session.sources |= {"in": listing(old, kind=ListingKind.FOLDER), "in/a.txt": "Rain fell."}
    bench.read("in")
    bench.read("in")
    assert bench.asked == ["in"]

    bench.session.sources |= {"in": listing(new, kind=ListingKind.FOLDER), "in/a.txt": "Rain fell again."}
    assert bench.read("in") == [2]


def test_file_of_several_articles_is_read_again(bench: Bench) -> None:
    old = Listed("in/a.jsonl", NOW - timedelta(hours=1), "/in/a.jsonl")
    bench.session.sources |= {"in": listing(old, kind=ListingKind.FOLDER), "in/a.jsonl": "Rain fell.\fSnow lay."}

    assert bench.read("in") == bench.read("in") == [1, 2]


def test_failure_is_noted_and_retried(bench: Bench) -> None:
    bench.session.sources[RAIN] = SourceError("no answer")
    assert bench.read(FEED) == [1]
    assert bench.heard.read_all == [(1, 0, 1, 1)]

    bench.session.sources[RAIN] = "Rain fell."
    assert bench.read(unread=True) == [2]
    assert (bench.asked, bench.visits.unread()) == ([RAIN], ())


def test_failed_page_is_read_with_the_next_batch(bench: Bench) -> None:
    bench.session.sources[RAIN] = SourceError("no answer")
    for _ in range(5):
        bench.read(FEED)

    assert bench.asked == [FEED, RAIN]


def test_watched_page_is_tried_three_times(bench: Bench) -> None:
    bench.session.sources[RAIN] = SourceError("no answer")
    tries = 0
    for _ in range(5):
        bench.read(FEED, watches=True)
        tries += RAIN in bench.asked

    assert tries == 3


def test_watched_page_that_was_named_is_asked_for_again(bench: Bench) -> None:
    bench.read(RAIN, watches=True)
    bench.read(RAIN, watches=True)

    assert bench.asked == [RAIN]


@pytest.mark.parametrize(("change", "asked"), [(timedelta(days=3000), [FEED, RAIN]), (-timedelta(days=3000), [FEED])])
def test_watched_page_of_a_listing_is_read_again_once_it_has_changed(
    bench: Bench, change: timedelta, asked: list[str]
) -> None:
    bench.read(FEED, watches=True)
    bench.session.sources[FEED] = listing(Listed(RAIN, NOW + change), SNOW)

    bench.read(FEED, watches=True)

    assert bench.asked == asked


def watched(bench: Bench, *listed: Listed) -> list[str]:
    """What a pass asks for while the feed lists these."""
    bench.session.sources[FEED] = listing(*listed)
    bench.read(FEED, watches=True)
    return [address for address in bench.asked if address != FEED]


HOUR = timedelta(hours=1)


def test_change_that_could_not_be_read_is_tried_again(bench: Bench) -> None:
    watched(bench, Listed(RAIN, NOW - 2 * HOUR))
    bench.session.sources[RAIN] = SourceError("503")
    assert watched(bench, Listed(RAIN, NOW - HOUR)) == [RAIN]
    bench.session.sources[RAIN] = "Rain fell again."

    assert watched(bench, Listed(RAIN, NOW - HOUR)) == [RAIN]
    assert watched(bench, Listed(RAIN, NOW - HOUR)) == []


def test_change_is_tried_three_times_and_kept_as_unread(bench: Bench) -> None:
    watched(bench, Listed(RAIN, NOW - 2 * HOUR))
    bench.session.sources[RAIN] = SourceError("503")
    tries = sum(watched(bench, Listed(RAIN, NOW - HOUR)) == [RAIN] for _ in range(5))
    assert tries == 3
    assert [one.address for one in bench.visits.unread()] == [RAIN]

    bench.session.sources[RAIN] = "Rain fell again."
    assert bench.read(unread=True) == [2]
    assert bench.visits.unread() == ()


def test_change_of_a_moment_before_the_last_look_is_read(bench: Bench) -> None:
    watched(bench, Listed(RAIN, NOW - HOUR))

    assert watched(bench, Listed(RAIN, NOW - timedelta(seconds=1))) == [RAIN]
    assert watched(bench, Listed(RAIN, NOW - timedelta(seconds=1))) == []


def test_day_may_mean_another_change_while_it_lasts(bench: Bench) -> None:
    today, long_ago = NOW.replace(hour=0), NOW.replace(hour=0) - timedelta(days=3)

    for day_told, asked in ((today, [RAIN]), (long_ago, [])):
        watched(bench, Listed(RAIN, day_told, is_day=True))
        assert watched(bench, Listed(RAIN, day_told, is_day=True)) == asked


def test_stamp_of_days_to_come_is_read_once(bench: Bench) -> None:
    to_come = Listed(RAIN, NOW + timedelta(days=9999), is_day=True)
    assert [watched(bench, to_come) for _ in range(3)] == [[RAIN], [], []]

    assert watched(bench, Listed(RAIN, NOW - HOUR)) == [RAIN]


def test_change_that_a_second_listing_tells_of_is_read(bench: Bench) -> None:
    watched(bench, Listed(RAIN, NOW - 2 * HOUR))
    other = "https://a.example/map"
    bench.session.sources[other] = listing(Listed(RAIN, NOW - HOUR), source=other)

    for asked in ([FEED, other, RAIN], [FEED, other], [FEED, other]):
        bench.read(FEED, other, watches=True)
        assert bench.asked == asked


def test_page_that_was_named_keeps_what_its_listing_told(bench: Bench) -> None:
    watched(bench, Listed(RAIN, NOW - HOUR))
    bench.read(RAIN)

    assert watched(bench, Listed(RAIN, NOW - HOUR)) == []
    assert watched(bench, Listed(RAIN, NOW - HOUR / 2)) == [RAIN]


def test_file_that_is_put_back_is_read_again(bench: Bench) -> None:
    new, old = (Listed("in/a.txt", NOW - hours * HOUR, "/in/a.txt") for hours in (1, 2))
    for number, one in enumerate((new, old), 1):
        bench.session.sources |= {
            "in": listing(one, kind=ListingKind.FOLDER),
            "in/a.txt": f"Rain fell{' again' * number}.",
        }
        assert bench.read("in") == ([1] if number == 1 else [2])


def test_page_whose_date_cannot_be_read_is_not_left_out(bench: Bench) -> None:
    bench.session.sources[FEED] = listing(RAIN, Listed(SNOW, day(1), is_unsure=True), Listed(SUN, is_unsure=True))

    assert bench.read(FEED, since=date(2026, 3, 2)) == [1, 2]
    assert bench.heard.listings[0][1:] == (2, 2, 1)


def test_failed_source_that_was_named_is_not_noted(bench: Bench) -> None:
    bench.session.sources[RAIN] = SourceError("no answer")
    bench.read(RAIN)

    assert (len(bench.heard.troubles), bench.visits.kept) == (1, {})


def test_nothing_is_noted_where_nothing_is_filed(bench: Bench) -> None:
    bench.session.sources[RAIN] = SourceError("no answer")
    found = [*ReadSources(bench.session, bench.heard, bench.visits).found((FEED,))]

    assert (len(found), bench.visits.kept) == (1, {})


def test_long_listing_of_strangers_needs_a_limit(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_sources, "MOST", 1)

    assert bench.read(FEED) == []
    assert str(bench.heard.troubles[0]) == f"'{FEED}' lists 2 pages"
    assert bench.read(FEED, limit=2) == [1, 2]


def test_own_list_may_name_a_feed(bench: Bench) -> None:
    bench.session.sources["list.txt"] = listing(SUN, FEED, kind=ListingKind.ADDRESSES, source="list.txt")

    assert bench.read(lists=("list.txt",)) == [1, 2, 3]


def test_feed_in_a_feed_is_not_followed(bench: Bench) -> None:
    outer = "https://b.example/feed"
    bench.session.sources[outer] = listing(FEED, source=outer)

    assert bench.read(outer) == []
    assert "is a feed, and a listing leads to articles only; name it" in str(bench.heard.troubles[0])


def sitemap(name: str, *pages: Listed, kind: ListingKind = ListingKind.SITEMAP) -> Listing:
    return Listing(name, kind, pages)


def day(number: int) -> datetime:
    return datetime(2026, 3, number, tzinfo=UTC)


def index(bench: Bench, months: int) -> str:
    """An index with a sitemap of one page for each of so many days."""
    maps = [Listed(f"https://a.example/map{one}", day(one)) for one in range(1, months + 1)]
    bench.session.sources["index"] = sitemap("index", *maps, kind=ListingKind.SITEMAP_INDEX)
    for one in range(1, months + 1):
        page = f"https://a.example/page{one}"
        bench.session.sources |= {maps[one - 1].address: sitemap("map", Listed(page, day(one))), page: f"Day {one}."}
    return "index"


def test_index_is_read_from_the_newest_on(bench: Bench) -> None:
    bench.read(index(bench, 5), limit=2)

    assert bench.asked == [
        "index", "https://a.example/map5", "https://a.example/map4", "https://a.example/page5", "https://a.example/page4",
    ]  # fmt: skip


def test_old_sitemaps_are_not_opened(bench: Bench) -> None:
    bench.read(index(bench, 5), since=date(2026, 3, 5))

    assert bench.asked == ["index", "https://a.example/map5", "https://a.example/page5"]


def test_index_opens_so_many_sitemaps(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_sources, "_MOST_SITEMAPS", 3)

    bench.read(index(bench, 5))

    assert (bench.heard.listings[0][0].unopened, len(bench.asked)) == (2, 1 + 3 + 3)


def test_index_that_names_itself_ends(bench: Bench) -> None:
    address = "https://a.example/index"
    bench.session.sources[address] = sitemap(address, Listed(address), kind=ListingKind.SITEMAP_INDEX)

    assert bench.read(address) == []
    assert bench.asked == [address, address]


def test_undated_pages_are_counted(bench: Bench) -> None:
    bench.session.sources[FEED] = listing(RAIN, Listed(SNOW, day(2)))

    assert bench.read(FEED, since=date(2026, 3, 1)) == [1]
    assert bench.heard.listings[0][1:] == (1, 1, 1)


def test_visit_keeps_what_the_server_said(bench: Bench) -> None:
    bench.read(FEED)

    assert bench.visits.kept["a.example/rain"] == Visit("a.example/rain", RAIN, NOW, 1, '"10"')
