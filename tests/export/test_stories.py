"""What became of a verdict, and who has had a part in it, told alike in every form of a report."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import QueuedClaim
from factcheck.export.formats import FORMATS

Reporting = Callable[..., Report]
Stories = dict[str, QueuedClaim]

PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}")
FOR_PEOPLE = ("markdown", "html", "annotated", "csv")
IN_DESK_WORDS = ("markdown", "annotated", "csv")
"""All but the page, which is for readers and says it in theirs."""


def written(report: Report, form: str) -> str:
    return "".join(FORMATS[form].write(replace(report.masthead, publisher=PUBLISHER), report.articles))


def told(report: Report, form: str) -> str:
    """What a reader of the form reads, on one line; without the markup that the page carries for aggregators."""
    text = written(report, form)
    if form == "html":
        body = html.document_fromstring(text).find("body")
        text = str(body.text_content())
    return " ".join(text.split())


def lower_told(report: Report, form: str) -> str:
    return told(report, form).lower()


def review_of(report: Report) -> dict[str, Any]:
    [review] = json.loads(written(report, "claimreview"))
    return dict(review)


def credits_of(claim: QueuedClaim) -> list[str]:
    return list(map(str, reported_claim(claim, {}).credits))


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"averitec"}))  # a form of others, which names no readers
def test_readers_stay_credited_after_correction(report_on: Reporting, stories: Stories, form: str) -> None:
    text = written(report_on(stories["adjudicated_then_corrected"]), form)
    assert [one for one in ("ana", "bob", "cem", "eve", "dan") if not re.search(rf"\b{one}\b", text)] == []


@pytest.mark.parametrize(
    ("story", "credited"),
    [
        ("amended", ["first reader ana", "amended by eve", "signed off by eve"]),
        (
            "adjudicated_then_corrected",
            [
                *("first reader ana", "second reader bob", "adjudicator cem"),
                *("signed off by eve", "published by eve", "corrected by dan"),
            ],
        ),
        ("typo", ["first reader ana", "signed off by eve", "published by eve", "typo corrected by dan"]),
        ("undone", ["first reader ana"]),
        ("read_anew", ["first reader bob"]),
        ("withdrawn", ["first reader ana", "signed off by eve", "published by eve", "withdrawn by dan"]),
        ("added", ["first reader bob", "signed off by eve"]),
        ("added_part_waiting", []),
    ],
)
def test_credits_say_who_did_what(stories: Stories, story: str, credited: list[str]) -> None:
    assert credits_of(stories[story]) == credited


def test_markup_names_editors_and_readers(report_on: Reporting, stories: Stories) -> None:
    review = review_of(report_on(stories["adjudicated_then_corrected"]))
    assert [one["name"] for one in review["contributor"]] == ["ana", "bob", "cem"]
    assert [one["name"] for one in review["editor"]] == ["eve", "dan"]


@pytest.mark.parametrize("form", FORMATS)
def test_explanation_outlives_a_correction(report_on: Reporting, stories: Stories, form: str) -> None:
    assert "Partly so." in written(report_on(stories["adjudicated_then_corrected"]), form)


@pytest.mark.parametrize("form", [*FOR_PEOPLE, "claimreview"])
@pytest.mark.parametrize(
    ("story", "reason"), [("typo", "A letter was missing."), ("typo_of_words", "The year was wrong.")]
)
def test_typo_is_told_as_typo(report_on: Reporting, stories: Stories, form: str, story: str, reason: str) -> None:
    text = told(report_on(stories[story]), form)
    assert re.search(rf"[Tt]ypo corrected.*{reason}", text)
    assert "was mixed" not in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        *((form, "was mixed (truth-5), is mixed (house)") for form in IN_DESK_WORDS),
        ("html", "was Mixed (truth-5), is Mixed (house)."),
    ],
)
def test_same_label_names_its_scales(report_on: Reporting, stories: Stories, form: str, said: str) -> None:
    [change] = stories["adjudicated_then_corrected"].corrections
    moved = replace(change, now=replace(change.was, scale="house"))
    text = told(report_on(replace(stories["adjudicated_then_corrected"], corrections=(moved,))), form)
    assert said in text


@pytest.mark.parametrize("form", [one for one in FORMATS if one != "averitec"])  # that is a form of others
def test_words_before_a_typo_stand_in_every_form(report_on: Reporting, stories: Stories, form: str) -> None:
    claim = stories["typo_of_words"]
    assert claim.claim.text != claim.words
    turned = replace(claim.corrections[0], words_were="The dam was never built.")
    assert "The dam was never built." in told(report_on(replace(claim, corrections=(turned,))), form)


def test_typo_leaves_decision_with_reader(report_on: Reporting, stories: Stories) -> None:
    report = report_on(stories["typo"])
    verdict = json.loads(written(report, "json"))["articles"][0]["claims"][0]["verdict"]
    assert (verdict["reviewer"], verdict["rationale"], verdict["role"]) == ("ana", "Partly so, then.", "first")
    [row] = csv.DictReader(io.StringIO(written(report, "csv"), newline=""))
    assert (row["reviewer"], row["rationale"]) == ("ana", "Partly so, then.")
    assert re.search(r"Decided: 2026-03-01 12:\d\d UTC by ana ", told(report, "markdown"))


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("story", ["amended", "amended_then_corrected"])
def test_amendment_stands_beside_readers_words(report_on: Reporting, stories: Stories, form: str, story: str) -> None:
    text = told(report_on(stories[story]), form)
    day = "March 1, 2026" if form == "html" else "2026-03-01"
    assert re.search(rf"by eve, {day}[^;.]*[;.] ana had read it as [Mm]ixed: Partly so\.", text)
    assert "Hardly so." in text


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("story", ["added", "added_part", "added_part_waiting"])
def test_added_claim_names_its_writer(report_on: Reporting, stories: Stories, form: str, story: str) -> None:
    text = told(report_on(stories[story]), form)
    assert f"Added by ann, {'March 1, 2026' if form == 'html' else '2026-03-01'}" in text
    assert "the machine wrote" not in text
    assert "None" not in text


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_reworded_claim_names_first_writer(report_on: Reporting, stories: Stories, form: str) -> None:
    amendment = stories["added_part_waiting"].amendment
    assert "a person wrote" in lower_told(report_on(replace(stories["added_part"], amendment=amendment)), form)
    assert "ann wrote" in lower_told(report_on(replace(stories["added"], amendment=amendment)), form)


def test_added_claim_has_no_run(report_on: Reporting, stories: Stories) -> None:
    [claim] = json.loads(written(report_on(stories["added"]), "json"))["articles"][0]["claims"]
    assert (claim["run"], claim["added"]["by"]) == (None, "ann")
    assert [one["name"] for one in review_of(report_on(stories["added"]))["contributor"]] == ["bob", "ann"]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_foot_tells_of_added_claims(report_on: Reporting, stories: Stories, form: str) -> None:
    assert "or added by people where they say so" in told(report_on(stories["added"]), form)
    assert "added by people" not in told(report_on(stories["amended"]), form)


@pytest.mark.parametrize("form", [one for one in FORMATS if one != "annotated"])
def test_speaker_is_whom_a_person_named(report_on: Reporting, stories: Stories, form: str) -> None:
    text = written(report_on(stories["attributed"]), form)
    assert "The town clerk" in text
    assert "The mayor" not in text
    assert review_of(report_on(stories["attributed"]))["itemReviewed"]["author"]["name"] == "The town clerk"


@pytest.mark.parametrize("story", ["undone", "read_anew"])
def test_undone_sign_off_leaves_a_draft(report_on: Reporting, stories: Stories, story: str) -> None:
    report = report_on(stories[story])
    assert json.loads(written(report, "claimreview")) == []
    assert [one for one in FOR_PEOPLE if "signed off by" in lower_told(report, one)] == []
    assert [one for one in FOR_PEOPLE if "draft" not in told(report, one).lower()] == []
