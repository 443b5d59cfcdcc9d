"""What a reviewer does with a claim: take it, decide it, give it back, undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.domain.review import QueuedClaim, Verdict, require_reviewer
from factcheck.workflow.ports import Clock, Queue


@dataclass(frozen=True, slots=True)
class Desk:
    """A queue with the clock and the rules that its reviewers work by."""

    queue: Queue
    clock: Clock
    lease: timedelta
    scale: RatingScale = TRUTH_5


def take_next(desk: Desk, reviewer: str) -> QueuedClaim | None:
    """Lease the free claim most worth checking; None if none is free."""
    now = desk.clock()
    taken = desk.queue.lease_next(require_reviewer(reviewer), now, now + desk.lease)
    return taken[0] if taken else None


def record_verdict(
    desk: Desk,
    claim_id: int,
    label_id: str,
    reviewer: str,
    rationale: str | None = None,
    evidence: Sequence[EvidenceDraft] = (),
) -> QueuedClaim:
    """Decide a claim that the reviewer holds or that is free.

    Evidence without a stance takes the verdict's. Raises UnknownLabelError, InputError,
    NotFoundError, or ConflictError if somebody else holds or has decided the claim.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    label = desk.scale.label(label_id)
    stance = Stance.of_verdict(label.averitec)
    found = [one.added(stance, now, reviewer) for one in dict.fromkeys(evidence)]
    verdict = Verdict(label.id, desk.scale.id, desk.scale.version, reviewer, now, rationale)
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_free_for(reviewer, now)
        known = {(one.url, one.quote) for one in claim.evidence}
        change.decide(claim, verdict, [one for one in found if (one.url, one.quote) not in known])
        return change.claim(claim_id, now)


def skip_claim(desk: Desk, claim_id: int, reviewer: str) -> None:
    """Put a held or free claim at the end of the queue. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_free_for(reviewer, now)
        change.skip(claim, reviewer, now)


def release_claim(desk: Desk, claim_id: int, reviewer: str) -> None:
    """Give back a claim that the reviewer holds. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_held_by(reviewer, now)
        change.release(claim, reviewer, now)


def undo_last(desk: Desk, reviewer: str) -> tuple[str, QueuedClaim]:
    """Take back the reviewer's last verdict or skip; the claim is theirs again.

    Returns what was undone, `decided` or `skipped`. Raises NothingToUndoError.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        action, claim_id = change.undo_last(reviewer, now, now + desk.lease)
        return action, change.claim(claim_id, now)
