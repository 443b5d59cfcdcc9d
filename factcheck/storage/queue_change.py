"""The queue inside one transaction: claims are read as they stand, and a change is written with its event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from typing_extensions import override

from factcheck.domain.acts import Change
from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.desk import Draft
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import QueuedClaim
from factcheck.domain.snapshot import Snapshot
from factcheck.domain.states import Role
from factcheck.errors import NoSuchEvidenceError
from factcheck.storage import rows
from factcheck.storage.claims import load_one
from factcheck.storage.events import add_events, events_since, standing_decisions
from factcheck.storage.evidence import write_evidence
from factcheck.storage.people import roles_of
from factcheck.storage.tables import (
    ARTICLE,
    CLAIM,
    CLAIM_NOTE,
    CORRECTION,
    DRAFT,
    EDITORIAL_ACT,
    EVIDENCE,
    SCALE,
    VERDICT,
)
from factcheck.workflow.ports import QueueChange

_LEASE = frozenset({"status", "leased_by", "leased_until"})
"""Written together: a lease that has run out still stands in its row, and is in neither claim of a change."""


@dataclass
class SqlQueueChange(QueueChange):
    """Serves the QueueChange port inside one transaction."""

    connection: Connection
    has_roles: bool

    @override
    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        return load_one(self.connection, claim_id, now, held=True)

    @override
    def claim_of_evidence(self, evidence_id: int, now: datetime) -> QueuedClaim:
        this = rows.is_number(EVIDENCE.c.id, evidence_id), EVIDENCE.c.removed_at.is_(None)
        found = self.connection.scalar(select(EVIDENCE.c.claim_id).where(*this))
        if found is None:
            raise NoSuchEvidenceError(evidence_id)
        return self.claim(found, now)

    @override
    def claim_in_words(self, article_id: int, wording: str) -> int | None:
        same = CLAIM.c.article_id == article_id, CLAIM.c.wording == wording
        return self.connection.scalar(select(CLAIM.c.id).where(*same))

    @override
    def roles_of(self, person: str) -> frozenset[Role] | None:
        return roles_of(self.connection, person) if self.has_roles else None

    @override
    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        return standing_decisions(self.connection, reviewer, limit)

    @override
    def events_since(self, event: Event) -> tuple[Event, ...]:
        return events_since(self.connection, event)

    @override
    def store(self, change: Change, snapshot: Snapshot | None = None) -> None:
        connection, before, after, event = self.connection, change.before, change.after, change.event
        was, now = rows.claim_columns(before), rows.claim_columns(after)
        changed = {name for name in now if now[name] != was[name]}
        if changed & _LEASE:
            changed |= _LEASE
        if changed:
            values = {name: now[name] for name in changed}
            connection.execute(update(CLAIM).where(CLAIM.c.id == after.id).values(values))
        if event is None:
            return
        of_claim, verdict_id = {"claim_id": after.id}, self._write_verdicts(before, after, event)
        evidence_id = write_evidence(connection, change, event, verdict_id, snapshot)
        for note in after.notes[len(before.notes) :]:
            rows.insert_one(connection, CLAIM_NOTE, of_claim | rows.columns_of(note))
        for act in after.editorial_acts[len(before.editorial_acts) :]:
            rows.insert_one(connection, EDITORIAL_ACT, of_claim | rows.columns_of(act))
        for one in after.corrections[len(before.corrections) :]:
            verdicts = {"was_id": one.was.id, "now_id": verdict_id}
            rows.insert_one(connection, CORRECTION, of_claim | verdicts | rows.columns_of(one, "was", "now"))
        # The numbers are known only now. Where a verdict came with evidence, its event names the addresses instead.
        numbers = {"verdict": verdict_id, "evidence": evidence_id}
        details = {name: one for name, one in numbers.items() if one} | dict(event.details)
        add_events(connection, replace(event, details=details))

    @override
    def add_parts(self, whole: QueuedClaim, parts: Sequence[Claim]) -> tuple[int, ...]:
        filed = rows.filed_article(
            self.connection.execute(select(ARTICLE).where(ARTICLE.c.id == whole.article_id)).one()
        )
        values = [rows.claim_values(one, filed, whole.origin.id) | {"split_from": whole.id} for one in parts]
        return tuple(rows.insert_one(self.connection, CLAIM, one) for one in values)

    @override
    def keep_scale(self, scale: RatingScale) -> RatingScale:
        this = select(SCALE).where(SCALE.c.id == scale.id, SCALE.c.version == scale.version)
        kept = self.connection.execute(this).first()
        if kept is not None:
            return rows.scale(kept)
        labels = [[one.id, one.definition, one.averitec, one.grade] for one in scale.labels]
        self.connection.execute(insert(SCALE).values(id=scale.id, version=scale.version, labels=labels))
        return scale

    @override
    def save_draft(self, draft: Draft) -> None:
        self.drop_draft(draft.claim_id, draft.reviewer)
        self.connection.execute(insert(DRAFT).values(rows.columns_of(draft)))
        details = rows.columns_of(draft, "claim_id", "reviewer", "saved_at")
        add_events(
            self.connection, Event(0, draft.saved_at, draft.reviewer, "drafted", draft.claim_id, details=details)
        )

    @override
    def drop_draft(self, claim_id: int, reviewer: str) -> None:
        self.connection.execute(delete(DRAFT).where(DRAFT.c.claim_id == claim_id, DRAFT.c.reviewer == reviewer))

    def _write_verdicts(self, before: QueuedClaim, after: QueuedClaim, event: Event) -> int | None:
        """End the readings that stand no more, and add the new one; returns its number."""
        ended = {one.id for one in before.readings} - {one.id for one in after.readings}
        if ended:
            values = {"undone_at": event.at, "ended_as": event.action}
            self.connection.execute(update(VERDICT).where(VERDICT.c.id.in_(ended)).values(values))
        new = [{"claim_id": after.id} | rows.columns_of(one, "id") for one in after.readings if one.id is None]
        return rows.insert_one(self.connection, VERDICT, new[0]) if new else None
