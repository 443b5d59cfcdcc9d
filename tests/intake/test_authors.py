"""Who wrote a page's article."""

import json
from datetime import UTC, datetime

import pytest

from factcheck.intake.html import article_from_html

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REST = "".join(
    f"<p>Paragraph {number} says that the dam, which was built in 1931, had held and would go on holding.</p>"
    for number in ("one", "two", "three", "four")
)
ADA = {"@type": "Person", "name": "Ada Example"}


def authors(author: object = None, publisher: str = "", head: str = "", byline: str = "", end: str = "") -> list[str]:
    """The authors of a page that tells machines these, with a byline and an end."""
    told = {"@type": "NewsArticle", "author": author, "publisher": {"@type": "Organization", "name": publisher}}
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>" if author or publisher else ""
    body = f"<article><h1>River rises by two metres</h1>{byline}{REST}{end}</article>"
    page = (
        f"<!doctype html><html><head><title>River rises by two metres</title>{head}{script}</head><body>{body}</body>"
    )
    return list(article_from_html(page.encode(), "https://www.example.org/river", NOW).authors)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Ada Example, Staff Writer", ["Ada Example"]),
        ("Ada Example, AP National Political Writer", ["Ada Example"]),
        ("Ada Example | Senior Reporter", ["Ada Example"]),
        ("Ada Example, PhD", ["Ada Example"]),
        ("Ada Example Jr., Bob Sample", ["Ada Example Jr.", "Bob Sample"]),
        ("Ada Example, Jr.", ["Ada Example Jr."]),
        ("Ada Example (Korrespondentin)", ["Ada Example"]),
        ("By Ada Example, Bob Sample and Cy van Third", ["Ada Example", "Bob Sample", "Cy van Third"]),
        ("Ada Example, Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada Example y Bob Sample", ["Ada Example", "Bob Sample"]),
        ("José Example y Sample", ["José Example y Sample"]),
        ("Author: Ada Example", ["Ada Example"]),
        ("Di Example", ["Di Example"]),
        ("Sample, Ada", ["Sample, Ada"]),
        ("Staff Writer", []),
    ],
)
def test_names_are_taken_out_of_their_line(name: str, names: list[str]) -> None:
    assert authors({"@type": "Person", "name": name}) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Example · Published 6 May 2024", ["Ada Example"]),
        ("By Ada Example | Updated 6 May 2024", ["Ada Example"]),
        ("By Ada Example, Health Correspondent · 3 min read", ["Ada Example"]),
        ("By Ada Example • 6 May 2024", ["Ada Example"]),
        ("Von Ada Example und Bob Sample – Veröffentlicht am 6. Mai 2024", ["Ada Example", "Bob Sample"]),
        ("By Ada Example · Bob Sample · Published 6 May 2024", ["Ada Example", "Bob Sample"]),
    ],
)
def test_what_stands_behind_the_names_of_a_byline_is_none(line: str, names: list[str]) -> None:
    assert authors(byline=f"<p class=byline>{line}</p>") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Example, PhD, and Bob Sample, MSc", ["Ada Example", "Bob Sample"]),
        ("By Ada Example, Ph.D.", ["Ada Example"]),
        ("By Ada Example, Stand-in News, Oldtown", ["Ada Example"]),
        ("By Ada Example, Associated Press", ["Ada Example"]),
        ("By Ada Example, Los Angeles", ["Ada Example"]),
        ("By Ada Example, pictures by Bob Sample", ["Ada Example"]),
        ("By Ada Example. Translated by Bob Sample", ["Ada Example"]),
        ("By A.B. Example Jr.", ["A.B. Example Jr."]),
        ("By A.B. Example <span>Sports writer</span>", ["A.B. Example"]),
        ("By Ada Example, Emily Post", ["Ada Example", "Emily Post"]),
        ("By Ada Example, Bob Sample and Cy Third", ["Ada Example", "Bob Sample", "Cy Third"]),
        ("Por María José Ejemplo-Núñez", ["María José Ejemplo-Núñez"]),
    ],
)
def test_names_of_a_byline_stand_as_written_and_alone(line: str, names: list[str]) -> None:
    for mark in ("class=byline", "class=autor", "rel=author"):
        assert authors(byline=f"<p {mark}>{line}</p>") == names


@pytest.mark.parametrize(
    "head",
    ["<meta name=author content='Example, Ada'>", "<meta name=citation_author content='Example, Ada'>"],
)
def test_name_with_its_last_part_first_is_one(head: str) -> None:
    assert authors(head=head) == ["Example, Ada"]
    assert authors(head=head + head.replace("Example, Ada", "Sample, Bob")) in (
        ["Example, Ada"],
        ["Example, Ada", "Sample, Bob"],
    )


def test_bylines_side_by_side_are_all_of_the_article() -> None:
    row = "<div class=author>Ada Example</div><div class=author>Bob Sample</div>"
    assert authors(byline=row) == ["Ada Example", "Bob Sample"]
    nested = (
        "<span class=authors><span class=author>By <a rel=author href=/a>Ada Example</a></span>"
        "<span class=author>, <a rel=author href=/b>Bob Sample</a></span></span>"
    )
    assert authors(byline=nested) == ["Ada Example", "Bob Sample"]
    assert authors(byline="<p class=byline>By Ada Example</p>", end=f"<aside>{row}</aside>") == ["Ada Example"]


def test_bare_name_beside_a_person_is_an_author() -> None:
    assert authors(["Bob Sample", ADA]) == ["Bob Sample", "Ada Example"]
    assert authors(["Stand-in News", ADA], "Stand-in News") == ["Ada Example"]


def test_sentence_about_an_author_names_none() -> None:
    assert authors(end="<div class=author-bio><p>About the editor: Bob Sample writes on ships.</p></div>") == []


def test_person_of_the_byline_goes_before_an_organization() -> None:
    daily = {"@type": "Organization", "name": "The Daily Stand-in"}
    assert authors([daily], byline="<p class=byline>By Ada Example</p>") == ["Ada Example"]
    assert authors([daily]) == ["The Daily Stand-in"]


def test_longer_list_of_metadata_is_taken() -> None:
    agency = {"@type": "Organization", "name": "River Press Agency"}
    head = "".join(
        f"<meta property='article:author' content='{name}'>" for name in ("River Press Agency", "Ada Example")
    )
    assert authors([agency, ADA], head=head) == ["River Press Agency", "Ada Example"]


def test_longer_list_of_byline_is_taken() -> None:
    marked = "".join(
        f"<div><a itemprop='author url' href='/x'>{name}</a></div>" for name in ("Bob Sample", "Ada Example")
    )
    assert authors(ADA, byline=f"<div class='bylines'>{marked}</div>") == ["Bob Sample", "Ada Example"]


@pytest.mark.parametrize("around", ["aside", "nav", "footer"])
def test_bylines_of_other_stories_are_none(around: str) -> None:
    marked = "".join(f"<a rel='author' href='/x'>{name}</a> " for name in ("Bob Sample", "Ada Example"))
    assert authors(ADA, end=f"<{around}><div class='byline'>{marked}</div></{around}>") == ["Ada Example"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=more><h3>More stories</h3><p><a href=/x>Bridge to close</a> by {author}</p></div>",
        "<aside><h3>More stories</h3><p><a href=/x>Bridge to close</a> by {author}</p></aside>",
        "<h3>Read more</h3><ul><li><a href=/x>Bridge to close</a> {author}</li></ul>",
        "<div class='author-card related'>{author}<p>The bridge that closes</p></div>",
        "<div class=teasers><div class=teaser><p>The bridge that closes</p>{author}</div></div>",
    ],
)
def test_author_of_another_story_is_none_of_this(box: str) -> None:
    end = box.format(author="<a rel=author class=author href=/m>Bob Sample</a>")
    assert authors(end=end) == []
    assert authors(byline="<p class=byline>By Ada Example</p>", end=end) == ["Ada Example"]


@pytest.mark.parametrize("box", ["<aside>{}</aside>", "<div class=info>{}</div>"])
def test_author_beside_the_article_is_its_own(box: str) -> None:
    assert authors(end=box.format("<a rel=author href=/m>Bob Sample</a>")) == ["Bob Sample"]


def test_publisher_is_the_author_where_the_page_says_so() -> None:
    assert authors({"@type": "Organization", "name": "Stand-in News"}, "Stand-in News") == ["Stand-in News"]


def test_publisher_beside_a_person_is_none() -> None:
    assert authors([{"@type": "Organization", "name": "Stand-in News"}, ADA], "Stand-in News") == ["Ada Example"]


def test_sentence_is_no_name() -> None:
    assert authors(byline="<p class='author'>Hecho En Ejemplo Con Mucho Amor por Unos Amigos</p>") == []


def test_place_of_the_site_is_no_author() -> None:
    assert authors(head="<meta name='author' content='example.org, Oldtown, Germany'>") == []


def test_source_with_initials_is_the_author() -> None:
    assert authors(end="<p><em>Quelle: STAND-IN FUNK/ab</em></p>") == ["STAND-IN FUNK/ab"]


def test_source_of_a_picture_is_none() -> None:
    assert authors(end="<figure><img src=a.jpg><figcaption><em>Quelle: dpa/ab</em></figcaption></figure>") == []
