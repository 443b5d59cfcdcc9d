"""Adds to the event log, in the transaction of the change itself.

Each event is chained to the one before by its hash; `event_head` holds the last one, and a
transaction that adds to the log owns it until its end.
"""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from factcheck.domain.audit import Event, canonical
from factcheck.storage.event_reader import event_table, head_table
from factcheck.storage.rows import columns_of

_HEAD = select(head_table.c.event_id, head_table.c.hash).with_for_update()
_ADD = insert(event_table)
_MOVE_HEAD = update(head_table).values(event_id=bindparam("last"), hash=bindparam("its_hash"))


def add_events(connection: Connection, *events: Event) -> None:
    """Number the events, link each to the one before, and move the head behind them."""
    number, previous = connection.execute(_HEAD).one()
    values = []
    for unnumbered in events:
        number += 1
        event = replace(unnumbered, id=number)
        linked = event.hash_after(previous)
        stored = columns_of(event) | {"details": canonical(event.details)}
        values.append(stored | {"previous_hash": previous, "hash": linked})
        previous = linked
    if values:
        connection.execute(_ADD, values)
        connection.execute(_MOVE_HEAD, {"last": number, "its_hash": previous})
