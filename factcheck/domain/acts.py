"""What is done to a claim: each function gives the claim as it is afterwards, and the event that tells of it.

Nothing here is stored. What an event tells is read again by [undoing](undoing.py), years later too: names in its
details stay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.desk import Amendment, Concern, Contact, EditorFlag, EditorialAct, Note, require_come
from factcheck.domain.evidence import EDITABLE, Evidence
from factcheck.domain.review import (
    Correction,
    Lease,
    QueuedClaim,
    Verdict,
    in_words,
    require_any_role,
    require_role,
    standing_verdict,
)
from factcheck.domain.states import (
    Act,
    ClaimStatus,
    EditorialState,
    ReadingRole,
    Role,
    Stage,
)
from factcheck.errors import (
    ConflictError,
    MissingQuoteError,
    NamelessError,
    PublishedAlreadyError,
    SameLabelError,
    WithdrawnError,
)

_READ_BY_NOBODY = frozenset({ClaimStatus.SPLIT, ClaimStatus.RETRACTED, ClaimStatus.NOT_CHECKABLE})


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


def leased(claim: QueuedClaim, by: Actor, until: datetime) -> Change:
    """The claim in the actor's hands. Raises ConflictError."""
    stage = claim.status.stage
    details = {"until": until.isoformat(), "role": stage.role.value if stage else None}
    return _done(claim, Act.LEASED, by, details, lease=Lease(by.name, until))


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


def merged(claim: QueuedClaim, by: Actor, into: QueuedClaim, same: Sequence[int] = ()) -> Change:
    """The claim out of the queue, as the same as another. Raises ConflictError.

    `same` are the claims that wait for the verdict on this one: it is read, so that none waits for another that waits.
    """
    if into.id == claim.id:
        raise ConflictError(f"claim {claim.id} cannot be the same as itself; name another")
    if into.duplicate_of is not None:
        raise ConflictError(f"claim {into.id} is a duplicate itself; merge into claim {into.duplicate_of}")
    if same:
        told = f"claim {same[0]} was merged into claim {claim.id}, which is read for both"
        raise ConflictError(f"{told}; merge claim {into.id} into claim {claim.id} instead")
    if into.status in _READ_BY_NOBODY or into.editorial is EditorialState.WITHDRAWN:
        state = in_words(into.status if into.status in _READ_BY_NOBODY else into.editorial)
        told = f"claim {into.id} is {state}, and no verdict will stand there for claim {claim.id}"
        raise ConflictError(f"{told}; name a claim that is read")
    return _done(claim, Act.DUPLICATE, by, {"duplicate_of": into.id}, duplicate_of=into.id)


def parts_of(claim: QueuedClaim, texts: Iterable[str]) -> list[Claim]:
    """A claim for each text, where the whole stands; what a machine held against the whole does not hold here."""
    whole = claim.claim
    return [replace(whole, text=text, inferred=(), doubts=(), also=(), when=whole.when_in(text)) for text in texts]


def split(claim: QueuedClaim, by: Actor, numbers: Sequence[int], texts: Sequence[str]) -> Change:
    """The claim out of the queue, its parts in place of it. Raises ConflictError."""
    return _done(claim, Act.SPLIT, by, {"parts": list(numbers), "texts": list(texts)})


def reworded(claim: QueuedClaim, by: Actor, text: str) -> Change:
    """The claim with other words beside its own; who holds it keeps it. Raises ConflictError."""
    details = {"was": claim.words, "now": text, "amendment_was": _amendment_details(claim.amendment)}
    return _done(claim, Act.REWORDED, by, details, amendment=Amendment(text, by.name, by.at), lease=claim.lease)


def attributed(claim: QueuedClaim, by: Actor, speaker: str) -> Change:
    """The claim with who made it, as a person says it; who holds it keeps it. Raises ConflictError."""
    details = {"was": claim.speaker, "now": speaker, "attribution_was": _amendment_details(claim.attribution)}
    attribution = Amendment(speaker, by.name, by.at)
    return _done(claim, Act.ATTRIBUTED, by, details, attribution=attribution, lease=claim.lease)


def edited(claim: QueuedClaim, by: Actor, act: Act, comment: str | None) -> Change:
    """The claim rejected, published or withdrawn. Raises ConflictError.

    A rejection ends the readings: the claim is read anew, and its evidence stays.
    """
    anew: dict[str, Any] = {"readings": (), "second_asked": None} if act is Act.REJECTED else {}
    return _with_editorial_act(claim, by, EditorialAct(act, by.name, by.at, comment), **anew)


def signed_off(
    claim: QueuedClaim, by: Actor, comment: str | None, concerns: Sequence[Concern] = (), despite: str | None = None
) -> Change:
    """The claim signed off, with what spoke against it and why the editor went on. Raises ConflictError."""
    act = EditorialAct(Act.SIGNED_OFF, by.name, by.at, comment, despite, tuple(concerns), claim.shown)
    return _with_editorial_act(claim, by, act)


def amended(claim: QueuedClaim, by: Actor, verdict: Verdict) -> Change:
    """The claim with an editor's verdict that holds in place of the readers', which stay. Raises ConflictError."""
    claim.require(Act.AMENDED, by.name, by.at, by.roles)
    was = claim.verdict
    assert was is not None  # noqa: S101 - what is settled has a verdict
    details = {"was": _verdict_details(was), "now": _verdict_details(verdict)}
    readings = (*(one for one in claim.readings if one.role is not ReadingRole.EDITOR), verdict)
    return _done(claim, Act.AMENDED, by, details, readings=readings)


def corrected(
    claim: QueuedClaim, by: Actor, verdict: Verdict, reason: str, *, words: str | None = None, is_typo: bool = False
) -> Change:
    """The claim with another verdict in place of the published one. Raises ConflictError.

    Of a typo only words change, those of the rationale or, with `words`, of the claim; all else needs another label.
    """
    claim.require(Act.CORRECTED, by.name, by.at, by.roles)
    was = claim.verdict
    assert was is not None  # noqa: S101 - what is published has a verdict
    is_same = (was.scale, was.label) == (verdict.scale, verdict.label)
    if is_same is not is_typo:
        raise SameLabelError(claim.id, was.label, is_typo=is_typo)
    details: dict[str, Any] = {"was": _verdict_details(was), "now": _verdict_details(verdict), "reason": reason}
    changed: dict[str, Any] = {}
    if is_typo:
        changed["changed_in"] = claim.changed_in  # that the article has other words is another matter
        details["typo"] = True
    if words is not None:
        details["words_were"], details["words"] = claim.words, words
        changed["amendment"] = Amendment(words, by.name, by.at)
    readings = (*(one for one in claim.readings if one is not was), verdict)
    words_were = claim.words if words is not None else None
    corrections = (*claim.corrections, Correction(by.at, by.name, was, verdict, reason, is_typo, words_were))
    return _done(claim, Act.CORRECTED, by, details, readings=readings, corrections=corrections, **changed)


def flagged(claim: QueuedClaim, by: Actor, reason: str | None) -> Change:
    """The claim with the actor's request that the editor looks at it, in place of their own before.

    Without a reason it is taken back; who has made none takes back those that they see.
    """
    own, seen = claim.flag_of(by.name), claim.seen_by(by.name).flags
    gone = (own,) if own else seen if reason is None else ()
    if reason is None and not gone:
        return Change(claim, claim)  # nobody takes back what is hidden from them
    new = () if reason is None else (EditorFlag(reason, by.name, by.at),)
    details = {"was": " / ".join(one.reason for one in gone) or None, "now": reason}
    flags = (*(one for one in claim.flags if one not in gone), *new)
    return _left_on(claim, by, "flagged", details, flags=flags)


def contacted(claim: QueuedClaim, by: Actor, contact: Contact) -> Change:
    """The claim with what its claimant was asked, and answered. Raises ConflictError, DayAheadError.

    Readers see it once it is published. Who reads blind would write over what they are not shown. An answer
    stands until there is another: to ask once more takes none away.
    """
    _require_editor_once_seen(claim, by)
    if claim.seen_by(by.name) is not claim:
        raise ConflictError(f"claim {claim.id} is read a second time; note what was answered after that")
    require_come("a claimant was asked on", contact.asked_on, by.at)
    was = claim.contact.answer if claim.contact else None
    contact = replace(contact, answer=contact.answer or was)
    details = {"asked_on": contact.asked_on.isoformat(), "was": was, "now": contact.answer}
    return _left_on(claim, by, "contacted", details, contact=contact)


def noted(claim: QueuedClaim, by: Actor, text: str) -> Change:
    """The claim with a word to colleagues."""
    return _left_on(claim, by, "noted", {"text": text}, notes=(*claim.notes, Note(text, by.name, by.at)))


def assigned(claim: QueuedClaim, by: Actor, reviewer: str | None) -> Change:
    """The claim as somebody's task; None is nobody's."""
    return _left_on(claim, by, "assigned", {"was": claim.assigned_to, "now": reviewer}, assigned_to=reviewer)


def made_due(claim: QueuedClaim, by: Actor, day: date | None) -> Change:
    """The claim with the day by which it is to be decided; None is any day."""
    was, now = (one and one.isoformat() for one in (claim.due_on, day))
    return _left_on(claim, by, "made_due", {"was": was, "now": now}, due_on=day)


def sourced(claim: QueuedClaim, evidence: Evidence, by: Actor) -> Change:
    """The claim with another piece of evidence. Raises ConflictError.

    Where the verdict is published readers see it at once: only an editor adds one, whose quote stands in it, or which
    was kept and holds no text, or nothing is quoted of. Where there are roles, or the claim is published, it is
    somebody's.
    """
    if not by.name and (by.roles is not None or claim.editorial.is_seen):
        raise NamelessError("a reviewer needs a name, got ''")
    require_any_role(by.name, by.roles)
    _require_editor_once_seen(claim, by)
    is_kept = evidence.sha256 is not None and not evidence.blocks_sign_off
    if claim.editorial.is_seen and not (evidence.quote_status.stands or is_kept):
        raise MissingQuoteError(claim.id, evidence.name)
    source = {"url": evidence.url, "source": evidence.name, "stance": evidence.stance.value}
    snapshot = {"sha256": evidence.sha256, "quote_status": evidence.quote_status.value}
    event = Event(0, evidence.added_at, evidence.added_by, "evidence_added", claim.id, details=source | snapshot)
    return Change(claim, replace(claim, evidence=(*claim.evidence, evidence)), event)


def _require_editor_once_seen(claim: QueuedClaim, by: Actor) -> None:
    if claim.editorial.is_seen and by.roles is not None:
        require_role(by.name, by.roles, Role.EDITOR)


def _require_unseen(claim: QueuedClaim, evidence_id: int | None) -> None:
    if claim.editorial is EditorialState.WITHDRAWN:
        raise WithdrawnError(claim.id, claim.article_id, evidence_id)
    if claim.editorial.is_public:
        raise PublishedAlreadyError(claim.id, evidence_id)


def unsourced(claim: QueuedClaim, by: Actor, evidence_id: int) -> Change:
    """The claim without a piece of evidence, whoever has added it. Raises ConflictError for who has no role.

    What a published verdict rests on stays, which is a ConflictError too.
    """
    _require_unseen(claim, evidence_id)
    gone = next(one for one in claim.evidence if one.id == evidence_id)
    kept = tuple(one for one in claim.evidence if one is not gone)
    return _left_on(claim, by, "evidence_removed", {"evidence": evidence_id, "url": gone.url}, evidence=kept)


def resourced(claim: QueuedClaim, by: Actor, evidence: Evidence) -> Change:
    """The claim with a piece of its evidence as the actor tells it now. Raises ConflictError as `unsourced` does."""
    _require_unseen(claim, evidence.id)
    was = next(one for one in claim.evidence if one.id == evidence.id)
    both = ((name, getattr(was, name), getattr(evidence, name)) for name in EDITABLE)
    details = {"evidence": evidence.id, **{name: [before, now] for name, before, now in both if before != now}}
    edited = replace(evidence, edited_by=by.name)
    kept = tuple(edited if one is was else one for one in claim.evidence)
    return _left_on(claim, by, "evidence_edited", details, evidence=kept)


def looked_at(claim: QueuedClaim, evidence: Evidence, at: datetime) -> Change:
    """The claim with a piece of its evidence after another look, its `last_check`, which is stored `at` a moment."""
    check = evidence.last_check
    assert check is not None  # noqa: S101 - the use case has just made it
    details = {"evidence": evidence.id, "outcome": check.outcome.value, "sha256": check.sha256, "detail": check.detail}
    event = Event(0, at, check.checked_by, "evidence_checked", claim.id, details=details)
    looked = tuple(evidence if one.id == evidence.id else one for one in claim.evidence)
    return Change(claim, replace(claim, evidence=looked), event)


def _amendment_details(amendment: Amendment | None) -> dict[str, Any] | None:
    return asdict(amendment) | {"at": amendment.at.isoformat()} if amendment else None


def _with_editorial_act(
    claim: QueuedClaim,
    by: Actor,
    act: EditorialAct,
    **changed: Any,  # noqa: ANN401 - fields of the claim
) -> Change:
    details: dict[str, Any] = {"comment": act.comment}
    if act.despite:
        details["despite"] = act.despite
    if act.concerns:
        details["concerns"] = [[one.kind.value, one.source] for one in act.concerns]
    if act.shown:
        details["shown"] = act.shown
    return _done(claim, act.act, by, details, editorial_acts=(*claim.editorial_acts, act), **changed)


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
    if act is Act.SIGNED_OFF and claim.changed_in is not None:
        told["changed_in_was"] = claim.changed_in
    if act in {Act.SIGNED_OFF, Act.CORRECTED, Act.WITHDRAWN}:
        changed.setdefault("changed_in", None)
    after = replace(claim, **{"status": line.after or claim.status, "lease": None, **changed})
    return Change(claim, judged(after), Event(0, by.at, by.name, act.value, claim.id, details=told))


def _left_on(
    claim: QueuedClaim,
    by: Actor,
    action: str,
    details: dict[str, Any],
    **changed: Any,  # noqa: ANN401 - fields of the claim
) -> Change:
    """The claim with something left on it, which anybody of the desk may do at any time. Raises MissingRoleError."""
    require_any_role(by.name, by.roles)
    return Change(claim, replace(claim, **changed), Event(0, by.at, by.name, action, claim.id, details=details))


def judged(claim: QueuedClaim) -> QueuedClaim:
    """The claim with the verdict that holds by its state and readings."""
    return replace(claim, verdict=standing_verdict(claim.status, claim.readings))


def _verdict_details(verdict: Verdict) -> dict[str, Any]:
    told = ("label", "scale", "scale_version", "role", "rationale", "known_as_of", "confidence", "note", "error_type")
    day = verdict.known_as_of.isoformat() if verdict.known_as_of else None
    carried = {} if verdict.carried_from is None else {"carried_from": verdict.carried_from}
    return {name: getattr(verdict, name) for name in told} | {"known_as_of": day} | carried
