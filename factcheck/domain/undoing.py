"""What was done to a claim is taken back: what stays, who may, and the claim as it was before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from factcheck.domain.acts import Actor, Change, judged
from factcheck.domain.audit import Event
from factcheck.domain.desk import Amendment
from factcheck.domain.review import Lease, QueuedClaim, Verdict, require_role
from factcheck.domain.states import (
    DECISIONS,
    EDITORIAL,
    IN_PLACE,
    SECOND_READINGS,
    Act,
    ClaimStatus,
    EditorialState,
    Stage,
    role_of,
    stage_of,
)


def is_overtaken(done: Event, since: Iterable[Event], parts: Iterable[QueuedClaim], on_parts: Iterable[Event]) -> bool:
    """Whether another reader, or any editor, did something with the claim after that, or with a part of it.

    A second reading stays whoever gave it, and what was done before it.

    `since` is what was done to the claim afterwards and was not undone, `on_parts` the same of its parts: whatever
    another person has done to one of these, a note or a source too, would be thrown away with it.
    """
    stays = EDITORIAL | SECOND_READINGS  # nothing is taken back behind that, whoever did it
    built_on = (one.action in stays or (one.action in DECISIONS and one.actor != done.actor) for one in since)
    is_worked_on = any(one.actor not in {None, done.actor} for one in on_parts)
    return (
        is_worked_on
        or any(built_on)
        or any(
            part.status is not ClaimStatus.QUEUED and (part.lease is None or part.lease.reviewer != done.actor)
            for part in parts
        )
    )


def require_may_decide(claim: QueuedClaim, by: Actor, done: Event) -> None:
    """Raise ConflictError unless the actor still has the role that the decision takes: without it, it stands."""
    if by.roles is not None:
        require_role(by.name, by.roles, role_of(Act(done.action), _stage(claim, done)))


def taken_back(
    claim: QueuedClaim,
    by: Actor,
    done: Event,
    parts: Iterable[QueuedClaim],
    until: datetime,
    replaced: Verdict | None = None,
) -> Iterator[Change]:
    """The claim as it was before the actor's decision, in the actor's hands again; then what became of its parts.

    `replaced` is the editor's verdict in whose place the decision has put another one: it stands again.
    Raises ConflictError as `require_may_decide` does.
    """
    require_may_decide(claim, by, done)
    act, told, stage = Act(done.action), done.details, _stage(claim, done)
    # What an editor did, or who said it, is undone where the claim is: it goes back into nobody's hands.
    in_hand: dict[str, Any] = {} if act in IN_PLACE else {"status": stage.held, "lease": Lease(by.name, until)}
    was = EditorialState.OPEN if act is Act.SIGNED_OFF else claim.editorial
    after = replace(
        claim, editorial=EditorialState(told.get("editorial_was", was)), **in_hand, **_before(claim, act, told)
    )
    if "verdict" in told:
        ended = told["verdict"]
        after = replace(
            after,
            readings=tuple(one for one in after.readings if one.id != ended),
            evidence=tuple(one for one in after.evidence if one.verdict_id != ended),
        )
    again: dict[str, Any] = {}
    if replaced is not None:
        after, again = replace(after, readings=(*after.readings, replaced)), {"stands_again": replaced.id}
    details = {"act": done.action, **again, **({"until": until.isoformat()} if in_hand else {})}
    event = Event(0, by.at, by.name, "undone", claim.id, undoes=done.id, details=details)
    yield Change(claim, judged(after), event)
    for part in parts:
        yield Change(part, replace(part, status=ClaimStatus.RETRACTED, lease=None))


def _stage(claim: QueuedClaim, done: Event) -> Stage:
    """The reading in which it was done."""
    return stage_of(Act(done.action)) or claim.status.stage or Stage.FIRST


def _before(claim: QueuedClaim, act: Act, told: Any) -> dict[str, Any]:  # noqa: ANN401 - details of an event
    """What the act changed besides states, as it was."""
    if act is Act.REWORDED:
        return {"amendment": _amendment_told(told["amendment_was"])}
    if act is Act.ATTRIBUTED:
        return {"attribution": _amendment_told(told["attribution_was"])}
    if act is Act.SIGNED_OFF:
        last = claim.last_act(act)
        kept = tuple(one for one in claim.editorial_acts if one is not last)
        return {"editorial_acts": kept, "changed_in": claim.changed_in or told.get("changed_in_was")}
    changed: dict[Act, dict[str, Any]] = {
        Act.SKIPPED: {"skips": claim.skips - 1},
        Act.FIRST_READ: {"second_asked": None},
        Act.NOT_CHECKABLE: {"aside": None},
        Act.DUPLICATE: {"duplicate_of": None},
    }
    return changed.get(act, {})


def _amendment_told(told: Mapping[str, Any] | None) -> Amendment | None:
    return Amendment(told["text"], told["reviewer"], datetime.fromisoformat(told["at"])) if told else None
