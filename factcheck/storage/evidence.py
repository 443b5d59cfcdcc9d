"""The rows of evidence, written and read inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, and_, bindparam, insert, select, update

from factcheck.domain.evidence import Evidence
from factcheck.storage import rows
from factcheck.storage.events import note
from factcheck.storage.tables import EvidenceRow

_evidence: Table = EvidenceRow.__table__  # type: ignore[attr-defined]

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STANDING = (
    select(_evidence).where(_evidence.c.claim_id.in_(_IDS), _evidence.c.removed_at.is_(None)).order_by(_evidence.c.id)
)


def standing_evidence(connection: Connection, claim_ids: Sequence[int]) -> dict[int, list[rows.AnyRow]]:
    """The rows of evidence that nobody has removed, by claim."""
    return rows.grouped(connection.execute(_STANDING, {"ids": claim_ids}), "claim_id")


def add_evidence(connection: Connection, claim_id: int, evidence: Evidence) -> None:
    """Add a piece of evidence, with its event."""
    insert_evidence(connection, claim_id, [evidence])
    details = {"url": evidence.url, "stance": evidence.stance.value}
    note(connection, evidence.added_at, "evidence_added", actor=evidence.added_by, claim_id=claim_id, details=details)


def insert_evidence(
    connection: Connection, claim_id: int, evidence: Iterable[Evidence], verdict_id: int | None = None
) -> None:
    """Add evidence, without an event; `verdict_id` is the verdict that it came with."""
    for one in evidence:
        connection.execute(insert(_evidence).values(_values(claim_id, one, verdict_id)))


def remove_with_verdict(connection: Connection, verdict_id: int, now: datetime) -> None:
    """Mark the evidence that came with a verdict as removed."""
    with_it = and_(_evidence.c.verdict_id == verdict_id, _evidence.c.removed_at.is_(None))
    connection.execute(update(_evidence).where(with_it).values(removed_at=now))


def _values(claim_id: int, evidence: Evidence, verdict_id: int | None) -> dict[str, Any]:
    return {
        "claim_id": claim_id,
        "verdict_id": verdict_id,
        "url": evidence.url,
        "stance": evidence.stance.value,
        "quote": evidence.quote,
        "title": evidence.title,
        "publisher": evidence.publisher,
        "published": evidence.published,
        "added_by": evidence.added_by,
        "added_at": evidence.added_at,
    }
