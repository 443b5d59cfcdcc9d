"""The event log: what happened, only ever added to, in the transaction of the change itself."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, insert

from factcheck.storage.tables import EventRow

event_table: Table = EventRow.__table__  # type: ignore[attr-defined]
_ADD = insert(event_table)  # built once: building a statement costs more than running it


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
) -> None:
    """Add an event, inside the caller's transaction."""
    values = {
        "at": now,
        "actor": actor,
        "action": action,
        "claim_id": claim_id,
        "article_id": article_id,
        "run_id": run_id,
        "undoes": undoes,
        "details": json.dumps(details or {}, ensure_ascii=False),
    }
    connection.execute(_ADD, values)


def note_each(
    connection: Connection,
    now: datetime,
    action: str,
    actor: str,
    claim_ids: Sequence[int],
    details: Mapping[str, object],
) -> None:
    """Add the same event for each of several claims, inside the caller's transaction."""
    shared = {"at": now, "actor": actor, "action": action, "details": json.dumps(details, ensure_ascii=False)}
    if claim_ids:
        connection.execute(_ADD, [{"claim_id": one, **shared} for one in claim_ids])
