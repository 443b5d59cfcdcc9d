"""Signed-off verdicts as ClaimReview, for aggregators and for the page about a claim."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from factcheck.domain.article import Article
from factcheck.domain.claimreview_rules import is_absolute
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import Contribution, ReportedClaim, ReportedCorrection, ReportedVerdict, Standing
from factcheck.errors import InputError
from factcheck.export.reader_words import correction_text, label_name, words_about
from factcheck.export.records import Record, indented, to_json
from factcheck.export.visible import one_line
from factcheck.export.words import Words

_PUBLISHABLE = frozenset({Standing.SIGNED_OFF, Standing.PUBLISHED, Standing.CORRECTED})
_UNSAFE_IN_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def report_claimreview(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """The ClaimReview objects as a JSON array. Raises InputError if nobody is configured to publish them."""
    if masthead.publisher is None:
        raise InputError(
            "no publisher is configured, and ClaimReview names one; "
            "put a table [publisher] with name, url and claim_url_pattern into factcheck.toml"
        )
    opening = "["
    for review in claim_reviews(masthead, articles):
        yield opening + "\n  " + indented(to_json(review), 2)
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def claim_reviews(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[Record]:
    """A ClaimReview for each verdict that is signed off and not withdrawn, in order; none without a publisher."""
    publisher = masthead.publisher
    for reported in articles:
        for claim in reported.claims:
            if publisher and claim.verdict and claim.standing in _PUBLISHABLE:
                yield _claim_review(claim, claim.verdict, reported.filed.article, masthead, publisher)


def script_block(reviews: Iterable[Record]) -> Iterator[str]:
    """ClaimReview objects as a script element; no text in them can end it or begin another. Without any, nothing."""
    opening = '<script type="application/ld+json">['
    for review in reviews:
        yield opening + json.dumps(review, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)
        opening = ", "
    if opening == ", ":
        yield "]</script>"


def _claim_review(
    claim: ReportedClaim, verdict: ReportedVerdict, article: Article, masthead: Masthead, publisher: Publisher
) -> Record:
    words = words_about(masthead, article)
    # Some desks sign off here and publish elsewhere. What was done before the verdict was read anew is none of it.
    done = {one.part: one.at for one in claim.credits}
    published = done.get(Contribution.PUBLISHED) or done.get(Contribution.SIGNED_OFF) or verdict.decided_at
    organization = {"@type": "Organization", "name": one_line(publisher.name), "url": publisher.url.strip()}
    policies = {"correctionsPolicy": publisher.corrections_policy, "publishingPrinciples": publisher.methodology}
    review: Record = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": publisher.claim_url(claim.id, claim.uid),
        "claimReviewed": one_line(claim.words),
        "author": _without_gaps(organization | {"logo": publisher.logo} | policies),
        "datePublished": published.isoformat(timespec="seconds"),
        **_people(claim),
        "correction": [_correction(one, words) for one in claim.corrections] or None,
        "dateModified": claim.corrections[-1].at.isoformat(timespec="seconds") if claim.corrections else None,
        "inLanguage": publisher.language or article.language,
        "itemReviewed": _claim(claim, article, published.date()),
        "reviewRating": _rating(verdict, masthead, words),
    }
    if publisher.licence:
        review |= {"sdLicense": publisher.licence, "sdPublisher": organization}
    return _without_gaps(review)


def _people(claim: ReportedClaim) -> Record:
    """The editors, and who else has had a part: the readers, and who wrote down a claim that no run gave."""
    editors = [one.name for one in claim.credits if not one.part.is_reading]
    others = [one.name for one in claim.credits if one.part.is_reading]
    if claim.added:
        others.append(claim.added.by)
    return {
        property_name: [{"@type": "Person", "name": one} for one in dict.fromkeys(map(one_line, names)) if one] or None
        for property_name, names in (("editor", editors), ("contributor", others))
    }


def _correction(one: ReportedCorrection, words: Words) -> Record:
    at = one.at.isoformat(timespec="seconds")
    return {"@type": "CorrectionComment", "text": one_line(correction_text(words, one)), "datePublished": at}


def _claim(claim: ReportedClaim, article: Article, checked_on: date) -> Record:
    """What is reviewed. That it appeared in the article is known, that it did so first is not.

    A page may name a day after its check, such as that of a later version: it is no day of the claim then.
    """
    appeared_on = article.published_as
    day = appeared_on.date() if isinstance(appeared_on, datetime) else appeared_on
    speaker = one_line(claim.speaker or "")
    appeared = article.url is not None and is_absolute(article.url)
    return _without_gaps(
        {
            "@type": "Claim",
            "author": {"@type": "Person", "name": speaker} if speaker else None,
            "datePublished": appeared_on.isoformat() if appeared_on and day and day <= checked_on else None,
            "appearance": [{"@type": "CreativeWork", "url": article.url}] if appeared else None,
        }
    )


def _rating(verdict: ReportedVerdict, masthead: Masthead, words: Words) -> Record:
    """The label in words, and with its grade if it has one: all three numbers or none."""
    rating: Record = {"@type": "Rating", "alternateName": one_line(label_name(words, verdict.label))}
    label = masthead.label_of(verdict)
    if label and label.grade is not None:
        rating |= {"ratingValue": label.grade, "bestRating": 5, "worstRating": 1}
    explanation = one_line(verdict.rationale or "")
    return rating | ({"ratingExplanation": explanation} if explanation else {})


def _without_gaps(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
