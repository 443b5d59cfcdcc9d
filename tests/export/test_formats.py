"""Every form of a report, by its name and on whatever a desk can hold."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml.html import document_fromstring
from markdown_it import MarkdownIt
from typing_extensions import override

from factcheck.domain.claimreview_rules import Severity
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Report
from factcheck.domain.review import QueuedClaim
from factcheck.export.formats import FORMATS, format_named, format_of_suffix
from factcheck.export.report_json import report_schema
from factcheck.export.table import COLUMNS
from factcheck.intake.markup import read_markup
from factcheck.workflow.lint_markup import lint_markup

Reporting = Callable[..., Report]

Stories = dict[str, QueuedClaim]

PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}")
PAGES = (
    "page",
    "down",
    "gone",
    "lost",
    "other",
    "kept",
    "taken",
    "same",
    "changed",
    "quote-gone",
    "unreachable",
    "refused",
)
SOURCES = (*(f"//{one}.example/" for one in PAGES), "deed.pdf", "A letter of the mayor", "A map of the town")
_VOID = frozenset({"meta", "input"})


class Outline(HTMLParser):
    """The elements of a page that were not closed in their turn, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is open after it."""

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def written(report: Report, form: str) -> str:
    return "".join(FORMATS[form].write(replace(report.masthead, publisher=PUBLISHER), report.articles))


@pytest.fixture
def full_report(report_on: Reporting, every_state: tuple[QueuedClaim, ...], stories: Stories) -> Report:
    """A report on claims in every state and with every story, each with every kind of evidence."""
    last = len(every_state)
    later = (replace(one, id=last + number) for number, one in enumerate(stories.values(), 1))
    return report_on(*every_state, *later)


@pytest.mark.parametrize("form", [one for one in FORMATS if one not in {"claimreview", "averitec"}])
def test_every_claim_names_its_sources(full_report: Report, form: str) -> None:
    text, checked = written(full_report, form), len(full_report.articles[0].checked)
    assert {one: count for one in SOURCES if (count := text.count(one)) < checked} == {}


def test_json_of_everything_conforms(full_report: Report) -> None:
    schema = report_schema()
    line = Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/line"})
    Draft202012Validator(schema).validate(json.loads(written(full_report, "json")))
    lines = list(map(json.loads, written(full_report, "jsonl").splitlines()))
    for one in lines:
        line.validate(one)
    assert len(lines) == len(full_report.articles[0].claims)


def test_table_of_everything_has_whole_rows(full_report: Report) -> None:
    rows = list(csv.reader(io.StringIO(written(full_report, "csv"), newline="")))
    assert {len(one) for one in rows} == {len(COLUMNS)}
    assert [one[0] for one in rows[1:]] == [str(one.id) for one in full_report.articles[0].claims]


def test_page_of_everything_is_well_formed(full_report: Report) -> None:
    page = Outline()
    page.feed(written(full_report, "html"))
    page.close()
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert [one for one in page.ids if one.startswith("claim-")] == [
        f"claim-{one.id}" for one in full_report.articles[0].claims
    ]


def test_text_of_everything_lists_each_claim(full_report: Report) -> None:
    claims = full_report.articles[0].claims
    headings = MarkdownIt("commonmark").parse(written(full_report, "markdown"))
    titles = [one.content for one in headings if one.type == "inline" and one.content.startswith("Claim ")]
    assert [int(one.split()[1][:-1]) for one in titles] == [one.id for one in full_report.articles[0].checked]
    assert written(full_report, "annotated").count("\n    record ") == len(claims)


def test_markup_of_everything_breaks_no_rule(full_report: Report, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(written(full_report, "html"), "utf-8")
    (tmp_path / "reviews.json").write_text(written(full_report, "claimreview"), "utf-8")
    page, alone = (
        read_markup(str(tmp_path / one), "https://desk.example.org/") for one in ("page.html", "reviews.json")
    )

    assert lint_markup(page).count(Severity.ERROR) == lint_markup(alone).count(Severity.ERROR) == 0
    assert [one.thing.properties for one in page.reviews] == [one.thing.properties for one in alone.reviews]


def test_page_says_what_its_markup_says(full_report: Report) -> None:
    page = document_fromstring(written(full_report, "html"))
    cards = {str(one.get("id")): one for one in page.cssselect(".card")}
    reviews = json.loads(written(full_report, "claimreview"))
    assert reviews
    for review in reviews:
        card, rating = cards[f"claim-{review['url'].rpartition('/')[2]}"], review["reviewRating"]
        assert card.get("data-verdict") == rating["alternateName"].lower().replace(" ", "-")
        people = [*review["editor"], *review["contributor"], *filter(None, [review["itemReviewed"].get("author")])]
        said = [rating["ratingExplanation"], review["claimReviewed"], *(one["name"] for one in people)]
        assert [one for one in said if one not in card.text_content()] == []


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
