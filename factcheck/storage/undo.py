"""Undo: the reviewer's last decision that nobody has built on, taken back inside the caller's transaction."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select, update

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import EDITORIAL, UNDOABLE, Act, ClaimStatus, Stage, stage_of
from factcheck.errors import NothingToUndoError
from factcheck.storage import rows
from factcheck.storage.claims import claim_table, load_one, verdict_table
from factcheck.storage.events import event_table, note
from factcheck.storage.evidence import remove_with_verdict

_UNDOABLE = [act.value for act in UNDOABLE]
_EDITORIAL = [act.value for act in EDITORIAL]
_DEPTH = 100
"""So many of the reviewer's decisions are looked at for one that still stands."""


def undo_last(connection: Connection, reviewer: str, now: datetime, until: datetime) -> tuple[str, int]:
    """Take back the last decision that stands; returns what it was and the claim's number. Raises NothingToUndoError.

    A decision that somebody else has built on, or whose claim somebody else holds, is passed over.
    """
    for done in connection.execute(_standing_decisions(reviewer)).all():
        claim = load_one(connection, done.claim_id, now, held=True)
        if not claim.is_held_by_another(reviewer, now) and not _is_overtaken(connection, done, reviewer, now):
            _take_back(connection, claim, done, reviewer, now, until)
            return done.action, done.claim_id
    raise NothingToUndoError(reviewer)


def standing_decisions(connection: Connection, reviewer: str, limit: int) -> list[rows.AnyRow]:
    """The events of the reviewer's last decisions that were not undone, latest first."""
    return list(connection.execute(_standing_decisions(reviewer).limit(limit)).all())


def _standing_decisions(reviewer: str) -> Select[Any]:
    mine = and_(event_table.c.actor == reviewer, event_table.c.action.in_(_UNDOABLE))
    return select(event_table).where(mine, ~_undone()).order_by(event_table.c.id.desc()).limit(_DEPTH)


def _undone() -> ColumnElement[bool]:
    later = event_table.alias()
    return exists().where(later.c.undoes == event_table.c.id)


def _is_overtaken(connection: Connection, done: rows.AnyRow, reviewer: str, now: datetime) -> bool:
    """Whether another reader, or any editor, did something with the claim since, or with a part of it."""
    theirs = and_(event_table.c.actor != reviewer, event_table.c.action.in_(_UNDOABLE))
    later = and_(event_table.c.claim_id == done.claim_id, event_table.c.id > done.id, ~_undone())
    built_on = select(event_table.c.id).where(later, or_(theirs, event_table.c.action.in_(_EDITORIAL))).limit(1)
    if connection.execute(built_on).first() is not None:
        return True
    return any(
        part.status is not ClaimStatus.QUEUED and not _is_mine(part, reviewer) for part in _parts(connection, done, now)
    )


def _is_mine(part: QueuedClaim, reviewer: str) -> bool:
    return part.lease is not None and part.lease.reviewer == reviewer


def _parts(connection: Connection, done: rows.AnyRow, now: datetime) -> list[QueuedClaim]:
    numbers = json.loads(done.details)["parts"] if done.action == Act.SPLIT.value else []
    return [load_one(connection, number, now, held=True) for number in numbers]


def _take_back(
    connection: Connection, claim: QueuedClaim, done: rows.AnyRow, reviewer: str, now: datetime, until: datetime
) -> None:
    act, what_was_done = Act(done.action), json.loads(done.details)
    stage = stage_of(act) or claim.status.stage or Stage.FIRST
    values: dict[str, Any] = {"status": stage.held, "leased_by": reviewer, "leased_until": until}
    values |= _columns_before(act, what_was_done)
    if "verdict" in what_was_done:
        _end_verdict(connection, what_was_done["verdict"], now)
    for part in _parts(connection, done, now):
        gone = {"status": ClaimStatus.RETRACTED, "leased_by": None, "leased_until": None}
        connection.execute(update(claim_table).where(claim_table.c.id == part.id).values(gone))
    connection.execute(update(claim_table).where(claim_table.c.id == claim.id).values(values))
    details = {"act": done.action, "until": until.isoformat()}
    note(connection, now, "undone", actor=reviewer, claim_id=claim.id, undoes=done.id, details=details)


def _columns_before(act: Act, details: dict[str, Any]) -> dict[str, Any]:
    """The columns of the claim, besides state and lease, as they were before the act."""
    before: dict[str, Any] = {}
    if act is Act.SKIPPED:
        before = {"skips": claim_table.c.skips - 1}
    elif act is Act.REWORDED:
        before = rows.amendment_values(rows.amendment_told(details["amendment_was"]))
    elif act is Act.FIRST_READ:
        before = {"second_asked": None}
    elif act is Act.NOT_CHECKABLE:
        before = {"aside": None}
    elif act is Act.DUPLICATE:
        before = {"duplicate_of": None}
    if "editorial_was" in details:
        before["editorial"] = details["editorial_was"]
    return before


def _end_verdict(connection: Connection, verdict_id: int, now: datetime) -> None:
    ended = {"undone_at": now, "ended_as": "undone"}
    connection.execute(update(verdict_table).where(verdict_table.c.id == verdict_id).values(ended))
    remove_with_verdict(connection, verdict_id, now)
