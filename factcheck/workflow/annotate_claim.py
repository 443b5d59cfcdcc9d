"""What anybody may leave on a claim: a flag for the editor, notes, drafts, the claimant's answer."""

from datetime import date

from factcheck.domain import acts
from factcheck.domain.acts import Actor, Change
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


def record_contact(desk: Desk, claim_id: int, asked_on: date | None, answer: str | None, reviewer: str) -> QueuedClaim:
    """Write down that the claimant was asked, today (UTC) unless a day is given, and the answer if one has come."""

    def contact(claim: QueuedClaim, by: Actor) -> Change:
        return acts.contacted(claim, by, Contact(asked_on or by.at.date(), answer, by.name))

    return change_claim(desk, claim_id, reviewer, contact)


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
        label = desk.scale.label(label).id
    draft = Draft(claim_id, reviewer, now, label, rationale, form)
    with desk.queue.changing() as change:
        change.claim(claim_id, now)
        change.save_draft(draft)
    return draft


def saved_draft(desk: Desk, claim_id: int, reviewer: str) -> Draft | None:
    """What the reviewer has typed about a claim and not decided, if anything. Raises NotFoundError."""
    desk.queue.claim(claim_id, desk.clock(), reviewer)
    return desk.queue.draft(claim_id, require_reviewer(reviewer))
