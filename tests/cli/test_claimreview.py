"""ClaimReview on the command line, on the demo's claims, held against the linter of the same program."""

from pathlib import Path

import pytest
from conftest import Command

pytestmark = pytest.mark.usefixtures("demo_desk")

CONFIG = """[publisher]
name = "The Desk"
url = "https://desk.example.org/"
claim_url_pattern = "https://desk.example.org/checks/{id}"
"""


@pytest.fixture
def configured(folder: Path) -> None:
    """A config file with a publisher."""
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")


@pytest.mark.usefixtures("configured")
def test_signed_verdicts_pass_the_linter(factcheck: Command, folder: Path) -> None:
    assert factcheck("report", "--format", "claimreview").json == []
    number = factcheck("claims", "--status", "decided", "--json").json[0]["id"]
    assert factcheck("sign-off", number, "--reviewer", "eve").code == 0

    done = factcheck("report", "--format", "claimreview", "-o", "checks.json")

    assert (done.code, done.out) == (0, "")
    linted = factcheck("lint", "checks.json", "--page-url", "https://desk.example.org/", "--json")
    [review] = linted.json["claimreviews"]
    assert (linted.code, linted.json["errors"]) == (0, 0)
    assert review["fields"]["url"] == f"https://desk.example.org/checks/{number}"
    assert review["fields"]["reviewer"] == "The Desk"
    assert (folder / "checks.json").read_text("utf-8").endswith("]\n")


def test_missing_publisher_is_told(factcheck: Command) -> None:
    done = factcheck("report", "--format", "claimreview", "-o", "checks.json")
    assert (done.code, done.out) == (2, "")
    assert "no publisher is configured" in done.err
    assert "[publisher] with name, url and claim_url_pattern into factcheck.toml" in done.err


def test_useless_publisher_is_told(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG.replace("https://desk.example.org/checks", "/checks"), "utf-8")
    done = factcheck("report", "--format", "claimreview")
    assert done.code == 2
    assert "publisher.claim_url_pattern is '/checks/{id}'" in done.err
