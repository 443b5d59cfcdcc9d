"""The rules agree with objects that people published or broke on purpose, and with each rule's own example."""

import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.claimreview_rules import RULES, Severity, findings_about, is_on_domain, number_of
from factcheck.domain.markup import FoundReview, Thing

DATA = Path(__file__).parent / "data" / "claimreview"
CASES = json.loads((DATA / "cases.json").read_text("utf-8"))
PUBLISHED = [json.loads(line) for line in (DATA / "published.jsonl").read_text("utf-8").splitlines()]
JUDGED = {finding for row in PUBLISHED for finding in row["expect_errors"] + row["expect_warnings"]}
RULE_OF = {
    "claimReviewed:missing/empty": {"claimReviewed:missing"},
    "url:missing/not absolute": {"url:missing", "url:not-absolute"},
    "url:other domain": {"url:other-domain"},
    "reviewRating:missing": {"reviewRating:missing"},
    "reviewRating.alternateName:missing/empty": {"reviewRating.alternateName:missing"},
    "reviewRating:worst>=best": {"reviewRating:worst>=best"},
    "reviewRating.worstRating:<1": {"reviewRating.worstRating:below-1"},
    "reviewRating.ratingValue:out of range": {"reviewRating.ratingValue:out-of-range"},
    "reviewRating.ratingValue:not a number": {"reviewRating.ratingValue:not-a-number"},
    "reviewRating:no numeric rating": {"reviewRating:no-number"},
    "reviewRating:numeric triple incomplete": {"reviewRating:incomplete"},
    "itemReviewed.author:present without name": {"itemReviewed.author:no-name"},
    "itemReviewed.author:missing": {"itemReviewed.author:missing"},
    "itemReviewed:legacy CreativeWork": {"itemReviewed:not-Claim"},
    "author:neither name nor url": {"author:no-name-or-url"},
    "context:wrong": {"context:wrong"},
}
VALID: dict[str, Any] = CASES[0]["claimreview"]


def broken_rules(review: dict[str, Any], page_url: str | None = None) -> dict[str, Severity]:
    found = FoundReview(Thing(review, "$"), "json-ld", review.get("@context", "https://schema.org"), page_url=page_url)
    return {one.rule: one.severity for one in findings_about(found)}


def paths(review: dict[str, Any], rule_id: str) -> list[str]:
    found = FoundReview(Thing(review, "$"), "json-ld", "https://schema.org")
    return [one.path for one in findings_about(found) if one.rule == rule_id]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_gives_its_findings(case: dict[str, Any]) -> None:
    found = broken_rules(case["claimreview"], case["page_url"])

    for severity, expected in ((Severity.ERROR, case["errors"]), (Severity.WARNING, case["warnings"])):
        rules = [RULE_OF[told.split(" (")[0]] for told in expected]
        given = {rule for rule, how in found.items() if how is severity}
        assert len(given) == len(rules)
        assert all(given & one for one in rules)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["id"])
def test_published_object_gives_its_findings(row: dict[str, Any]) -> None:
    assert set(broken_rules(row["claimreview"])) & JUDGED == {*row["expect_errors"], *row["expect_warnings"]}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"@type": "Review"}, "type"),
        ({"@context": ["https://example.org"]}, "context:wrong"),
        ({"claimReviewed": "x" * 75}, "claimReviewed:long"),
        ({"claimReviewed": "Tom &amp; Jerry met."}, "claimReviewed:html"),
        ({"claimReviewed": "<b>It</b> rose."}, "claimReviewed:html"),
        ({"claimReviewed": "MOSTLY FALSE: it rose."}, "claimReviewed:rating"),
        ({"claimReviewed": {"@value": " "}}, "claimReviewed:missing"),
        ({"url": "https:///checks/1"}, "url:not-absolute"),
        ({"url": "http://[::1"}, "url:not-absolute"),
        ({"url": "javascript:alert(1)//https://example.org"}, "url:not-absolute"),
        ({"reviewRating": []}, "reviewRating:missing"),
        ({"author": None}, "author:missing"),
        ({"author": "The Desk"}, "author:not-an-object"),
        ({"author": [{}, {"name": " "}]}, "author:no-name-or-url"),
        ({"itemReviewed": {"@type": "Claim", "author": "Jane Roe"}}, "itemReviewed.author:not-an-object"),
        (
            {"itemReviewed": {"@type": "Claim", "appearance": "https://example.org"}},
            "itemReviewed.appearance:not-an-object",
        ),
        ({"itemReviewed": {"@type": "Claim", "firstAppearance": {"url": "/1"}}}, "itemReviewed.appearance:no-url"),
        ({"itemReviewed": {"@type": "Claim", "datePublished": "yesterday"}}, "itemReviewed.datePublished:not-iso8601"),
        ({"itemReviewed": "a claim"}, "itemReviewed:missing"),
        ({"itemReviewed": {"name": "a claim"}}, "itemReviewed:not-Claim"),
        ({"datePublished": ""}, "datePublished:missing"),
    ],
    ids=str,
)
def test_change_breaks_its_rule(changes: dict[str, Any], rule: str) -> None:
    assert rule not in broken_rules(VALID)
    assert rule in broken_rules(VALID | changes)


def test_vocabulary_may_be_unnamed() -> None:
    found = FoundReview(Thing(VALID, "$"), "json-ld", None)
    assert [one.rule for one in findings_about(found)] == ["context:missing"]


@pytest.mark.parametrize(
    "changes",
    [
        {"@type": ["Article", "https://schema.org/ClaimReview"]},
        {"@type": "schema:ClaimReview"},
        {"@context": "http://schema.org/"},
        {"@context": ["https://example.org/x", {"@vocab": "https://schema.org/"}]},
        {"claimReviewed": ["Ridership doubled."]},
        {"claimReviewed": {"@value": "Ridership doubled.", "@language": "en"}},
        {"claimReviewed": "It is < 5 & > 3; 1 <2."},
        {"url": "HTTPS://desk.example.org/1"},
        {"author": [{"@type": "Person", "name": ""}, {"@type": "Person", "url": "https://example.org/ana"}]},
    ],
    ids=str,
)
def test_variant_breaks_no_rule(changes: dict[str, Any]) -> None:
    assert broken_rules(VALID | changes) == {}


@pytest.mark.parametrize(
    "day",
    ["2026", "2026-02", "2026-02-03", "20260203", "2026-02-03T14:41", "2026-02-03T14:41:00Z",
     "2022-09-01T22:06:09-03:00", "2023-01-24T13:32:06.838Z", "2026-02-03T14:41:00+0530"],
)  # fmt: skip
def test_iso_date_is_one(day: str) -> None:
    item = {name: value for name, value in VALID["itemReviewed"].items() if name != "datePublished"}
    assert broken_rules(VALID | {"datePublished": day, "itemReviewed": item}) == {}


@pytest.mark.parametrize(
    "day", ["2026-02-03 14:41", "March 5, 2024", "03/02/2026", "2026-13-01", "2026-02-32", "2026-2-3", "٢٠٢٦-٠٢-٠٣"]
)
def test_other_date_is_told(day: str) -> None:
    assert broken_rules(VALID | {"datePublished": day}) == {"datePublished:not-iso8601": Severity.WARNING}


@pytest.mark.parametrize("spelled", [4, 4.5, "4", " 4 ", "4.5", "-1", "+2", "1e1"], ids=repr)
def test_number_is_evaluated(spelled: object) -> None:
    assert number_of(spelled) == float(spelled)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spelled",
    ["", "five", "4/5", "4,5", "NaN", "٤", True, None, [], {}, float("nan"), 10**400],
    ids=lambda one: repr(one)[:9],
)
def test_other_value_is_no_number(spelled: object) -> None:
    assert number_of(spelled) is None


def test_rating_is_checked_against_half_a_scale() -> None:
    rating = {"alternateName": "False", "ratingValue": 7, "bestRating": 6}
    assert broken_rules(VALID | {"reviewRating": rating}) == {
        "reviewRating:incomplete": Severity.WARNING,
        "reviewRating.ratingValue:out-of-range": Severity.ERROR,
    }


@pytest.mark.parametrize(
    ("url", "page", "is_same"),
    [
        ("https://example.org/1", "https://www.example.org/", True),
        ("https://fact.example.org/1", "https://example.org/", True),
        ("https://EXAMPLE.org:443/1", "http://example.org./", True),
        ("https://badexample.org/1", "https://example.org/", False),
        ("https://example.org/1", "https://fact.example.org/", False),
    ],
)
def test_domain_holds_its_subdomains(url: str, page: str, is_same: bool) -> None:  # noqa: FBT001
    assert is_on_domain(url, page) is is_same


def test_problem_names_its_path() -> None:
    rating = {"@type": "Rating", "alternateName": "False", "bestRating": ["", 5]}
    assert paths(VALID | {"reviewRating": rating}, "reviewRating.bestRating:not-a-number") == [
        "$.reviewRating.bestRating[0]"
    ]


@pytest.mark.parametrize(
    "value", [None, True, 5, "x", [], [[]], [None], {}, {"@value": {}}, [{"@id": []}], {"name": 5}]
)
@pytest.mark.parametrize(
    "name", ["@type", "@context", "claimReviewed", "url", "reviewRating", "author", "itemReviewed"]
)
def test_no_shape_breaks_a_check(name: str, value: object) -> None:
    review = VALID | {name: value}
    found = FoundReview(Thing(review, "$"), "json-ld", review["@context"], page_url="https://example.org")
    assert all(one.path.startswith("$") for one in findings_about(found))
    nested = VALID | {"itemReviewed": {"author": value, "datePublished": value, "appearance": value}}
    assert set(broken_rules(nested)) <= {rule.id for rule in RULES}


@pytest.mark.parametrize(
    "day",
    ["2023-02-29", "2024-13-01T08:00:00Z", "2024-99-99T08:00:00Z", "2024-04-31", "20240431", "0000-01-01", "2024-00"],
)
def test_day_that_no_calendar_has_is_told(day: str) -> None:
    assert "datePublished:not-iso8601" in broken_rules(VALID | {"datePublished": day})
    assert "itemReviewed.datePublished:not-iso8601" in broken_rules(
        VALID | {"itemReviewed": VALID["itemReviewed"] | {"datePublished": day}}
    )


@pytest.mark.parametrize("day", ["2024-02-29", "2024", "2024-12", "20240229", "2024-12-31T24:00:00Z", "9999-12-31"])
def test_day_that_a_calendar_has_is_taken(day: str) -> None:
    assert "datePublished:not-iso8601" not in broken_rules(VALID | {"datePublished": day})


@pytest.mark.parametrize(
    ("claimed", "checked", "is_told"),
    [
        ("2024-04-01", "2024-03-05", True),
        ("2024-03-06", "2024-03-05", True),
        ("2024-03-05", "2024-03-05", False),
        ("2024-03-06T01:00:00+09:00", "2024-03-05T20:00:00Z", False),
        ("2024-03-07T01:00:00Z", "2024-03-05", True),
        ("2024", "2024-03-05", False),
        ("2024-04", "2024-03", True),
        ("2024-03-31", "2024-03", False),
        ("nonsense", "2024-03-05", False),
    ],
)
def test_claim_after_its_check_is_told(claimed: str, checked: str, is_told: bool) -> None:  # noqa: FBT001 - a row of the table
    review = VALID | {"datePublished": checked, "itemReviewed": VALID["itemReviewed"] | {"datePublished": claimed}}
    assert ("itemReviewed.datePublished:after-check" in broken_rules(review)) is is_told
