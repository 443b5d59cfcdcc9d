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
    scope = ("report", "--claim", 2, "--format")
    reasons = ("--rationale", "Nobody held it.", "--evidence", "https://a.example")
    assert factcheck("verdict", 2, "false", "--reviewer", "ana", *reasons).code == 0
    assert factcheck(*scope, "claimreview").json == []
    assert factcheck("sign-off", 2, "--reviewer", "eve").code == 0

    done = factcheck(*scope, "claimreview", "-o", "checks.json")

    assert (done.code, done.out) == (0, "")
    linted = factcheck("lint", "checks.json", "--page-url", "https://desk.example.org/", "--json")
    [review] = linted.json["claimreviews"]
    assert (linted.code, linted.json["errors"]) == (0, 0)
    assert review["fields"]["url"] == "https://desk.example.org/checks/2"
    assert review["fields"]["reviewer"] == "The Desk"
    assert (folder / "checks.json").read_text("utf-8").endswith("]\n")


@pytest.mark.usefixtures("configured")
def test_claim_author_is_set_by_a_person(factcheck: Command) -> None:
    before = factcheck("claim", 2, "--json").json["speaker"]
    factcheck("speaker", 2, "Sanae Takaichi", "--reviewer", "ana")
    reasons = ("--rationale", "Nobody held it.", "--evidence", "https://a.example")
    factcheck("verdict", 2, "false", "--reviewer", "ana", *reasons)
    factcheck("sign-off", 2, "--publish", "--reviewer", "eve")

    [review] = factcheck("report", "--claim", 2, "--format", "claimreview").json

    assert before is None
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Sanae Takaichi"}
    assert "Sanae Takaichi (set by ana)" in factcheck("claim", 2).out


@pytest.mark.usefixtures("configured")
def test_page_carries_the_same_markup(factcheck: Command) -> None:
    factcheck("report", "--format", "html", "-o", "checks.html")
    factcheck("report", "--format", "claimreview", "-o", "checks.json")
    page, data = (
        factcheck("lint", name, "--page-url", "https://desk.example.org/", "--json").json
        for name in ("checks.html", "checks.json")
    )

    assert (page["errors"], len(page["claimreviews"])) == (0, 4)
    assert [one["fields"] for one in page["claimreviews"]] == [one["fields"] for one in data["claimreviews"]]


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
