"""Signed-off verdicts as ClaimReview, for aggregators and for the page about a claim."""

import json
from collections.abc import Iterable, Iterator, Sequence

from factcheck.domain.article import Article
from factcheck.domain.claimreview_rules import is_absolute
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.domain.report import ReportedArticle
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import Act, EditorialState
from factcheck.export.records import Record, to_json
from factcheck.export.visible import one_line

_BEST, _WORST = 5, 1
_PUBLISHABLE = frozenset({EditorialState.SIGNED_OFF, EditorialState.PUBLISHED, EditorialState.CORRECTED})
_UNSAFE_IN_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})

Scales = Sequence[RatingScale]


def is_publishable(claim: QueuedClaim) -> bool:
    """Whether an editor has signed the verdict off, and not withdrawn it."""
    return claim.verdict is not None and claim.editorial in _PUBLISHABLE


def claim_reviews(
    articles: Iterable[ReportedArticle], publisher: Publisher, scales: Scales = (TRUTH_5,)
) -> Iterator[Record]:
    """A ClaimReview for each publishable claim, in the order of the report."""
    for reported in articles:
        for claim in reported.claims:
            if claim.verdict and is_publishable(claim):
                yield _claim_review(claim, claim.verdict, reported.filed.article, publisher, scales)


def claim_reviews_json(articles: Iterable[ReportedArticle], publisher: Publisher, scales: Scales = (TRUTH_5,)) -> str:
    """The ClaimReview objects as a JSON array."""
    return to_json(list(claim_reviews(articles, publisher, scales))) + "\n"


def script_block(reviews: Iterable[Record]) -> str:
    """ClaimReview objects as a script element; no text in them can end it or begin another."""
    text = json.dumps(list(reviews), ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)
    return f'<script type="application/ld+json">{text}</script>'


def _claim_review(
    claim: QueuedClaim, verdict: Verdict, article: Article, publisher: Publisher, scales: Scales
) -> Record:
    review: Record = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": publisher.claim_url(claim.id, claim.uid),
        "claimReviewed": one_line(claim.words),
        "author": _author(publisher),
        "datePublished": _published_at(claim, verdict),
        "dateModified": claim.corrections[-1].at.isoformat(timespec="seconds") if claim.corrections else None,
        "inLanguage": publisher.language or article.language,
        "itemReviewed": _claim(claim, article),
        "reviewRating": _rating(verdict, scales),
    }
    if publisher.licence:
        review |= {"sdLicense": publisher.licence, "sdPublisher": _organization(publisher)}
    return _without_gaps(review)


def _published_at(claim: QueuedClaim, verdict: Verdict) -> str:
    """When it was published first, else signed off; some desks hand over what they publish elsewhere."""
    acts = {one.act: one.at for one in reversed(claim.editorial_acts)}
    moment = acts.get(Act.PUBLISHED) or acts.get(Act.SIGNED_OFF) or verdict.decided_at
    return moment.isoformat(timespec="seconds")


def _organization(publisher: Publisher) -> Record:
    return {"@type": "Organization", "name": one_line(publisher.name), "url": publisher.url.strip()}


def _author(publisher: Publisher) -> Record:
    return _without_gaps(
        _organization(publisher)
        | {
            "logo": publisher.logo,
            "correctionsPolicy": publisher.corrections_policy,
            "publishingPrinciples": publisher.methodology,
        }
    )


def _claim(claim: QueuedClaim, article: Article) -> Record:
    """What is reviewed. That it appeared in the article is known, that it did so first is not."""
    speaker = one_line(claim.claim.speaker or "")
    appeared = article.url is not None and is_absolute(article.url)
    return _without_gaps(
        {
            "@type": "Claim",
            "author": {"@type": "Person", "name": speaker} if speaker else None,
            "datePublished": article.published.isoformat() if article.published else None,
            "appearance": [{"@type": "CreativeWork", "url": article.url}] if appeared else None,
        }
    )


def _rating(verdict: Verdict, scales: Scales) -> Record:
    """The label in words, and with its grade if it has one: all three numbers or none."""
    rating: Record = {"@type": "Rating", "alternateName": one_line(verdict.label.replace("-", " ").capitalize())}
    grade = _grade(verdict, scales)
    if grade is not None:
        rating |= {"ratingValue": grade, "bestRating": _BEST, "worstRating": _WORST}
    explanation = one_line(verdict.rationale or "")
    return rating | ({"ratingExplanation": explanation} if explanation else {})


def _grade(verdict: Verdict, scales: Scales) -> int | None:
    return next(
        (
            label.grade
            for scale in scales
            if (scale.id, scale.version) == (verdict.scale, verdict.scale_version)
            for label in scale.labels
            if label.id == verdict.label
        ),
        None,
    )


def _without_gaps(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
