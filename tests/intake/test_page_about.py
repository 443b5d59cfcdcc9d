"""What a page says of itself: its own address, its publisher, its subtitle, the day of its last change."""

from datetime import UTC, date, datetime

import pytest

from factcheck.domain.article import Article
from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://www.example.org/news/talks"
SAID = "".join(f"<p>Ana Silva met {day} nurses in Lisbon on day {day}.</p>" for day in range(9))
BODY = f"<h1>Talks in Lisbon</h1>{SAID}"


def read(head: str = "", body: str = "", url: str | None = URL) -> Article:
    page = f"<html><head><title>Talks in Lisbon</title>{head}</head><body><article>{body}{BODY}</article></body></html>"
    return article_from_html(page.encode(), url, NOW)


def linked(told: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {told}}}</script>'


def test_silent_page_says_nothing() -> None:
    found = read()

    assert (found.canonical_url, found.publisher, found.subtitle, found.modified) == (None, None, None, None)


@pytest.mark.parametrize(
    ("href", "own"),
    [
        ("https://example.org/news/talks?id=1&utm_source=x", "https://example.org/news/talks?id=1"),
        ("/2026/talks", "https://www.example.org/2026/talks"),
        ("https://other.example/news/talks", None),
        ("https://www.example.org/", None),
        ("javascript:alert(1)", None),
        ("https://[", None),
    ],
)
def test_own_address_is_of_its_host(href: str, own: str | None) -> None:
    assert read(f'<link rel="Canonical" href="{href}">').canonical_url == own


def test_address_for_machines_is_second() -> None:
    told = f'<meta property="og:url" content="{URL}?fbclid=1">'

    assert read(told).canonical_url == URL
    assert read(told + '<link rel="canonical" href="/a">').canonical_url == "https://www.example.org/a"


def test_publisher_is_the_one_of_machines() -> None:
    site = '<meta property="og:site_name" content="The  Example">'
    media = linked('"publisher": {"@type": "Organization", "name": "Example Media"}')

    assert read(site).publisher == "The Example"
    assert read(site + media).publisher == "Example Media"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked('"alternativeHeadline": "The nurses ask for &amp; get higher wages"'), ""),
        ("", '<p class="article__standfirst">The nurses ask for &amp; get <b>higher</b> wages</p>'),
        ("", '<h2 itemprop="alternativeHeadline">The nurses ask for &amp; get higher wages</h2>'),
    ],
)
def test_subtitle_stands_under_the_headline(head: str, body: str) -> None:
    assert read(head, body).subtitle == "The nurses ask for & get higher wages"


def test_headline_is_no_subtitle() -> None:
    assert read(linked('"alternativeHeadline": "Talks in  Lisbon"'), '<p class="dek">Short.</p>').subtitle is None


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (linked('"dateModified": "2026-02-27T23:10:00+01:00"'), date(2026, 2, 27)),
        ('<meta property="article:modified_time" content="2026-02-26">', date(2026, 2, 26)),
        (linked('"dateModified": "tomorrow"'), None),
        (linked('"dateModified": "2036-02-27"'), None),
    ],
)
def test_day_of_the_last_change(told: str, day: date | None) -> None:
    assert read(told).modified == day
