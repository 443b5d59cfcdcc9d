"""What the editor does with a verdict: sign it off or reject it, publish it, correct it, withdraw it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from factcheck.domain import acts
from factcheck.domain.acts import Actor
from factcheck.domain.desk import Concern, ConcernKind, optional_words, require_words
from factcheck.domain.review import QueuedClaim, Remarks, Verdict
from factcheck.domain.sign_off import Requirement
from factcheck.domain.states import Act, EditorialState, ReadingRole
from factcheck.errors import ConflictError, InputError, NoLongerReadyError, NotReadyError
from factcheck.workflow.ports import QueueChange
from factcheck.workflow.review_claim import Desk, alert_takers, changing, concerns_about, keep_scale


@dataclass(frozen=True, slots=True)
class Amended:
    """What an editor puts in place of a verdict's parts; None and what is not remarked leaves them as they are."""

    label_id: str | None = None
    rationale: str | None = None
    remarks: Remarks = field(default_factory=Remarks)

    def of(self, verdict: Verdict, desk: Desk, by: Actor) -> Verdict:
        """The editor's verdict. Raises UnknownLabelError, InputError."""
        scale, label = (verdict.scale, verdict.scale_version), verdict.label
        if self.label_id is not None:
            scale, label = (desk.scale.id, desk.scale.version), desk.scale.label(self.label_id).id
        rationale = optional_words("an explanation", self.rationale) or verdict.rationale
        made = self.remarks.on(Verdict(label, *scale, by.name, by.at, rationale, ReadingRole.EDITOR))
        # The same label for the same reasons is no judgement of the editor's own.
        is_same = (label, scale[0], rationale) == (verdict.label, verdict.scale, verdict.rationale)
        carried_from = verdict.carried_from if is_same else None
        return replace(made, known_as_of=made.known_as_of or verdict.known_as_of, carried_from=carried_from)


def sign_off(
    desk: Desk,
    claim_id: int,
    editor: str,
    comment: str | None = None,
    despite: str | None = None,
    amendment: Amended | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Sign a verdict off, the editor's own where there is an amendment; the readers' stay beside that.

    Raises NotFoundError, ConflictError if the verdict is not settled or the editor has read it, and NotReadyError
    for what the desk does not let pass, unless `despite` says why not to mind: that is kept, with what it is about.
    """
    reason = _reason(despite)
    with changing(desk, claim_id, editor, expect) as (change, claim, by):
        _sign_off(desk, change, claim, by, comment, reason, amendment)
        return change.claim(claim_id, by.at).seen_by(by.name)


def reject(desk: Desk, claim_id: int, editor: str, comment: str, *, expect: str | None = None) -> QueuedClaim:
    """Send the claim back to be read anew, with a comment. Raises InputError, NotFoundError, ConflictError."""
    return _edit(desk, claim_id, Act.REJECTED, editor, require_words("a rejection", comment), expect)


def publish(
    desk: Desk, claim_id: int, editor: str, comment: str | None = None, *, expect: str | None = None
) -> QueuedClaim:
    """Publish what was signed off; from now on only a correction changes it. Raises NotFoundError, ConflictError.

    What its sign-off did not pass over is not passed over here either, and where readers would see anything else than
    was signed off, it is signed off anew first.
    """
    with _witnessed(desk), changing(desk, claim_id, editor, expect) as (change, claim, by):
        _publish(desk, change, claim, by, comment)
        return change.claim(claim_id, by.at).seen_by(by.name)


def in_the_way(desk: Desk, claim: QueuedClaim, change: QueueChange | None = None) -> Sequence[Concern]:
    """Why a verdict that is signed off cannot be published as it stands: what nobody has passed over, or a change."""
    signed_off = claim.last_act(Act.SIGNED_OFF)
    # What was only told then, and took no reason, nobody has passed over.
    passed = set(signed_off.concerns) if signed_off and signed_off.despite else set()
    concerns = concerns_about(desk, claim, signed_off.editor if signed_off else None, change)
    lost = [one for one in concerns if desk.sign_off.demands(one) and one not in passed]
    return lost or ([] if claim.is_as_signed_off else [Concern(ConcernKind.CHANGED)])


def sign_off_and_publish(
    desk: Desk,
    claim_id: int,
    editor: str,
    comment: str | None = None,
    despite: str | None = None,
    amendment: Amended | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Sign a verdict off, unless it is as it stands, and publish it: both are done, or neither.

    Raises as `sign_off` and `publish` do. The comment is the sign-off's; where there is none to make, that of the
    publication.
    """
    reason = _reason(despite)
    with _witnessed(desk), changing(desk, claim_id, editor, expect) as (change, claim, by):
        stands = claim.editorial is EditorialState.SIGNED_OFF and not in_the_way(desk, claim, change)
        if amendment is not None or not stands:
            _sign_off(desk, change, claim, by, comment, reason, amendment)
            comment = None
        _publish(desk, change, change.claim(claim_id, by.at), by, comment)
        return change.claim(claim_id, by.at).seen_by(by.name)


def withdraw(desk: Desk, claim_id: int, editor: str, reason: str, *, expect: str | None = None) -> QueuedClaim:
    """Take a published verdict back, with the reason. Raises InputError, NotFoundError, ConflictError."""
    with _witnessed(desk):
        return _edit(desk, claim_id, Act.WITHDRAWN, editor, require_words("a withdrawal", reason), expect)


def correct(  # noqa: PLR0913 - what a person may say with a verdict
    desk: Desk,
    claim_id: int,
    label_id: str,
    editor: str,
    reason: str,
    rationale: str | None = None,
    remarks: Remarks | None = None,
    *,
    words: str | None = None,
    expect: str | None = None,
) -> QueuedClaim:
    """Replace a published verdict by one of another label; the old one is kept beside it, with date and reason.

    Its rationale and the day that it is known as of stay where no others are given. Other words for the claim would
    leave readers in doubt of what was judged: they are refused. Raises UnknownLabelError, InputError, NotFoundError,
    ConflictError.
    """
    if words is not None:
        raise InputError("another label leaves the claim's words as they are; put those right as a typo")
    amendment = Amended(label_id, rationale, remarks or Remarks())
    reason = require_words("a correction", reason)
    with _witnessed(desk), changing(desk, claim_id, editor, expect) as (change, claim, by):
        claim.require(Act.CORRECTED, by.name, by.at, by.roles)
        assert claim.verdict is not None  # noqa: S101 - what is published has a verdict
        keep_scale(change, desk.scale)
        verdict = replace(amendment.of(claim.verdict, desk, by), role=ReadingRole.CORRECTION)
        claim.require_outsider(by.name)
        _require_another_eye(desk, claim, verdict, by)
        change.store(acts.corrected(claim, by, verdict, reason))
        alert_takers(change, claim, by)
        change.drop_draft(claim_id, by.name)
        return change.claim(claim_id, by.at).seen_by(by.name)


def correct_typo(
    desk: Desk,
    claim_id: int,
    editor: str,
    reason: str,
    rationale: str | None = None,
    words: str | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Put words of a published verdict right, or of its claim; the label stays, and reports tell it as a typo.

    Raises InputError if nothing is put right, NotFoundError, ConflictError.
    """
    reason, rationale = require_words("a correction", reason), optional_words("an explanation", rationale)
    with _witnessed(desk), changing(desk, claim_id, editor, expect) as (change, claim, by):
        claim.require(Act.CORRECTED, by.name, by.at, by.roles)
        was = claim.verdict
        assert was is not None  # noqa: S101 - what is published has a verdict
        words = None if words is None else claim.require_other_words(words)
        if words is None and rationale in {None, was.rationale}:
            raise InputError(f"a typo of claim {claim_id} is put right by a rationale or words other than those it has")
        role = ReadingRole.CORRECTION
        verdict = replace(
            was, rationale=rationale or was.rationale, reviewer=by.name, decided_at=by.at, role=role, id=None
        )
        change.store(acts.corrected(claim, by, verdict, reason, words=words, is_typo=True))
        change.drop_draft(claim_id, by.name)
        return change.claim(claim_id, by.at).seen_by(by.name)


def _reason(despite: str | None) -> str | None:
    return None if despite is None else require_words("a reason to sign off all the same", despite)


def _sign_off(
    desk: Desk,
    change: QueueChange,
    claim: QueuedClaim,
    by: Actor,
    comment: str | None,
    reason: str | None,
    amendment: Amended | None,
) -> None:
    """Within a transaction, the verdict that holds signed off, the editor's own where there is an amendment."""
    if amendment is not None and claim.verdict is not None:
        keep_scale(change, desk.scale)
        verdict = amendment.of(claim.verdict, desk, by)
        _require_another_eye(desk, claim, verdict, by)
        change.store(acts.amended(claim, by, verdict))
        alert_takers(change, claim, by)
    # Read anew: what is signed off may be the editor's own verdict.
    settled = change.claim(claim.id, by.at)
    settled.require(Act.SIGNED_OFF, by.name, by.at, by.roles)
    if settled.editorial is EditorialState.SIGNED_OFF and not in_the_way(desk, settled, change):
        raise ConflictError(f"claim {claim.id} is signed off as it stands; what comes next is to publish it")
    concerns = concerns_about(desk, settled, by.name, change)
    demanded = [one for one in concerns if desk.sign_off.demands(one)]
    if demanded and reason is None:
        raise NotReadyError(claim.id, demanded)
    change.store(acts.signed_off(settled, by, comment, concerns, reason if demanded else None))
    change.drop_draft(claim.id, by.name)


def _require_another_eye(desk: Desk, claim: QueuedClaim, verdict: Verdict, by: Actor) -> None:
    """Raise ConflictError where a label takes two people, and its only reader alone would put it in place of another.

    Whoever reads and then amends or corrects would else be alone with a verdict that two have to look at.
    """
    readers = {one.reviewer for one in claim.readings if one.role not in {ReadingRole.EDITOR, ReadingRole.CORRECTION}}
    if readers == {by.name} and verdict.label != (claim.verdict and claim.verdict.label):
        why = _takes_another(desk, claim, verdict)
        if why is not None:
            told = f"{by.name!r} alone has read claim {claim.id}, and {verdict.label!r} takes {why}"
            raise ConflictError(f"{told}; ask another editor")


def _takes_another(desk: Desk, claim: QueuedClaim, verdict: Verdict) -> str | None:
    """Whom else a verdict takes than who alone has read its claim; None if nobody."""
    why = desk.second_reading.reason_for(claim, verdict.label)
    if why is not None:
        return f"a second reader here ({why})"
    # A sign-off asks for that itself, and may go on for a reason.
    is_asked = verdict.role is ReadingRole.CORRECTION and Requirement.SECOND_PERSON in desk.sign_off.require
    return "a second person here" if is_asked else None


def _publish(desk: Desk, change: QueueChange, claim: QueuedClaim, by: Actor, comment: str | None) -> None:
    """Within a transaction, the verdict published, unless something has come into the way since its sign-off."""
    published = acts.edited(claim, by, Act.PUBLISHED, comment)
    if found := in_the_way(desk, claim, change):
        raise NoLongerReadyError(claim.id, found)
    change.store(published)
    change.drop_draft(claim.id, by.name)


@contextmanager
def _witnessed(desk: Desk) -> Iterator[None]:
    """Around what readers will see: afterwards the log's hash is kept outside the desk, if there is a place for it.

    Raises HeadsWriteError or HeadsFileError before anything is done, if that can be told by then.
    """
    if desk.witness is not None:
        desk.witness.require_ready()
    yield
    if desk.witness is not None:
        desk.witness.note(desk.clock())


def _edit(desk: Desk, claim_id: int, act: Act, editor: str, comment: str | None, expect: str | None) -> QueuedClaim:
    with changing(desk, claim_id, editor, expect) as (change, claim, by):
        change.store(acts.edited(claim, by, act, comment))
        alert_takers(change, claim, by)
        change.drop_draft(claim_id, by.name)
        return change.claim(claim_id, by.at).seen_by(by.name)
