"""`factcheck site` on the demo's claims."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command

pytestmark = pytest.mark.usefixtures("demo_desk")

CONFIG = """[publisher]
name = "The Desk"
url = "https://desk.example.org/"
claim_url_pattern = "https://desk.example.org/checks/{id}"
"""


def test_site_is_written_once(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    done = factcheck("site", "-o", "site")
    assert (done.code, done.out) == (0, "")
    assert "put site at https://desk.example.org/checks/" in done.err
    assert (folder / "site" / "index.html").exists()
    assert "files written: 0, unchanged: " in factcheck("site", "-o", "site").err


def test_what_is_decided_later_is_written(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    page = folder / "site" / "corrections" / "index.html"
    published = factcheck("report", "--format", "jsonl").out.splitlines()[0]
    number = json.loads(published)["claim"]["id"]
    factcheck("site", "-o", "site")
    factcheck("withdraw", number, "--reviewer", "eve", "--reason", "The deed was forged.")
    factcheck("site", "-o", "site")
    assert "The deed was forged." in page.read_text("utf-8")


def test_lost_page_and_new_publisher_are_seen(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    factcheck("site", "-o", "site")
    (folder / "site" / "search.js").unlink()
    assert "files written: 1, unchanged: " in factcheck("site", "-o", "site").err
    (folder / "factcheck.toml").write_text(CONFIG.replace("The Desk", "The Other Desk"), "utf-8")
    factcheck("site", "-o", "site")
    assert "The Other Desk" in (folder / "site" / "index.html").read_text("utf-8")


def test_damaged_row_is_told_each_time(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    with closing(sqlite3.connect(folder / "factcheck.db")) as desk, desk:
        desk.execute("UPDATE verdict SET decided_at = 'never' WHERE id = 1")
    done = [factcheck("site", "-o", "site") for _ in range(2)]
    assert {one.code for one in done} == {8}
    assert all("is left out" in one.err for one in done)


def test_site_spares_what_is_not_its_own(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    done = factcheck("site", "-o", ".")
    assert done.code == factcheck("report", "-o", "/nowhere/x.md").code
    assert "holds files of somebody else" in done.err
    assert not (folder / "index.html").exists()


def test_site_asks_for_a_publisher(factcheck: Command) -> None:
    done = factcheck("site", "-o", "site")
    assert done.code != 0
    assert "no publisher is configured" in done.err
