"""The day that a page says it was published on."""

import json
from datetime import UTC, date, datetime

import pytest

from factcheck.intake.dates_in_text import day_in
from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = date(2024, 5, 6)
REST = "".join(
    f"<p>Paragraph {number} says that the dam, which was built in 1931, had held and would go on holding.</p>"
    for number in ("one", "two", "three", "four")
)


def day_of(body: str = "", head: str = "", url: str | None = None, language: str = "en-GB") -> date | None:
    """The day of a page with this under its headline."""
    inside = f"<article><h1>River rises</h1>{body}{REST}</article>"
    page = f"<!doctype html><html lang={language}><head>{head}</head><body>{inside}</body></html>"
    return article_from_html(page.encode(), url, NOW).published


@pytest.mark.parametrize(
    "words",
    [
        "In 2019 the river carried half of that.",
        "The first survey was made in 2003 and the last in 2011.",
        "Room 2014 is closed.",
        "It carried 2,019 cars a day.",
        "On 6 May 2024 the river rose over the old town, and it fell again on the next day, when the mayor came home.",
    ],
)
def test_date_in_a_sentence_is_none(words: str) -> None:
    assert day_of(f"<p>{words}</p>") is None


@pytest.mark.parametrize(
    "told",
    [
        "<table><tr><th>Day<th>Dead<tr><td>6 May 2024<td>5</table>",
        "<p><strong>6 May 2024</strong></p><p>The dam is built.</p><p><strong>7 May 2024</strong></p><p>It holds.</p>",
        "<ul><li>6 May 2024</li><li>7 May 2024</li></ul>",
        "<p>The festival takes place here:</p><p>6 May 2024</p>",
        "<ol><li class=timeline><time>6 May 2024</time> The dam is built.<li><time>7 May 2024</time> It holds.</ol>",
    ],
)
def test_days_within_the_text_are_not_the_page_s(told: str) -> None:
    assert day_of(f"{REST}{told}") is None


def test_day_of_a_picture_is_not_the_page_s() -> None:
    picture = "<figure><img src=a><figcaption>The dam.</figcaption><small>6 May 2024</small></figure>"
    assert day_of(picture) is None


@pytest.mark.parametrize("words", ["<p>Published: 6 May 2024</p>", "<div class=meta><time>6 May 2024</time></div>"])
def test_day_of_the_page_may_stand_behind_the_text(words: str) -> None:
    assert day_of(f"{REST}{words}") == DAY


@pytest.mark.parametrize(
    "words",
    [
        "Updated 9 May 2024<br>Published 6 May 2024",
        "Published 6 May 2024 · Updated 9 May 2024",
        "Updated: <time>9 May 2024</time> Published: <time>6 May 2024</time>",
        "<span>Aktualisiert am 9. Mai 2024</span> <span>Veröffentlicht am 6. Mai 2024</span>",
    ],
)
def test_day_of_publication_goes_before_that_of_a_change(words: str) -> None:
    assert day_of(f"<p class=meta>{words}</p>") == DAY


def test_year_of_copyright_is_none() -> None:
    assert day_of("<footer>Copyright 2013 The Daily Stand-in</footer>") is None


@pytest.mark.parametrize(
    "body",
    [
        "<time datetime='2024-05-06T23:30:00-05:00'>last night</time>",
        "<p class=byline>By Ada Example, 6 May 2024</p>",
        "<p>Published: May 6th, 2024</p>",
        "<div class=meta><span class=date>06.05.2024</span></div>",
        "<span itemprop=datePublished content='2024-05-06'></span>",
        "<p class=date>Updated: 9 May 2024</p><p class=date>Published: 6 May 2024</p>",
    ],
)
def test_byline_tells_the_day(body: str) -> None:
    assert day_of(body) == DAY


def test_linked_data_of_article_goes_before_that_of_others() -> None:
    other = {"@type": "WebPage", "datePublished": "2020-01-01"}
    article = {"@type": "NewsArticle", "datePublished": "2024-05-06T22:00:00+02:00", "dateModified": "2024-05-09"}
    script = f"<script type=application/ld+json>{json.dumps({'@graph': [other, article]})}</script>"
    assert day_of(head=script + "<meta name=date content=2019-01-01>") == DAY


def test_linked_data_in_hidden_box_is_read() -> None:
    script = '<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-05-06"}</script>'
    assert day_of(f"<div hidden>{script}</div>") == DAY


def test_meta_element_tells_the_day() -> None:
    assert day_of(head="<meta property='article:published_time' content='2024-05-06T07:08:09Z'>") == DAY


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Erstellt am: 06.05.2024", DAY),
        ("Erstellt am: 05.06.2024", date(2024, 6, 5)),
        ("Geändert am: 01.07.2024", date(2024, 6, 5)),
    ],
)
def test_order_of_a_machines_numbers_is_that_of_the_day_that_people_read(line: str, day: date) -> None:
    assert (
        day_of(f"<p class=date>{line}</p>", head="<meta name=date content='05/06/2024 12:43:42'>", language="de") == day
    )


def test_folder_of_address_is_the_day() -> None:
    head = "<meta property='article:published_time' content='2024-05-07T03:08:09Z'>"
    assert day_of(head=head, url="https://example.org/2024/05/06/river/") == DAY


def test_future_day_is_not_believed() -> None:
    assert day_of(head="<meta name=date content=2031-01-01>") is None


@pytest.mark.parametrize(
    "body",
    [
        "<aside><time datetime='2024-05-06'>6 May</time></aside>",
        "<div class=related><p class=date>6 May 2024</p></div>",
    ],
)
def test_day_of_another_story_is_none(body: str) -> None:
    assert day_of(body) is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("6. Mai 2024, 17:03 Uhr", "de", DAY),
        ("Lundi 6 mai 2024", "fr", DAY),
        ("6 de mayo de 2024", "es", DAY),
        ("Mon, 6 May 2024 19:18:00 +0200", None, DAY),
        ("2024年5月6日", "ja", DAY),
        ("20240506T0708", None, DAY),
        ("05/06/2024", "en-US", DAY),
        ("06/05/2024", "en-GB", DAY),
        ("06/05/2024", "en", None),
        ("30/05/2024", None, date(2024, 5, 30)),
        ("31 April 2024", "en", None),
        ("5 of 6 in 2024", "en", None),
    ],
)
def test_days_are_read_in_many_languages(text: str, language: str | None, day: date | None) -> None:
    assert day_in(text, language) == day


@pytest.mark.parametrize(
    "history",
    [
        "<ul><li>Received: 3 May 2022</li><li>Accepted: 16 December 2022</li><li>Published: 6 May 2024</li></ul>",
        "<p>Received 3 May 2022 / Accepted 16 December 2022 / Published 6 May 2024</p>",
        "<p>Received <span class=date>3 May 2022</span>, published <span class=date>6 May 2024</span></p>",
        "<p>Eingegangen: 3. Mai 2022, veröffentlicht: 6. Mai 2024</p>",
    ],
)
def test_day_on_which_a_journal_received_it_is_none(history: str) -> None:
    assert day_of(history) == DAY
    assert day_of("<p>Received: 3 May 2022</p>") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("06-May-2024", "en"), ("2024. május 6.", "hu"), ("2024 m. gegužės 6 d.", "lt"), ("6 May-2024", "en")],
)
def test_days_in_words_are_written_with_hyphens_or_the_year_first(text: str, language: str) -> None:
    assert day_in(text, language) == DAY


def test_year_first_is_no_day_where_nobody_writes_so() -> None:
    assert day_in("It was so in 2024. May 6 people know it?", "en") is None
