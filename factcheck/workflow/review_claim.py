"""What a reader does with a claim: take it, keep it, decide it, give it back, undo."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from factcheck.domain import acts, undoing
from factcheck.domain.acts import Actor, Change
from factcheck.domain.audit import Event
from factcheck.domain.desk import Concern, likely_meant
from factcheck.domain.evidence import Evidence, EvidenceDraft, Stance
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.domain.review import ClaimQuery, QueuedClaim, Remarks, Verdict, require_reviewer
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.states import (
    BLOCKING_FIRST,
    IN_PLACE,
    SECOND_READINGS,
    UNDOABLE,
    Act,
    ClaimStatus,
    EditorialState,
    Role,
    Stage,
)
from factcheck.errors import (
    FactcheckError,
    InputError,
    MisspeltNameError,
    NothingToUndoError,
    OtherDecisionError,
    SecondReadingStaysError,
)
from factcheck.workflow.ports import Clock, Queue, QueueChange, Witness

_DEPTH = 100
"""So many of a reviewer's decisions are looked at for one to undo."""


OLD_AFTER = timedelta(days=365)
"""Verdicts older than that are shown as old, unless a setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A queue with the clock and the rules that its people work by.

    `order` is that in which readings are taken, `witness` what keeps the log's last hash at each publication. Verdicts
    that are older than `old_after` are shown as old where they are suggested; None trusts all. Nobody acts here in
    another role than those of `within`; None is for who may act in all that they have.
    """

    queue: Queue
    clock: Clock
    lease: timedelta
    scale: RatingScale = TRUTH_5
    second_reading: SecondReadingRules = field(default_factory=SecondReadingRules)
    sign_off: SignOffRules = field(default_factory=SignOffRules)
    order: tuple[Stage, ...] = BLOCKING_FIRST
    witness: Witness | None = None
    old_after: timedelta | None = OLD_AFTER
    within: frozenset[Role] | None = None

    def roles_of(self, change: QueueChange, person: str) -> frozenset[Role] | None:
        """The roles that somebody acts in here; None where nothing bounds them."""
        roles = change.roles_of(person)
        if self.within is None:
            return roles
        return self.within if roles is None else roles & self.within


def take_next(
    desk: Desk, reviewer: str, stage: Stage | None = None, among: ClaimQuery | None = None
) -> QueuedClaim | None:
    """Lease the claim most worth checking that waits for this reading; None if none is free.

    As `lease_next` does, and raises what it raises.
    """
    taken = lease_next(desk, reviewer, stage, among)
    return desk.queue.claim(taken, desk.clock(), reviewer.strip()) if taken else None


def lease_next(desk: Desk, reviewer: str, stage: Stage | None = None, among: ClaimQuery | None = None) -> int | None:
    """The number of the claim that is leased, for who reads it later; None if none is free.

    Without a stage, readings come in the desk's order. `among` says which claims are asked for. Raises
    ConflictError if the reviewer's roles do not allow the reading that is asked for.
    """
    reviewer, now = require_known(desk, reviewer), desk.clock()
    stages = (stage,) if stage else desk.order
    taken = desk.queue.lease_next(reviewer, now, now + desk.lease, stages=stages, among=among)
    return taken[0] if taken else None


def take_claim(desk: Desk, claim_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Lease this claim for the reading that it waits for; who holds it already keeps it.

    Raises NotFoundError, or ConflictError if somebody else holds it or has to read it, or it is in another revision.
    """
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        if claim.lease is None:
            change.store(acts.leased(claim, by, by.at + desk.lease))
        else:
            claim.require_held_by(by.name, by.at)
        return change.claim(claim_id, by.at).seen_by(by.name)


def concerns_about(
    desk: Desk, claim: QueuedClaim, editor: str | None = None, change: QueueChange | None = None
) -> tuple[Concern, ...]:
    """What speaks against the verdict that holds, or the last one that the viewer of the claim has given; none of none.

    `editor` is who would sign it off, None if nobody is known to. Within a transaction, `change` knows the scale.
    """
    verdict = claim.verdict or next(reversed(claim.readings), None)
    if verdict is None:
        return ()
    scale = (change or desk.queue).scale(verdict.scale, verdict.scale_version)
    return desk.sign_off.concerns(claim, verdict, scale, editor, lost_origin(desk, verdict, claim.id, change))


def lost_origin(desk: Desk, verdict: Verdict, holder: int, change: QueueChange | None = None) -> int | None:
    """The first claim along which a verdict was carried over to its holder that says it no more; None if all do.

    A chain that comes back to a claim of its own has nobody's reading at its end.
    """
    passed, number = {holder}, verdict.carried_from
    while number is not None:
        origin = (change or desk.queue).claim(number, desk.clock())
        if number in passed or origin.verdict is None or not origin.lends(verdict):
            return number
        passed.add(number)
        number = origin.verdict.carried_from
    return None


def alert_takers(change: QueueChange, before: QueuedClaim, by: Actor) -> None:
    """Ask the editor to look at what took its verdict over from a claim whose verdict has become another one."""
    after, was = change.claim(before.id, by.at), before.verdict
    if was is None or not before.lends(was) or after.lends(was):
        return
    now = f"is {after.verdict.label} now" if after.verdict else "has no verdict any more"
    told = f"claim {before.id} {'is withdrawn' if after.editorial is EditorialState.WITHDRAWN else now}"
    waiting, seen = [before.id], {before.id}
    while waiting:
        origin = waiting.pop()
        for number in change.takers(origin):
            taker = change.claim(number, by.at)
            if number not in seen and taker.verdict and taker.verdict.carried_from == origin:
                seen.add(number)
                waiting.append(number)  # others may have theirs from there
                change.store(acts.flagged(taker, by, f"its verdict was carried over from another one: {told}"))


def record_verdict(  # noqa: PLR0913 - what a person may say with a verdict
    desk: Desk,
    claim_id: int,
    label_id: str,
    reviewer: str,
    rationale: str | None = None,
    evidence: Sequence[EvidenceDraft] = (),
    remarks: Remarks | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Decide a claim that the reader holds or that is free: as its first or second reader, or its adjudicator.

    Evidence without a stance takes the verdict's. A first verdict that the desk's rules pick waits
    for a second reader. Raises UnknownLabelError, InputError, NotFoundError, or ConflictError if
    somebody else holds or has decided the claim, or wherever another person has to read it.
    """
    remarks, label = remarks or Remarks(), desk.scale.label(label_id)
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        claim.require_remarks_fit(remarks)
        known = {(one.url, one.quote) for one in claim.seen_by(by.name).evidence}
        added = (one.added(Stance.of_verdict(label.averitec), by.at, by.name) for one in dict.fromkeys(evidence))
        new = [one for one in added if (one.url, one.quote) not in known]
        verdict = Verdict(label.id, desk.scale.id, desk.scale.version, by.name, by.at, rationale)
        return store_verdict(desk, change, claim, by, remarks.on(verdict), new)


def store_verdict(
    desk: Desk, change: QueueChange, claim: QueuedClaim, by: Actor, verdict: Verdict, evidence: Sequence[Evidence] = ()
) -> QueuedClaim:
    """Give a claim a verdict on the desk's scale, within a transaction; returns it as who gave it sees it then."""
    keep_scale(change, desk.scale)
    change.store(acts.read(claim, by, verdict, evidence, desk.second_reading.reason_for(claim, verdict.label)))
    change.drop_draft(claim.id, by.name)
    return change.claim(claim.id, by.at).seen_by(by.name)


def skip_claim(desk: Desk, claim_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Put a held or free claim at the end of its queue. Raises NotFoundError, ConflictError."""
    return change_claim(desk, claim_id, reviewer, acts.skipped, expect)


def release_claim(desk: Desk, claim_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Give back a claim that the reviewer holds. Raises NotFoundError, ConflictError."""
    return change_claim(desk, claim_id, reviewer, acts.released, expect)


def renew_lease(desk: Desk, claim_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Let the reviewer's lease last a full length from now. Raises NotFoundError, ConflictError.

    Activity is what renews a lease: whoever shows the claim calls this when a key is pressed. While
    more than three quarters are left it changes nothing, so that it may be called often.
    """
    with changing(desk, claim_id, reviewer, expect) as (change, claim, by):
        claim.require_held_by(by.name, by.at)
        if claim.lease is not None and not claim.lease.is_due(by.at, desk.lease):
            return claim.seen_by(by.name)
        change.store(acts.renewed(claim, by, by.at + desk.lease))
        return change.claim(claim_id, by.at).seen_by(by.name)


def undo_last(
    desk: Desk, reviewer: str, among: Collection[Act] = UNDOABLE, *, expect: int | None = None
) -> tuple[str, QueuedClaim]:
    """Take back the reader's last decision, of these acts, that nobody has built on; the claim is theirs again.

    A decision that somebody else has built on, or whose claim somebody else holds, is passed over. A sign-off can be
    taken back until it is published. `expect` is the event of the decision that was meant, as `last_undoable` gives
    it. Returns what was undone, as the event log calls it. Raises NothingToUndoError, MisspeltNameError,
    SecondReadingStaysError where the last decision is a second reading, OtherDecisionError, and MissingRoleError where
    the person may not decide so any more.
    """
    reviewer = require_known(desk, reviewer)
    with desk.queue.changing() as change:
        now = desk.clock()
        done = _undoable(change, reviewer, among, now)
        if expect is not None and expect != done.id:
            raise OtherDecisionError(expect, done.id)
        claim, by = change.claim(done.claim_id or 0, now), Actor(reviewer, now, desk.roles_of(change, reviewer))
        replaced = change.replaced_by(done) if done.action == Act.AMENDED else None
        for one in undoing.taken_back(claim, by, done, _parts(change, done, now), now + desk.lease, replaced):
            change.store(one)
        alert_takers(change, claim, by)
        return done.action, change.claim(claim.id, now).seen_by(reviewer)


def last_undoable(desk: Desk, reviewer: str, roles: frozenset[Role] | None) -> Event | None:
    """The decision that `undo_last` would take back, for a front to name; None where it would say why it cannot."""
    try:
        now = desk.clock()
        done = _undoable(desk.queue, reviewer, UNDOABLE, now)
        undoing.require_may_decide(desk.queue.claim(done.claim_id or 0, now), Actor(reviewer, now, roles), done)
    except FactcheckError:
        return None
    return done


def _undoable(past: Queue | QueueChange, reviewer: str, among: Collection[Act], now: datetime) -> Event:
    """The last decision that can be taken back. Raises NothingToUndoError, SecondReadingStaysError."""
    stays: int | None = None
    for done in past.decisions(reviewer, _DEPTH):
        if done.action in SECOND_READINGS:
            stays = stays or done.claim_id
        if done.action not in among:
            continue
        if stays and done.action not in IN_PLACE:  # what was meant is the reading, and not what was done before it
            raise SecondReadingStaysError(stays)
        claim = past.claim(done.claim_id or 0, now)
        # A part of a claim whose splitting was taken back is nobody's any more.
        if claim.status is ClaimStatus.RETRACTED or claim.lease_of_another(reviewer, now):
            continue
        parts = _parts(past, done, now)
        on_parts = [one for part in parts for one in past.events_since(replace(done, claim_id=part.id))]
        if not undoing.is_overtaken(done, past.events_since(done), parts, on_parts):
            return done
    if stays and among == UNDOABLE:
        raise SecondReadingStaysError(stays)
    raise NothingToUndoError(reviewer)


def _parts(past: Queue | QueueChange, done: Event, now: datetime) -> list[QueuedClaim]:
    """The claims that the decision has made of its own."""
    return [past.claim(number, now) for number in done.details.get("parts", ())]


def change_claim(
    desk: Desk, claim_id: int, person: str, what: Callable[[QueuedClaim, Actor], Change], expect: str | None = None
) -> QueuedClaim:
    """Do something to a claim in one transaction; returns it as that person sees it afterwards.

    Raises MovedOnError if it is not in the expected revision any more, and what `what` raises.
    """
    with changing(desk, claim_id, person, expect) as (change, claim, by):
        change.store(what(claim, by))
        return change.claim(claim_id, by.at).seen_by(by.name)


@contextmanager
def changing(
    desk: Desk, claim_id: int, person: str, expect: str | None = None
) -> Iterator[tuple[QueueChange, QueuedClaim, Actor]]:
    """A transaction, the claim as it stands in it, and who is to change it. Raises NotFoundError, MovedOnError.

    What is done is done at the moment at which nobody else writes any more: those who wait for that may wait long.
    """
    person = require_known(desk, person)
    with desk.queue.changing() as change:
        now = desk.clock()
        claim = change.claim(claim_id, now)
        claim.require_unchanged(expect, person)
        yield change, claim, Actor(person, now, desk.roles_of(change, person))


def require_known(desk: Desk, name: str) -> str:
    """The name without outer blanks, its letters composed unless the desk knows it otherwise.

    Raises InputError if nothing is left, or if it is new, and nearly another's.
    """
    name = require_reviewer(name)
    composed = unicodedata.normalize("NFC", name)  # keyboards write `é` as one letter, or as two
    if composed != name and desk.queue.names_beside(name):
        name = composed
    meant = likely_meant(name, desk.queue.names_beside(name))
    if meant is not None:
        raise MisspeltNameError(name, meant)
    return name


def keep_scale(change: QueueChange, scale: RatingScale) -> None:
    """Keep the scale that a verdict is given on. Raises InputError if its version means something else already."""
    if change.keep_scale(scale).labels != scale.labels:
        message = (
            f"the scale {scale.id!r} v{scale.version} is not what verdicts were given on; "
            f"leave that version as it was, and give the changed one version {scale.version + 1}"
        )
        raise InputError(message)
