"""Reads the event log: by claim, by reviewer, whole, and to verify it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain

from sqlalchemy import Connection, String, Table, exists, select, type_coerce
from typing_extensions import override

from factcheck.domain.audit import Event, Head, LinkedEvent, Verification, verify
from factcheck.domain.states import UNDOABLE
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.tables import EventHeadRow, EventRow
from factcheck.workflow.ports import Log

event_table: Table = EventRow.__table__  # type: ignore[attr-defined]
head_table: Table = EventHeadRow.__table__  # type: ignore[attr-defined]

_undoing = event_table.alias()
_NOT_UNDONE = ~exists().where(_undoing.c.undoes == event_table.c.id)
_CHUNK = 1_000
_RAW = select(*(type_coerce(one, String).label("at") if one is event_table.c.at else one for one in event_table.c))
"""Events with their moment as it is stored: what somebody has broken must not break the reading."""


class SqlLog(Log):
    """Serves the Log port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def events(self, claim_id: int | None = None, limit: int | None = None) -> tuple[Event, ...]:
        found = select(event_table).order_by(event_table.c.id.desc()).limit(limit)
        if claim_id is not None:
            found = found.where(event_table.c.claim_id == claim_id)
        with self._database.reading() as connection:
            last = connection.execute(found).all() if claim_id is None or rows.can_be_key(claim_id) else []
        return tuple(_event(row, row.at) for row in reversed(last))

    @override
    def linked(self) -> Iterator[LinkedEvent]:
        with self._database.reading() as connection:
            yield from _linked(connection)

    @override
    def verify(self, noted: str | None = None) -> Verification:
        with self._database.reading() as connection:
            row = connection.execute(select(head_table)).first()
            head = Head(row.event_id, row.hash) if row is not None and row.event_id else None
            return verify(_linked(connection), head, noted)


def standing_decisions(connection: Connection, reviewer: str, limit: int) -> tuple[Event, ...]:
    """The reviewer's last decisions that were not undone, latest first."""
    mine = select(event_table).where(event_table.c.actor == reviewer, event_table.c.action.in_(UNDOABLE), _NOT_UNDONE)
    return tuple(_event(row, row.at) for row in connection.execute(mine.order_by(event_table.c.id.desc()).limit(limit)))


def events_since(connection: Connection, event: Event) -> tuple[Event, ...]:
    """What was done to the event's claim after it, and was not undone, oldest first."""
    later = event_table.c.claim_id == event.claim_id, event_table.c.id > event.id, _NOT_UNDONE
    return tuple(
        _event(row, row.at) for row in connection.execute(select(event_table).where(*later).order_by(event_table.c.id))
    )


def _linked(connection: Connection) -> Iterator[LinkedEvent]:
    found = connection.execution_options(yield_per=_CHUNK).execute(_RAW.order_by(event_table.c.id))
    for row in chain.from_iterable(found.partitions()):
        yield LinkedEvent(row.id, _readable(row), row.previous_hash, row.hash)


def _readable(row: rows.AnyRow) -> Event | None:
    try:
        at = datetime.fromisoformat(row.at).replace(tzinfo=UTC) if isinstance(row.at, str) else row.at
        return _event(row, at)
    except (ValueError, TypeError):
        return None


def _event(row: rows.AnyRow, at: datetime) -> Event:
    return rows.of_row(Event, row, at=at, details=json.loads(row.details))
