"""The event log as a chain: each event carries a hash over itself and the hash before it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

FIRST_LINK = "0" * 64
"""What stands before the first event."""
_TOLD = 100
"""So many characters of a value are told."""


_NUMBERS = ("id", "claim_id", "article_id", "run_id", "undoes")


def moment(at: datetime) -> str:
    """The moment in UTC, in ISO format; one that knows no zone is in UTC."""
    return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, who did it, and what it replaced; `id` is 0 until the log numbers it."""

    id: int
    at: datetime
    actor: str | None
    action: str
    claim_id: int | None = None
    article_id: int | None = None
    run_id: int | None = None
    undoes: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The event as it is hashed and exported, alike whatever database it went through."""
        told = {one.name: getattr(self, one.name) for one in fields(self)} | {"at": moment(self.at)}
        # Some drivers give whole numbers as decimals.
        return told | {name: int(told[name]) for name in _NUMBERS if told[name] is not None}

    def hash_after(self, previous: str) -> str:
        """The sha256 of the previous hash, a line feed, and the event as canonical JSON."""
        return sha256(f"{previous}\n{canonical(self.record())}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """An event as it is stored: with the hash before it and its own; None if it cannot be read at all."""

    id: int
    event: Event | None
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event that was written and its hash; the hash kept elsewhere proves the whole log."""

    event_id: int
    hash: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the tables that does not follow from the events.

    `row` names it for people, as `verdict 3`. Without a `column` all of the row is missing, or is there and was never
    written. `event` is the one that tells otherwise, None if none tells anything.
    """

    row: str
    column: str | None = None
    stands: object = None
    told: object = None
    event: int | None = None

    def __str__(self) -> str:
        if self.column is not None:
            says = f"event {self.event} says {_shortly(self.told)}" if self.event else "no event says so"
            return f"{self.row}: {self.column} is {_shortly(self.stands)}, and {says}"
        if self.event is None:
            return f"{self.row} stands, and no event tells of it"
        return f"{self.row} is missing; event {self.event} says {_shortly(self.told)}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in the tables, held against what the events say: how many rows of each table, and what differs.

    `untold` counts rows by table and by the columns that their events, written by older versions, do not tell.
    """

    rows: Mapping[str, int]
    differences: tuple[Difference, ...] = ()
    untold: Mapping[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """How many events were whole, and the first that is not, with the reason.

    `proof` says how what stands follows from them; a broken log proves nothing.
    """

    whole: int
    head: Head | None
    broken_at: int | None = None
    reason: str | None = None
    proof: Proof | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the log is what was written, and what stands follows from it."""
        return self.reason is None and not (self.proof and self.proof.differences)


# Made once: an encoder for each event would cost as much as the event.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""JSON with sorted keys, no blanks, and no escapes beyond those that JSON needs."""


def verify(events: Iterable[LinkedEvent], head: Head | None, noted: Collection[str] = ()) -> Verification:
    """Follow the chain from its first event.

    `head` is what the log says was written last, `noted` are hashes that were written down elsewhere: all of them have
    to be in it.
    """
    previous, whole, last, missing = FIRST_LINK, 0, None, dict.fromkeys(noted)
    for one in events:
        reason = _flaw(one, previous)
        if reason:
            return Verification(whole, last, one.id, reason)
        previous, whole, last = one.hash, whole + 1, Head(one.id, one.hash)
        missing.pop(one.hash, None)
    found = last.event_id if last else 0
    if last != head:
        wanted = head.event_id if head else None
        return Verification(whole, last, wanted or found, f"the log ends with event {found}, and {wanted} was written")
    if missing:
        others = f", nor are {len(missing) - 1} more that were noted" if len(missing) > 1 else ""
        return Verification(whole, last, found, f"the hash {next(iter(missing))!r} is nowhere in the log{others}")
    return Verification(whole, last)


def _flaw(one: LinkedEvent, previous: str) -> str | None:
    if one.previous != previous:
        return "it does not follow the event before it: one was changed, removed or put in between"
    if one.event is None:
        return "its details cannot be read"
    return None if one.event.hash_after(previous) == one.hash else "it is not what was written"


def _shortly(value: object) -> str:
    told = repr(value)
    return told if len(told) <= _TOLD else f"{told[:_TOLD]}…"
