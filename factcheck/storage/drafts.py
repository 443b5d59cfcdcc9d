"""Drafts: what a reviewer has typed about a claim and not decided, kept over a crash."""

from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, select

from factcheck.domain.audit import Event
from factcheck.domain.desk import Draft
from factcheck.storage import rows
from factcheck.storage.event_writer import add_events
from factcheck.storage.tables import DraftRow

_draft: Table = DraftRow.__table__  # type: ignore[attr-defined]


def save_draft(connection: Connection, draft: Draft) -> None:
    """Keep the draft in place of the one before, with its event."""
    values: dict[str, Any] = {"label": draft.label, "rationale": draft.rationale, "form": draft.form}
    drop_draft(connection, draft.claim_id, draft.reviewer)
    connection.execute(insert(_draft).values(rows.columns_of(draft)))
    add_events(connection, Event(0, draft.saved_at, draft.reviewer, "drafted", draft.claim_id, details=values))


def drop_draft(connection: Connection, claim_id: int, reviewer: str) -> None:
    """Forget the draft; its events stay."""
    connection.execute(delete(_draft).where(_of(claim_id, reviewer)))


def load_draft(connection: Connection, claim_id: int, reviewer: str) -> Draft | None:
    """The reviewer's draft on the claim, if there is one."""
    row = connection.execute(select(_draft).where(_of(claim_id, reviewer))).first()
    return rows.of_row(Draft, row) if row else None


def _of(claim_id: int, reviewer: str) -> Any:  # noqa: ANN401 - a condition
    return and_(_draft.c.claim_id == claim_id, _draft.c.reviewer == reviewer)
