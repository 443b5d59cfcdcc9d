"""Which pages of a listing are chosen."""

from datetime import UTC, date, datetime

from factcheck.domain.listing import Listed, Listing, ListingKind, pages_of


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 23, 30, tzinfo=UTC)


def listing(*entries: Listed, kind: ListingKind = ListingKind.FEED) -> Listing:
    return Listing("feed", kind, entries)


OLD, NEW, UNDATED = (
    Listed("https://a.example/old", day(1)),
    Listed("https://a.example/new", day(9)),
    Listed("https://a.example/undated"),
)


def test_newest_pages_come_first() -> None:
    assert listing(OLD, UNDATED, NEW).chosen() == (NEW, OLD, UNDATED)


def test_limit_keeps_the_newest() -> None:
    assert listing(OLD, UNDATED, NEW).chosen(limit=1) == (NEW,)


def test_since_leaves_undated_pages_out() -> None:
    assert listing(OLD, UNDATED, NEW).chosen(since=date(2026, 3, 9)) == (NEW,)


def test_order_stands_where_no_day_is_told() -> None:
    pages = [Listed(f"https://a.example/{number}") for number in (3, 1, 2)]

    assert listing(*pages).chosen(limit=2) == (pages[0], pages[1])


def test_page_that_is_listed_twice_counts_once() -> None:
    tracked = Listed("http://www.a.example/new/?utm_source=rss")

    assert listing(NEW, tracked, OLD).chosen() == (NEW, OLD)


def test_latest_entry_of_a_page_counts() -> None:
    older, undated = (Listed(f"{NEW.address}?utm_source=rss", at) for at in (day(1), None))

    assert listing(older, OLD, undated, NEW).chosen() == (NEW, OLD)
    assert listing(undated, older).chosen() == (older,)


def test_newest_files_keep_their_order() -> None:
    first, last = Listed("a.txt", day(2), "/a.txt"), Listed("b.txt", day(8), "/b.txt")
    middle = Listed("ab.txt", day(1), "/ab.txt")

    assert listing(first, middle, last, kind=ListingKind.FOLDER).chosen(limit=2) == (first, last)


def test_endless_address_is_passed_over() -> None:
    endless = f"https://a.example/{'a' * 3000}"

    assert pages_of([Listed(endless), OLD]) == ((OLD,), 1, endless[:80])
