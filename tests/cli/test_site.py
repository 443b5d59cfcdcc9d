"""`factcheck site` on the demo's claims."""

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
