"""Which of the stories that a page tells machines of is its own, and what is told of others."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factcheck.domain.article import Article
from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINES = [f"Paragraph {at} says that the dam, which was built in 1931, had held and would hold." for at in range(8)]
OTHER = {
    "@type": "NewsArticle",
    "headline": "Ferry sinks in Hull",
    "author": {"@type": "Person", "name": "Ben Okoro"},
    "datePublished": "2020-01-01",
}
URL = "https://a.example/river"


def read(told: Any, head: str = "", url: str | None = None) -> Article:
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    body = "".join(f"<p>{one}</p>" for one in LINES)
    page = (
        f"<!doctype html><html lang=en><head><title>River rises</title>{head}{script}</head><body><article>"
        f"<h1>River rises</h1><p class=byline>By Ana Lopez</p>{body}</article></body></html>"
    )
    return article_from_html(page.encode(), url, NOW)


@pytest.mark.parametrize(
    "told",
    [
        {"@type": "ItemList", "itemListElement": [OTHER]},
        {"@type": "NewsArticle", "headline": "River rises", "isBasedOn": OTHER},
        {"@type": "NewsArticle", "headline": "River rises", "about": [OTHER], "mentions": OTHER},
        {"@type": "WebPage", "subjectOf": OTHER, "workExample": OTHER},
        {"@graph": [{"@type": "WebPage", "name": "River rises"}, OTHER | {"url": "https://a.example/ferry"}]},
        [OTHER | {"mainEntityOfPage": {"@id": "https://a.example/ferry"}}],
        {"@type": "Organization", "name": "A", "datePublished": "2020-01-01"},
        {"@type": "VideoObject", "name": "V", "datePublished": "2020-01-01"},
        {
            "@type": "LiveBlogPosting",
            "headline": "River rises",
            "liveBlogUpdate": [OTHER | {"articleBody": "It sank."}],
        },
    ],
)
@pytest.mark.parametrize("url", [None, URL])
def test_what_is_told_of_another_story_is_not_the_page_s(told: Any, url: str | None) -> None:
    article = read(told, url=url)
    assert (article.title, article.authors, article.published) == ("River rises", ("Ana Lopez",), None)


@pytest.mark.parametrize(
    ("own", "url"),
    [
        ({"headline": "River rises"}, None),
        ({"headline": "Why it was the wettest night", "url": URL}, URL),
        ({"headline": "Why it was the wettest night"}, URL),
        ({"headline": "River rises", "url": "https://b.example/syndicated"}, URL),
    ],
)
def test_story_of_the_page_is_known_by_headline_or_address(own: dict[str, str], url: str | None) -> None:
    about = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Cy Fox"}, "datePublished": "2025-05-05"}
    article = read([OTHER | {"url": "https://a.example/ferry"}, own | about], url=url)
    assert (article.authors, article.published) == (("Cy Fox",), date(2025, 5, 5))


def test_address_of_a_page_may_be_its_canonical_one() -> None:
    own = OTHER | {"headline": "Why it was the wettest night", "url": URL}
    assert read(own, f"<link rel=canonical href='{URL}/'>").authors == ("Ben Okoro",)


def test_day_of_the_page_itself_counts() -> None:
    assert read({"@type": "WebPage", "datePublished": "2025-05-05"}).published == date(2025, 5, 5)
