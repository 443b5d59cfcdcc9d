"""What is done to a claim: each function gives the claim as it is afterwards, and the event that tells of it.

Nothing here is stored. What an event tells is read again by `taken_back`, years later too: names in its details stay.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.desk import Amendment, Contact, EditorFlag, EditorialAct, Note
from factcheck.domain.evidence import Evidence
from factcheck.domain.review import Correction, Lease, QueuedClaim, Verdict, standing_verdict
from factcheck.domain.states import EDITORIAL, UNDOABLE, Act, ClaimStatus, EditorialState, Role, Stage, stage_of
from factcheck.errors import ConflictError, PublishedAlreadyError


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, when, and with which roles; None where the desk goes without roles."""

    name: str
    at: datetime
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after something was done to it. Without an event, that of another claim tells it."""

    before: QueuedClaim
    after: QueuedClaim
    event: Event | None = None


def skipped(claim: QueuedClaim, by: Actor) -> Change:
    """The claim at the end of its queue. Raises ConflictError."""
    return _done(claim, Act.SKIPPED, by, skips=claim.skips + 1)


def released(claim: QueuedClaim, by: Actor) -> Change:
    """The claim back where it was. Raises ConflictError."""
    return _done(claim, Act.RELEASED, by)


def renewed(claim: QueuedClaim, by: Actor, until: datetime) -> Change:
    """The claim under a longer lease. Raises ConflictError unless the actor holds it."""
    return _done(claim, Act.RENEWED, by, {"until": until.isoformat()}, lease=Lease(by.name, until))


def read(
    claim: QueuedClaim, by: Actor, verdict: Verdict, evidence: Sequence[Evidence], second_asked: str | None
) -> Change:
    """The claim with the verdict of its next reader. Raises ConflictError.

    `second_asked` says why a first reading needs another, None if it does not.
    """
    act = claim.reading_act(verdict, second_asked)
    stage = claim.status.stage
    verdict = replace(verdict, role=stage.role) if stage else verdict
    asked = {"second_asked": second_asked} if stage is Stage.FIRST else {}
    details = {**_verdict_details(verdict), "evidence": [one.url for one in evidence], **asked}
    readings, sources = (*claim.readings, verdict), (*claim.evidence, *evidence)
    return _done(claim, act, by, details, readings=readings, evidence=sources, **asked)


def set_aside(claim: QueuedClaim, by: Actor, reason: str) -> Change:
    """The claim out of the queue as not checkable. Raises ConflictError."""
    return _done(claim, Act.NOT_CHECKABLE, by, {"reason": reason}, aside=reason)


def merged(claim: QueuedClaim, by: Actor, into: QueuedClaim) -> Change:
    """The claim out of the queue, as the same as another. Raises ConflictError."""
    if into.id == claim.id:
        raise ConflictError(f"claim {claim.id} cannot be the same as itself; name another")
    if into.duplicate_of is not None:
        raise ConflictError(f"claim {into.id} is a duplicate itself; merge into claim {into.duplicate_of}")
    return _done(claim, Act.DUPLICATE, by, {"duplicate_of": into.id}, duplicate_of=into.id)


def parts_of(claim: QueuedClaim, texts: Iterable[str]) -> list[Claim]:
    """A claim for each text, where the whole stands; what a machine held against the whole does not hold here."""
    return [replace(claim.claim, text=text, inferred=(), doubts=(), also=()) for text in texts]


def split(claim: QueuedClaim, by: Actor, numbers: Sequence[int], texts: Sequence[str]) -> Change:
    """The claim out of the queue, its parts in place of it. Raises ConflictError."""
    return _done(claim, Act.SPLIT, by, {"parts": list(numbers), "texts": list(texts)})


def reworded(claim: QueuedClaim, by: Actor, text: str) -> Change:
    """The claim with other words beside its own; who holds it keeps it. Raises ConflictError."""
    was = claim.amendment and asdict(claim.amendment) | {"at": claim.amendment.at.isoformat()}
    details = {"was": claim.words, "now": text, "amendment_was": was}
    return _done(claim, Act.REWORDED, by, details, amendment=Amendment(text, by.name, by.at), lease=claim.lease)


def edited(claim: QueuedClaim, by: Actor, act: Act, comment: str | None) -> Change:
    """The claim signed off, rejected, published or withdrawn. Raises ConflictError.

    A rejection ends the readings: the claim is read anew, and its evidence stays.
    """
    acts = (*claim.editorial_acts, EditorialAct(act, by.name, by.at, comment))
    anew: dict[str, Any] = {"readings": (), "second_asked": None} if act is Act.REJECTED else {}
    return _done(claim, act, by, {"comment": comment}, editorial_acts=acts, **anew)


def corrected(claim: QueuedClaim, by: Actor, verdict: Verdict, reason: str) -> Change:
    """The claim with another verdict in place of the published one. Raises ConflictError."""
    claim.require(Act.CORRECTED, by.name, by.at, by.roles)
    was = claim.verdict
    assert was is not None  # noqa: S101 - what is published has a verdict
    details = {"was": _verdict_details(was), "now": _verdict_details(verdict), "reason": reason}
    readings = (*(one for one in claim.readings if one is not was), verdict)
    corrections = (*claim.corrections, Correction(by.at, by.name, was, verdict, reason))
    return _done(claim, Act.CORRECTED, by, details, readings=readings, corrections=corrections)


def flagged(claim: QueuedClaim, by: Actor, reason: str | None) -> Change:
    """The claim with a request that the editor looks at it; without a reason the request is taken back."""
    flag = EditorFlag(reason, by.name, by.at) if reason is not None else None
    details = {"was": claim.flag.reason if claim.flag else None, "now": reason}
    return _left_on(claim, by, "flagged", details, flag=flag)


def contacted(claim: QueuedClaim, by: Actor, contact: Contact) -> Change:
    """The claim with what its claimant was asked, and answered."""
    was = claim.contact.answer if claim.contact else None
    details = {"asked_on": contact.asked_on.isoformat(), "was": was, "now": contact.answer}
    return _left_on(claim, by, "contacted", details, contact=contact)


def noted(claim: QueuedClaim, by: Actor, text: str) -> Change:
    """The claim with a word to colleagues."""
    return _left_on(claim, by, "noted", {"text": text}, notes=(*claim.notes, Note(text, by.name, by.at)))


def sourced(claim: QueuedClaim, evidence: Evidence) -> Change:
    """The claim with another piece of evidence."""
    source = {"url": evidence.url, "source": evidence.name, "stance": evidence.stance.value}
    snapshot = {"sha256": evidence.sha256, "quote_status": evidence.quote_status.value}
    event = Event(0, evidence.added_at, evidence.added_by, "evidence_added", claim.id, details=source | snapshot)
    return Change(claim, replace(claim, evidence=(*claim.evidence, evidence)), event)


def unsourced(claim: QueuedClaim, by: Actor, evidence_id: int) -> Change:
    """The claim without a piece of evidence. Raises ConflictError: what a published verdict rests on stays."""
    if claim.editorial.is_public:
        raise PublishedAlreadyError(claim.id, evidence_id)
    gone = next(one for one in claim.evidence if one.id == evidence_id)
    kept = tuple(one for one in claim.evidence if one is not gone)
    return _left_on(claim, by, "evidence_removed", {"evidence": evidence_id, "url": gone.url}, evidence=kept)


def looked_at(claim: QueuedClaim, evidence: Evidence) -> Change:
    """The claim with a piece of its evidence after another look, which is its `last_check`."""
    check = evidence.last_check
    assert check is not None  # noqa: S101 - the use case has just made it
    details = {"evidence": evidence.id, "outcome": check.outcome.value, "sha256": check.sha256, "detail": check.detail}
    event = Event(0, check.at, check.checked_by, "evidence_checked", claim.id, details=details)
    looked = tuple(evidence if one.id == evidence.id else one for one in claim.evidence)
    return Change(claim, replace(claim, evidence=looked), event)


def is_overtaken(done: Event, since: Iterable[Event], parts: Iterable[QueuedClaim]) -> bool:
    """Whether another reader, or any editor, did something with the claim after that, or with a part of it.

    `since` is what was done to the claim afterwards and was not undone.
    """
    built_on = (one.action in EDITORIAL or (one.action in UNDOABLE and one.actor != done.actor) for one in since)
    return any(built_on) or any(
        part.status is not ClaimStatus.QUEUED and (part.lease is None or part.lease.reviewer != done.actor)
        for part in parts
    )


def taken_back(
    claim: QueuedClaim, by: Actor, done: Event, parts: Iterable[QueuedClaim], until: datetime
) -> Iterator[Change]:
    """The claim as it was before the actor's decision, in the actor's hands again; then what became of its parts."""
    act, told = Act(done.action), done.details
    stage = stage_of(act) or claim.status.stage or Stage.FIRST
    after = replace(
        claim,
        status=stage.held,
        lease=Lease(by.name, until),
        editorial=EditorialState(told.get("editorial_was", claim.editorial)),
        **_before(claim, act, told),
    )
    if "verdict" in told:
        ended = told["verdict"]
        after = replace(
            after,
            readings=tuple(one for one in after.readings if one.id != ended),
            evidence=tuple(one for one in after.evidence if one.verdict_id != ended),
        )
    details = {"act": done.action, "until": until.isoformat()}
    event = Event(0, by.at, by.name, "undone", claim.id, undoes=done.id, details=details)
    yield Change(claim, _judged(after), event)
    for part in parts:
        yield Change(part, replace(part, status=ClaimStatus.RETRACTED, lease=None))


def _before(claim: QueuedClaim, act: Act, told: Any) -> dict[str, Any]:  # noqa: ANN401 - details of an event
    """What the act changed besides states, as it was."""
    if act is Act.REWORDED:
        was = told["amendment_was"]
        at = datetime.fromisoformat(was["at"]) if was else None
        return {"amendment": Amendment(was["text"], was["reviewer"], at) if at else None}
    changed: dict[Act, dict[str, Any]] = {
        Act.SKIPPED: {"skips": claim.skips - 1},
        Act.FIRST_READ: {"second_asked": None},
        Act.NOT_CHECKABLE: {"aside": None},
        Act.DUPLICATE: {"duplicate_of": None},
    }
    return changed.get(act, {})


def _done(
    claim: QueuedClaim,
    act: Act,
    by: Actor,
    details: dict[str, Any] | None = None,
    **changed: Any,  # noqa: ANN401 - fields of the claim
) -> Change:
    """The claim moved as the table's line says; its lease ends unless `changed` has one. Raises ConflictError."""
    line = claim.require(act, by.name, by.at, by.roles)
    told = dict(details or {})
    if line.editorial_after is not None:
        changed["editorial"] = line.editorial_after
        if claim.editorial is not EditorialState.OPEN:
            told["editorial_was"] = claim.editorial.value
    after = replace(claim, **{"status": line.after or claim.status, "lease": None, **changed})
    return Change(claim, _judged(after), Event(0, by.at, by.name, act.value, claim.id, details=told))


def _left_on(
    claim: QueuedClaim,
    by: Actor,
    action: str,
    details: dict[str, Any],
    **changed: Any,  # noqa: ANN401 - fields of the claim
) -> Change:
    """The claim with something left on it, which anybody may do at any time."""
    return Change(claim, replace(claim, **changed), Event(0, by.at, by.name, action, claim.id, details=details))


def _judged(claim: QueuedClaim) -> QueuedClaim:
    return replace(claim, verdict=standing_verdict(claim.status, claim.readings))


def _verdict_details(verdict: Verdict) -> dict[str, Any]:
    told = ("label", "scale", "scale_version", "role", "rationale", "known_as_of", "confidence", "note", "error_type")
    day = verdict.known_as_of.isoformat() if verdict.known_as_of else None
    return {name: getattr(verdict, name) for name in told} | {"known_as_of": day}
