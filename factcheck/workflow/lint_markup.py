"""Hold the ClaimReview of a page or a file against the rules."""

import html
from dataclasses import dataclass
from typing import Any

from factcheck.domain.claimreview_rules import Finding, Severity, Specification, findings_about
from factcheck.domain.markup import BrokenBlock, FoundReview, Markup, Thing


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a ClaimReview says, as it stands; ratings keep their type, so that "" and 0 differ from None."""

    claim: str | None
    rating_label: str | None
    rating_value: Any
    best: Any
    worst: Any
    reviewer: str | None
    claimant: str | None
    item_type: str | None
    url: str | None
    date: str | None
    claim_date: str | None


@dataclass(frozen=True, slots=True)
class LintedReview:
    """A ClaimReview with what it says and what is wrong with it."""

    found: FoundReview
    summary: ReviewSummary
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LintedMarkup:
    """Every ClaimReview of a source, and the blocks that a strict reader of JSON refuses."""

    reviews: tuple[LintedReview, ...]
    blocks: tuple[tuple[int | None, Finding], ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        findings = [*(one for _, one in self.blocks), *(one for review in self.reviews for one in review.findings)]
        return sum(one.severity is severity for one in findings)


def lint_markup(markup: Markup) -> LintedMarkup:
    """Every ClaimReview with its findings, in the order of the source."""
    reviews = tuple(LintedReview(one, summary_of(one.thing), findings_about(one)) for one in markup.reviews)
    broken = [(one.block, _about_block(one)) for one in markup.broken]
    repeated = [(block, _about_key(name)) for block, name in markup.repeated]
    return LintedMarkup(reviews, (*broken, *repeated))


def _about_block(broken: BrokenBlock) -> Finding:
    mended = f"; read after mending: {', '.join(broken.repairs)}" if broken.repairs else ""
    # Its rules are of the whole block, before there is a ClaimReview to hold against a table.
    return Finding(
        "json:mended" if broken.repairs else "json:broken",
        Severity.ERROR if broken.is_about_claims else Severity.WARNING,
        Specification.JSON_LD,
        "$",
        f"strict readers skip the whole block: {broken.complaint}{mended}",
        "write it with a JSON library",
    )


def _about_key(name: str) -> Finding:
    message = f"the key {name[:80]!r} stands twice in one object, and readers may take either"
    return Finding("json:repeated-key", Severity.WARNING, Specification.JSON_LD, "$", message, "leave one of them")


def summary_of(thing: Thing) -> ReviewSummary:
    """What a ClaimReview says."""
    rating, item = (next(iter(thing.things(name)), Thing({}, "")) for name in ("reviewRating", "itemReviewed"))
    numbers = ("ratingValue", "bestRating", "worstRating")
    value, best, worst = (next((part.value for part in rating.parts(name)), None) for name in numbers)
    return ReviewSummary(
        claim=_text(thing, "claimReviewed"),
        rating_label=_text(rating, "alternateName") or _text(rating, "name"),
        rating_value=value,
        best=best,
        worst=worst,
        reviewer=_name(thing),
        claimant=_name(item),
        item_type=next(iter(item.types), None),
        url=_text(thing, "url"),
        date=_text(thing, "datePublished"),
        claim_date=_text(item, "datePublished"),
    )


def _name(thing: Thing) -> str | None:
    named = (_text(author, "name") for author in thing.things("author"))
    return next(filter(None, named), None) or _text(thing, "author")


def _text(thing: Thing, name: str) -> str | None:
    # Publishers write entities into JSON-LD, where they stand for themselves; a person reads what was meant.
    return next((html.unescape(one).strip() for one in thing.texts(name)), None)
