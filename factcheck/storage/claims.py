"""Reads claims with everything about them, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import EditorialState
from factcheck.errors import NoSuchClaimError
from factcheck.storage import rows
from factcheck.storage.evidence import standing_evidence
from factcheck.storage.tables import ClaimRow, CorrectionRow, EditorialActRow, NoteRow, RunRow, VerdictRow

claim_table: Table = ClaimRow.__table__  # type: ignore[attr-defined]
verdict_table: Table = VerdictRow.__table__  # type: ignore[attr-defined]
note_table: Table = NoteRow.__table__  # type: ignore[attr-defined]
editorial_table: Table = EditorialActRow.__table__  # type: ignore[attr-defined]
correction_table: Table = CorrectionRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]

BEST_FIRST = (claim_table.c.skips, claim_table.c.check_worthiness.desc(), claim_table.c.id)

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_VERDICT_COLUMNS = [one for one in verdict_table.c if one.name not in {"undone_at", "ended_as"}]
_STANDING_VERDICTS = (
    select(*_VERDICT_COLUMNS)
    .where(verdict_table.c.claim_id.in_(_IDS), verdict_table.c.undone_at.is_(None))
    .order_by(verdict_table.c.claim_id, verdict_table.c.id)
)
_ALL_VERDICTS = select(*_VERDICT_COLUMNS).where(verdict_table.c.claim_id.in_(_IDS))
_NOTES = select(note_table).where(note_table.c.claim_id.in_(_IDS)).order_by(note_table.c.id)
_EDITORIAL_ACTS = select(editorial_table).where(editorial_table.c.claim_id.in_(_IDS)).order_by(editorial_table.c.id)
_CORRECTIONS = select(correction_table).where(correction_table.c.claim_id.in_(_IDS)).order_by(correction_table.c.id)


def load_one(connection: Connection, claim_id: int, now: datetime, *, held: bool = False) -> QueuedClaim:
    """One claim; `held` keeps it as it is until the transaction ends. Raises NotFoundError."""
    wanted = claims_by_ids(held=held)
    found = load(connection, wanted, now, {"ids": [claim_id]}) if rows.can_be_key(claim_id) else []
    if not found:
        raise NoSuchClaimError(claim_id)
    return found[0]


def load(
    connection: Connection, query: Select[Any], now: datetime, parameters: Mapping[str, object] | None = None
) -> list[QueuedClaim]:
    """The claims that a query over `joined` finds."""
    found = connection.execute(query, parameters).all()
    ids = [row.id for row in found]
    verdicts = _grouped(connection, _STANDING_VERDICTS, ids)
    sources = standing_evidence(connection, ids)
    notes = _grouped(connection, _NOTES, ids)
    edited = [row.id for row in found if row.editorial is not EditorialState.OPEN]
    acts = _grouped(connection, _EDITORIAL_ACTS, edited)
    corrections = _corrections(connection, edited)
    return [
        rows.queued_claim(
            row,
            rows.Said(
                verdicts.get(row.id, ()),
                sources.get(row.id, ()),
                notes.get(row.id, ()),
                acts.get(row.id, ()),
                corrections.get(row.id, ()),
            ),
            now,
        )
        for row in found
    ]


@cache
def claims_by_ids(*, held: bool = False) -> Select[Any]:
    """Claims by the parameter `ids`; `held` keeps them as they are until the transaction ends."""
    found = joined().where(claim_table.c.id.in_(_IDS)).order_by(*BEST_FIRST)
    return found.with_for_update(of=claim_table) if held else found


@cache
def joined() -> Select[Any]:
    """Claims with the run that they came from; built once."""
    origin = (_run.c.model, _run.c.prompt, _run.c.prompt_version, _run.c.prompt_hash)
    tape = (_run.c.recording, _run.c.recording_sha256)
    return select(claim_table, *origin, *tape).join(_run, _run.c.id == claim_table.c.run_id)


def _grouped(connection: Connection, query: Select[Any], ids: Sequence[int]) -> dict[int, list[rows.AnyRow]]:
    return rows.grouped(connection.execute(query, {"ids": ids}), "claim_id") if ids else {}


def _corrections(connection: Connection, ids: Sequence[int]) -> dict[int, list[rows.Corrected]]:
    """Each correction with both of its verdicts, by claim."""
    found = _grouped(connection, _CORRECTIONS, ids)
    if not found:
        return {}
    verdicts = {row.id: row for row in connection.execute(_ALL_VERDICTS, {"ids": list(found)})}
    return {
        claim_id: [(one, verdicts[one.was_id], verdicts[one.now_id]) for one in corrections]
        for claim_id, corrections in found.items()
    }
