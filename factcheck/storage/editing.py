"""What the editor's acts write, inside the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import Act
from factcheck.storage import rows
from factcheck.storage.claims import correction_table, editorial_table, verdict_table


def record_act(
    connection: Connection, claim: QueuedClaim, act: Act, editor: str, now: datetime, comment: str | None
) -> dict[str, Any]:
    """Write the act down; returns the columns of the claim that change with it.

    A rejection ends the readings: the claim is read anew.
    """
    values = {"claim_id": claim.id, "act": act, "editor": editor, "at": now, "comment": comment}
    connection.execute(insert(editorial_table).values(values))
    if act is not Act.REJECTED:
        return {}
    end_verdicts(connection, claim.id, now, "rejected")
    return {"second_asked": None}


def record_correction(
    connection: Connection, claim: QueuedClaim, verdict: Verdict, verdict_id: int, reason: str
) -> dict[str, Any]:
    """End the verdict that held and write the correction down; returns the event's details."""
    was = claim.verdict
    standing = and_(
        verdict_table.c.claim_id == claim.id,
        verdict_table.c.undone_at.is_(None),
        verdict_table.c.id != verdict_id,
        verdict_table.c.role == (was.role if was else None),
    )
    was_id = connection.execute(select(verdict_table.c.id).where(standing)).scalar_one()
    connection.execute(
        update(verdict_table)
        .where(verdict_table.c.id == was_id)
        .values(undone_at=verdict.decided_at, ended_as="corrected"),
    )
    values = {"was_id": was_id, "now_id": verdict_id, "editor": verdict.reviewer, "at": verdict.decided_at}
    connection.execute(insert(correction_table).values(claim_id=claim.id, reason=reason, **values))
    return {
        "was": rows.told_verdict(was) if was else None,
        "now": rows.told_verdict(verdict),
        "verdict": verdict_id,
        "reason": reason,
    }


def end_verdicts(connection: Connection, claim_id: int, now: datetime, how: str) -> None:
    """Let none of the claim's readings stand any more."""
    standing = and_(verdict_table.c.claim_id == claim_id, verdict_table.c.undone_at.is_(None))
    connection.execute(update(verdict_table).where(standing).values(undone_at=now, ended_as=how))
