"""The review of a claim: who holds it, what was found, what was decided."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from factcheck import errors
from factcheck.domain.claim import Claim
from factcheck.domain.desk import (
    Addition,
    Amendment,
    Contact,
    EditorFlag,
    EditorialAct,
    Note,
    optional_words,
    require_come,
    require_words,
)
from factcheck.domain.evidence import Evidence
from factcheck.domain.states import (
    EDITORIAL,
    HOLDING,
    Act,
    ClaimStatus,
    EditorialState,
    ReadingRole,
    Role,
    Stage,
    Transition,
    Who,
    role_for,
    transition,
)
from factcheck.domain.when import When


class Confidence(StrEnum):
    """How sure a reader is of a verdict."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ErrorType(StrEnum):
    """Why two readings differed, as the adjudicator sees it."""

    MISSED_EVIDENCE = "missed-evidence"
    MISREAD_CLAIM = "misread-claim"
    MISREAD_EVIDENCE = "misread-evidence"
    SCALE = "scale"
    SLIP = "slip"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lease:
    """A reviewer's hold on a claim until a moment, in UTC."""

    reviewer: str
    until: datetime

    def is_live(self, now: datetime) -> bool:
        """Whether the hold still keeps others away."""
        return now < self.until

    def is_due(self, now: datetime, length: timedelta) -> bool:
        """Whether a quarter of its length is over: from then on whatever its holder does renews it."""
        return self.until - now < length * 3 / 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader decided: a label of a scale in one of its versions.

    `known_as_of` is the day whose knowledge the claim is judged by. `note` is for colleagues and stands in no report.
    `error_type` is the adjudicator's word on why the readings differed. `carried_from` is the claim whose verdict it
    takes over, if it was not read. `id` is None until the verdict is stored.
    """

    label: str
    scale: str
    scale_version: int
    reviewer: str
    decided_at: datetime
    rationale: str | None = None
    role: ReadingRole = ReadingRole.FIRST
    known_as_of: date | None = None
    confidence: Confidence | None = None
    note: str | None = None
    error_type: ErrorType | None = None
    carried_from: int | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a reader may add to a verdict."""

    known_as_of: date | None = None
    confidence: Confidence | None = None
    note: str | None = None
    error_type: ErrorType | None = None

    def on(self, verdict: Verdict) -> Verdict:
        """The verdict with these remarks; blank words are none.

        Raises InputError for text that UTF-8 cannot hold, and DayAheadError: no source would be younger than that day.
        """
        if self.known_as_of is not None:
            require_come("a verdict is known as of", self.known_as_of, verdict.decided_at)
        rationale, note = optional_words("an explanation", verdict.rationale), optional_words("a remark", self.note)
        return replace(verdict, **asdict(self) | {"rationale": rationale, "note": note})


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of a published verdict: what it was, what it is, and why. One of a typo leaves the label as it was.

    `words_were` is how the claim was put until then, None where its words stayed.
    """

    at: datetime
    editor: str
    was: Verdict
    now: Verdict
    reason: str
    is_typo: bool = False
    words_were: str | None = None

    @property
    def typo_told(self) -> str:
        """What a typo has changed, in words: where it was the claim's own, how they read before."""
        return f"a typo, the claim read “{self.words_were}”" if self.words_were else "a typo"


@dataclass(frozen=True, slots=True)
class ExtractionOrigin:
    """The run that a claim came from: the model and the exact prompt behind it."""

    id: int
    model: str
    prompt: str
    prompt_version: str
    prompt_hash: str
    recording: str | None = None
    recording_sha256: str | None = None


_PLANNED = (
    "lease", "origin", "skips", "article_url", "article_sha256", "article_canonical_url", "assigned_to", "due_on",
)  # fmt: skip
"""What nobody judges a claim by."""
Place = tuple[int, int, int]
"""Where a claim stands among all: its article, its first sentence, its number."""


@dataclass(frozen=True, slots=True)
class QueuedClaim:
    """A claim on the desk, with all that was said and done about it.

    `verdict` is the one that holds: there is none while a second reading or an adjudication is out. `readings` are
    those that stand, the first reader's first. `second_asked` says why a second one was asked for. `aside` is the
    reason of a claim that is not checkable. `vanished_in` is the later run that asked about the claim's sentence and
    did not find it. `skips` is how often readers put the claim off: those with fewer come first. `origin` is the run
    that gave the claim, and `added` the person who wrote it down: there is one or the other. `attribution` says who
    made the claim, where a person has set that right. `changed_in` is a later version of the article that has not the
    words on which the claim stands; None once an editor has seen to it. `flags` holds what each has asked the editor to
    look at, one of a person, the latest last.
    """

    id: int
    uid: str
    article_id: int
    claim: Claim
    status: ClaimStatus
    origin: ExtractionOrigin | None
    lease: Lease | None = None
    verdict: Verdict | None = None
    evidence: tuple[Evidence, ...] = ()
    vanished_in: int | None = None
    editorial: EditorialState = EditorialState.OPEN
    readings: tuple[Verdict, ...] = ()
    second_asked: str | None = None
    amendment: Amendment | None = None
    aside: str | None = None
    duplicate_of: int | None = None
    split_from: int | None = None
    flags: tuple[EditorFlag, ...] = ()
    contact: Contact | None = None
    notes: tuple[Note, ...] = ()
    editorial_acts: tuple[EditorialAct, ...] = ()
    corrections: tuple[Correction, ...] = ()
    skips: int = 0
    article_url: str | None = None
    article_sha256: str | None = None
    article_canonical_url: str | None = None
    added: Addition | None = None
    attribution: Amendment | None = None
    assigned_to: str | None = None
    due_on: date | None = None
    changed_in: int | None = None

    @property
    def speaker(self) -> str | None:
        """Who made the claim: as a person has set it, else as extracted."""
        return self.attribution.text if self.attribution else self.claim.speaker

    @property
    def when(self) -> When | None:
        """When it was: as extraction has read it, unless a reviewer's words for the claim say it no more."""
        return self.claim.when_in(self.amendment.text) if self.amendment else self.claim.when

    @property
    def place(self) -> Place:
        """Where the claim stands among all: by article, by the first of its sentences, 0 without one, by number."""
        return self.article_id, next(iter(self.claim.anchor.sentence_ids), 0), self.id

    @property
    def words(self) -> str:
        """The claim as it is judged: in a reviewer's words where there are any, else as extracted."""
        return self.amendment.text if self.amendment else self.claim.text

    @property
    def revision(self) -> str:
        """12 hex digits that change with whatever a person judges the claim by.

        Who holds the claim does not matter, nor its run, nor how often it was skipped, nor whose task it is. What
        `seen_by` hides is not in it either: take it of the claim as the person sees it.
        """
        judged = asdict(replace(self, lease=None))
        judged["status"] = self.status.stage.role if self.status.stage else self.status
        for planned in _PLANNED:
            del judged[planned]
        # As it was while a claim had one flag at most, and who had edited a source was not kept.
        for one in judged["evidence"]:
            del one["edited_by"]
            if not one["doubts"]:
                del one["doubts"]
        flags = judged.pop("flags")
        judged["flag"] = flags if len(flags) > 1 else next(iter(flags), None)
        if self.changed_in is None:
            del judged["changed_in"]
        return sha256(json.dumps(judged, default=str, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def planned(self) -> str:
        """12 hex digits that change with whose task the claim is, and by which day it is to be decided."""
        return sha256(json.dumps([self.assigned_to, self.due_on], default=str).encode()).hexdigest()[:12]

    @property
    def shown(self) -> str:
        """12 hex digits that change with whatever readers see of the claim: words, speaker, verdict, sources, answer.

        A look at a source after which it rests on the same page changes nothing.
        """
        sources = [asdict(replace(one, last_check=None)) for one in self.evidence]
        for one in sources:
            del one["edited_by"]  # for the desk
            del one["doubts"]
        verdict, contact = (one and asdict(one) for one in (self.verdict, self.contact))
        told = json.dumps([self.words, self.speaker, verdict, sources, contact], default=str, sort_keys=True)
        return sha256(told.encode()).hexdigest()[:12]

    @property
    def is_as_signed_off(self) -> bool:
        """Whether readers would see what was last signed off, and the article has its words still.

        A sign-off of earlier versions has not kept what that was, and is taken as it stands.
        """
        signed = self.last_act(Act.SIGNED_OFF)
        return self.changed_in is None and (signed is None or signed.shown in {None, self.shown})

    @property
    def is_stale(self) -> bool:
        """Whether it is signed off, and not as it stands."""
        return self.editorial is EditorialState.SIGNED_OFF and not self.is_as_signed_off

    def at(self, now: datetime) -> "QueuedClaim":
        """The claim at that moment: once its lease has run out it waits again."""
        stage = self.status.stage
        if stage is None:
            return replace(self, lease=None) if self.lease else self
        if self.lease is None or not self.lease.is_live(now):
            return replace(self, status=stage.waiting, lease=None)
        return self

    def require_unchanged(self, expected: str | None, person: str | None) -> None:
        """Raise MovedOnError if this person was to see the claim in another revision; None expects nothing."""
        if expected is not None and expected != (stands := self.seen_by(person).revision):
            raise errors.MovedOnError(self.id, expected, stands)

    def require_planned(self, expected: str) -> None:
        """Raise MovedOnError if it is another's task by now, or due on another day, than a person was to see."""
        if expected != self.planned:
            raise errors.MovedOnError(self.id, expected, self.planned)

    def flag_of(self, person: str | None) -> EditorFlag | None:
        """What this person has asked the editor to look at."""
        return next((one for one in self.flags if one.reviewer == person), None)

    def last_act(self, act: Act) -> EditorialAct | None:
        """The last sign-off, rejection, publication or withdrawal, if there was one."""
        return next((one for one in reversed(self.editorial_acts) if one.act is act), None)

    def reading_act(self, verdict: Verdict, second_asked: str | None = None) -> Act:
        """What the verdict of the next reader does to the claim. Raises ConflictError if none is wanted.

        `second_asked` says why a first reading needs another, None if it does not. A second reading
        and an adjudication keep to the scale of the first.
        """
        stage = self.status.stage
        if stage is None:
            raise self._settled_error()
        if stage is Stage.FIRST:
            return Act.FIRST_READ if second_asked else Act.DECIDED
        first = self.readings[0]
        was, given = (first.scale, first.scale_version), (verdict.scale, verdict.scale_version)
        if was != given:
            raise errors.OtherScaleError(self.id, was, given)
        if stage is Stage.ADJUDICATION:
            return Act.ADJUDICATED
        return Act.AGREED if verdict.label == first.label else Act.DISPUTED

    @property
    def replaced(self) -> tuple[Verdict, ...]:
        """The verdicts in whose place a correction has put others, the earliest first."""
        return tuple(one.was for one in self.corrections)

    @property
    def given(self) -> tuple[Verdict, ...]:
        """What was judged and not taken back, the earliest first: the verdicts that were replaced, and the readings."""
        return tuple(sorted((*self.replaced, *self.readings), key=lambda one: one.decided_at))

    @property
    def decided(self) -> Verdict | None:
        """The verdict that holds, with who came to its label and when: typos put right since have decided nothing."""
        came_to = self.verdict
        for one in reversed(self.corrections):
            if not one.is_typo or one.now != came_to:
                break
            came_to = one.was
        if self.verdict is None or came_to is None:
            return None
        return replace(self.verdict, reviewer=came_to.reviewer, decided_at=came_to.decided_at, role=came_to.role)

    def lends(self, verdict: Verdict) -> bool:
        """Whether the verdict that holds here says what that one says, which was carried over from it."""
        own = self.verdict
        is_same = own is not None and (own.label, own.scale) == (verdict.label, verdict.scale)
        return is_same and self.editorial is not EditorialState.WITHDRAWN

    def said_already(self, text: str) -> errors.ConflictError:
        """Why no other claim of its article may say the same, and what to do then: it may be one that nobody reads."""
        is_withdrawn = self.editorial is EditorialState.WITHDRAWN
        is_over = is_withdrawn or self.status is ClaimStatus.RETRACTED
        over = f" and is {in_words(self.editorial if is_withdrawn else self.status)}" if is_over else ""
        then = "say it in other words" if is_over else f"leave that out, or read claim {self.id}"
        return errors.ConflictError(f"claim {self.id} of article {self.article_id} says {text!r} already{over}; {then}")

    def seen_by(self, viewer: str | None) -> "QueuedClaim":
        """The claim as this person may see it: blind for others while a second reading is out.

        What the first reader decided, noted, asked and found is left out then, for everybody but the reader, with what
        nobody is named for; why a second reading was asked for too, for it may name the first one's label. So may what
        an editor has said of earlier readings, which nobody else is told then.
        """
        hidden = {one.reviewer for one in self.readings} if self.status.stage is Stage.SECOND else set()
        hidden.discard(viewer or "")
        if not hidden:
            return self
        return replace(
            self,
            readings=tuple(one for one in self.readings if one.reviewer not in hidden),
            evidence=tuple(one for one in self.evidence if one.added_by not in hidden | {None}),
            contact=self.contact if self.contact and self.contact.reviewer not in hidden else None,
            notes=tuple(one for one in self.notes if one.reviewer not in hidden),
            flags=tuple(one for one in self.flags if one.reviewer not in hidden),
            second_asked=None,
            editorial_acts=tuple(one if one.editor == viewer else one.unsaid for one in self.editorial_acts),
        )

    def is_free_for(self, reviewer: str, now: datetime) -> bool:
        """Whether the claim waits for a reader, and nobody else holds it."""
        return self.status.stage is not None and not self.lease_of_another(reviewer, now)

    def require_free_for(self, reviewer: str, now: datetime) -> None:
        """Raise ConflictError if somebody else holds the claim or nobody is to read it any more."""
        if self.status.stage is None:
            raise self._settled_error()
        if held := self.lease_of_another(reviewer, now):
            raise errors.LeasedByAnotherError(self.id, held.reviewer, held.until)

    def require_held_by(self, reviewer: str, now: datetime) -> None:
        """Raise ConflictError unless this reviewer holds the claim."""
        self.require_free_for(reviewer, now)
        if self.lease is None or not self.lease.is_live(now):
            raise errors.NotHeldError(self.id, reviewer)

    def require(self, act: Act, person: str, now: datetime, roles: frozenset[Role] | None = None) -> Transition:
        """The line of the table by which this person may do this now. Raises ConflictError.

        `roles` are the person's; None where the desk goes without roles.
        """
        line = transition(act, self.status, self.editorial)
        if line is None:
            raise self._not_now_error(act)
        if roles is not None:
            require_role(person, roles, line.role)
        if line.who is Who.HOLDER:
            self.require_held_by(person, now)
        elif line.who in {Who.UNHINDERED, Who.NEW_READER}:
            self.require_free_for(person, now)
        self._require_other_reader(line, person)
        return line

    def require_other_words(self, text: str) -> str:
        """The new wording without outer blanks. Raises InputError if it has no words, or says what the claim says."""
        words = require_words("a claim's new wording", text)
        if words == self.words.strip():
            raise errors.InputError(f"these are the words of claim {self.id} already: {words!r}")
        return words

    def require_remarks_fit(self, remarks: Remarks) -> None:
        """Raise InputError if it is said why the readings differ, and there are no two that do."""
        if remarks.error_type and self.status.stage is not Stage.ADJUDICATION:
            message = f"only an adjudicator says why readings differ ({remarks.error_type}); claim {self.id} has no two"
            raise errors.InputError(message)

    def require_outsider(self, person: str) -> None:
        """Raise ConflictError for one of the two readers, where two readings were asked for."""
        pair = [one for one in self.readings if one.role in {ReadingRole.FIRST, ReadingRole.SECOND}]
        self._require_none_of(pair if self.second_asked else (), person)

    def _require_other_reader(self, line: Transition, person: str) -> None:
        """Raise ConflictError where the table wants another person than those who read the claim."""
        if line.who is Who.NEW_READER:
            self._require_none_of(self.readings, person)
        elif line.who is Who.OUTSIDER:
            self.require_outsider(person)

    def _require_none_of(self, barred: Iterable[Verdict], person: str) -> None:
        if person in {one.reviewer for one in barred}:
            raise errors.ConflictError(f"{person!r} has read claim {self.id} already; somebody else has to do this")

    def lease_of_another(self, reviewer: str, now: datetime) -> Lease | None:
        """The lease that keeps this reviewer away, if there is one."""
        return self.lease if self.lease and self.lease.is_live(now) and self.lease.reviewer != reviewer else None

    def _settled_error(self) -> errors.ConflictError:
        if self.editorial is EditorialState.WITHDRAWN:
            return errors.WithdrawnError(self.id, self.article_id)
        if self.editorial.is_public:
            return errors.PublishedAlreadyError(self.id)
        if self.decided is not None:
            return errors.AlreadyDecidedError(self.id, self.decided.reviewer, self.decided.label)
        return errors.SettledError(self.id, in_words(self.status))

    def _not_now_error(self, act: Act) -> errors.ConflictError:
        if self.editorial is EditorialState.WITHDRAWN or (self.status.stage is None and act not in EDITORIAL):
            return self._settled_error()
        states = [self.status] if self.editorial is EditorialState.OPEN else [self.status, self.editorial]
        return errors.NotNowError(self.id, ", ".join(map(in_words, states)), in_words(act))


def standing_verdict(status: ClaimStatus, readings: Sequence[Verdict]) -> Verdict | None:
    """The verdict that holds once the readings have ended: never a second reading, which agrees or is disputed."""
    if not status.is_settled:
        return None
    by_role = {one.role: one for one in reversed(readings)}
    return next((by_role[role] for role in HOLDING if role in by_role), None)


@dataclass(frozen=True, slots=True)
class ClaimInBrief:
    """A claim's number, its article's, and what it says as it is judged."""

    id: int
    article_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Claims of one status, of one article, holding all of some words; None asks for any.

    `changed` asks for those, signed off or published, whose words a later version of their article has not,
    `settled` asks for those whose readings have ended in a verdict, `signed_off` for those of them that an editor has
    signed off, whatever became of them later; `held` for those that somebody reads now, whichever reading it is,
    `flagged` for those that wait for an editor's look, `number` for one claim, `assigned_to` for somebody's tasks.
    Raises InputError for a word that no database takes.
    """

    status: ClaimStatus | None = None
    article_id: int | None = None
    words: tuple[str, ...] = ()
    editorial: EditorialState | None = None
    settled: bool = False
    signed_off: bool = False
    flagged: bool = False
    number: int | None = None
    assigned_to: str | None = None
    changed: bool = False
    held: bool = False

    def __post_init__(self) -> None:
        # SQLite would end the word there, and find every claim; PostgreSQL fails.
        if any("\0" in one for one in self.words):
            raise errors.InputError("a word to look for holds the character NUL")

    def to_sign_off(self) -> "ClaimQuery":
        """Only those of them that wait for the editor's sign-off."""
        return replace(self, editorial=EditorialState.OPEN, settled=True)


@dataclass(frozen=True, slots=True)
class PastDecision:
    """Something that a reviewer decided and has not taken back."""

    at: datetime
    act: Act
    claim: QueuedClaim


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How full the queue is, and when the next lease runs out (UTC). Together they are all claims.

    `decided` have a verdict that holds. `aside` are not checkable, duplicates, or split.
    """

    queued: int
    leased: int
    decided: int
    next_back: datetime | None = None
    awaiting_second: int = 0
    disputed: int = 0
    aside: int = 0


def in_words(name: StrEnum) -> str:
    """A state or an act as a person would say it."""
    return name.value.replace("_", " ")


def require_role(person: str, roles: Collection[Role], wanted: Role) -> None:
    """Raise ConflictError unless the role is among the person's."""
    if wanted not in roles:
        raise errors.MissingRoleError(person, wanted.value)


def require_any_role(person: str, roles: Collection[Role] | None) -> None:
    """Raise ConflictError for who has no role at all; None is where the desk goes without roles."""
    if roles is not None and not roles:
        require_role(person, roles, Role.REVIEWER)


def stages_open_to(person: str, roles: Collection[Role] | None, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Those of the readings that a person's roles allow; None allows all. Raises ConflictError if they allow none."""
    if roles is None:
        return tuple(stages)
    allowed = tuple(one for one in stages if role_for(one) in roles)
    if not allowed:
        require_role(person, roles, role_for(stages[0]))
    return allowed


def require_reviewer(name: str) -> str:
    """The reviewer's name without outer blanks. Raises InputError if nothing is left."""
    if not name.strip():
        raise errors.NamelessError(f"a reviewer needs a name, got {name!r}")
    return require_words("a reviewer", name)
