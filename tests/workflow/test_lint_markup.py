import html

from factcheck.domain.claimreview_rules import Severity
from factcheck.domain.markup import BrokenBlock, FoundReview, Markup, Thing
from factcheck.workflow.lint_markup import ReviewSummary, lint_markup


def review(**properties: object) -> FoundReview:
    return FoundReview(Thing({"@type": "ClaimReview"} | properties, "$"), "json-ld", "https://schema.org")


def test_summary_tells_what_stands_there() -> None:
    found = review(
        claimReviewed=html.escape(" The mayor's dam "),
        reviewRating={"name": "False", "ratingValue": "1", "bestRating": "", "worstRating": 0},
        author=[{"@type": "Person"}, {"name": "The Desk "}],
        itemReviewed={"@type": "Claim", "author": "Jane Roe", "datePublished": "2026-01-30"},
        url="/1",
        datePublished="2026-02-03",
    )
    [linted] = lint_markup(Markup((found,))).reviews
    assert linted.summary == ReviewSummary(
        claim="The mayor's dam",
        rating_label="False",
        rating_value="1",
        best="",
        worst=0,
        reviewer="The Desk",
        claimant="Jane Roe",
        item_type="Claim",
        url="/1",
        date="2026-02-03",
        claim_date="2026-01-30",
    )


def test_empty_review_has_no_summary() -> None:
    [linted] = lint_markup(Markup((review(),))).reviews
    assert linted.summary == ReviewSummary(*[None] * 11)
    assert [one.rule for one in linted.findings if one.severity is Severity.ERROR] == [
        "claimReviewed:missing",
        "url:missing",
        "reviewRating:missing",
    ]


def test_broken_block_weighs_by_content() -> None:
    broken = (BrokenBlock(1, "no", is_about_claims=True), BrokenBlock(2, "no", is_about_claims=False, repairs=("a",)))
    linted = lint_markup(Markup(broken=broken))
    assert [(number, one.rule, one.severity) for number, one in linted.blocks] == [
        (1, "json:broken", Severity.ERROR),
        (2, "json:mended", Severity.WARNING),
    ]
    assert linted.blocks[1][1].message.endswith("read after mending: a")
    assert (linted.count(Severity.ERROR), linted.count(Severity.WARNING)) == (1, 1)
