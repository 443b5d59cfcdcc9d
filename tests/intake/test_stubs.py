"""Pages that are no whole article are told as what they are."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINES = [f"In paragraph {at} the mayor says that the old dam, which was built in 1931, had held." for at in range(12)]


def stub_of(body: str, told: Any = None) -> str | None:
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>" if told else ""
    page = f"<!doctype html><html lang=en><head><title>River</title>{script}</head><body>{body}</body></html>"
    return article_from_html(page.encode(), "https://www.example.org/river", NOW).stub


def article(lines: list[str], more: str = "") -> str:
    return f"<article><h1>River rises</h1>{''.join(f'<p>{one}</p>' for one in lines)}</article>{more}"


def post(at: int) -> str:
    text = f"<p>{LINES[at]}</p><p>{LINES[at + 6]}</p>"
    return f"<article class=post><h2><a href='/post-{at}'>Dam number {at}</a></h2>{text}</article>"


@pytest.mark.parametrize(
    ("body", "told", "stub"),
    [
        (article(LINES[:2]), None, "no article, it has 34 words"),
        (
            "<h1>Just a moment...</h1><p>Verify that you are human by completing the action below.</p>",
            None,
            "a check against robots, not the article",
        ),
        (
            article(LINES[:6], "<div>To continue reading, log in.</div>"),
            {"@type": "NewsArticle", "isAccessibleForFree": False},
            "the beginning of an article that is sold, of 102 words",
        ),
        (
            article(LINES[:6]),
            {"@type": "NewsArticle", "isAccessibleForFree": "False", "wordCount": 900},
            "the beginning of an article that is sold, of 102 words",
        ),
        (f"<main>{''.join(map(post, range(6)))}</main>", None, "a list of 6 posts, not one article"),
    ],
)
def test_page_that_is_no_whole_article_is_told(body: str, told: Any, stub: str) -> None:
    assert stub_of(body, told) == stub


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (article(LINES), None),
        (article(LINES[:6], "<div>To continue reading other stories, subscribe.</div>"), None),
        (article(LINES), {"@type": "NewsArticle", "isAccessibleForFree": False}),
        (article(LINES, f"<section>{''.join(map(post, range(3)))}</section>"), None),
        (article([*LINES, "The site asked whether she was a robot, by a captcha."]), None),
    ],
)
def test_page_that_may_be_an_article_is_no_stub(body: str, told: Any) -> None:
    assert stub_of(body, told) is None
