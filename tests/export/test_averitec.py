"""Verdicts in the form of a published data set: its fields, its classes, its kinds of answers."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator

from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.averitec import report_averitec

Reporting = Callable[..., Report]

TEXT, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
ANSWER = {
    "answer": {"type": "string", "minLength": 1},
    "answer_type": {"enum": ["Extractive", "Abstractive", "Boolean", "Unanswerable"]},
    "source_url": TEXT,
    "source_medium": {"enum": ["Web text", "Web table", "PDF", "Metadata", "Image/graphic", "Video", "Other", ""]},
    "cached_source_url": TEXT,
}
QUESTION = {
    "question": {"type": "string", "minLength": 1},
    "answers": {"type": "array", "minItems": 1, "items": {"properties": ANSWER, "required": list(ANSWER)}},
}
CLASSES = ["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"]
ENTRY = {
    "claim": {"type": "string", "minLength": 1},
    "required_reannotation": {"type": "boolean"},
    "label": {"enum": CLASSES},
    "justification": TEXT,
    "claim_date": {"type": ["string", "null"], "pattern": r"^[1-9]\d?-[1-9]\d?-\d{4}$"},
    "speaker": MAYBE,
    "original_claim_url": MAYBE,
    "cached_original_claim_url": MAYBE,
    "fact_checking_article": MAYBE,
    "reporting_source": MAYBE,
    "location_ISO_code": MAYBE,
    "claim_types": {"type": "array", "items": TEXT},
    "fact_checking_strategies": {"type": "array", "items": TEXT},
    "questions": {"type": "array", "items": {"properties": QUESTION, "required": list(QUESTION)}},
}
FORM = {"type": "array", "items": {"properties": ENTRY, "required": list(ENTRY), "additionalProperties": False}}


def entries(report: Report) -> list[dict[str, Any]]:
    publisher = Publisher("The Desk", "https://desk.example/", "https://desk.example/{id}")
    found = json.loads("".join(report_averitec(replace(report.masthead, publisher=publisher), report.articles)))
    Draft202012Validator(FORM).validate(found)
    return list(found)


def test_verdict_is_an_entry(report_on: Reporting, corrected: QueuedClaim) -> None:
    (entry,) = entries(report_on(corrected))
    told = ("claim", "label", "justification", "claim_date", "speaker", "original_claim_url", "fact_checking_article")
    assert tuple(entry[name] for name in told) == (
        "The dam was built in 1932.",
        "Supported",
        "The deed says so.",
        "6-5-2024",
        "The mayor",
        "https://example.org/river",
        "https://desk.example/1",
    )
    (question,) = entry["questions"]
    (answer,) = question["answers"]
    assert (question["question"], answer["answer"], answer["answer_type"], answer["source_url"]) == (
        "What supports the claim?",
        "Begun in 1929, built in 1931.",
        "Extractive",
        "https://archive.example/dam?p=1",
    )


def test_every_kind_of_source_is_an_answer(report_on: Reporting, stories: dict[str, QueuedClaim]) -> None:
    found = entries(report_on(*stories.values()))
    assert found
    answers = [one for entry in found for question in entry["questions"] for one in question["answers"]]
    assert {one["answer_type"] for one in answers} == {"Extractive", "Abstractive"}


def test_drafts_and_withdrawn_verdicts_are_no_entries(
    report_on: Reporting, stories: dict[str, QueuedClaim], checked: QueuedClaim
) -> None:
    assert entries(report_on(checked, stories["withdrawn"])) == []


def test_unknown_day_stays_unknown(report_on: Reporting, corrected: QueuedClaim) -> None:
    assert entries(report_on(corrected, published=None))[0]["claim_date"] is None
