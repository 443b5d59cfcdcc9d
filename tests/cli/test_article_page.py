"""The page that an article was read from stays beside it, as it was served."""

import os
import pty
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import StandIn

BODY = "".join(
    f"<p>Ana Silva flew to Lisbon on day {day} and met {day} nurses there, she said.</p>" for day in range(9)
)
PAGE = f"<html lang='en'><head><title>Talks</title></head><body><article><h1>Talks</h1>{BODY}</article></body></html>"
SERVED = PAGE.encode() + b"<!-- \x1b]0;\xff\x07 -->"


@pytest.fixture
def talks(factcheck: Command, stand_in: StandIn) -> str:
    """The address of a page that is article 1."""
    stand_in.pages["/talks"] = ("text/html", SERVED)
    assert factcheck("extract", f"{stand_in.address}/talks").code == 0
    return f"{stand_in.address}/talks"


def change(statement: str, *values: object) -> None:
    with closing(sqlite3.connect("factcheck.db")) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_claim_leads_to_the_page(factcheck: Command, talks: str) -> None:
    article = factcheck("claim", 1, "--json").json["article_id"]

    assert factcheck("article", article, "--page", "-o", "talks.html").code == 0
    assert Path("talks.html").read_bytes() == SERVED
    [source] = factcheck("article", article, "--json").json["sources"]
    assert (source["url"], source["sha256"], source["status"]) == (talks, sha256(SERVED).hexdigest(), 200)
    assert source["headers"]["content-type"].startswith("text/html")
    assert factcheck("audit", "verify").code == 0


def test_page_goes_to_a_pipe_unchanged(talks: str) -> None:
    assert talks
    shown = subprocess.run(
        [sys.executable, "-m", "factcheck", "article", "1", "--page"], capture_output=True, check=True
    )

    assert shown.stdout == SERVED


def test_page_is_kept_from_terminals(talks: str) -> None:
    assert talks
    ours, theirs = pty.openpty()
    shown = subprocess.run(
        [sys.executable, "-m", "factcheck", "article", "1", "--page"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    os.close(ours)

    assert shown.returncode != 0
    assert b"-o" in shown.stderr


def test_page_takes_no_desk_away(factcheck: Command, talks: str) -> None:
    assert talks

    done = factcheck("article", 1, "--page", "-o", "factcheck.db")

    assert done.code != 0
    assert "the database" in done.err
    assert factcheck("articles", "--json").json[0]["id"] == 1


def test_other_advertisements_are_not_kept(factcheck: Command, talks: str, stand_in: StandIn) -> None:
    stand_in.pages["/talks"] = ("text/html", SERVED + b"<!-- another one -->")
    factcheck("extract", talks)

    assert len(factcheck("article", 1, "--json").json["sources"]) == 1
    factcheck("article", 1, "--page", "-o", "talks.html")
    assert Path("talks.html").read_bytes() == SERVED


def test_file_is_kept_by_its_name(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    del stand_in
    (folder / "notes").mkdir()
    (folder / "notes" / "talks.md").write_bytes(b"# Talks\r\n\r\nAna Silva met 40 nurses.\r\n")
    factcheck("extract", "notes/talks.md")

    [source] = factcheck("article", 1, "--json").json["sources"]
    factcheck("article", 1, "--page", "-o", "again.md")

    assert (source["name"], source["url"]) == ("talks.md", None)
    assert Path("again.md").read_bytes() == (folder / "notes" / "talks.md").read_bytes()


@pytest.mark.parametrize("column", ["url", "sha256"])
def test_forged_source_is_told(factcheck: Command, talks: str, column: str) -> None:
    assert talks
    change("INSERT INTO snapshot (sha256, media_type, size, content) VALUES ('other', 'text/html', 0, x'')")
    change(f"UPDATE article_source SET {column} = 'other'")  # noqa: S608 - a column of this test

    done = factcheck("audit", "verify")

    assert done.code == 13
    assert "article_source 1" in done.out + done.err


@pytest.mark.parametrize("stored", [zlib.compress(b"forged"), b"nothing of zlib's"])
def test_broken_page_is_told(factcheck: Command, talks: str, stored: bytes) -> None:
    assert talks
    change("UPDATE snapshot SET content = ?", stored)

    assert factcheck("article", 1, "--page", "-o", "forged.html").code == 8
    assert not Path("forged.html").exists()


@pytest.mark.parametrize("options", [["-o", "x.html"], ["--page", "--json"]])
def test_options_that_say_nothing_are_refused(factcheck: Command, talks: str, options: list[Any]) -> None:
    assert talks

    assert factcheck("article", 1, *options).code == 2
