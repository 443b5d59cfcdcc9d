"""The event log: what happened, only ever added to, in the transaction of the change itself.

Each event is chained to the one before by its hash; `event_head` holds the last one, and a
transaction that adds to the log owns it until its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from factcheck.domain.audit import Event, canonical
from factcheck.storage.rows import columns_of
from factcheck.storage.tables import EventHeadRow, EventRow

event_table: Table = EventRow.__table__  # type: ignore[attr-defined]
head_table: Table = EventHeadRow.__table__  # type: ignore[attr-defined]

_HEAD = select(head_table.c.event_id, head_table.c.hash).with_for_update()
_ADD = insert(event_table)
_MOVE_HEAD = update(head_table).values(event_id=bindparam("last"), hash=bindparam("its_hash"))


def note(  # noqa: PLR0913 - the columns of an event, all but three with a default
    connection: Connection,
    now: datetime,
    action: str,
    *,
    actor: str | None = None,
    claim_id: int | None = None,
    article_id: int | None = None,
    run_id: int | None = None,
    undoes: int | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """Add an event, inside the caller's transaction; returns its number."""
    event = Event(0, now, actor, action, claim_id, article_id, run_id, undoes, details or {})
    return _append(connection, [event])


def note_each(
    connection: Connection,
    now: datetime,
    action: str,
    actor: str,
    claim_ids: Sequence[int],
    details: Mapping[str, object],
) -> None:
    """Add the same event for each of several claims, inside the caller's transaction."""
    if claim_ids:
        _append(connection, [Event(0, now, actor, action, one, None, None, None, details) for one in claim_ids])


def _append(connection: Connection, events: Sequence[Event]) -> int:
    """Number the events, link them, and move the head behind them."""
    number, previous = connection.execute(_HEAD).one()
    values = []
    for unnumbered in events:
        number += 1
        event = replace(unnumbered, id=number)
        linked = event.hash_after(previous)
        stored = columns_of(event) | {"details": canonical(event.details)}
        values.append(stored | {"previous_hash": previous, "hash": linked})
        previous = linked
    connection.execute(_ADD, values)
    connection.execute(_MOVE_HEAD, {"last": number, "its_hash": previous})
    return int(number)
