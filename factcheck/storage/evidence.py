"""The rows of evidence, written and read inside the caller's transaction."""

import zlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, func, insert, select, update

from factcheck.domain.acts import Change
from factcheck.domain.audit import Event
from factcheck.domain.evidence import EvidenceCheck, Snapshot
from factcheck.errors import NoSuchEvidenceError
from factcheck.storage import rows
from factcheck.storage.tables import EvidenceCheckRow, EvidenceRow, SnapshotRow

_evidence: Table = EvidenceRow.__table__  # type: ignore[attr-defined]
_snapshot: Table = SnapshotRow.__table__  # type: ignore[attr-defined]
_check: Table = EvidenceCheckRow.__table__  # type: ignore[attr-defined]

_CHECK_COLUMNS = [one.label(f"check_{one.name}") for one in _check.c if one.name not in {"id", "evidence_id"}]
_FOUND = (
    "title",
    "publisher",
    "published",
    "media_type",
    "sha256",
    "retrieved_at",
    "canonical_url",
    "quote_status",
)
"""The columns that a snapshot fills."""
_later = _check.alias()
_LAST = select(func.max(_later.c.id)).where(_later.c.evidence_id == _evidence.c.id).scalar_subquery()


def standing_evidence(connection: Connection, claim_ids: Iterable[int]) -> Mapping[int, list[rows.AnyRow]]:
    """The rows of evidence that nobody has removed, each with its last check, by claim."""
    standing = (
        select(_evidence, *_CHECK_COLUMNS)
        .select_from(_evidence)
        .outerjoin(_check, _check.c.id == _LAST)
        .where(_evidence.c.claim_id.in_(claim_ids), _evidence.c.removed_at.is_(None))
        .order_by(_evidence.c.id)
    )
    return rows.grouped(connection.execute(standing), "claim_id")


def write_evidence(
    connection: Connection, change: Change, event: Event, verdict_id: int | None, snapshot: Snapshot | None
) -> int | None:
    """Write what differs in the claim's evidence, with the snapshot behind it; returns the number of a new piece.

    `verdict_id` is the verdict that new evidence comes with.
    """
    if snapshot is not None:
        _store_snapshot(connection, snapshot)
    known, added = {one.id: one for one in change.before.evidence}, None
    for one in change.after.evidence:
        before = known.pop(one.id, None)
        if before is None:
            values = {"claim_id": change.after.id, **rows.columns_of(one, "id", "last_check"), "verdict_id": verdict_id}
            key = connection.execute(insert(_evidence).values(values)).inserted_primary_key
            added = int(key[0]) if key else 0
            _add_check(connection, added, one.last_check)
        elif one is not before:
            found = {name: getattr(one, name) for name in _FOUND}
            connection.execute(update(_evidence).where(_evidence.c.id == one.id).values(found))
            _add_check(connection, one.id, one.last_check)
    # Evidence that goes with its undone verdict was removed by nobody.
    gone = {"removed_at": event.at, "removed_by": None if event.undoes else event.actor}
    if known:
        connection.execute(update(_evidence).where(_evidence.c.id.in_(known)).values(gone))
    return added


def claim_of_evidence(connection: Connection, evidence_id: int) -> int:
    """The claim of a piece of evidence that stands. Raises NotFoundError."""
    standing = select(_evidence.c.claim_id).where(_evidence.c.id == evidence_id, _evidence.c.removed_at.is_(None))
    found = connection.execute(standing).scalar() if rows.can_be_key(evidence_id) else None
    if found is None:
        raise NoSuchEvidenceError(f"there is no evidence {evidence_id}")
    return int(found)


def snapshot_of(connection: Connection, sha256: str) -> Snapshot | None:
    """The kept content of that hash."""
    row = connection.execute(select(_snapshot).where(_snapshot.c.sha256 == sha256)).first()
    if row is None:
        return None
    headers = {"content-type": f"{row.media_type}; charset={row.charset}"} if row.charset else {}
    return Snapshot(zlib.decompress(row.content), row.media_type, headers=headers)


def _store_snapshot(connection: Connection, snapshot: Snapshot) -> None:
    """Keep the content under its hash, unless it is kept already."""
    known = select(_snapshot.c.sha256).where(_snapshot.c.sha256 == snapshot.sha256)
    if connection.execute(known).first() is None:
        values = {
            "sha256": snapshot.sha256,
            "media_type": snapshot.media_type,
            "size": len(snapshot.content),
            "content": zlib.compress(snapshot.content),
            "charset": snapshot.charset,
        }
        connection.execute(insert(_snapshot).values(values))


def _add_check(connection: Connection, evidence_id: int | None, check: EvidenceCheck | None) -> None:
    if check is not None:
        connection.execute(insert(_check).values(evidence_id=evidence_id, **rows.columns_of(check)))
