"""The rows of evidence, written and read inside the caller's transaction."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, and_, bindparam, func, insert, select, update

from factcheck.domain.evidence import Evidence
from factcheck.domain.snapshot import Snapshot
from factcheck.errors import NoSuchEvidenceError
from factcheck.storage import rows
from factcheck.storage.events import note
from factcheck.storage.tables import EvidenceCheckRow, EvidenceRow, SnapshotRow

_evidence: Table = EvidenceRow.__table__  # type: ignore[attr-defined]
_snapshot: Table = SnapshotRow.__table__  # type: ignore[attr-defined]
_check: Table = EvidenceCheckRow.__table__  # type: ignore[attr-defined]

_COLUMNS = [one for one in _evidence.c if one.name not in {"verdict_id", "removed_at", "removed_by"}]
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
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STANDING = (
    select(*_COLUMNS, *_CHECK_COLUMNS)
    .select_from(_evidence)
    .outerjoin(_check, _check.c.id == _LAST)
    .where(_evidence.c.claim_id.in_(_IDS), _evidence.c.removed_at.is_(None))
    .order_by(_evidence.c.claim_id, _evidence.c.id)
)


def standing_evidence(connection: Connection, claim_ids: Sequence[int]) -> dict[int, list[rows.AnyRow]]:
    """The rows of evidence that nobody has removed, each with its last check, by claim."""
    return rows.grouped(connection.execute(_STANDING, {"ids": claim_ids}), "claim_id")


def add_evidence(connection: Connection, claim_id: int, evidence: Evidence, snapshot: Snapshot | None = None) -> None:
    """Add a piece of evidence with the snapshot that it rests on and the look that brought it, and note it."""
    if snapshot is not None:
        store_snapshot(connection, snapshot)
    [key] = insert_evidence(connection, claim_id, [evidence])
    if evidence.last_check is not None:
        connection.execute(insert(_check).values(evidence_id=key, **rows.columns_of(evidence.last_check)))
    details = {
        "evidence": key,
        "url": evidence.url,
        "source": evidence.name,
        "stance": evidence.stance.value,
        "sha256": evidence.sha256,
        "quote_status": evidence.quote_status.value,
    }
    note(connection, evidence.added_at, "evidence_added", actor=evidence.added_by, claim_id=claim_id, details=details)


def insert_evidence(
    connection: Connection, claim_id: int, evidence: Iterable[Evidence], verdict_id: int | None = None
) -> list[int]:
    """Add evidence, without an event, and return its numbers; `verdict_id` is the verdict that it came with."""
    keys = []
    for one in evidence:
        values = {"claim_id": claim_id, "verdict_id": verdict_id, **rows.columns_of(one, "id", "last_check")}
        key = connection.execute(insert(_evidence).values(values)).inserted_primary_key
        keys.append(int(key[0]) if key else 0)
    return keys


def claim_of_evidence(connection: Connection, evidence_id: int) -> int:
    """The claim of a piece of evidence that stands. Raises NotFoundError."""
    standing = select(_evidence.c.claim_id).where(_evidence.c.id == evidence_id, _evidence.c.removed_at.is_(None))
    found = connection.execute(standing).scalar() if rows.can_be_key(evidence_id) else None
    if found is None:
        raise NoSuchEvidenceError(evidence_id)
    return int(found)


def remove_evidence(connection: Connection, evidence_id: int, reviewer: str, now: datetime) -> int:
    """Mark a piece of evidence as removed, note it, and return its claim. Raises NotFoundError."""
    standing = and_(_evidence.c.id == evidence_id, _evidence.c.removed_at.is_(None))
    known = rows.can_be_key(evidence_id)
    row = connection.execute(select(_evidence.c.claim_id, _evidence.c.url).where(standing)).first() if known else None
    if row is None:
        raise NoSuchEvidenceError(evidence_id)
    connection.execute(update(_evidence).where(standing).values(removed_at=now, removed_by=reviewer))
    details = {"evidence": evidence_id, "url": row.url}
    note(connection, now, "evidence_removed", actor=reviewer, claim_id=row.claim_id, details=details)
    return int(row.claim_id)


def remove_with_verdict(connection: Connection, verdict_id: int, now: datetime) -> None:
    """Mark the evidence that came with a verdict as removed."""
    with_it = and_(_evidence.c.verdict_id == verdict_id, _evidence.c.removed_at.is_(None))
    connection.execute(update(_evidence).where(with_it).values(removed_at=now))


def record_check(connection: Connection, claim_id: int, evidence: Evidence, snapshot: Snapshot | None) -> None:
    """Add the evidence's last check with its snapshot, and what the evidence now rests on; note it."""
    check, number = evidence.last_check, evidence.id
    assert check is not None  # noqa: S101 - the use case has just made it
    assert number is not None  # noqa: S101 - it was read from its row
    if snapshot is not None:
        store_snapshot(connection, snapshot)
    connection.execute(insert(_check).values(evidence_id=number, **rows.columns_of(check)))
    connection.execute(
        update(_evidence).where(_evidence.c.id == number).values({name: getattr(evidence, name) for name in _FOUND})
    )
    details = {"evidence": number, "outcome": check.outcome.value, "sha256": check.sha256, "detail": check.detail}
    note(connection, check.at, "evidence_checked", actor=check.checked_by, claim_id=claim_id, details=details)


def store_snapshot(connection: Connection, snapshot: Snapshot) -> None:
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


def snapshot_of(connection: Connection, sha256: str) -> Snapshot | None:
    """The kept content of that hash."""
    row = connection.execute(select(_snapshot).where(_snapshot.c.sha256 == sha256)).first()
    if row is None:
        return None
    headers = {"content-type": f"{row.media_type}; charset={row.charset}"} if row.charset else {}
    return Snapshot(zlib.decompress(row.content), row.media_type, headers=headers)
