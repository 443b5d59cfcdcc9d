"""Files that are no text: what a claim of a recording tells, what is refused, and several articles in one file."""

import csv
import json
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn

SRT = """1
00:00:01,000 --> 00:00:03,000
Ana Silva flew to Lisbon on Monday.

2
00:12:31,000 --> 00:12:33,000
She met 40 nurses there.
"""
TIME = "00:12:31"


@pytest.fixture
def claim(factcheck: Command, folder: Path, stand_in: StandIn) -> int:
    """The number of a claim of a recording's thirteenth minute, with a verdict."""
    del stand_in
    (folder / "talks.srt").write_text(SRT)
    factcheck("extract", "talks.srt")
    factcheck("verdict", 2, "false", "--reviewer", "ana")
    return 2


def test_claim_names_its_minute(factcheck: Command, claim: int) -> None:
    assert f"said at {TIME}" in " ".join(factcheck("claim", claim).out.split())
    assert factcheck("claim", claim, "--json").json["locator"] == TIME
    assert [one["locator"] for one in factcheck("claims", "--json").json] == ["00:00:01", TIME]


@pytest.mark.parametrize("form", ["md", "html", "annotated"])
def test_report_names_the_minute(factcheck: Command, claim: int, form: str) -> None:
    report = factcheck("report", "--claim", claim, "--drafts", "--format", form).out
    assert TIME in report
    assert "00:00:01" not in report


def test_records_of_reports_name_the_minute(factcheck: Command, claim: int) -> None:
    report = factcheck("report", "--claim", claim, "--drafts", "--format", "json").json
    [row] = csv.DictReader(factcheck("report", "--claim", claim, "--drafts", "--format", "csv").out.splitlines())
    assert report["articles"][0]["claims"][0]["locator"] == row["locator"] == TIME


def test_claim_added_by_hand_names_its_minute(factcheck: Command, claim: int) -> None:
    del claim
    factcheck("add", "She met nurses.", "--article", 1, "--sentence", 2, "--reviewer", "ana")
    assert factcheck("claim", 3, "--json").json["locator"] == TIME


def test_all_articles_of_a_file_are_taken(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    del stand_in
    texts = ("Ana Silva flew to Lisbon.", "She met 40 nurses there.")
    lines = [json.dumps({"text": text, "title": f"Talks {number}"}) for number, text in enumerate(texts)]
    (folder / "talks.jsonl").write_text("\n".join([lines[0], "{broken", lines[1]]))

    done = factcheck("extract", "talks.jsonl")
    assert done.code == 3
    assert "'talks.jsonl', line 2 is no JSON" in done.err
    assert [one["title"] for one in factcheck("articles", "--json").json] == ["Talks 0", "Talks 1"]
    assert len(factcheck("claims", "--json").json) == 2


def test_table_is_refused_before_anything_is_paid(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    (folder / "claims.txt").write_text("claim,label\nAna Silva flew to Lisbon,true\nShe met 40 nurses,false\n")

    done = factcheck("extract", "claims.txt")
    assert done.code == 3
    assert "'claims.txt' is a table (CSV), not an article; save the text of its articles as JSON lines" in done.err
    assert not stand_in.requests
