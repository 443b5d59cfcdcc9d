"""What a reviewer does with evidence: add a source to a claim."""

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.workflow.review_claim import Desk


def add_evidence(desk: Desk, claim_id: int, draft: EvidenceDraft, reviewer: str | None) -> QueuedClaim:
    """Add a source to a claim; the same one twice stays one. Raises InputError, NotFoundError."""
    now = desk.clock()
    evidence = draft.added(Stance.CONTEXT, now, reviewer and require_reviewer(reviewer))
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        if all(
            (one.url, one.quote, one.stance) != (evidence.url, evidence.quote, evidence.stance)
            for one in claim.evidence
        ):
            change.add_evidence(claim, evidence)
        return change.claim(claim_id, now)
