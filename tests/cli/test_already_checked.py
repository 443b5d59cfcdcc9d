"""`claim N` shows what may say the same, `same N M` carries a verdict over, on the demo's claims."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Command

pytestmark = pytest.mark.usefixtures("demo_desk")

CRANE = ROOT / "cassettes" / "articles" / "mecca_crane"
BRIDGE = "The bridge of Kelso was opened in 1931."
OTHER = "The bridge of Kelso was opened in 1941."
LABELS = ("holds", "fails")
REASONS = ("--rationale", "The archive says so.", "--evidence", "https://a.example/0")


@pytest.fixture
def bridges(factcheck: Command, demo_desk: Path) -> None:
    """Claim 1, settled by ana, and claim 2, which tells another year."""
    del demo_desk
    for number, words in ((1, BRIDGE), (2, OTHER)):
        assert factcheck("reword", number, words, "--reviewer", "ana").code == 0
    assert factcheck("verdict", 1, "false", *REASONS, "--known-as-of", "2020-01-02", "--reviewer", "ana").code == 0


def known(folder: Path, claim: str) -> None:
    """A file of one check that others have made."""
    review = {
        "@type": "ClaimReview",
        "url": "https://checkers.example/1",
        "claimReviewed": claim,
        "datePublished": "2020-05-01",
        "author": {"@type": "Organization", "name": "Checkers\x1b[2J"},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
    }
    (folder / "known.json").write_text(json.dumps(review), "utf-8")


@pytest.mark.usefixtures("bridges")
def test_past_verdict_is_shown_with_what_differs(factcheck: Command) -> None:
    shown = factcheck("claim", 2)
    (past,) = factcheck("claim", 2, "--json").json["already_checked"]

    assert "alike: claim 1, false (" in shown.out
    assert "differs in date: “1941” here, “1931” there" in shown.out
    assert (past["claim"], past["words"], past["verdict"]["label"]) == (1, BRIDGE, "false")
    assert (past["apart"], past["shared"]["names"]) == ([{"kind": "date", "here": "1941", "there": "1931"}], ["Kelso"])


@pytest.mark.usefixtures("bridges")
def test_verdict_older_than_the_setting_is_old(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text("[already_checked]\nold_after_days = 100\n", "utf-8")
    assert factcheck("claim", 2, "--json").json["already_checked"][0]["is_old"] is True
    assert ", old): " in factcheck("claim", 2).out

    (folder / "factcheck.toml").write_text("[already_checked]\nold_after_days = 36500\n", "utf-8")
    assert factcheck("claim", 2, "--json").json["already_checked"][0]["is_old"] is False
    assert ", old): " not in factcheck("claim", 2).out


@pytest.mark.usefixtures("bridges")
def test_verdict_is_carried_over_with_its_day_and_no_source(factcheck: Command) -> None:
    done = factcheck("same", 2, 1, "--reviewer", "bo", "--json")
    carried = factcheck("claim", 2, "--json").json

    assert done.code == 0
    assert (carried["verdict"]["label"], carried["verdict"]["known_as_of"]) == ("false", "2020-01-02")
    assert carried["verdict"]["rationale"].startswith("Carried over from claim 1, decided on ")
    assert carried["verdict"]["reviewer"] == "bo"
    assert carried["evidence"] == []


@pytest.mark.usefixtures("bridges")
def test_withdrawn_verdict_is_neither_offered_nor_carried_over(factcheck: Command) -> None:
    factcheck("sign-off", 1, "--publish", "--reviewer", "eve")
    factcheck("withdraw", 1, "--reason", "A hoax.", "--reviewer", "eve")

    refused = factcheck("same", 2, 1, "--reviewer", "bo")

    assert (refused.code, "the verdict on claim 1 is withdrawn" in refused.err) == (7, True)
    assert factcheck("claim", 2, "--json").json["already_checked"] == []
    assert "1 false" not in factcheck("status").out


@pytest.mark.usefixtures("bridges")
def test_label_of_another_meaning_is_not_carried_over(factcheck: Command, folder: Path) -> None:
    classes = {1: ("Supported", "Refuted"), 2: ("Refuted", "Supported")}
    for version, (yes, no) in classes.items():
        labels = (
            f'[[labels]]\nid = "{one}"\ndefinition = "So."\naveritec = "{its}"\n'
            for one, its in zip(LABELS, (yes, no), strict=True)
        )
        (folder / f"v{version}.toml").write_text(f'id = "news"\nversion = {version}\n{"".join(labels)}', "utf-8")
    (folder / "factcheck.toml").write_text('scale = "news"\nscales = ["v1.toml"]\n', "utf-8")
    assert factcheck("verdict", 2, "holds", *REASONS, "--reviewer", "ana").code == 0
    (folder / "factcheck.toml").write_text('scale = "news"\nscales = ["v2.toml"]\n', "utf-8")

    refused = factcheck("same", 3, 2, "--reviewer", "bo")

    assert refused.code == 7
    assert "the verdict on claim 2 is 'holds' on the scale 'news' v1, which 'news' v2 does not say" in refused.err


def test_claim_without_a_verdict_carries_nothing_over(factcheck: Command) -> None:
    refused = factcheck("same", 2, 1, "--reviewer", "bo")

    assert refused.code != 0
    assert "no verdict stands on claim 1" in refused.err
    assert factcheck("claim", 2, "--json").json["verdict"] is None


@pytest.mark.usefixtures("bridges")
def test_others_checks_are_shown_with_what_differs(factcheck: Command, folder: Path) -> None:
    known(folder, BRIDGE)
    factcheck("known", "import", "known.json")

    shown = factcheck("claim", 2)
    (found,) = factcheck("claim", 2, "--json").json["checked_by_others"]

    assert "\x1b" not in shown.out
    assert f": False, 2020-05-01, from known.json: {BRIDGE}" in shown.out
    assert "https://checkers.example/1" in shown.out
    assert (found["claim"], found["differs"]) == (BRIDGE, [{"kind": "date", "here": "1941", "there": "1931"}])
    assert factcheck("known", "search", "--claim", 2, "--json").json[0]["differs"] == found["differs"]


def test_claim_that_waits_in_another_article_is_named(factcheck: Command) -> None:
    played = CRANE.with_suffix(".txt"), "--replay", CRANE.with_suffix(".yaml")
    assert factcheck("extract", *played).code == 0
    for article in (1, 2):
        added = factcheck("add", BRIDGE, "--article", article, "--sentence", 1, "--reviewer", "ana", "--json")
        assert added.code == 0
    here, there = (one["id"] for one in factcheck("claims", "--search", "Kelso", "--json").json)

    assert f"waits too claim {there} of article 2: {BRIDGE}" in " ".join(factcheck("claim", here).out.split())
    waiting = [{"claim": there, "article": 2, "words": BRIDGE}]
    assert factcheck("claim", here, "--json").json["waiting_alike"] == waiting
