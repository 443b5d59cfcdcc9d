"""The title and the authors of a page."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from factcheck.domain.article import Article
from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REST = "".join(
    f"<p>Paragraph {number} says that the dam, which was built in 1931, had held and would go on holding.</p>"
    for number in ("one", "two", "three", "four")
)


def read(title: str, h1: str = "", head: str = "", told: dict[str, Any] | None = None) -> Article:
    """The article of a page with this title and headline, which tells machines this."""
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>" if told else ""
    heads = f"<title>{title}</title><meta property='og:title' content='{title}'>{head}{script}"
    body = f"<article>{f'<h1>{h1}</h1>' if h1 else ''}{REST}</article>"
    page = f"<!doctype html><html><head>{heads}</head><body>{body}</body></html>"
    return article_from_html(page.encode(), "https://www.example.org/river", NOW)


@pytest.mark.parametrize("suffix", [" | The Daily Stand-in", " - The Daily Stand-in", " * Stand-in * by Ada Example"])
def test_headline_of_page_cuts_the_site_off(suffix: str) -> None:
    assert read(f"River rises by two metres{suffix}", "River rises by two metres").title == "River rises by two metres"


def test_name_of_site_is_cut_without_headline() -> None:
    site = "<meta property='og:site_name' content='The Daily Stand-in'>"
    assert read("River rises by two metres | Daily Stand-in", head=site).title == "River rises by two metres"


@pytest.mark.parametrize("title", ["BUDGET 3.0 | The river rises again", "River rises - and nobody knows why"])
def test_joint_within_headline_stays(title: str) -> None:
    assert read(title, title).title == title


@pytest.mark.parametrize("tab", ["River rises by two metres | Stand-in", "www.example.org: River rises by two metres"])
def test_heading_that_the_tab_names_is_the_title(tab: str) -> None:
    page = f"<title>{tab}</title></head><body><h1>Navigation and service</h1>"
    page += f"<article><h1>River rises by two metres</h1>{REST}</article>"
    assert article_from_html(page.encode(), "https://www.example.org/river", NOW).title == "River rises by two metres"


def test_headline_stands_once() -> None:
    assert read("River rises by two metres", "River Rises By Two Metres!").text.casefold().count("river rises") == 1


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (
            [{"@type": "Organization", "name": "Stand-in"}, {"@type": "Person", "name": "By Ada Example"}],
            ("Ada Example",),
        ),
        ({"@type": "Person", "name": "Ada Example and Bob Sample"}, ("Ada Example", "Bob Sample")),
        ([{"@type": "Person", "name": "Ada Example"}, {"@type": "Person", "name": "Ada-Example"}], ("Ada Example",)),
        ({"@type": "Person", "name": "Ada Example (aex)"}, ("Ada Example",)),
        ({"@type": "Person", "name": "admin"}, ()),
        ({"@type": "Organization", "name": "News Agency"}, ("News Agency",)),
    ],
)
def test_authors_are_persons(author: object, names: tuple[str, ...]) -> None:
    assert read("River rises", told={"@type": "NewsArticle", "author": author}).authors == names


def with_tab(tab: str, shown: str, headline: str, meta: str = "") -> Article:
    """The article of a page that says one thing in the browser's tab, shows another, and tells machines a headline."""
    script = f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': headline})}</script>"
    heads = f"<title>{tab}</title><meta property='og:title' content='{shown}'>{meta}{script}"
    body = f"<article><h1>{shown}</h1>{REST}</article>"
    page = f"<!doctype html><html><head>{heads}</head><body>{body}</body></html>"
    return article_from_html(page.encode(), "https://www.daily-stand-in.example/river", NOW)


def test_title_is_what_tab_and_machines_agree_on() -> None:
    article = with_tab(
        "Dam holds as river rises | Stand-in", "River up by two metres tonight", "Dam holds as river rises"
    )
    assert article.title == "Dam holds as river rises"
    assert article.text.startswith("River up by two metres tonight\n\nParagraph one")  # as its readers see it


def test_tab_with_more_than_the_headline_is_not_the_title() -> None:
    long = "River up by two metres tonight » News - Stories and more"
    assert with_tab(long, "River up by two metres tonight", long).title == "River up by two metres tonight"


def test_host_is_a_site_name() -> None:
    tab = "River up by two metres tonight | DAILY STAND-IN"
    site = f"<meta property='og:site_name' content='Rivers and more'><meta property='og:title' content='{tab}'>"
    page = f"<!doctype html><html><head><title>{tab}</title>{site}</head><body><article>{REST}</article></body></html>"
    assert article_from_html(page.encode(), "https://www.daily-stand-in.example/a", NOW).title == tab.partition(" |")[0]


def test_headline_is_no_heading_further_down() -> None:
    rest = REST.replace("dam", "dyke")
    body = f"<article><h1>Truffles of nuts</h1>{REST}{rest}<h2>Truffles of Nuts</h2><p>Two nuts.</p></article>"
    page = f"<!doctype html><html><title>Truffles of nuts</title>{body}"
    article = article_from_html(page.encode(), None, NOW)
    assert article.text.casefold().count("truffles of nuts") == 1


@pytest.mark.parametrize(
    ("label", "tab"),
    [
        ("<a href=/>The Daily Stand-in</a>", "River rises by two metres | The Daily Stand-in"),
        ("Politics", "River rises by two metres | The Daily Stand-in"),
        ("News", "River rises by two metres"),
    ],
)
def test_name_of_a_site_or_a_section_is_no_title(label: str, tab: str) -> None:
    article = read(tab, f"{label}</h1><h2>River rises by two metres</h2><h1 hidden>")
    assert article.title == "River rises by two metres"
    assert article.text.count("River rises by two metres") == 1


def test_short_headline_stays_above_a_second_one() -> None:
    assert read("River rises", "River rises</h1><h2>Two metres in one night</h2><h1 hidden>").title == "River rises"
    told = read("The river at Oldtown", "River rises</h1><h2>Two metres in one night</h2><h1 hidden>")
    assert told.title != "Two metres in one night"
