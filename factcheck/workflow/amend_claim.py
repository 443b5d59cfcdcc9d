"""What is done to a claim besides reading it: other words, parts, one of two, and what anybody may leave on it."""

from collections.abc import Sequence
from datetime import date

from factcheck.domain import acts
from factcheck.domain.desk import Contact, Draft, require_parts, require_words
from factcheck.domain.review import QueuedClaim, require_any_role, require_reviewer
from factcheck.domain.states import Act
from factcheck.workflow.review_claim import Desk, change_claim, changing, require_known


def reword_claim(desk: Desk, claim_id: int, text: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Give the claim other words; the original stays beside them. Raises InputError, NotFoundError, ConflictError."""
    return change_claim(
        desk, claim_id, reviewer, lambda one, by: acts.reworded(one, by, one.require_other_words(text)), expect
    )


def split_claim(
    desk: Desk, claim_id: int, texts: Sequence[str], reviewer: str, *, expect: str | None = None
) -> tuple[QueuedClaim, ...]:
    """Put several claims in place of one; returns them, queued. Raises InputError, NotFoundError, ConflictError."""
    texts = require_parts(texts)
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        claim.require(Act.SPLIT, by.name, by.at, by.roles)
        parts = acts.parts_of(claim, texts)
        for part in parts:
            known = change.claim_in_words(claim.article_id, part.wording)
            if known is not None:
                raise change.claim(known, by.at).said_already(part.text)
        numbers = change.add_parts(claim, parts)
        change.store(acts.split(claim, by, numbers, texts))
        return tuple(change.claim(number, by.at) for number in numbers)


def merge_claim(desk: Desk, claim_id: int, into_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as saying the same as another. Raises NotFoundError, ConflictError."""
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        change.store(acts.merged(claim, by, change.claim(into_id, by.at), change.merged_into(claim_id)))
        return change.claim(claim_id, by.at).seen_by(by.name)


def set_claim_aside(desk: Desk, claim_id: int, reason: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Mark a claim as not checkable, with the reason. Raises InputError, NotFoundError, ConflictError."""
    why = require_words("a reason why a claim is not checkable", reason)
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.set_aside(claim, by, why), expect)


def flag_claim(
    desk: Desk, claim_id: int, reason: str | None, reviewer: str, *, expect: str | None = None
) -> QueuedClaim:
    """Ask the editor to look at the claim; without a reason the request is taken back."""
    why = require_words("a flag", reason) if reason is not None else None
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.flagged(claim, by, why), expect)


def set_speaker(desk: Desk, claim_id: int, speaker: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Say who made the claim. Raises InputError, NotFoundError, or ConflictError once it is published."""
    name = require_words("who made a claim", speaker)
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.attributed(claim, by, name), expect)


def assign_claim(desk: Desk, claim_id: int, reviewer: str | None, by: str) -> QueuedClaim:
    """Make the claim somebody's task, so that nobody else is given it as the next one; None makes it nobody's.

    Raises MisspeltNameError for a name that nobody answers to: nobody would be given the claim.
    """
    name = None if reviewer is None else require_known(desk, reviewer)
    return change_claim(desk, claim_id, by, lambda claim, actor: acts.assigned(claim, actor, name))


def set_due(desk: Desk, claim_id: int, day: date | None, by: str) -> QueuedClaim:
    """Say by which day the claim is to be decided: what is due comes first; None takes that back."""
    return change_claim(desk, claim_id, by, lambda claim, actor: acts.made_due(claim, actor, day))


def plan_claim(
    desk: Desk, claim_id: int, reviewer: str | None, day: date | None, by: str, *, expect: str
) -> QueuedClaim:
    """Say both whose task the claim is and by which day; what stays as it was is not told again.

    `expect` is `QueuedClaim.planned` as the person has seen it. Raises MisspeltNameError, NotFoundError, MovedOnError.
    """
    with changing(desk, claim_id, by) as (change, claim, actor):
        claim.require_planned(expect)
        if reviewer != claim.assigned_to:
            change.store(acts.assigned(claim, actor, None if reviewer is None else require_known(desk, reviewer)))
        if day != claim.due_on:
            change.store(acts.made_due(change.claim(claim_id, actor.at), actor, day))
        return change.claim(claim_id, actor.at).seen_by(actor.name)


def add_note(desk: Desk, claim_id: int, text: str, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Leave a word to colleagues."""
    words = require_words("a note", text)
    return change_claim(desk, claim_id, reviewer, lambda claim, by: acts.noted(claim, by, words), expect)


def record_contact(
    desk: Desk, claim_id: int, asked_on: date | None, answer: str | None, reviewer: str, *, expect: str | None = None
) -> QueuedClaim:
    """Write down that the claimant was asked, today (UTC) unless a day is given, and the answer if one has come.

    Without one the answer that stands is kept. Raises NotFoundError, ConflictError.
    """
    return change_claim(
        desk,
        claim_id,
        reviewer,
        lambda one, by: acts.contacted(one, by, Contact(asked_on or by.at.date(), answer, by.name)),
        expect,
    )


def save_draft(
    desk: Desk,
    claim_id: int,
    reviewer: str,
    label: str | None = None,
    rationale: str | None = None,
    form: str | None = None,
) -> Draft:
    """Keep what the reviewer has typed; it stands until they decide, over a crash too.

    Raises UnknownLabelError, NotFoundError, or MissingRoleError for who has no role at all.
    """
    reviewer, label_id = require_known(desk, reviewer), None if label is None else desk.scale.label(label).id
    with desk.queue.changing() as change:
        draft = Draft(claim_id, reviewer, desk.clock(), label_id, rationale, form)
        change.claim(claim_id, draft.saved_at)
        require_any_role(reviewer, desk.roles_of(change, reviewer))
        change.save_draft(draft)
    return draft


def saved_draft(desk: Desk, claim_id: int, reviewer: str) -> Draft | None:
    """What the reviewer has typed about a claim and not decided, if anything. Raises NotFoundError."""
    desk.queue.claim(claim_id, desk.clock(), reviewer)
    return desk.queue.draft(claim_id, require_reviewer(reviewer))
