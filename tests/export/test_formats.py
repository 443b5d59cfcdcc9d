"""Every form of a report, by its name and on whatever a desk can hold."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.formats import FORMATS, format_named, format_of_suffix

Reporting = Callable[..., Report]

PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{uid}")
SOURCES = ("page.example", "deed.pdf", "A letter of the mayor", "down.example", "gone.example", "other.example")


def written(report: Report, form: str) -> str:
    return "".join(FORMATS[form].write(replace(report.masthead, publisher=PUBLISHER), report.articles))


@pytest.mark.parametrize("form", [one for one in FORMATS if one != "claimreview"])
def test_every_state_and_source_is_told(report_on: Reporting, every_state: tuple[QueuedClaim, ...], form: str) -> None:
    text = written(report_on(*every_state), form)
    assert [one for one in SOURCES if one not in text] == []


def test_signed_claims_in_every_state_leave(report_on: Reporting, every_state: tuple[QueuedClaim, ...]) -> None:
    reviews = json.loads(written(report_on(*every_state), "claimreview"))
    assert len(reviews) == sum(one.status.is_settled for one in every_state) / 2


@pytest.mark.parametrize("form", FORMATS)
def test_empty_report_has_every_form(report_on: Reporting, form: str) -> None:
    assert written(report_on(), form) or form == "jsonl"


@pytest.mark.parametrize(
    ("name", "form"),
    [("md", "markdown"), ("HTML", "html"), (" Htm ", "html"), ("txt", "annotated"), ("JSON", "json"), ("x", None)],
)
def test_form_has_short_names(name: str, form: str | None) -> None:
    assert format_named(name) == (FORMATS[form] if form else None)


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(".MARKDOWN", "markdown"), (".json", "json"), (".jsonld", "claimreview"), ("", None), (".pdf", None)],
)
def test_suffix_stands_for_a_form(suffix: str, form: str | None) -> None:
    assert format_of_suffix(suffix) == (FORMATS[form] if form else None)
