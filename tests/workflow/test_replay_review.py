from collections.abc import Callable
from dataclasses import replace

import pytest

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.workflow.replay_review import PreparedVerdict, publish_all, replay_review
from factcheck.workflow.review_claim import Desk, record_verdict

Extracted = Callable[..., FiledArticle]
Pass = Callable[[int], None]

RAIN, WIND = "Heavy rain fell over Lisbon on Monday.", "Strong wind blew over Porto on Tuesday."


@pytest.fixture(autouse=True)
def two_claims(extracted: Extracted) -> None:
    extracted(f"{RAIN} {WIND}")


def prepared(claim: str, label: str = "true") -> PreparedVerdict:
    return PreparedVerdict(claim, label, "Checked.", (EvidenceDraft("https://a.example"),))


def labels(desk: Desk) -> list[str | None]:
    claims = [desk.queue.claim(number, desk.clock()) for number in (1, 2)]
    return [one.verdict.label if one.verdict else None for one in claims]


def test_closest_claim_is_decided(desk: Desk) -> None:
    assert replay_review(desk, 1, [prepared("On Tuesday, strong wind blew over Porto.")], "ann") == []
    assert labels(desk) == [None, "true"]


def test_decision_is_written_whole(desk: Desk) -> None:
    replay_review(desk, 1, [prepared(RAIN)], "ann")

    claim = desk.queue.claim(1, desk.clock())
    assert claim.verdict is not None
    assert (claim.verdict.reviewer, claim.verdict.rationale) == ("ann", "Checked.")
    assert [(one.url, one.stance) for one in claim.evidence] == [("https://a.example", Stance.SUPPORTS)]


def test_other_inflection_still_matches(desk: Desk) -> None:
    assert replay_review(desk, 1, [prepared("Heavy rains are falling over Lisbon on Monday.")], "ann") == []


def test_unlike_claim_is_missed(desk: Desk) -> None:
    snow = prepared("Snow lay in Madrid.")

    assert replay_review(desk, 1, [snow, prepared(RAIN)], "ann") == [snow]
    assert labels(desk) == ["true", None]


def test_few_common_words_are_missed(desk: Desk) -> None:
    weak = prepared("Rain fell.")

    assert replay_review(desk, 1, [weak], "ann") == [weak]


def test_claims_of_others_are_missed(desk: Desk, extracted: Extracted) -> None:
    other = extracted("Fog lay over Faro on Friday.")

    assert replay_review(desk, other.id, [prepared(RAIN)], "ann") == [prepared(RAIN)]
    assert labels(desk) == [None, None]


def test_decided_claim_stays_decided(desk: Desk, pass_minutes: Pass) -> None:
    record_verdict(desk, 1, "false", "bob")
    pass_minutes(5)

    assert replay_review(desk, 1, [prepared(RAIN, "true")], "ann") == []
    assert labels(desk) == ["false", None]


def test_half_read_claim_stays_half_read(desk: Desk) -> None:
    careful = replace(desk, second_reading=SecondReadingRules(labels=frozenset({"true"})))

    for _ in range(2):
        assert replay_review(careful, 1, [prepared(RAIN, "true")], "ann") == []
    assert desk.queue.claim(1, desk.clock()).status is ClaimStatus.AWAITING_SECOND


def test_same_claim_prepared_twice(desk: Desk) -> None:
    assert replay_review(desk, 1, [prepared(RAIN, "true"), prepared(RAIN, "false")], "ann") == []
    assert labels(desk) == ["true", None]


def test_empty_article_misses_everything(desk: Desk) -> None:
    assert replay_review(desk, 99, [prepared(RAIN)], "ann") == [prepared(RAIN)]


def test_verdicts_are_published_once(desk: Desk) -> None:
    record_verdict(desk, 1, "false", "bob")

    for _ in range(2):
        publish_all(desk, 1, "eve")

    assert [desk.queue.claim(number, desk.clock()).editorial for number in (1, 2)] == [
        EditorialState.PUBLISHED,
        EditorialState.OPEN,
    ]
