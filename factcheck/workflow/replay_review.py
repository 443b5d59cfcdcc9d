"""Record a review that was written down beforehand, on the claims that say the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.reported_claim import Standing
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Stage
from factcheck.text.inference import content_words
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.review_claim import Desk, record_verdict

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class PreparedVerdict:
    """A verdict on a claim in words, before there is a claim with a number."""

    claim: str
    label: str
    rationale: str
    evidence: tuple[EvidenceDraft, ...]


def replay_review(
    desk: Desk, article_id: int, prepared: Iterable[PreparedVerdict], reviewer: str
) -> list[PreparedVerdict]:
    """Decide each prepared claim's closest match among the article's; returns those without one.

    A claim counts as the same where at least 0.6 of the words agree (F1 over content words).
    What is decided, or read once, already stays as it is.
    """
    claims = list(desk.queue.find(ClaimQuery(article_id=article_id), desk.clock()))
    missed = []
    for one in prepared:
        match = max(claims, key=lambda claim: (_agreement(one.claim, claim.claim.text), -claim.id), default=None)
        if match is None or _agreement(one.claim, match.claim.text) < _ALIKE:
            missed.append(one)
        elif match.status in Stage.FIRST.states:
            decided = record_verdict(desk, match.id, one.label, reviewer, one.rationale, one.evidence)
            claims[claims.index(match)] = decided
    return missed


def publish_all(desk: Desk, article_id: int, editor: str) -> None:
    """Sign off and publish every verdict on the article that no editor has looked at."""
    for claim in list(desk.queue.find(ClaimQuery(article_id=article_id), desk.clock())):
        if Standing.of(claim) is Standing.DRAFT:
            sign_off(desk, claim.id, editor)
            publish(desk, claim.id, editor)


def _agreement(first: str, second: str) -> float:
    one, other = content_words(first), content_words(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
