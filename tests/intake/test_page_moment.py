"""The moment that a page says it was published at, with its zone."""

import json
from datetime import UTC, date, datetime

import pytest

from factcheck.domain.article import Article
from factcheck.intake.html import article_from_html, read_html
from factcheck.intake.moments_in_text import moment_in

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REST = "".join(
    f"<p>Paragraph {number} says that the dam, which was built in 1931, had held and would go on holding.</p>"
    for number in ("one", "two", "three", "four")
)
ZONED = "2024-05-06T23:30:00-05:00"


def page_of(body: str = "", head: str = "", **linked: str) -> bytes:
    """A page with this under its headline, and JSON-LD of its article."""
    script = f"<script type=application/ld+json>{json.dumps({'@type': 'NewsArticle', **linked})}</script>"
    inside = f"<article><h1>River rises</h1>{body}{REST}</article>"
    return f"<!doctype html><html lang=en-GB><head>{head}{script}</head><body>{inside}</body></html>".encode()


def told(page: bytes, url: str | None = None) -> tuple[str, str | None]:
    """The day and the moment of a page, as ISO 8601."""
    article = article_from_html(page, url, NOW)
    assert article.published is not None
    at = article.published_at
    return article.published.isoformat(), at.isoformat() if at else None


@pytest.mark.parametrize(
    "page",
    [
        page_of(datePublished=ZONED),
        page_of(head=f"<meta property='article:published_time' content='{ZONED}'>"),
        page_of(f"<span itemprop=datePublished content='{ZONED}'></span>"),
        page_of(f"<time datetime='{ZONED}'>last night</time>"),
        page_of(f"<span class=posted><time datetime='{ZONED}'>6 May 2024</time></span>"),
        page_of("<p class=byline>By Ada Example, 6 May 2024, 11:30 pm CDT</p>"),
    ],
    ids=["JSON-LD", "meta", "microdata", "time", "time in a box", "byline"],
)
def test_moment_keeps_its_zone(page: bytes) -> None:
    assert told(page) == ("2024-05-06", ZONED)


def test_moment_without_zone_is_given_none() -> None:
    assert told(page_of("<p class=date>6 May 2024, 17:03</p>")) == ("2024-05-06", "2024-05-06T17:03:00")


def test_day_has_no_moment() -> None:
    assert told(page_of(datePublished="2024-05-06")) == ("2024-05-06", None)


@pytest.mark.parametrize("day", ["2024-05-06", "2024-05-06T17:03:00"])
def test_zone_is_taken_from_where_it_stands(day: str) -> None:
    head = "<meta property='article:published_time' content='2024-05-06T17:03:00+02:00'>"
    assert told(page_of(head=head, datePublished=day)) == ("2024-05-06", "2024-05-06T17:03:00+02:00")


def test_byline_fills_in_the_time() -> None:
    body = "<p class=byline>6 May 2024, 17:03 BST</p>"
    assert told(page_of(body, datePublished="2024-05-06")) == ("2024-05-06", "2024-05-06T17:03:00+01:00")


def test_time_of_a_change_is_not_that_of_publication() -> None:
    body = "<p class=date>Updated: 6 May 2024, 17:03</p>"
    assert told(page_of(body, datePublished="2024-05-06")) == ("2024-05-06", None)


def test_time_of_another_day_is_not_taken() -> None:
    head = "<meta name=date content='2024-05-09T07:08:09Z'>"
    assert told(page_of(head=head, datePublished="2024-05-06")) == ("2024-05-06", None)


def test_day_of_address_keeps_the_moment_of_another_zone() -> None:
    page = page_of(datePublished="2024-05-07T03:08:09Z")
    assert told(page, "https://example.org/2024/05/06/river/") == ("2024-05-06", "2024-05-07T03:08:09+00:00")


def test_no_zone_has_that_day() -> None:
    page = page_of(datePublished="2024-05-07T13:08:09Z")
    assert told(page, "https://example.org/2024/05/06/river/") == ("2024-05-06", None)


def test_evidence_names_the_day() -> None:
    assert read_html(page_of(datePublished=ZONED), None).published == "2024-05-06"


@pytest.mark.parametrize(
    ("published_at", "told"), [(None, date(2024, 5, 6)), (datetime(2024, 5, 6, tzinfo=UTC), NOW.replace(2024, 5, 6, 0))]
)
def test_article_is_dated_as_exactly_as_known(published_at: datetime | None, told: date) -> None:
    article = Article("The dam held.", NOW, published=date(2024, 5, 6), published_at=published_at)
    assert article.published_as == told


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-06T07:08:09.123456+0530", "2024-05-06T07:08:09+05:30"),
        ("2024-05-06T07:08:09 +0000", "2024-05-06T07:08:09+00:00"),
        ("2024-10-16T00:00:00+08", "2024-10-16T00:00:00+08:00"),
        ("20240506T070809Z", "2024-05-06T07:08:09+00:00"),
        ("Mon, 6 May 2024 19:18:00 +0200", "2024-05-06T19:18:00+02:00"),
        ("Mon May 06 2024 19:18:00 GMT+0200 (CEST)", "2024-05-06T19:18:00+02:00"),
        ("6. Mai 2024, 17.03 Uhr", "2024-05-06T17:03:00"),
        ("06.05.2024 - 17:03 MESZ", "2024-05-06T17:03:00+02:00"),
        ("6 mai 2024 à 17h03", "2024-05-06T17:03:00"),
        ("May 6, 2024 at 5:03 p.m. EDT", "2024-05-06T17:03:00-04:00"),
        ("5:03 PM EDT, Mon May 6, 2024", "2024-05-06T17:03:00-04:00"),
        ("6 May 2024 12am", "2024-05-06T00:00:00"),
        ("6 May 2024 17:03 IST", "2024-05-06T17:03:00"),
        ("6 May 2024", None),
        ("6 May 2024 13 pm", None),
        ("6 May 2024 25:00", None),
        ("6 May 2024 10:00+99:00", None),
        ("6 May 2024, 3 cars", None),
        ("06.05.2024 17.03", None),
        ("Published: 6 May 2024 | Updated: 9 May 2024 17:03", None),
        ("6 May 2024, updated 17:03", None),
        ("17:03", None),
    ],
)
def test_moments_are_read_in_many_forms(text: str, moment: str | None) -> None:
    found = moment_in(text)
    assert (found and found.isoformat()) == moment
