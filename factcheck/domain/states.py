"""The states of a claim, and the one table of what may be done in which of them, and by whom.

    queued > leased > decided                                             one reading
                    > awaiting_second > second_leased > agreed            two, blind
                                                      > disputed > adjudicating > adjudicated
                    > not_checkable | duplicate | split

The reviewers' state and the editor's are two fields. The editor's begins where the readings end:

    open > signed_off > published > corrected > withdrawn
         > rejected, and the claim is queued again
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum


class ClaimStatus(StrEnum):
    """Where a claim stands with its reviewers."""

    QUEUED = "queued"
    LEASED = "leased"
    DECIDED = "decided"
    AWAITING_SECOND = "awaiting_second"
    SECOND_LEASED = "second_leased"
    AGREED = "agreed"
    DISPUTED = "disputed"
    ADJUDICATING = "adjudicating"
    ADJUDICATED = "adjudicated"
    NOT_CHECKABLE = "not_checkable"
    DUPLICATE = "duplicate"
    SPLIT = "split"
    RETRACTED = "retracted"

    @property
    def stage(self) -> "Stage | None":
        """The reading that is next, None once nobody is to read the claim any more."""
        return _STAGES.get(self)

    @property
    def is_settled(self) -> bool:
        """Whether the readings have ended in a verdict."""
        return self in SETTLED


class EditorialState(StrEnum):
    """Where a claim stands with the editor."""

    OPEN = "open"
    REJECTED = "rejected"
    SIGNED_OFF = "signed_off"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"

    @property
    def is_public(self) -> bool:
        """Whether readers see the verdict: from here on only a correction changes it."""
        return self in _PUBLIC

    @property
    def is_seen(self) -> bool:
        """Whether readers see the claim's page, on which a withdrawn verdict stands with its sources, too."""
        return self.is_public or self is EditorialState.WITHDRAWN


class ReadingRole(StrEnum):
    """What a verdict is: one of the readings, what the editor made of them, or the correction of a published one."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATOR = "adjudicator"
    EDITOR = "editor"
    CORRECTION = "correction"


HOLDING = (ReadingRole.CORRECTION, ReadingRole.EDITOR, ReadingRole.ADJUDICATOR, ReadingRole.FIRST)
"""The verdicts that can hold, the strongest first: at most one of each stands."""


class Stage(Enum):
    """A reading: who does it, and the states in which it waits and is under way."""

    FIRST = (ReadingRole.FIRST, ClaimStatus.QUEUED, ClaimStatus.LEASED)
    SECOND = (ReadingRole.SECOND, ClaimStatus.AWAITING_SECOND, ClaimStatus.SECOND_LEASED)
    ADJUDICATION = (ReadingRole.ADJUDICATOR, ClaimStatus.DISPUTED, ClaimStatus.ADJUDICATING)

    def __init__(self, role: ReadingRole, waiting: ClaimStatus, held: ClaimStatus) -> None:
        self.role, self.waiting, self.held = role, waiting, held
        self.states = frozenset({waiting, held})


BLOCKING_FIRST = (Stage.ADJUDICATION, Stage.SECOND, Stage.FIRST)
"""The order of readings in which those come first that keep a verdict from being published."""

_STAGES = {status: stage for stage in Stage for status in stage.states}


class Role(StrEnum):
    """What a person of the desk may do, where roles are turned on."""

    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    EDITOR = "editor"


class Act(StrEnum):
    """What is done to a claim; the name stands in the event log."""

    LEASED = "leased"
    RENEWED = "renewed"
    RELEASED = "released"
    SKIPPED = "skipped"
    DECIDED = "decided"
    FIRST_READ = "first_read"
    AGREED = "agreed"
    DISPUTED = "disputed"
    ADJUDICATED = "adjudicated"
    NOT_CHECKABLE = "not_checkable"
    DUPLICATE = "duplicate"
    SPLIT = "split"
    REWORDED = "reworded"
    ATTRIBUTED = "attributed"
    AMENDED = "amended"
    SIGNED_OFF = "signed_off"
    REJECTED = "rejected"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Who(Enum):
    """Who may do it, besides having the role for it."""

    HOLDER = "who holds the claim"
    UNHINDERED = "who holds the claim, or anybody while nobody does"
    NEW_READER = "as before, but none of the earlier readers"
    OUTSIDER = "anybody, but where two readings were asked for none of the two readers"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Transition:
    """A line of the table. `after` and `editorial_after` are None where the state stays."""

    act: Act
    before: frozenset[ClaimStatus]
    after: ClaimStatus | None
    who: Who
    role: Role
    editorial: frozenset[EditorialState]
    editorial_after: EditorialState | None = None


SETTLED = frozenset({ClaimStatus.DECIDED, ClaimStatus.AGREED, ClaimStatus.ADJUDICATED})
ASIDE = frozenset({ClaimStatus.NOT_CHECKABLE, ClaimStatus.DUPLICATE, ClaimStatus.SPLIT, ClaimStatus.RETRACTED})
"""Left the queue without a verdict."""
UNSIGNED = frozenset({EditorialState.OPEN, EditorialState.REJECTED})
"""No editor has signed the verdict off, or none holds that did."""

EDITORIAL = frozenset({Act.AMENDED, Act.SIGNED_OFF, Act.REJECTED, Act.PUBLISHED, Act.CORRECTED, Act.WITHDRAWN})
DECISIONS = frozenset(Act) - {
    *(Act.REJECTED, Act.PUBLISHED, Act.CORRECTED, Act.WITHDRAWN),
    *(Act.LEASED, Act.RENEWED, Act.RELEASED),
}
"""What people decide about a claim, before readers see it."""
SECOND_READINGS = frozenset({Act.AGREED, Act.DISPUTED})
"""They stay: each shows its reader the first one, and whoever read the claim anew would not do so blind."""
UNDOABLE = DECISIONS - SECOND_READINGS
"""What can be taken back. Nothing is undone behind what another reader, or any editor, did with the claim later."""
IN_PLACE = frozenset({Act.ATTRIBUTED, Act.AMENDED, Act.SIGNED_OFF})
"""Undone without the claim going back into its reader's hands."""

_OPEN, _SIGNED = frozenset({EditorialState.OPEN}), frozenset({EditorialState.SIGNED_OFF})
_UNPUBLISHED = UNSIGNED | _SIGNED
_PUBLIC = frozenset({EditorialState.PUBLISHED, EditorialState.CORRECTED})
_READERS = {
    Stage.FIRST: (Who.UNHINDERED, Role.REVIEWER),
    Stage.SECOND: (Who.NEW_READER, Role.REVIEWER),
    Stage.ADJUDICATION: (Who.NEW_READER, Role.ADJUDICATOR),
}
"""Who does each reading, and in which role."""


def _stage_transitions(stage: Stage) -> Iterator[Transition]:
    """What is alike in every reading: taking a claim, keeping it, giving it back, skipping it."""
    who, role = _READERS[stage]
    yield Transition(Act.LEASED, frozenset({stage.waiting}), stage.held, who, role, UNSIGNED)
    yield Transition(Act.RENEWED, stage.states, None, Who.HOLDER, role, UNSIGNED)
    yield Transition(Act.RELEASED, stage.states, stage.waiting, Who.HOLDER, role, UNSIGNED)
    yield Transition(Act.SKIPPED, stage.states, stage.waiting, who, role, UNSIGNED)


def _reading(act: Act, stage: Stage, after: ClaimStatus) -> Transition:
    return Transition(act, stage.states, after, *_READERS[stage], UNSIGNED, EditorialState.OPEN)


TRANSITIONS: tuple[Transition, ...] = (
    *(line for stage in Stage for line in _stage_transitions(stage)),
    _reading(Act.DECIDED, Stage.FIRST, ClaimStatus.DECIDED),
    _reading(Act.FIRST_READ, Stage.FIRST, ClaimStatus.AWAITING_SECOND),
    _reading(Act.AGREED, Stage.SECOND, ClaimStatus.AGREED),
    _reading(Act.DISPUTED, Stage.SECOND, ClaimStatus.DISPUTED),
    _reading(Act.ADJUDICATED, Stage.ADJUDICATION, ClaimStatus.ADJUDICATED),
    _reading(Act.NOT_CHECKABLE, Stage.FIRST, ClaimStatus.NOT_CHECKABLE),
    _reading(Act.DUPLICATE, Stage.FIRST, ClaimStatus.DUPLICATE),
    _reading(Act.SPLIT, Stage.FIRST, ClaimStatus.SPLIT),
    Transition(Act.REWORDED, Stage.FIRST.states, None, Who.UNHINDERED, Role.REVIEWER, UNSIGNED),
    Transition(Act.ATTRIBUTED, frozenset(ClaimStatus) - ASIDE, None, Who.ANYBODY, Role.REVIEWER, _UNPUBLISHED),
    Transition(Act.AMENDED, SETTLED, None, Who.OUTSIDER, Role.EDITOR, _OPEN | _SIGNED),
    # Anew, where something has changed since: what is published is what was signed off.
    Transition(Act.SIGNED_OFF, SETTLED, None, Who.OUTSIDER, Role.EDITOR, _OPEN | _SIGNED, EditorialState.SIGNED_OFF),
    Transition(
        Act.REJECTED, SETTLED, ClaimStatus.QUEUED, Who.OUTSIDER, Role.EDITOR, _OPEN | _SIGNED, EditorialState.REJECTED
    ),
    Transition(Act.PUBLISHED, SETTLED, None, Who.ANYBODY, Role.EDITOR, _SIGNED, EditorialState.PUBLISHED),
    Transition(Act.CORRECTED, SETTLED, None, Who.ANYBODY, Role.EDITOR, _PUBLIC, EditorialState.CORRECTED),
    Transition(Act.WITHDRAWN, SETTLED, None, Who.ANYBODY, Role.EDITOR, _PUBLIC, EditorialState.WITHDRAWN),
)


def stage_of(act: Act) -> Stage | None:
    """The reading in which an act is done; None for what is done in several."""
    stages = {stage for one in TRANSITIONS if one.act is act for stage in Stage if one.before <= stage.states}
    return stages.pop() if len(stages) == 1 else None


def role_of(act: Act, stage: Stage) -> Role:
    """The role that an act asks for in a reading, or by itself, where roles are turned on."""
    lines = [one for one in TRANSITIONS if one.act is act]
    return next((one.role for one in lines if one.before <= stage.states), lines[0].role)


def role_for(stage: Stage) -> Role:
    """The role that a reading asks for, where roles are turned on."""
    return _READERS[stage][1]


def transition(act: Act, status: ClaimStatus, editorial: EditorialState) -> Transition | None:
    """The line of the table for an act on a claim in these states; None if it cannot be done there."""
    fits = (one for one in TRANSITIONS if one.act is act and status in one.before and editorial in one.editorial)
    return next(fits, None)
