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


CONSENT = (
    "We and our 842 partners store and access information on your device, such as cookies, and process personal data, "
    "such as unique identifiers, for personalised ads and content, their measurement and the research of audiences. "
    "With your permission we and our partners may use precise geolocation data and identify you by device scanning. "
    "You may click to consent to what we and our partners do with it as described above, or refuse it all."
)
EINWILLIGUNG = (
    "Wir und unsere 842 Partner speichern Informationen auf Ihrem Gerät und rufen sie ab, zum Beispiel Cookies, um "
    "personalisierte Anzeigen zu zeigen und zu messen, wer sie sieht. Dafür brauchen wir Ihre Einwilligung, die Sie "
    "jederzeit widerrufen können. Manche unserer Partner stützen sich auf ihr berechtigtes Interesse, dem Sie "
    "widersprechen können. Ohne sie lesen Sie die Seite mit einem Abonnement, das es für vier Euro im Monat gibt."
)


@pytest.mark.parametrize(
    ("body", "told", "stub"),
    [
        (article(LINES[:2]), None, "no article, it has 34 words"),
        (
            "<h1>Just a moment...</h1><p>Verify that you are human by completing the action below.</p>",
            None,
            "a check against robots, not the article",
        ),
        (article([CONSENT]), None, "a question about cookies, not the article"),
        (article([EINWILLIGUNG]), None, "a question about cookies, not the article"),
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
        (article([*LINES, CONSENT]), None),
        (article([f"{one} He values the privacy of our partners in town." for one in LINES]), None),
        (article(LINES[:6], "<div>To continue reading other stories, subscribe.</div>"), None),
        (article(LINES), {"@type": "NewsArticle", "isAccessibleForFree": False}),
        (article(LINES, f"<section>{''.join(map(post, range(3)))}</section>"), None),
        (article([*LINES, "The site asked whether she was a robot, by a captcha."]), None),
    ],
)
def test_page_that_may_be_an_article_is_no_stub(body: str, told: Any) -> None:
    assert stub_of(body, told) is None
