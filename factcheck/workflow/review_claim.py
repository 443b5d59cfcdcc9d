"""What a reader does with a claim: take it, keep it, decide it, give it back, undo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.domain.review import QueuedClaim, Remarks, Verdict, require_reviewer
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import Stage
from factcheck.errors import ConflictError
from factcheck.workflow.ports import Clock, Queue


@dataclass(frozen=True, slots=True)
class Desk:
    """A queue with the clock and the rules that its reviewers work by."""

    queue: Queue
    clock: Clock
    lease: timedelta
    scale: RatingScale = TRUTH_5
    second_reading: SecondReadingRules = field(default_factory=SecondReadingRules)


def take_next(desk: Desk, reviewer: str, stage: Stage | None = None) -> QueuedClaim | None:
    """Lease the claim most worth checking that waits for this reading; None if none is free.

    Without a stage, first readings come first; where none is free, second readings of claims that
    others have read, then adjudications. Raises ConflictError if the reviewer's roles do not allow
    the reading that is asked for.
    """
    reviewer = require_reviewer(reviewer)
    if stage is not None:
        return _take(desk, reviewer, stage)
    refused = []
    for one in Stage:
        try:
            claim = _take(desk, reviewer, one)
        except ConflictError as error:
            refused.append(error)
        else:
            if claim is not None:
                return claim
    if len(refused) == len(Stage):
        raise refused[0]
    return None


def _take(desk: Desk, reviewer: str, stage: Stage) -> QueuedClaim | None:
    now = desk.clock()
    taken = desk.queue.lease_next(reviewer, now, now + desk.lease, stage=stage)
    return taken[0] if taken else None


def record_verdict(  # noqa: PLR0913 - what a person may say with a verdict
    desk: Desk,
    claim_id: int,
    label_id: str,
    reviewer: str,
    rationale: str | None = None,
    evidence: Sequence[EvidenceDraft] = (),
    remarks: Remarks | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Decide a claim that the reader holds or that is free: as its first or second reader, or its adjudicator.

    Evidence without a stance takes the verdict's. A first verdict that the desk's rules pick waits
    for a second reader. Raises UnknownLabelError, InputError, NotFoundError, or ConflictError if
    somebody else holds or has decided the claim, or wherever another person has to read it.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    label = desk.scale.label(label_id)
    stance = Stance.of_verdict(label.averitec)
    found = [one.added(stance, now, reviewer) for one in dict.fromkeys(evidence)]
    remarks = remarks or Remarks()
    verdict = remarks.on(Verdict(label.id, desk.scale.id, desk.scale.version, reviewer, now, rationale))
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        claim.require_remarks_fit(remarks)
        known = {(one.url, one.quote) for one in claim.seen_by(reviewer).evidence}
        change.keep_scale(desk.scale)
        change.decide(
            claim,
            verdict,
            [one for one in found if (one.url, one.quote) not in known],
            desk.second_reading.reason_for(claim, label.id),
        )
        return change.claim(claim_id, now).seen_by(reviewer)


def skip_claim(desk: Desk, claim_id: int, reviewer: str, *, expect: str | None = None) -> None:
    """Put a held or free claim at the end of its queue. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        change.skip(claim, reviewer, now)


def release_claim(desk: Desk, claim_id: int, reviewer: str) -> None:
    """Give back a claim that the reviewer holds. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        change.release(change.claim(claim_id, now), reviewer, now)


def renew_lease(desk: Desk, claim_id: int, reviewer: str) -> QueuedClaim:
    """Let the reviewer's lease last a full length from now. Raises NotFoundError, ConflictError.

    Activity is what renews a lease: whoever shows the claim calls this when a key is pressed. While
    more than three quarters are left it changes nothing, so that it may be called often.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_held_by(reviewer, now)
        if claim.lease is not None and claim.lease.until - now > desk.lease * 3 / 4:
            return claim.seen_by(reviewer)
        change.renew(claim, reviewer, now, now + desk.lease)
        return change.claim(claim_id, now).seen_by(reviewer)


def undo_last(desk: Desk, reviewer: str) -> tuple[str, QueuedClaim]:
    """Take back the reader's last decision that nobody has built on; the claim is theirs again.

    Returns what was undone, as the event log calls it. Raises NothingToUndoError.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        action, claim_id = change.undo_last(reviewer, now, now + desk.lease)
        return action, change.claim(claim_id, now).seen_by(reviewer)
