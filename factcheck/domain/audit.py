"""The event log as a chain: each event carries a hash over itself and the hash before it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

FIRST_LINK = "0" * 64
"""What stands before the first event."""


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
        """The event as it is hashed and exported."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"at": self.at.isoformat()}

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
class Verification:
    """How many events were whole, and the first that is not, with the reason."""

    whole: int
    head: Head | None
    broken_at: int | None = None
    reason: str | None = None


# Made once: an encoder for each event would cost as much as the event.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""JSON with sorted keys, no blanks, and no escapes beyond those that JSON needs."""


def verify(events: Iterable[LinkedEvent], head: Head | None, noted: str | None = None) -> Verification:
    """Follow the chain from its first event.

    `head` is what the log says was written last, `noted` a hash that was written down elsewhere and has to be in it.
    """
    previous, whole, last, is_met = FIRST_LINK, 0, None, noted is None
    for one in events:
        reason = _flaw(one, previous)
        if reason:
            return Verification(whole, last, one.id, reason)
        previous, whole, last = one.hash, whole + 1, Head(one.id, one.hash)
        is_met = is_met or one.hash == noted
    found = last.event_id if last else 0
    if last != head:
        wanted = head.event_id if head else None
        return Verification(whole, last, wanted or found, f"the log ends with event {found}, and {wanted} was written")
    if not is_met:
        return Verification(whole, last, found, f"the hash {noted!r} is nowhere in the log")
    return Verification(whole, last)


def _flaw(one: LinkedEvent, previous: str) -> str | None:
    if one.previous != previous:
        return "it does not follow the event before it: one was changed, removed or put in between"
    if one.event is None:
        return "its details cannot be read"
    return None if one.event.hash_after(previous) == one.hash else "it is not what was written"
