"""What anybody may leave on a claim: a flag for the editor, notes, drafts, the claimant's answer."""

from datetime import date

from factcheck.domain.desk import Contact, Draft, EditorFlag, Note, require_words
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.workflow.review_claim import Desk


def flag_claim(
    desk: Desk, claim_id: int, reason: str | None, reviewer: str, *, expect: str | None = None
) -> QueuedClaim:
    """Ask the editor to look at the claim; without a reason the request is taken back."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    flag = EditorFlag(require_words("a flag", reason), reviewer, now) if reason is not None else None
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        change.flag(claim, flag, reviewer, now)
        return change.claim(claim_id, now).seen_by(reviewer)


def add_note(desk: Desk, claim_id: int, text: str, reviewer: str) -> QueuedClaim:
    """Leave a word to colleagues."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    words = Note(require_words("a note", text), reviewer, now)
    with desk.queue.changing() as change:
        change.add_note(change.claim(claim_id, now), words)
        return change.claim(claim_id, now).seen_by(reviewer)


def record_contact(desk: Desk, claim_id: int, asked_on: date | None, answer: str | None, reviewer: str) -> QueuedClaim:
    """Write down that the claimant was asked, today (UTC) unless a day is given, and the answer if one has come."""
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        change.contact(change.claim(claim_id, now), Contact(asked_on or now.date(), answer, reviewer), now)
        return change.claim(claim_id, now).seen_by(reviewer)


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
