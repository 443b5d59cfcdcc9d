import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml.html import document_fromstring

from factcheck.domain.desk import Amendment, EditorialAct
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, AveritecClass, Label, RatingScale
from factcheck.domain.report import Report
from factcheck.domain.review import Correction, QueuedClaim
from factcheck.domain.states import Act, EditorialState
from factcheck.export.claimreview import claim_reviews, report_claimreview, script_block

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOMENT = datetime(2026, 2, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
PUBLISHER = Publisher(
    "The Desk",
    "https://desk.example.org/",
    "https://desk.example.org/checks/{id}",
    logo="https://desk.example.org/logo.png",
    corrections_policy="https://desk.example.org/corrections",
    methodology="https://desk.example.org/method",
    language="en",
    licence="https://creativecommons.org/licenses/by/4.0/",
)
BARE = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{uid}")

Reporting = Callable[..., Report]


@pytest.fixture
def signed(checked: QueuedClaim) -> QueuedClaim:
    """A claim whose verdict an editor has signed off."""
    act = EditorialAct(Act.SIGNED_OFF, "eva", NOW.replace(day=2))
    return replace(checked, editorial=EditorialState.SIGNED_OFF, editorial_acts=(act,))


def reviews_of(
    report: Report, publisher: Publisher = PUBLISHER, scales: tuple[RatingScale, ...] = (TRUTH_5,)
) -> list[dict[str, Any]]:
    return list(claim_reviews(replace(report.masthead, publisher=publisher, scales=scales), report.articles))


def review_of(report: Report, publisher: Publisher = PUBLISHER) -> dict[str, Any]:
    [review] = reviews_of(report, publisher)
    return review


def test_signed_claim_is_whole(signed: QueuedClaim, report_on: Reporting) -> None:
    desk = {"@type": "Organization", "name": "The Desk", "url": "https://desk.example.org/"}
    assert review_of(report_on(signed)) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://desk.example.org/checks/1",
        "claimReviewed": "The dam was built in 1931.",
        "author": desk
        | {
            "logo": "https://desk.example.org/logo.png",
            "correctionsPolicy": "https://desk.example.org/corrections",
            "publishingPrinciples": "https://desk.example.org/method",
        },
        "editor": [{"@type": "Person", "name": "eva"}],
        "contributor": [{"@type": "Person", "name": "ada"}],
        "datePublished": "2026-03-02T12:00:00+00:00",
        "inLanguage": "en",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "The mayor"},
            "datePublished": "2024-05-06",
            "appearance": [{"@type": "CreativeWork", "url": "https://example.org/river"}],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly true",
            "ratingValue": 4,
            "bestRating": 5,
            "worstRating": 1,
            "ratingExplanation": "It was opened in 1932.",
        },
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
        "sdPublisher": desk,
    }


def test_what_is_unknown_is_left_out(signed: QueuedClaim, report_on: Reporting) -> None:
    assert signed.verdict
    bare = replace(signed, claim=replace(signed.claim, speaker=" "), verdict=replace(signed.verdict, rationale=" "))
    review = review_of(report_on(bare, url="file.txt", published=None, language=None), BARE)
    assert review["url"] == "https://desk.example.org/" + "a" * 16
    assert review["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://desk.example.org/"}
    assert review["itemReviewed"] == {"@type": "Claim"}
    assert "ratingExplanation" not in review["reviewRating"]
    assert not {"inLanguage", "sdLicense", "sdPublisher", "dateModified"} & set(review)


@pytest.mark.parametrize("state", list(EditorialState))
def test_only_signed_verdicts_leave(signed: QueuedClaim, report_on: Reporting, state: EditorialState) -> None:
    claim = replace(signed, editorial=state)
    leaves = state in {EditorialState.SIGNED_OFF, EditorialState.PUBLISHED, EditorialState.CORRECTED}
    assert len(reviews_of(report_on(claim))) == leaves


def test_undecided_claim_never_leaves(signed: QueuedClaim, report_on: Reporting) -> None:
    claim = replace(signed, verdict=None)
    assert reviews_of(report_on(claim)) == []


def test_amended_words_are_reviewed(signed: QueuedClaim, report_on: Reporting) -> None:
    claim = replace(signed, amendment=Amendment("The  dam dates\nfrom 1931.", "ana", NOW))
    assert review_of(report_on(claim))["claimReviewed"] == "The dam dates from 1931."


def test_language_falls_back_to_the_article(signed: QueuedClaim, report_on: Reporting) -> None:
    assert review_of(report_on(signed, language="de"), BARE)["inLanguage"] == "de"


@pytest.mark.parametrize(("at", "told"), [(None, "2026-02-01"), (MOMENT, "2026-02-01T23:30:00-05:00")])
def test_claim_is_dated_as_exactly_as_known(
    signed: QueuedClaim, report_on: Reporting, at: datetime | None, told: str
) -> None:
    report = report_on(signed, published=date(2026, 2, 1), published_at=at)
    assert review_of(report)["itemReviewed"]["datePublished"] == told


def test_day_of_publication_counts(signed: QueuedClaim, report_on: Reporting) -> None:
    acts = (*signed.editorial_acts, EditorialAct(Act.PUBLISHED, "eva", NOW.replace(day=3)))
    published = replace(signed, editorial=EditorialState.PUBLISHED, editorial_acts=acts)
    assert review_of(report_on(published))["datePublished"] == "2026-03-03T12:00:00+00:00"
    assert review_of(report_on(replace(signed, editorial_acts=())))["datePublished"] == "2026-03-01T12:00:00+00:00"


def test_what_was_done_before_a_new_reading_dates_nothing(signed: QueuedClaim, report_on: Reporting) -> None:
    [first] = signed.editorial_acts
    later = (timedelta(days=one) for one in (1, 2))
    rejected, again = (replace(first, at=first.at + one) for one in later)
    acts = (first, replace(rejected, act=Act.REJECTED), again)
    assert review_of(report_on(replace(signed, editorial_acts=acts)))["datePublished"] == again.at.isoformat()


def test_correction_dates_the_change(signed: QueuedClaim, report_on: Reporting) -> None:
    assert signed.verdict
    correction = Correction(NOW.replace(day=9), "eva", signed.verdict, signed.verdict, "a slip")
    corrected = replace(signed, editorial=EditorialState.CORRECTED, corrections=(correction,))
    assert review_of(report_on(corrected))["dateModified"] == "2026-03-09T12:00:00+00:00"


@pytest.mark.parametrize("label", TRUTH_5.labels, ids=lambda label: label.id)
def test_numbers_are_all_or_none(signed: QueuedClaim, report_on: Reporting, label: Label) -> None:
    assert signed.verdict
    rating = review_of(report_on(replace(signed, verdict=replace(signed.verdict, label=label.id))))["reviewRating"]
    numbers = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    assert numbers == ([None] * 3 if label.grade is None else [1, label.grade, 5])
    assert rating["alternateName"]


def test_label_keeps_its_version(signed: QueuedClaim, report_on: Reporting) -> None:
    assert signed.verdict
    labels = (Label("mostly-true", "Then.", AveritecClass.SUPPORTED, 3), Label("x", "Else.", AveritecClass.REFUTED, 1))
    newer = RatingScale("truth-5", 2, labels)
    claim = replace(signed, verdict=replace(signed.verdict, scale_version=2))
    [unknown] = reviews_of(report_on(claim))
    [known] = reviews_of(report_on(claim), scales=(TRUTH_5, newer))
    assert "ratingValue" not in unknown["reviewRating"]
    assert known["reviewRating"]["ratingValue"] == 3


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!-- <script>", "a\u2028b\u2029c", "&lt;/script>"]
)
def test_script_block_holds_hostile_text(signed: QueuedClaim, report_on: Reporting, hostile: str) -> None:
    assert signed.verdict
    claim = replace(signed, verdict=replace(signed.verdict, rationale=hostile))
    reviews = reviews_of(report_on(claim))
    block = "".join(script_block(reviews))
    [script] = document_fromstring(f"<html><body>{block}<p>after</p></body></html>").iter("script")
    assert json.loads(script.text) == reviews
    assert not set("<>&\u2028\u2029") & set(
        block.removeprefix('<script type="application/ld+json">')[: -len("</script>")]
    )


def test_array_steers_no_terminal(signed: QueuedClaim, report_on: Reporting) -> None:
    claim = replace(signed, claim=replace(signed.claim, speaker="\x1b[31mred\u202e", text="It\x07 rose."))
    report = report_on(claim)
    text = "".join(report_claimreview(replace(report.masthead, publisher=PUBLISHER), report.articles))
    assert json.loads(text)[0]["itemReviewed"]["author"]["name"] == "\ufffd[31mred\ufffd"
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_no_claim_is_dated_after_its_check(report_on: Reporting, corrected: QueuedClaim) -> None:
    for day, told in ((date(2026, 3, 1), "2026-03-01"), (date(2026, 3, 2), None)):
        report = report_on(corrected, published=day)
        masthead = replace(report.masthead, publisher=PUBLISHER)
        [review] = json.loads("".join(report_claimreview(masthead, report.articles)))
        assert review["itemReviewed"].get("datePublished") == told
