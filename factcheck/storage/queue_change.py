"""The queue inside one transaction: claims are read as they stand, and a change is written with its event."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update
from typing_extensions import override

from factcheck.domain.acts import Change
from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.desk import Draft
from factcheck.domain.evidence import Snapshot
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Role
from factcheck.storage import drafts, rows
from factcheck.storage.claims import (
    claim_table,
    correction_table,
    editorial_table,
    load_one,
    note_table,
    verdict_table,
)
from factcheck.storage.event_reader import events_since, standing_decisions
from factcheck.storage.event_writer import add_events
from factcheck.storage.evidence import claim_of_evidence, write_evidence
from factcheck.storage.people import roles_of
from factcheck.storage.scales import keep_scale
from factcheck.storage.tables import ArticleRow
from factcheck.workflow.ports import QueueChange

_article: Table = ArticleRow.__table__  # type: ignore[attr-defined]

_STATE = frozenset({"status", "leased_by", "leased_until"})


class SqlQueueChange(QueueChange):
    """Serves the QueueChange port inside one transaction."""

    def __init__(self, connection: Connection, *, has_roles: bool = False) -> None:
        self._connection = connection
        self._has_roles = has_roles

    @override
    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        return load_one(self._connection, claim_id, now, held=True)

    @override
    def claim_of_evidence(self, evidence_id: int, now: datetime) -> QueuedClaim:
        return self.claim(claim_of_evidence(self._connection, evidence_id), now)

    @override
    def claim_in_words(self, article_id: int, wording: str) -> int | None:
        same = select(claim_table.c.id).where(claim_table.c.article_id == article_id, claim_table.c.wording == wording)
        return self._connection.execute(same).scalar()

    @override
    def roles_of(self, person: str) -> frozenset[Role] | None:
        return roles_of(self._connection, person) if self._has_roles else None

    @override
    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        return standing_decisions(self._connection, reviewer, limit)

    @override
    def events_since(self, event: Event) -> tuple[Event, ...]:
        return events_since(self._connection, event)

    @override
    def store(self, change: Change, snapshot: Snapshot | None = None) -> None:
        before, after, event = change.before, change.after, change.event
        changed = _changed_columns(before, after)
        if changed:
            self._connection.execute(update(claim_table).where(claim_table.c.id == after.id).values(changed))
        if event is None:
            return
        verdict_id = self._write_verdicts(before, after, event)
        evidence_id = write_evidence(self._connection, change, event, verdict_id, snapshot)
        for note in after.notes[len(before.notes) :]:
            self._add(note_table, claim_id=after.id, **rows.columns_of(note))
        for act in after.editorial_acts[len(before.editorial_acts) :]:
            self._add(editorial_table, claim_id=after.id, **rows.columns_of(act))
        for one in after.corrections[len(before.corrections) :]:
            ids = {"claim_id": after.id, "was_id": one.was.id, "now_id": verdict_id}
            self._add(correction_table, **ids, **rows.columns_of(one, "was", "now"))
        # The numbers are known only now. Where a verdict came with evidence, its event names the addresses instead.
        numbers = {"verdict": verdict_id, "evidence": evidence_id}
        details = {name: one for name, one in numbers.items() if one} | dict(event.details)
        add_events(self._connection, replace(event, details=details))

    @override
    def add_parts(self, whole: QueuedClaim, parts: Sequence[Claim]) -> tuple[int, ...]:
        row = self._connection.execute(select(_article).where(_article.c.id == whole.article_id)).one()
        filed = rows.filed_article(row)
        return tuple(
            self._add(claim_table, **rows.claim_values(one, filed, whole.origin.id), split_from=whole.id)
            for one in parts
        )

    @override
    def keep_scale(self, scale: RatingScale) -> RatingScale:
        return keep_scale(self._connection, scale)

    @override
    def save_draft(self, draft: Draft) -> None:
        drafts.save_draft(self._connection, draft)

    @override
    def drop_draft(self, claim_id: int, reviewer: str) -> None:
        drafts.drop_draft(self._connection, claim_id, reviewer)

    def _write_verdicts(self, before: QueuedClaim, after: QueuedClaim, event: Event) -> int | None:
        """End the readings that stand no more, and add the new one; returns its number."""
        ended = {one.id for one in before.readings} - {one.id for one in after.readings}
        if ended:
            values = {"undone_at": event.at, "ended_as": event.action}
            self._connection.execute(update(verdict_table).where(verdict_table.c.id.in_(ended)).values(values))
        new = (one for one in after.readings if one.id is None)
        return next((self._add(verdict_table, claim_id=after.id, **rows.columns_of(one, "id")) for one in new), None)

    def _add(self, table: Table, **values: Any) -> int:  # noqa: ANN401 - column values
        key = self._connection.execute(insert(table).values(values)).inserted_primary_key
        return int(key[0]) if key else 0


def _changed_columns(before: QueuedClaim, after: QueuedClaim) -> Mapping[str, Any]:
    """The columns of the claim that differ.

    State and lease go together: a lease that has run out still stands in its row, and is in neither claim.
    """
    was, now = rows.claim_columns(before), rows.claim_columns(after)
    changed = {name for name in now if now[name] != was[name]}
    return {name: now[name] for name in (changed | _STATE if changed & _STATE else changed)}
