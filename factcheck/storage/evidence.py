"""The rows of evidence, written and read inside the caller's transaction."""

import zlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, insert, select, update

from factcheck.domain.acts import Change
from factcheck.domain.audit import Event
from factcheck.domain.evidence import EvidenceCheck
from factcheck.domain.snapshot import Snapshot
from factcheck.storage import rows
from factcheck.storage.tables import EVIDENCE, EVIDENCE_CHECK, SNAPSHOT

_LOOK = [one.label(f"check_{one.name}") for one in EVIDENCE_CHECK.c if one.name not in {"id", "evidence_id"}]
_later = EVIDENCE_CHECK.alias()
_LAST = select(func.max(_later.c.id)).where(_later.c.evidence_id == EVIDENCE.c.id).scalar_subquery()
_FOUND = ("title", "publisher", "published", "media_type", "sha256", "retrieved_at", "canonical_url", "quote_status")
"""The columns that a snapshot fills."""


def standing_evidence(connection: Connection, claim_ids: Iterable[int]) -> Mapping[int, list[rows.AnyRow]]:
    """The rows of evidence that nobody has removed, each with its last check, by claim."""
    standing = (
        select(EVIDENCE, *_LOOK)
        .select_from(EVIDENCE)
        .outerjoin(EVIDENCE_CHECK, EVIDENCE_CHECK.c.id == _LAST)
        .where(EVIDENCE.c.claim_id.in_(claim_ids), EVIDENCE.c.removed_at.is_(None))
        .order_by(EVIDENCE.c.id)
    )
    return rows.grouped(connection.execute(standing), "claim_id")


def write_evidence(
    connection: Connection, change: Change, event: Event, verdict_id: int | None, snapshot: Snapshot | None
) -> int | None:
    """Write what differs in the claim's evidence, with the snapshot behind it; returns the number of a new piece.

    `verdict_id` is the verdict that new evidence comes with.
    """
    if snapshot is not None:
        _keep(connection, snapshot)
    known, added = {one.id: one for one in change.before.evidence}, None
    for one in change.after.evidence:
        before = known.pop(one.id, None)
        if before is None:
            values = {"claim_id": change.after.id, **rows.columns_of(one, "id", "last_check"), "verdict_id": verdict_id}
            added = rows.insert_one(connection, EVIDENCE, values)
            _add_check(connection, added, one.last_check)
        elif one is not before:
            found = {name: getattr(one, name) for name in _FOUND}
            connection.execute(update(EVIDENCE).where(EVIDENCE.c.id == one.id).values(found))
            _add_check(connection, one.id, one.last_check)
    # Evidence that goes with its undone verdict was removed by nobody.
    gone = {"removed_at": event.at, "removed_by": None if event.undoes else event.actor}
    if known:
        connection.execute(update(EVIDENCE).where(EVIDENCE.c.id.in_(known)).values(gone))
    return added


def snapshot_of(connection: Connection, sha256: str) -> Snapshot | None:
    """The kept content of that hash."""
    row = connection.execute(select(SNAPSHOT).where(SNAPSHOT.c.sha256 == sha256)).first()
    if row is None:
        return None
    headers = {"content-type": f"{row.media_type}; charset={row.charset}"} if row.charset else {}
    return Snapshot(zlib.decompress(row.content), row.media_type, headers=headers)


def _keep(connection: Connection, snapshot: Snapshot) -> None:
    """Keep the content under its hash, unless it is kept already."""
    if connection.execute(select(SNAPSHOT.c.size).where(SNAPSHOT.c.sha256 == snapshot.sha256)).first() is None:
        told = {"sha256": snapshot.sha256, "media_type": snapshot.media_type, "charset": snapshot.charset}
        content = {"size": len(snapshot.content), "content": zlib.compress(snapshot.content)}
        connection.execute(insert(SNAPSHOT).values(**told, **content))


def _add_check(connection: Connection, evidence_id: int | None, check: EvidenceCheck | None) -> None:
    if check is not None:
        connection.execute(insert(EVIDENCE_CHECK).values(evidence_id=evidence_id, **rows.columns_of(check)))
