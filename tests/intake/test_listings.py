"""Feeds, sitemaps, lists, folders and patterns, told by their bytes."""

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factcheck.domain.evidence import Snapshot
from factcheck.domain.listing import Listing, ListingKind
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ParsingLimitError, SourceError
from factcheck.intake import listings
from factcheck.intake.listings import files_of, listing_of, named_in

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>News</title><link>https://news.example/</link>{}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{}</feed>"""
URLSET = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def listed(content: str | bytes, address: str = "https://news.example/feed") -> Listing:
    found = listing_of(Snapshot(content if isinstance(content, bytes) else content.encode(), "", address), address)
    assert found is not None
    return found


def addresses(content: str | bytes) -> list[str]:
    return [one.address for one in listed(content).entries]


def test_rss_lists_its_articles() -> None:
    item = "<item><link>https://news.example/1</link><pubDate>Mon, 02 Mar 2026 01:30:00 +0200</pubDate></item>"

    found = listed(RSS.format(item + "<item><guid>https://news.example/2</guid></item>"))

    assert found.kind is ListingKind.FEED
    assert [(one.address, one.at) for one in found.entries] == [
        ("https://news.example/1", datetime(2026, 3, 1, 23, 30, tzinfo=UTC)),
        ("https://news.example/2", None),
    ]


def test_atom_tells_the_last_change() -> None:
    entry = (
        '<entry><link rel="alternate" href="/1"/><link rel="enclosure" href="/1.mp3"/>'
        "<published>2026-03-01T10:00:00Z</published><updated>2026-03-04T10:00:00Z</updated></entry>"
    )

    [found] = listed(ATOM.format(entry)).entries

    assert (found.address, found.at) == ("https://news.example/1", datetime(2026, 3, 4, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("told", "hour"),
    [
        ("Mon, 30 Nov 2026 18:59:00 CET", 17),
        ("Mon, 30 Nov 2026 18:59:00 CEST", 16),
        ("Mon, 30 Nov 2026 18:59:00 JST", 9),
        ("Mon, 30 Nov 2026 18:59:00 EST", 23),
        ("Mon, 30 Nov 2026 18:59:00 (CET)", 17),
        ("Mon, 30 Nov 2026 18:59:00 GMT+2", 16),
        ("Mon, 30 Nov 2026 18:59:00", 18),
        ("Mo, 30 Nov 2026 18:59:00 +0100", 17),
        ("30.11.2026 18:59", 18),
        ("11/30/2026 18:59:00", 18),
        ("30. November 2026, 18:59 Uhr", 18),
        ("2026-11-30 18:59:00", 18),
    ],
)
def test_date_of_a_feed_is_read_in_its_zone(told: str, hour: int) -> None:
    item = f"<language>de-DE</language><item><link>https://news.example/1</link><pubDate>{told}</pubDate></item>"

    [found] = listed(RSS.format(item)).entries

    assert (found.at, found.is_unsure) == (datetime(2026, 11, 30, hour, 59, tzinfo=UTC), False)


@pytest.mark.parametrize("told", ["30 Nov 2026", "30.11.2026", "2026-11-30"])
def test_day_alone_is_told_for_one(told: str) -> None:
    item = f"<item><link>https://news.example/1</link><pubDate>{told}</pubDate></item>"

    [found] = listed(RSS.format(item)).entries

    assert (found.at, found.is_day, found.is_unsure) == (datetime(2026, 11, 30, tzinfo=UTC), True, False)


@pytest.mark.parametrize(
    "told",
    [
        "Mon, 30 Nov 2026 25:00:00 XYZ", "Mon, 30 Nov 2026 18:59:00 XYZ", "Mon, 30 Nov 2026 18:59:00 IST", "last week",
        "03/04/2026 10:00", "99.99.2026", "31 Dec 9999 23:59:59 -0500", "x" * 5000,
    ],
)  # fmt: skip
def test_date_that_cannot_be_read_loses_no_page(told: str) -> None:
    item = f"<item><link>https://news.example/1</link><pubDate>{told}</pubDate></item>"

    found = listed(RSS.format(item))

    assert found.entries[0].is_unsure
    assert found.chosen(since=date(2099, 1, 1)) == found.entries


def test_many_odd_dates_are_read_in_time() -> None:
    item = "<item><link>https://news.example/{0}</link><pubDate>{0}. Unfug 2026</pubDate></item>"

    found = listed(RSS.format("".join(map(item.format, range(3000)))))

    assert sum(one.is_unsure for one in found.entries) == 3000


def test_rss_of_the_first_kind_is_read() -> None:
    content = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item rdf:about="x"><link>https://news.example/1</link></item></rdf:RDF>'
    )

    assert addresses(content) == ["https://news.example/1"]


def test_feed_of_json_is_read() -> None:
    content = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": "1", "url": '
        '"https://news.example/1", "date_published": "2026-03-01T23:30:00-05:00"}, {"id": "2"}, 3]}'
    )

    found = listed(content)

    assert [(one.address, one.at) for one in found.entries] == [
        ("https://news.example/1", datetime(2026, 3, 2, 4, 30, tzinfo=UTC))
    ]


def test_whole_text_in_a_feed_is_left_there() -> None:
    item = "<item><link>https://news.example/1</link><content:encoded>All of it.</content:encoded></item>"

    assert addresses(RSS.format(item)) == ["https://news.example/1"]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://a:b@news.example/", "ftp://a.example/x"],
)
def test_what_is_no_page_is_passed_over(link: str) -> None:
    found = listed(
        ATOM.format(f'<entry><link href="{link}"/></entry><entry><link href="https://a.example/1"/></entry>')
    )

    assert [one.address for one in found.entries] == ["https://a.example/1"]
    assert (found.passed_over, str(found.example)[:5]) == (1, link[:5])


def test_local_feed_leads_to_no_local_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret.")

    found = listed(RSS.format("<item><link>secret.txt</link></item>"), str(tmp_path / "feed.xml"))

    assert found.entries == ()


def test_entities_are_not_resolved() -> None:
    bomb = "".join(f'<!ENTITY b{one} "{f"&b{one - 1};" * 10}">' for one in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY b0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{bomb}]>'
    item = "<item><title>&b9;</title><link>https://news.example/1&file;</link></item>"

    [address] = addresses(f'<?xml version="1.0"?>{head}{RSS[21:].format(item)}')

    assert address.startswith("https://news.example/1")
    assert "root" not in address


def test_bomb_in_a_sitemap_is_refused() -> None:
    bomb = "".join(f'<!ENTITY b{one} "{f"&b{one - 1};" * 10}">' for one in range(1, 10))
    head = f'<!DOCTYPE urlset [<!ENTITY b0 "ha">{bomb}]>'

    with pytest.raises(SourceError, match="is a broken sitemap: Maximum entity amplification factor exceeded"):
        listed(f"{head}{URLSET[21:].format('<url><loc>https://a.example/&b9;</loc></url>')}")


def test_feed_without_end_is_bounded() -> None:
    many = RSS.format("<item><link>https://news.example/1</link></item>" * 60_000)

    with pytest.raises(ParsingLimitError, match="feed' cannot be read: it takes longer than 1 s"):
        listing_of(Snapshot(many.encode(), ""), "feed", ParsingLimits(seconds=1))


def test_broken_feed_is_told() -> None:
    with pytest.raises(SourceError, match=r"/feed' is a broken feed: .*; name its articles"):
        listed("<?xml version='1.0'?><rss version='2.0'><channel><item><lin")


def test_sitemap_lists_its_pages() -> None:
    page = "<url><loc> https://news.example/{} </loc><lastmod>{}</lastmod></url>"

    found = listed(URLSET.format(page.format(1, "2026-03-02") + page.format(2, "2026-03-01T23:30:00-05:00")))

    assert found.kind is ListingKind.SITEMAP
    assert [(one.address, one.at) for one in found.entries] == [
        ("https://news.example/1", datetime(2026, 3, 2, tzinfo=UTC)),
        ("https://news.example/2", datetime(2026, 3, 2, 4, 30, tzinfo=UTC)),
    ]


def test_packed_sitemap_is_unpacked() -> None:
    content = gzip.compress(URLSET.format("<url><loc>https://news.example/1</loc></url>").encode())

    assert addresses(content) == ["https://news.example/1"]


def test_packed_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MAX_UNPACKED", 1000)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as out:
        out.write(b'<?xml version="1.0"?><urlset>')
        for _ in range(60):
            out.write(bytes(1_000_000).replace(b"\0", b" "))

    with pytest.raises(SourceError, match="is larger than 50,000,000 bytes unpacked; name its articles"):
        listed(packed.getvalue())


def test_index_names_its_sitemaps() -> None:
    content = "<sitemapindex><sitemap><loc>https://news.example/a.xml.gz</loc></sitemap></sitemapindex>"

    found = listed(content)

    assert (found.kind, found.entries[0].address) == (ListingKind.SITEMAP_INDEX, "https://news.example/a.xml.gz")


def test_sitemap_of_plain_lines_is_a_list() -> None:
    found = listed("https://news.example/1\r\nhttps://news.example/2\r\n")

    assert (found.kind, len(found.entries)) == (ListingKind.ADDRESSES, 2)


@pytest.mark.parametrize(
    "content", [b"<html><p>https://a.example/", b"See https://a.example/1 for more.", b"", b"\x1f\x8bx"]
)
def test_article_is_no_listing(content: bytes) -> None:
    assert listing_of(Snapshot(content, ""), "a.txt") is None


def test_folder_lists_its_articles(folder: Path) -> None:
    for name in ("b.md", "a/c.TXT", "a/page_files/ad.html", ".git/x.txt", "a/style.css"):
        path = folder / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.")
    (folder / "all" / "loop").symlink_to(folder / "all")

    found = files_of("all")

    assert found is not None
    assert [one.address for one in found.entries] == ["all/a/c.TXT", "all/b.md"]
    assert (found.passed_over, found.example) == (1, "all/a/style.css")
    assert found.entries[0].key == f"file:{folder / 'all/a/c.TXT'}"


def test_pattern_names_files(folder: Path) -> None:
    (folder / "in").mkdir()
    for name in ("in/a.md", "b.md", "c.txt"):
        (folder / name).write_text("Words.")

    found = files_of("**/*.md")

    assert found is not None
    assert [one.address for one in found.entries] == ["b.md", "in/a.md"]


def test_file_with_brackets_is_itself(folder: Path) -> None:
    (folder / "a[1].txt").write_text("Words.")

    assert files_of("a[1].txt") is None


@pytest.mark.parametrize(("source", "why"), [("none/*.md", "fits no file"), ("empty", "holds no file of a kind")])
def test_nothing_to_read_is_told(folder: Path, source: str, why: str) -> None:
    (folder / "empty").mkdir()

    with pytest.raises(SourceError, match=f"'{source.replace('*', '.')}' {why}"):
        files_of(source)


def test_list_may_hold_remarks() -> None:
    found = named_in(b"\xef\xbb\xbf# ours\n\n https://a.example/1 \nhttps://a.example/2", "list.txt")

    assert [one.address for one in found.entries] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize("line", ["/etc/passwd", "file:///etc/passwd", "a.example/1", "https://a.example/1 and more"])
def test_list_of_anything_else_is_refused(line: str) -> None:
    with pytest.raises(SourceError, match=f"'list.txt' has '{line}' in line 2, which is not a web address"):
        named_in(f"https://a.example/\n{line}".encode(), "list.txt")


def test_sitemap_of_news_tells_when_its_pages_were_published() -> None:
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    told = "<news:news><news:publication_date>2024-05-06T10:00:00+02:00</news:publication_date></news:news>"
    page, changed = "<loc>https://example.org/a</loc>", "<lastmod>2024-05-07</lastmod>"
    for inside, day in ((page + told, 6), (page + told + changed, 7)):
        content = URLSET.format(f"<url {news}>{inside}</url>").encode()
        found = listing_of(Snapshot(content, "application/xml", url="https://example.org/s.xml"), "s.xml")
        assert found is not None
        assert [one.at and one.at.day for one in found.entries] == [day]
