"""The queue inside one transaction: claims are read as they stand, and a change is written with its event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from typing_extensions import override

from factcheck.domain.acts import Change
from factcheck.domain.article import FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.claim import Claim
from factcheck.domain.desk import DRAFTED, Addition, Draft
from factcheck.domain.evidence import EDITABLE, Snapshot
from factcheck.domain.rating import RatingScale
from factcheck.domain.replay import EVIDENCE_COLUMNS
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.domain.states import Act, ReadingRole, Role
from factcheck.errors import NoSuchArticleError, NoSuchEvidenceError
from factcheck.storage import rows, snapshots, tables
from factcheck.storage.claims import IS_SIGNED_OFF, load_one
from factcheck.storage.events import add_events, events_since, standing_decisions
from factcheck.storage.filing import amend_article
from factcheck.storage.lineage import see_changes, stands_in
from factcheck.storage.people import roles_of
from factcheck.storage.statistics import scale_of
from factcheck.workflow.ports import QueueChange

_CHANGED = {*EDITABLE, "edited_by", "media_type", "sha256", "retrieved_at", "canonical_url"}
"""The columns of evidence that an edit, or another look at the source, changes."""
_LEASE = frozenset({"status", "skips", "leased_by", "leased_until"})
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
        this = rows.is_number(tables.EVIDENCE.c.id, evidence_id), tables.EVIDENCE.c.removed_at.is_(None)
        found = self.connection.scalar(select(tables.EVIDENCE.c.claim_id).where(*this))
        if found is None:
            raise NoSuchEvidenceError(f"there is no evidence {evidence_id}")
        return self.claim(found, now)

    @override
    def claim_in_words(self, article_id: int, wording: str) -> int | None:
        same = stands_in(article_id), tables.CLAIM.c.wording == wording
        return self.connection.scalar(select(tables.CLAIM.c.id).where(*same))

    @override
    def takers(self, claim_id: int) -> tuple[int, ...]:
        found = select(tables.VERDICT.c.claim_id).where(tables.VERDICT.c.carried_from == claim_id)
        return tuple(self.connection.scalars(found.distinct().order_by(tables.VERDICT.c.claim_id)))

    @override
    def merged_into(self, claim_id: int) -> tuple[int, ...]:
        same = select(tables.CLAIM.c.id).where(tables.CLAIM.c.duplicate_of == claim_id)
        return tuple(self.connection.scalars(same.order_by(tables.CLAIM.c.id)))

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
    def replaced_by(self, event: Event) -> Verdict | None:
        table = tables.VERDICT
        ended = table.c.ended_as == Act.AMENDED, table.c.role == ReadingRole.EDITOR, table.c.undone_at == event.at
        # Of several that ended in one moment it is the one before its own.
        before = table.c.claim_id == event.claim_id, table.c.id < event.details["verdict"]
        found = self.connection.execute(select(table).where(*before, *ended).order_by(table.c.id.desc()).limit(1))
        row = found.one_or_none()
        return rows.verdict(row) if row else None

    @override
    def store(self, change: Change, snapshot: Snapshot | None = None) -> None:
        connection, before, after, event = self.connection, change.before, change.after, change.event
        was, now = rows.claim_columns(before), rows.claim_columns(after)
        changed = {name for name in now if now[name] != was[name]}
        if changed & _LEASE:
            changed |= _LEASE
        if changed:
            values = {name: now[name] for name in changed}
            connection.execute(update(tables.CLAIM).where(tables.CLAIM.c.id == after.id).values(values))
        if event is None:
            return
        of_claim, verdict_id = {"claim_id": after.id}, self._write_verdicts(before, after, event)
        if snapshot is not None:
            snapshots.keep(connection, snapshot)
        evidence_id, written = self._write_evidence(before, after, event, verdict_id)
        for note in after.notes[len(before.notes) :]:
            rows.insert_one(connection, tables.CLAIM_NOTE, of_claim | rows.columns_of(note))
        self._write_flags(before, after)
        self._write_editorial_acts(before, after, event)
        for one in after.corrections[len(before.corrections) :]:
            verdicts = {"was_id": one.was.id, "now_id": verdict_id}
            rows.insert_one(connection, tables.CORRECTION, of_claim | verdicts | rows.columns_of(one, "was", "now"))
        # The numbers are known only now. Where a verdict came with evidence, its event names the addresses instead.
        numbers = {"verdict": verdict_id, "evidence": evidence_id}
        details = {name: one for name, one in numbers.items() if one} | dict(event.details)
        written |= self._written_parts(event)
        add_events(connection, replace(event, details=details | ({"written": written} if written else {})))

    @override
    def add_parts(self, whole: QueuedClaim, parts: Sequence[Claim]) -> tuple[int, ...]:
        run_id = whole.origin.id if whole.origin else None
        values = [rows.claim_values(one, self._article(whole.article_id), run_id) for one in parts]
        of_whole = {"split_from": whole.id, **rows.addition_values(whole.added)}
        return tuple(rows.insert_one(self.connection, tables.CLAIM, one | of_whole) for one in values)

    @override
    def add_claim(self, article_id: int, claim: Claim, added: Addition, event: Event) -> int:
        values = rows.claim_values(claim, self._article(article_id), None) | rows.addition_values(added)
        number = rows.insert_one(self.connection, tables.CLAIM, values)
        # The sentence is accounted for: extraction has nothing left to ask about it.
        state = tables.SENTENCE.c.state
        here = tables.SENTENCE.c.article_id == article_id, tables.SENTENCE.c.position.in_(claim.anchor.sentence_ids)
        entry = LedgerEntry(SentenceState.CLAIMS, detail=f"claim {number} was added by {added.by}")
        self.connection.execute(
            update(tables.SENTENCE).where(*here, state != entry.state).values(rows.columns_of(entry))
        )
        written = rows.written_claims(self.connection, tables.CLAIM.c.id == number)
        details = {**event.details, "written": written}
        add_events(self.connection, replace(event, claim_id=number, article_id=article_id, details=details))
        return number

    @override
    def has_signed_off(self, article_id: int) -> bool:
        found = select(tables.CLAIM.c.id).where(stands_in(article_id), IS_SIGNED_OFF).limit(1)
        return self.connection.scalar(found) is not None

    @override
    def amend_article(self, article_id: int, columns: Mapping[str, Any], by: str, now: datetime) -> FiledArticle:
        return amend_article(self.connection, self._article(article_id), columns, by, now)

    @override
    def see_changes(self, article_id: int, by: str, now: datetime) -> tuple[int, ...]:
        return see_changes(self.connection, self._article(article_id).id, by, now)

    @override
    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        return scale_of(self.connection, scale_id, version)

    @override
    def keep_scale(self, scale: RatingScale) -> RatingScale:
        kept = self.scale(scale.id, scale.version)
        if kept is not None:
            return kept
        labels = [[one.id, one.definition, one.averitec, one.grade] for one in scale.labels]
        self.connection.execute(insert(tables.SCALE).values(id=scale.id, version=scale.version, labels=labels))
        return scale

    @override
    def save_draft(self, draft: Draft) -> None:
        self.drop_draft(draft.claim_id, draft.reviewer)
        self.connection.execute(insert(tables.DRAFT).values(rows.columns_of(draft)))
        details = rows.columns_of(draft, "claim_id", "reviewer", "saved_at")
        add_events(self.connection, Event(0, draft.saved_at, draft.reviewer, DRAFTED, draft.claim_id, details=details))

    @override
    def drop_draft(self, claim_id: int, reviewer: str) -> None:
        self.connection.execute(
            delete(tables.DRAFT).where(tables.DRAFT.c.claim_id == claim_id, tables.DRAFT.c.reviewer == reviewer)
        )

    def _write_verdicts(self, before: QueuedClaim, after: QueuedClaim, event: Event) -> int | None:
        """End the readings that stand no more, let one stand again, add the new one; returns the new one's number."""
        was, now = ({one.id for one in claim.readings} - {None} for claim in (before, after))
        ended: dict[str, Any] = {"undone_at": event.at, "ended_as": event.action}
        for which, values in ((was - now, ended), (now - was, dict.fromkeys(ended))):
            if which:
                self.connection.execute(update(tables.VERDICT).where(tables.VERDICT.c.id.in_(which)).values(values))
        new = [{"claim_id": after.id} | rows.columns_of(one, "id") for one in after.readings if one.id is None]
        return rows.insert_one(self.connection, tables.VERDICT, new[0]) if new else None

    def _write_flags(self, before: QueuedClaim, after: QueuedClaim) -> None:
        table, of_claim = tables.CLAIM_FLAG, {"claim_id": after.id}
        gone = [one.reviewer for one in before.flags if one not in after.flags]
        if gone:
            which = table.c.claim_id == after.id, table.c.reviewer.in_(gone)
            self.connection.execute(delete(table).where(*which))
        for one in after.flags:
            if one not in before.flags:
                rows.insert_one(self.connection, table, of_claim | rows.columns_of(one))

    def _write_editorial_acts(self, before: QueuedClaim, after: QueuedClaim, event: Event) -> None:
        """Add a new act, or end the last one, which was taken back."""
        table = tables.EDITORIAL_ACT
        for act in after.editorial_acts[len(before.editorial_acts) :]:
            rows.insert_one(self.connection, table, {"claim_id": after.id} | rows.editorial_act_values(act))
        if len(after.editorial_acts) < len(before.editorial_acts):
            standing = table.c.claim_id == after.id, table.c.undone_at.is_(None)
            last = select(func.max(table.c.id)).where(*standing).scalar_subquery()
            self.connection.execute(update(table).where(table.c.id == last).values(undone_at=event.at))

    def _write_evidence(
        self, before: QueuedClaim, after: QueuedClaim, event: Event, verdict_id: int | None
    ) -> tuple[int | None, dict[str, Any]]:
        """Write what differs in the claim's evidence; a new piece comes with the new verdict.

        Returns its number, and by their numbers what was written of each piece that was added or changed.
        """
        known, added = {one.id: one for one in before.evidence}, None
        written: dict[str, Any] = {}
        for one in after.evidence:
            was, number = known.pop(one.id, None), one.id
            if was is None:
                columns = rows.columns_of(one, "id", "last_check", "verdict_id")
                columns |= {"claim_id": after.id, "verdict_id": verdict_id}
                number = added = rows.insert_one(self.connection, tables.EVIDENCE, columns)
                told = {name: rows.plain(columns[name]) for name in EVIDENCE_COLUMNS if name != "verdict_id"}
                written[str(number)] = {name: value for name, value in told.items() if value not in (None, False)}
            elif one is not was:
                now = {name: getattr(one, name) for name in _CHANGED}
                written[str(number)] = {n: rows.plain(new) for n, new in now.items() if new != getattr(was, n)}
                stored = now | {"doubts": one.doubts}  # as of looks, no event tells of them
                self.connection.execute(update(tables.EVIDENCE).where(tables.EVIDENCE.c.id == number).values(stored))
            if one.last_check is not None and (was is None or one.last_check is not was.last_check):
                check = {"evidence_id": number} | rows.columns_of(one.last_check)
                rows.insert_one(self.connection, tables.EVIDENCE_CHECK, check)
        if known:
            # Evidence that goes with its undone verdict was removed by nobody.
            gone = {"removed_at": event.at, "removed_by": None if event.undoes else event.actor}
            self.connection.execute(update(tables.EVIDENCE).where(tables.EVIDENCE.c.id.in_(known)).values(gone))
        return added, written

    def _written_parts(self, event: Event) -> dict[str, Any]:
        """What stands of the claims that one was split into; nothing for another act."""
        parts = event.details["parts"] if event.action == Act.SPLIT else ()
        return rows.written_claims(self.connection, tables.CLAIM.c.id.in_(parts)) if parts else {}

    def _article(self, article_id: int) -> FiledArticle:
        found = self.connection.execute(select(tables.ARTICLE).where(rows.is_number(tables.ARTICLE.c.id, article_id)))
        row = found.first()
        if row is None:
            raise NoSuchArticleError(f"there is no article {article_id}")
        return rows.filed_article(row)
