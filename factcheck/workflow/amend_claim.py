"""What a reviewer does to the claim itself: other words, parts, the same as another, not checkable."""

from collections.abc import Sequence

from factcheck.domain.desk import Amendment, require_parts, require_words
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.errors import ConflictError
from factcheck.workflow.review_claim import Desk


def reword_claim(desk: Desk, claim_id: int, text: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Give the claim other words; the original stays beside them. Raises InputError, NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        change.reword(claim, Amendment(claim.require_other_words(text), reviewer, now))
        return change.claim(claim_id, now).seen_by(reviewer)


def split_claim(
    desk: Desk, claim_id: int, texts: Sequence[str], reviewer: str, *, expect: str | None = None
) -> tuple[QueuedClaim, ...]:
    """Put several claims in place of one; returns them, queued. Raises InputError, NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    parts = require_parts(texts)
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        numbers = change.split(claim, parts, reviewer, now)
        return tuple(change.claim(number, now) for number in numbers)


def merge_claim(desk: Desk, claim_id: int, into_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as saying the same as another. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim, into = change.claim(claim_id, now), change.claim(into_id, now)
        claim.require_unchanged(expect, reviewer)
        if into.id == claim.id:
            message = f"claim {claim.id} cannot be the same as itself; name another"
            raise ConflictError(message)
        if into.duplicate_of is not None:
            message = f"claim {into.id} is a duplicate itself; merge into claim {into.duplicate_of}"
            raise ConflictError(message)
        change.merge(claim, into, reviewer, now)
        return change.claim(claim_id, now).seen_by(reviewer)


def set_claim_aside(desk: Desk, claim_id: int, reason: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as not checkable, with the reason. Raises InputError, NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    reason = require_words("a reason why a claim is not checkable", reason)
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        change.set_aside(claim, reviewer, now, reason)
        return change.claim(claim_id, now).seen_by(reviewer)
