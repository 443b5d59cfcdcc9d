"""Reads claims with everything about them, inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from factcheck.domain.review import QueuedClaim
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


def load_one(connection: Connection, claim_id: int, now: datetime, *, held: bool = False) -> QueuedClaim:
    """One claim; `held` keeps it as it is until the transaction ends. Raises NotFoundError."""
    wanted = claims_by_ids([claim_id])
    if held:
        wanted = wanted.with_for_update(of=claim_table)
    found = load(connection, wanted, now) if rows.can_be_key(claim_id) else []
    if not found:
        raise NoSuchClaimError(f"there is no claim {claim_id}")
    return found[0]


def load(connection: Connection, query: Select[Any], now: datetime) -> list[QueuedClaim]:
    """The claims that a query over `joined` finds, with all that was said about them."""
    found = connection.execute(query).all()
    ids = [row.id for row in found]
    evidence = standing_evidence(connection, ids)
    verdicts, notes, acts, corrections = (
        _about(connection, table, ids) for table in (verdict_table, note_table, editorial_table, correction_table)
    )
    return [
        rows.queued_claim(row, verdicts[row.id], evidence[row.id], notes[row.id], acts[row.id], corrections[row.id]).at(
            now
        )
        for row in found
    ]


def claims_by_ids(ids: Iterable[int]) -> Select[Any]:
    """The claims of these numbers, those most worth checking first."""
    return joined().where(claim_table.c.id.in_(ids)).order_by(*BEST_FIRST)


def joined() -> Select[Any]:
    """Claims with the run that they came from."""
    origin = (_run.c.model, _run.c.prompt, _run.c.prompt_version, _run.c.prompt_hash)
    tape = (_run.c.recording, _run.c.recording_sha256)
    return select(claim_table, *origin, *tape).join(_run, _run.c.id == claim_table.c.run_id)


def _about(connection: Connection, table: Table, claim_ids: Iterable[int]) -> Mapping[int, list[rows.AnyRow]]:
    """The rows of a table by claim, oldest first."""
    found = select(table).where(table.c.claim_id.in_(claim_ids)).order_by(table.c.id)
    return rows.grouped(connection.execute(found), "claim_id")
