import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.errors import SourceError
from factcheck.intake.read_source import articles_of, open_source, read_source

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
RISES = "River rises\n\nIt rose by 3 m."

pytestmark = pytest.mark.usefixtures("folder")


def read(content: str) -> list[Article | SourceError]:
    Path("a.txt").write_text(content, encoding="utf-8")
    return list(articles_of(open_source("a.txt"), "a.txt", NOW))


def test_each_line_is_an_article() -> None:
    first = {"text": RISES, "title": "Flood", "authors": ["Ann", {"name": "Bo"}], "date": "2026-05-01T10:00:00Z"}
    first |= {"url": "https://a.example/1", "lang": "en_GB"}
    [one, other] = read(f'{json.dumps(first)}\n\n{{"body": "It fell.\\r\\nAgain."}}\n')

    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert (one.text, one.title, one.authors, one.published) == (RISES, "Flood", ("Ann", "Bo"), date(2026, 5, 1))
    assert (one.url, one.language, one.retrieved_at) == ("https://a.example/1", "en-GB", NOW)
    assert (other.text, other.title) == ("It fell.\nAgain.", None)


@pytest.mark.parametrize(
    "value",
    [
        {"articleBody": RISES, "headline": "Flood", "author": {"name": "Ann"}, "datePublished": "2026-05-01"},
        {"content": RISES, "name": "Flood", "byline": "Ann", "pubDate": "Fri, 01 May 2026 23:30:00 +0200"},
        {"text": ["River rises", "It rose by 3 m."], "title": "Flood", "creator": "Ann", "published": 1777640000},
    ],
)
def test_usual_names_are_known(value: dict[str, object]) -> None:
    [one] = read(json.dumps(value, indent=1))
    assert isinstance(one, Article)
    assert (one.text, one.title, one.authors, one.published) == (RISES, "Flood", ("Ann",), date(2026, 5, 1))


def test_text_in_html_is_read_as_it_is_seen() -> None:
    html = (
        "<p>It holds 10<sup>6</sup> litres and <del>45</del><ins>54</ins> fi\u00adsh.</p><p hidden>900 dead.</p>"
        "<style>p {color: red}</style><table><tr><td>Leeds<td>12<tr><td>York<td>22</table>"
    )
    [one] = read(json.dumps({"content": html}))
    assert isinstance(one, Article)
    assert one.text == "It holds 10\u2076 litres and 54 fish.\n\nLeeds | 12\n\nYork | 22"
    assert [block.kind.value for block in one.blocks] == ["paragraph", "table", "table"]


@pytest.mark.parametrize("text", ["A < B and 5 &lt; 6.", "Press &lt;b&gt; and &lt;/b&gt;.", "a <b> c"])
def test_plain_text_with_signs_stays(text: str) -> None:
    [one] = read(json.dumps({"text": text}))
    assert isinstance(one, Article)
    assert one.text == text


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Ana Lopez, Bob Hill", ("Ana Lopez", "Bob Hill")),
        (["Ana Lopez and Bob Hill", "Cy Fox"], ("Ana Lopez", "Bob Hill", "Cy Fox")),
        ("Lopez, Ana", ("Lopez, Ana",)),
        ("Centre for Law and Justice", ("Centre for Law and Justice",)),
    ],
)
def test_names_of_one_field_are_told_apart(told: object, names: tuple[str, ...]) -> None:
    [one] = read(json.dumps({"text": RISES, "author": told}))
    assert isinstance(one, Article)
    assert one.authors == names


def test_bad_lines_are_told_with_their_numbers() -> None:
    lines = ('{"text": "It rose."}', '{"text": 3}', "", '{"text": "It', '["It rose."]', '{"text": " "}', "[" * 90_000)
    one, *told = read("\n".join(lines))

    assert isinstance(one, Article)
    why = (
        "line 2 is JSON, but no article", "line 4 is no JSON: Unterminated string", "line 5 is JSON, but no object",
        "line 6 has an empty text", "line 7 is no JSON: it is nested too deeply",
    )  # fmt: skip
    assert [str(error).removeprefix("'a.txt', ").startswith(start) for error, start in zip(told, why, strict=True)] == [
        True
    ] * len(why)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"claims": 3}', "but no article: it has no text under a usual name, only 'claims'"),
        ("[1, 2]", "none of its 2 values is one"),
        ('{"a": 1}\n{"b": 1}', "none of its 2 values is one"),
        ('{"a": ', "is broken JSON"),
        ("[" * 100_000, "is broken JSON .it is nested too deeply"),
        (f'{{"a": {"9" * 5_000}}}', "is no JSON: a number has too many figures"),
    ],
)
def test_other_json_is_refused_in_one_line(content: str, why: str) -> None:
    with pytest.raises(SourceError, match=why) as told:
        read(content)
    assert "\n" not in str(told.value)


def test_one_article_is_asked_of_one() -> None:
    Path("a.jsonl").write_text('{"text": "It rose."}\n' * 2, encoding="utf-8")
    with pytest.raises(SourceError, match=r"'a\.jsonl' holds 2 articles"):
        read_source("a.jsonl", NOW)
