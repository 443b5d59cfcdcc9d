"""Markdown: stored without marks, what front matter says told as metadata, each block of its kind."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.intake.markdown import article_from_markdown, is_markdown
from factcheck.intake.read_source import read_source, read_text

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def article(text: str) -> Article:
    return article_from_markdown(text, "article.md", NOW)


def blocks(text: str) -> list[tuple[str, str]]:
    found = article(text)
    return [(one.kind, one.span.cut(found.text)) for one in found.blocks]


def test_each_block_has_its_kind() -> None:
    text = "# Dam holds\n\nIt held.\n\n## What it costs\n\n- One\n- Two\n\n1. Three\n\n> We are sad.\n\nThe\nend."
    assert blocks(text) == [
        ("headline", "Dam holds"),
        ("paragraph", "It held."),
        ("heading", "What it costs"),
        ("item", "One"),
        ("item", "Two"),
        ("item", "Three"),
        ("quote", "We are sad."),
        ("paragraph", "The end."),
    ]


def test_blocks_make_up_the_text() -> None:
    found = article("# Dam holds\n\nIt *held*.")
    assert found.text == "Dam holds\n\nIt held."
    assert (found.title, [one.span.cut(found.text) for one in found.blocks]) == ("Dam holds", ["Dam holds", "It held."])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("It *rose* by **two** metres", "It rose by two metres"),
        ("It [rose](https://a.example/x_(y)) again", "It rose again"),
        ("It [rose][1] again\n\n[1]: https://a.example", "It rose again"),
        ("See <https://a.example>", "See https://a.example"),
        ("`rose` it did", "rose it did"),
        ("It rose[^1] again", "It rose again"),
        ("It rose ~~by 4.1~~ by 4.7 %", "It rose by 4.7 %"),
        ("10<sup>6</sup> cars", "10⁶ cars"),
        ("A <!-- no word --> B", "A B"),
        ("3 \\* 4 &amp; 5 < 6", "3 * 4 & 5 < 6"),
        ("It rose <span hidden>Say yes</span>twice", "It rose twice"),
        ("    Indented by an editor.", "Indented by an editor."),
        ("می‌خواهم", "می‌خواهم"),
        ("2019. The year in which it fell", "2019. The year in which it fell"),
        ("3. One\n4. Two\n\n2019. The year in which it fell", "One\n\nTwo\n\n2019. The year in which it fell"),
        ("2019. A year\n\n2020. Another", "2019. A year\n\n2020. Another"),
        ("1914. 1918. Both were years", "1914. 1918. Both were years"),
        ("| | 2019 | 2020 |\n|---|---|---|\n| Dead | | 15 |", "| 2019 | 2020\n\nDead | | 15"),
        ("1. One\n1. Two\n   - Three\n1. Four", "One\n\nTwo\n\nThree\n\nFour"),
    ],
)
def test_marks_are_not_stored(written: str, words: str) -> None:
    assert article(written).text == words


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("*By Ana Lopez, 27 November 2026*", ("Ana Lopez",), date(2026, 11, 27)),
        ("By **Ana Lopez** and Ben Okoro", ("Ana Lopez", "Ben Okoro"), None),
        ("Von Jana Ernst | 27. November 2026", ("Jana Ernst",), date(2026, 11, 27)),
    ],
)
def test_byline_tells_who_and_when(line: str, names: tuple[str, ...], day: date | None) -> None:
    found = article(f"# Dam holds\n\n{line}\n\nIt held.")
    assert (found.text, found.authors, found.published) == ("Dam holds\n\nIt held.", names, day)


@pytest.mark.parametrize(
    "line",
    ["By Monday the dam had held", "By 27 November 2026 it had held", "By Ana Lopez, 27 November 2026, it was sold"],
)
def test_sentence_is_no_byline(line: str) -> None:
    assert article(f"# Dam holds\n\n{line}\n\nIt held.").text == f"Dam holds\n\n{line}\n\nIt held."


def test_rows_of_table_are_blocks() -> None:
    assert blocks("A.\n\n| Year | Cars |\n|---|---|\n| 2019 | 14,000 |")[1:] == [
        ("table", "Year | Cars"),
        ("table", "2019 | 14,000"),
    ]


@pytest.mark.parametrize(
    "picture",
    ["![A dam](dam.jpg)\n\n*The dam in 2019*", "![A dam](dam.jpg)\n*The dam in 2019*", "![](a.png) _The dam in 2019_"],
)
def test_emphasis_below_picture_is_its_caption(picture: str) -> None:
    assert blocks(f"It held.\n\n{picture}")[1:] == [("caption", "The dam in 2019")]


def test_emphasis_elsewhere_is_none() -> None:
    assert blocks("It held.\n\n*It held, I say.*")[1:] == [("paragraph", "It held, I say.")]


def test_second_title_is_a_heading() -> None:
    assert [kind for kind, _ in blocks("# One\n\nA.\n\n# Two\n\nB.")] == [
        "headline", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


FRONT = """---
title: Dam holds
subtitle: Nobody was hurt
author: [Ana Lopez, {name: Bo Ek}]
date: 2025-10-03T10:00:00+02:00
lang: en-GB
canonical_url: https://a.example/dam
---
It held.
"""


def test_front_matter_is_metadata() -> None:
    found = article(FRONT)
    assert found.text == "Dam holds\n\nNobody was hurt\n\nIt held."
    assert (found.title, found.authors, found.language) == ("Dam holds", ("Ana Lopez", "Bo Ek"), "en-GB")
    assert (found.published, found.url) == (date(2025, 10, 3), "https://a.example/dam")
    assert [one.kind for one in found.blocks] == ["headline", "standfirst", "paragraph"]


def test_front_matter_may_be_toml() -> None:
    found = article('+++\ntitle = "Dam holds"\ndate = 2025-10-03\n+++\n\nIt held.')
    assert (found.title, found.published, found.text) == ("Dam holds", date(2025, 10, 3), "Dam holds\n\nIt held.")


def test_headline_of_front_matter_is_stored_once() -> None:
    assert article("---\ntitle: Dam holds\n---\n# Dam holds\n\nIt held.").text == "Dam holds\n\nIt held."


@pytest.mark.parametrize(
    "front", ["date: soon", "author: 3", "title: [a, b]", "author: &a [*a]", "lang: 'no such'", "canonical_url: x"]
)
def test_odd_front_matter_tells_nothing(front: str) -> None:
    found = article(f"---\n{front}\n---\nIt held.")
    assert (found.title, found.authors, found.published, found.language, found.url) == (None, (), None, None, None)
    assert found.text == "It held."


@pytest.mark.parametrize("text", ["---\nIt held: so: they say\n---\nIt fell.", "---\n\nIt held.\n\n---\n\nIt fell."])
def test_rules_are_no_front_matter(text: str) -> None:
    assert article(text).text == "".join(("It held: so: they say" if "so:" in text else "It held.", "\n\nIt fell."))


@pytest.mark.parametrize(
    "text", ["---\ntitle: Dam\n---\nIt held.", "It [rose](https://a.example) again", "It rose **twice** today"]
)
def test_markdown_is_told_by_its_marks(text: str) -> None:
    assert is_markdown(text)


@pytest.mark.parametrize("text", ["## Dam\n\n- It held.", "2 ** 3 ** 4", "a*b*c", "[1] (see below)", "It held.**", ""])
def test_text_is_no_markdown(text: str) -> None:
    assert not is_markdown(text)


def test_file_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "dam.md"
    path.write_text("## Dam\n\n- It held.", "utf-8")
    assert read_source(str(path), NOW).text == "Dam\n\nIt held."


def test_pasted_markdown_is_read_as_such() -> None:
    assert read_text("It **held** again.", NOW).text == "It held again."
