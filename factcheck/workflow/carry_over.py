"""A past verdict carried over to a claim that says the same: said to be so, with its date, and without its sources."""

from dataclasses import replace

from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import EditorialState
from factcheck.errors import ConflictError
from factcheck.workflow.ports import QueueChange
from factcheck.workflow.review_claim import Desk, changing, lost_origin, store_verdict


def carry_over(
    desk: Desk,
    claim_id: int,
    from_id: int,
    reviewer: str,
    *,
    expect: str | None = None,
    expect_label: str | None = None,
) -> QueuedClaim:
    """Give a claim the verdict that stands on another, as this reviewer's own reading.

    The day that it is known as of is the earlier verdict's, so that it ages as that does. Sources are not carried:
    what speaks for the claim is added to it. `expect_label` is the label that the reviewer has seen there. Raises
    NotFoundError or ConflictError.
    """
    if claim_id == from_id:
        raise ConflictError(f"claim {claim_id} cannot take its own verdict over; name another")
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        earlier = _carried(desk, change, change.claim(from_id, by.at).seen_by(by.name), claim_id)
        if (lost := lost_origin(desk, earlier, claim_id, change)) is not None:
            told = f"the verdict on claim {from_id} was itself carried over, from claim {lost}"
            why = "which would take it back from there" if lost == claim_id else "where it stands no more"
            raise ConflictError(f"{told}, {why}; name a claim that somebody has read")
        if expect_label not in {None, earlier.label}:
            raise ConflictError(f"the verdict on claim {from_id} is {earlier.label!r} by now, and was {expect_label!r}")
        why, scale = carried_words(from_id, earlier), desk.scale
        verdict = Verdict(earlier.label, scale.id, scale.version, by.name, by.at, why)
        known_as_of = earlier.known_as_of or earlier.decided_at.date()
        carried = replace(verdict, known_as_of=known_as_of, carried_from=from_id)
        return store_verdict(desk, change, claim, by, carried)


def _carried(desk: Desk, change: QueueChange, found: QueuedClaim, into: int) -> Verdict:
    """The verdict on a claim that can be carried over into another. Raises ConflictError."""
    earlier = found.decided
    if earlier is None:
        told = f"no verdict stands on claim {found.id} that could be carried over"
        raise ConflictError(f"{told}; read claim {into} yourself, or name one that is decided")
    if found.editorial is EditorialState.WITHDRAWN:
        raise ConflictError(
            f"the verdict on claim {found.id} is withdrawn, and cannot be carried over; read claim {into} yourself"
        )
    if not _means_the_same(desk, change, earlier):
        was, now = f"{earlier.scale!r} v{earlier.scale_version}", f"{desk.scale.id!r} v{desk.scale.version}"
        told = f"the verdict on claim {found.id} is {earlier.label!r} on the scale {was}, which {now} does not say"
        raise ConflictError(f"{told}: this desk judges by that")
    return earlier


def _means_the_same(desk: Desk, change: QueueChange, earlier: Verdict) -> bool:
    """Whether the label says the same on the desk's scale: another version may give it another meaning."""
    was = change.scale(earlier.scale, earlier.scale_version)
    if earlier.scale != desk.scale.id or was is None:
        return False
    old, new = ({one.id: one for one in scale.labels}.get(earlier.label) for scale in (was, desk.scale))
    return old is not None and new is not None and (old.averitec, old.grade) == (new.averitec, new.grade)


def carried_words(number: int, earlier: Verdict) -> str:
    """Where a verdict was carried over from, in a sentence, with the reasons that it had.

    Readers and machines are told this: by whom it was stands with that claim, for the desk alone.
    """
    told = f"Carried over from claim {number}, decided on {earlier.decided_at:%Y-%m-%d}."
    return f"{told} {earlier.rationale}" if earlier.rationale else told
