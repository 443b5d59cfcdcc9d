"""What anybody may leave on a claim: a flag for the editor, notes, drafts, the claimant's answer."""

from datetime import date

from factcheck.domain import acts
from factcheck.domain.desk import Contact, Draft, require_words
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.workflow.review_claim import Desk, change_claim


def flag_claim(
    desk: Desk, claim_id: int, reason: str | None, reviewer: str, *, expect: str | None = None
) -> QueuedClaim:
    """Ask the editor to look at the claim; without a reason the request is taken back."""
    why = require_words("a flag", reason) if reason is not None else None
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.flagged(claim, by, why), expect)


def add_note(desk: Desk, claim_id: int, text: str, reviewer: str) -> QueuedClaim:
    """Leave a word to colleagues."""
    words = require_words("a note", text)
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.noted(claim, by, words))


def record_contact(desk: Desk, claim_id: int, asked_on: date, answer: str | None, reviewer: str) -> QueuedClaim:
    """Write down that the claimant was asked, and the answer if one has come."""
    return change_claim(
        desk, claim_id, reviewer, lambda claim, by: acts.contacted(claim, by, Contact(asked_on, answer, by.name))
    )


def save_draft(
    desk: Desk,
    claim_id: int,
    reviewer: str,
    label: str | None = None,
    rationale: str | None = None,
    form: str | None = None,
) -> Draft:
    """Keep what the reviewer has typed; it stands until they decide, over a crash too."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    if label is not None:
        desk.scale.label(label)
    draft = Draft(claim_id, reviewer, now, label, rationale, form)
    with desk.queue.changing() as change:
        change.claim(claim_id, now)
        change.save_draft(draft)
    return draft
