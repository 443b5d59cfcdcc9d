"""What an article is known by: filled by better sources, set right by people, and always in the log."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn

SENTENCES = tuple(f"Ana Silva flew to Lisbon on day {day} and met {day} nurses there, she said." for day in range(9))
HEAD = (
    '<title>Talks</title><meta property="og:site_name" content="The Example"><meta name="author" content="Ben Costa">'
    '<link rel="canonical" href="/talks"><meta property="article:published_time" content="2026-02-26">'
)
BODY = f"<article><h1>Talks</h1><p>{'</p><p>'.join(SENTENCES)}</p></article>"
PAGE = f"<html><head>{HEAD}</head><body>{BODY}</body></html>"


@pytest.fixture
def bare(factcheck: Command, folder: Path, stand_in: StandIn) -> str:
    """Article 1 is a text of no source; the address is of the page that holds the same text."""
    (folder / "talks.txt").write_text("\n\n".join(("Talks", *SENTENCES)), encoding="utf-8")
    stand_in.pages["/talks?id=1&utm_source=x"] = stand_in.pages["/talks?id=1"] = ("text/html", PAGE.encode())
    assert factcheck("extract", "talks.txt").code == 0
    return f"{stand_in.address}/talks?id=1&utm_source=x"


def test_better_source_fills_what_is_empty(factcheck: Command, bare: str, stand_in: StandIn) -> None:
    assert factcheck("article", 1, "--json").json["url"] is None
    asked = len(stand_in.requests)

    [summary] = factcheck("extract", bare, "--json").json

    told = summary["article"]
    assert (told["id"], told["publisher"], told["authors"]) == (1, "The Example", ["Ben Costa"])
    assert (told["url"], told["published"]) == (f"{stand_in.address}/talks?id=1", "2026-02-26")
    assert told["canonical_url"] == f"{stand_in.address}/talks"
    assert len(stand_in.requests) == asked
    assert factcheck("article", 1, "--json").json["publisher"] == "The Example"
    assert factcheck("audit", "verify").code == 0


def test_poorer_source_takes_nothing_away(factcheck: Command, bare: str) -> None:
    factcheck("article", 1, "--set", "publisher=Another", "--reviewer", "eve")
    factcheck("extract", bare)

    factcheck("extract", "talks.txt")

    told = factcheck("article", 1, "--json").json
    assert (told["publisher"], told["authors"]) == ("Another", ["Ben Costa"])
    assert len(told["sources"]) == 2


def test_set_is_logged_with_what_stood(factcheck: Command, bare: str) -> None:
    factcheck("extract", bare)

    done = factcheck(
        "article", 1, "--set", "author=Ana Silva", "--set", "author=Cem Öz", "--set", "title=", "--reviewer", "eve",
        "--set", "published=2026-02-27", "--json",
    )  # fmt: skip

    assert done.code == 0
    assert (done.json["authors"], done.json["title"]) == (["Ana Silva", "Cem Öz"], None)
    event = factcheck("log", "--json").json[-1]
    assert (event["action"], event["actor"], event["article_id"]) == ("article_set", "eve", 1)
    assert event["details"]["was"] == {"authors": ["Ben Costa"], "title": "Talks", "published": "2026-02-26"}
    assert factcheck("audit", "verify").code == 0


def test_forged_author_is_told(factcheck: Command, bare: str) -> None:
    assert bare
    factcheck("article", 1, "--set", "author=Ana Silva", "--reviewer", "eve")
    with closing(sqlite3.connect("factcheck.db")) as connection:
        connection.execute("UPDATE article SET authors = '[]'")
        connection.commit()

    done = factcheck("audit", "verify")

    assert done.code == 13
    assert "article 1: authors" in done.out + done.err


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("published=yesterday", "'yesterday'"),
        ("text=Other words.", "'text'"),
        ("url=ftp://example.org/", "ftp"),
        ("author", "author=NAME"),
    ],
)
def test_what_cannot_be_set_is_refused(factcheck: Command, bare: str, told: str, reason: str) -> None:
    assert bare
    done = factcheck("article", 1, "--set", told, "--reviewer", "eve")

    assert done.code == 2
    assert reason in done.err


def test_nobody_sets_nothing(factcheck: Command, bare: str) -> None:
    assert bare
    assert factcheck("article", 1, "--set", "title=Talks").code == 2
    assert factcheck("article", 2, "--set", "title=Talks", "--reviewer", "eve").code == 6
    before = len(factcheck("log", "--json").json)
    assert factcheck("article", 1, "--set", "title=Talks", "--reviewer", "eve").code == 0
    assert len(factcheck("log", "--json").json) == before
