"""Days that claims speak of, from a recorded article whose third line is its date."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Command

CRANE = ROOT / "cassettes" / "articles" / "mecca_crane"
STORM = {"words": "yesterday", "first": "2015-09-11", "last": "2015-09-11"}


@pytest.fixture
def storm(factcheck: Command) -> int:
    """The number of the claim about the storm, of the day before its article."""
    factcheck("extract", f"{CRANE}.txt", "--replay", f"{CRANE}.yaml")
    claims = factcheck("claims", "--json").json
    return next(int(one["id"]) for one in claims if one["text"].startswith("A storm caused a crane"))


def test_claim_tells_its_day(factcheck: Command, storm: int) -> None:
    shown = factcheck("claim", storm).out

    assert "11 September 2015, from “yesterday”" in " ".join(shown.split())


def test_day_stands_in_the_json_of_claims(factcheck: Command, storm: int) -> None:
    claims = {one["id"]: one for one in factcheck("claims", "--json").json}

    assert claims[storm]["when"] == STORM
    assert factcheck("claim", storm, "--json").json["when"] == STORM
    assert "yesterday" not in claims[storm]["text"]


def test_day_stands_in_reports(factcheck: Command, storm: int, tmp_path: Path) -> None:
    factcheck("report", "--claim", storm, "--drafts", "-o", tmp_path / "report.json")

    (article,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["articles"]

    assert [one["when"] for one in article["claims"]] == [STORM]
