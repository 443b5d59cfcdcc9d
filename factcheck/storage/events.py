"""The event log: read by claim, by reviewer and whole, and added to in the transaction of the change itself.

Each event is chained to the one before by its hash; `event_head` holds the last one, and a
transaction that adds to the log owns it until its end.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from sqlalchemy import Connection, bindparam, exists, insert, select, update
from typing_extensions import override

from factcheck.domain.audit import Event, Head, LinkedEvent, Verification, canonical, verify
from factcheck.domain.proof import Prover
from factcheck.domain.replay import Replay
from factcheck.domain.states import DECISIONS
from factcheck.errors import BrokenRowError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.outgoing import post_events
from factcheck.storage.standing_rows import standing_rows
from factcheck.storage.tables import EVENT, EVENT_HEAD
from factcheck.workflow.ports import Log

Along = Callable[[Connection, Sequence[Event]], None]
"""Hears of events with their numbers, in the transaction that adds them."""

_along: ContextVar[Along | None] = ContextVar("along", default=None)
_undoing = EVENT.alias()
_NOT_UNDONE = ~exists().where(_undoing.c.undoes == EVENT.c.id)
_DECISIONS = (
    select(EVENT)
    .where(EVENT.c.actor == bindparam("reviewer"), EVENT.c.action.in_(DECISIONS), _NOT_UNDONE)
    .order_by(EVENT.c.id.desc())
    .limit(bindparam("most"))
)
"""The last decisions of a `reviewer` that were not undone, built once: they are shown beside each claim."""
_CHUNK = 1_000
_RAW = select(*rows.as_stored(EVENT))
"""Events as they are stored: what somebody has broken must not break the reading."""


@dataclass
class SqlLog(Log):
    """Serves the Log port from a database."""

    database: Database

    @override
    def events(self, claim_id: int | None = None, limit: int | None = None) -> tuple[Event, ...]:
        found = select(EVENT).order_by(EVENT.c.id.desc()).limit(limit)
        if claim_id is not None:
            found = found.where(rows.is_number(EVENT.c.claim_id, claim_id))
        latest = reversed(self.database.rows(found))
        return tuple(self.database.each(latest, lambda row: _event(row, row.at), "event {0.id}".format))

    @override
    def linked(self) -> Iterator[LinkedEvent]:
        with self.database.reading() as connection:
            yield from _linked(connection)

    @override
    def head(self) -> Head | None:
        with self.database.reading() as connection:
            return _head(connection)

    @override
    def origin(self) -> str | None:
        with self.database.reading() as connection:
            return connection.scalar(select(EVENT.c.hash).order_by(EVENT.c.id).limit(1))

    @override
    def verify(self, noted: Collection[str] = ()) -> Verification:
        # In one transaction: what is decided meanwhile stands neither in the log nor in the tables.
        with self.database.reading() as connection:
            return verified(connection, noted)


def verified(connection: Connection, noted: Collection[str] = ()) -> Verification:
    """What is found of the log, and of what stands beside it, in a transaction."""
    replay = Replay()
    found = verify(replay.following(_linked(connection)), _head(connection), noted)
    if found.reason is not None:
        return found
    return replace(found, proof=Prover(replay).proof(standing_rows(connection)))


def standing_decisions(connection: Connection, reviewer: str, limit: int) -> tuple[Event, ...]:
    """The reviewer's last decisions that were not undone, latest first."""
    return _told(connection.execute(_DECISIONS, {"reviewer": reviewer, "most": limit}))


def events_since(connection: Connection, event: Event) -> tuple[Event, ...]:
    """What was done to the event's claim after it, and was not undone, oldest first."""
    later = EVENT.c.claim_id == event.claim_id, EVENT.c.id > event.id
    return _told(connection.execute(select(EVENT).where(*later, _NOT_UNDONE).order_by(EVENT.c.id)))


@contextmanager
def along(told: Along) -> Iterator[None]:
    """Within it, who adds events to the log in this thread also does this, in the same transaction."""
    before = _along.set(told)
    try:
        yield
    finally:
        _along.reset(before)


def add_events(connection: Connection, *events: Event) -> None:
    """Number the events, link each to the one before, and move the head behind them."""
    head = select(EVENT_HEAD.c.event_id, EVENT_HEAD.c.hash).with_for_update()
    last = connection.execute(head).first()
    if last is None:
        raise BrokenRowError(
            "the table 'event_head' has lost its row: without the last hash nothing is added to the log"
        )
    number, previous = last
    values, numbered = [], []
    for unnumbered in events:
        number += 1
        event = replace(unnumbered, id=number)
        linked = event.hash_after(previous)
        stored = rows.columns_of(event) | {"details": canonical(event.details)}
        values.append(stored | {"previous_hash": previous, "hash": linked})
        previous = linked
        numbered.append(event)
    if values:
        connection.execute(insert(EVENT), values)
        connection.execute(update(EVENT_HEAD).values(event_id=number, hash=previous))
        post_events(connection, numbered)
        if (told := _along.get()) is not None:
            told(connection, numbered)


def _told(found: Iterable[rows.AnyRow]) -> tuple[Event, ...]:
    return tuple(_event(row, row.at) for row in found)


def _head(connection: Connection) -> Head | None:
    row = connection.execute(select(EVENT_HEAD)).first()
    return Head(row.event_id, row.hash) if row is not None and row.event_id else None


def _linked(connection: Connection) -> Iterator[LinkedEvent]:
    found = connection.execute(_RAW.order_by(EVENT.c.id), execution_options={"yield_per": _CHUNK})
    with closing(found):  # who finds a broken event reads no further, and a server keeps a cursor open
        yield from map(_linked_event, chain.from_iterable(found.partitions()))


def _linked_event(row: rows.AnyRow) -> LinkedEvent:
    try:
        at = datetime.fromisoformat(row.at) if isinstance(row.at, str) else row.at
        told = _event(row, at if at.tzinfo else at.replace(tzinfo=UTC))
        event = told if isinstance(told.details, dict) else None
    except (AttributeError, ValueError, TypeError, BrokenRowError):
        event = None
    return LinkedEvent(row.id, event, row.previous_hash, row.hash)


def _event(row: rows.AnyRow, at: datetime) -> Event:
    with rows.damage_told("event", row):
        return rows.of_row(Event, row, at=at, details=json.loads(row.details))
