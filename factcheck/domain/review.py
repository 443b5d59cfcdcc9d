"""The review of a claim: who holds it, what was found, what was decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from shlex import quote

from factcheck.domain.claim import Claim
from factcheck.domain.evidence import Evidence
from factcheck.errors import ConflictError, InputError


class ClaimStatus(StrEnum):
    """Where a claim stands in the queue."""

    QUEUED = "queued"
    LEASED = "leased"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Lease:
    """A reviewer's hold on a claim until a moment, in UTC."""

    reviewer: str
    until: datetime

    def is_live(self, now: datetime) -> bool:
        """Whether the hold still keeps others away."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decided: a label of a scale in one of its versions."""

    label: str
    scale: str
    scale_version: int
    reviewer: str
    decided_at: datetime
    rationale: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractionOrigin:
    """The run that a claim came from: the model and the exact prompt behind it."""

    id: int
    model: str
    prompt: str
    prompt_version: str
    prompt_hash: str
    recording: str | None = None


@dataclass(frozen=True, slots=True)
class QueuedClaim:
    """A claim on the desk, with all that was said and done about it.

    `vanished_in` is the later run that asked about the claim's sentence and did not find it.
    """

    id: int
    uid: str
    article_id: int
    claim: Claim
    status: ClaimStatus
    origin: ExtractionOrigin
    lease: Lease | None = None
    verdict: Verdict | None = None
    evidence: tuple[Evidence, ...] = ()
    vanished_in: int | None = None

    def is_free_for(self, reviewer: str, now: datetime) -> bool:
        """Whether the claim is undecided and nobody else holds it."""
        return self.verdict is None and self._lease_of_another(reviewer, now) is None

    def require_free_for(self, reviewer: str, now: datetime) -> None:
        """Raise ConflictError if somebody else holds the claim or it is decided."""
        if self.verdict is not None:
            message = (
                f"claim {self.id} was decided by {self.verdict.reviewer!r} ({self.verdict.label}); "
                "only they can take that back, with: factcheck undo"
            )
            raise ConflictError(message)
        held = self._lease_of_another(reviewer, now)
        if held is not None:
            raise ConflictError(self._held_message(held))

    def require_held_by(self, reviewer: str, now: datetime) -> None:
        """Raise ConflictError unless this reviewer holds the claim."""
        self.require_free_for(reviewer, now)
        if self.lease is None or not self.lease.is_live(now):
            command = f"factcheck next --reviewer {quote(reviewer)}"
            message = f"claim {self.id} is not leased by {reviewer!r}; take one: {command}"
            raise ConflictError(message)

    def _lease_of_another(self, reviewer: str, now: datetime) -> Lease | None:
        """The lease that keeps this reviewer away, if there is one."""
        return self.lease if self.lease and self.lease.is_live(now) and self.lease.reviewer != reviewer else None

    def _held_message(self, lease: Lease) -> str:
        return (
            f"claim {self.id} is leased by {lease.reviewer!r} until {lease.until:%Y-%m-%d %H:%M} UTC; "
            f"wait, or ask them for: factcheck release {self.id} --reviewer {quote(lease.reviewer)}"
        )


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How full the queue is, and when the next lease runs out (UTC)."""

    queued: int
    leased: int
    decided: int
    next_back: datetime | None = None


def require_reviewer(name: str) -> str:
    """The reviewer's name without outer blanks. Raises InputError if nothing is left."""
    if not name.strip():
        message = f"a reviewer needs a name, got {name!r}; say --reviewer NAME"
        raise InputError(message)
    return name.strip()
