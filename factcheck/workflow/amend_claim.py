"""What a reviewer does to the claim itself: other words, parts, the same as another, not checkable."""

from collections.abc import Sequence

from factcheck.domain import acts
from factcheck.domain.acts import Actor, Change
from factcheck.domain.desk import require_parts, require_words
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.domain.states import Act
from factcheck.errors import ConflictError
from factcheck.workflow.review_claim import Desk, change_claim, claim_to_change


def reword_claim(desk: Desk, claim_id: int, text: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Give the claim other words; the original stays beside them. Raises InputError, NotFoundError, ConflictError."""

    def other_words(claim: QueuedClaim, by: Actor) -> Change:
        return acts.reworded(claim, by, claim.require_other_words(text))

    return change_claim(desk, claim_id, reviewer, other_words, expect)


def split_claim(
    desk: Desk, claim_id: int, texts: Sequence[str], reviewer: str, *, expect: str | None = None
) -> tuple[QueuedClaim, ...]:
    """Put several claims in place of one; returns them, queued. Raises InputError, NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    texts = require_parts(texts)
    with desk.queue.changing() as change:
        claim, by = claim_to_change(change, claim_id, reviewer, now, expect)
        claim.require(Act.SPLIT, by.name, now, by.roles)
        parts = acts.parts_of(claim, texts)
        for part in parts:
            known = change.claim_in_words(claim.article_id, part.wording)
            if known is not None:
                message = f"claim {known} of this article says {part.text!r} already; leave that part out"
                raise ConflictError(message)
        numbers = change.add_parts(claim, parts)
        change.store(acts.split(claim, by, numbers, texts))
        return tuple(change.claim(number, now) for number in numbers)


def merge_claim(desk: Desk, claim_id: int, into_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as saying the same as another. Raises NotFoundError, ConflictError."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim, by = claim_to_change(change, claim_id, reviewer, now, expect)
        change.store(acts.merged(claim, by, change.claim(into_id, now)))
        return change.claim(claim_id, now).seen_by(reviewer)


def set_claim_aside(desk: Desk, claim_id: int, reason: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as not checkable, with the reason. Raises InputError, NotFoundError, ConflictError."""
    why = require_words("a reason why a claim is not checkable", reason)
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.set_aside(claim, by, why), expect)
