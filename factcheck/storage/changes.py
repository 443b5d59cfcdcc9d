"""Changes to the queue inside one transaction: each keeps to the domain's table and leaves its event."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from factcheck.domain.desk import Amendment, Contact, Draft, EditorFlag, Note
from factcheck.domain.evidence import Evidence
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.snapshot import Snapshot
from factcheck.domain.states import Act, EditorialState, Role, Transition
from factcheck.storage import editing, rows
from factcheck.storage.claims import claim_table, load_one, note_table, verdict_table
from factcheck.storage.drafts import drop_draft, save_draft
from factcheck.storage.events import note
from factcheck.storage.evidence import add_evidence, claim_of_evidence, insert_evidence, record_check, remove_evidence
from factcheck.storage.people import roles_of
from factcheck.storage.scales import keep_scale
from factcheck.storage.splitting import add_parts
from factcheck.storage.undo import undo_last


class SqlQueueChange:
    """Serves the QueueChange port inside one transaction."""

    def __init__(self, connection: Connection, *, has_roles: bool = False) -> None:
        self._connection = connection
        self._has_roles = has_roles

    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        """One claim with everything about it. Raises NotFoundError."""
        return load_one(self._connection, claim_id, now, held=True)

    def decide(
        self, claim: QueuedClaim, verdict: Verdict, evidence: Sequence[Evidence], second_asked: str | None = None
    ) -> None:
        """Record the verdict of the next reader with its evidence. Raises ConflictError."""
        now, reader = verdict.decided_at, verdict.reviewer
        act = claim.reading_act(verdict, second_asked)
        line = self._require(claim, act, reader, now)
        verdict = replace(verdict, role=rows.next_role(claim))
        verdict_id = insert_verdict(self._connection, claim.id, verdict)
        insert_evidence(self._connection, claim.id, evidence, verdict_id)
        drop_draft(self._connection, claim.id, reader)
        details = {"verdict": verdict_id, **rows.told_verdict(verdict), "evidence": [one.url for one in evidence]}
        asked: dict[str, Any] = {"second_asked": second_asked} if act in {Act.DECIDED, Act.FIRST_READ} else {}
        self._write(claim, line, reader, now, details | asked, **asked)

    def keep_scale(self, scale: RatingScale) -> None:
        """Keep the scale that a verdict is given on. Raises InputError if its version means something else already."""
        keep_scale(self._connection, scale)

    def add_evidence(self, claim: QueuedClaim, evidence: Evidence, snapshot: Snapshot | None = None) -> None:
        """Add a piece of evidence with the snapshot that it rests on."""
        add_evidence(self._connection, claim.id, evidence, snapshot)

    def claim_of_evidence(self, evidence_id: int, now: datetime) -> QueuedClaim:
        """The claim that a piece of evidence is of. Raises NotFoundError."""
        return self.claim(claim_of_evidence(self._connection, evidence_id), now)

    def remove_evidence(self, evidence_id: int, reviewer: str, now: datetime) -> int:
        """Mark a piece of evidence as removed, and return its claim. Raises NotFoundError."""
        return remove_evidence(self._connection, evidence_id, reviewer, now)

    def record_check(self, claim: QueuedClaim, evidence: Evidence, snapshot: Snapshot | None) -> None:
        """Add the evidence's last check with its snapshot, and what the evidence now rests on."""
        record_check(self._connection, claim.id, evidence, snapshot)

    def skip(self, claim: QueuedClaim, reviewer: str, now: datetime) -> None:
        """Put the claim at the end of its queue. Raises ConflictError."""
        line = self._require(claim, Act.SKIPPED, reviewer, now)
        self._write(claim, line, reviewer, now, {}, skips=claim_table.c.skips + 1)

    def release(self, claim: QueuedClaim, reviewer: str, now: datetime) -> None:
        """Put the claim back where it was. Raises ConflictError."""
        self._write(claim, self._require(claim, Act.RELEASED, reviewer, now), reviewer, now, {})

    def renew(self, claim: QueuedClaim, reviewer: str, now: datetime, until: datetime) -> None:
        """Let the lease last longer. Raises ConflictError unless the reviewer holds the claim."""
        line = self._require(claim, Act.RENEWED, reviewer, now)
        self._write(claim, line, reviewer, now, {"until": until.isoformat()}, leased_until=until)

    def set_aside(self, claim: QueuedClaim, reviewer: str, now: datetime, reason: str) -> None:
        """Take a claim that is not checkable out of the queue. Raises ConflictError."""
        line = self._require(claim, Act.NOT_CHECKABLE, reviewer, now)
        self._write(claim, line, reviewer, now, {"reason": reason}, aside=reason)

    def merge(self, claim: QueuedClaim, into: QueuedClaim, reviewer: str, now: datetime) -> None:
        """Take a claim that says the same as another out of the queue. Raises ConflictError."""
        line = self._require(claim, Act.DUPLICATE, reviewer, now)
        self._write(claim, line, reviewer, now, {"duplicate_of": into.id}, duplicate_of=into.id)

    def split(self, claim: QueuedClaim, texts: Sequence[str], reviewer: str, now: datetime) -> tuple[int, ...]:
        """Put several claims in place of one; returns their numbers. Raises ConflictError."""
        line = self._require(claim, Act.SPLIT, reviewer, now)
        parts = add_parts(self._connection, claim, texts)
        self._write(claim, line, reviewer, now, {"parts": list(parts), "texts": list(texts)})
        return parts

    def reword(self, claim: QueuedClaim, amendment: Amendment) -> None:
        """Give the claim other words beside its own. Raises ConflictError."""
        line = self._require(claim, Act.REWORDED, amendment.reviewer, amendment.at)
        was = rows.told_amendment(claim.amendment)
        details = {"was": claim.words, "now": amendment.text, "amendment_was": was}
        self._write(
            claim, line, amendment.reviewer, amendment.at, details, **rows.amendment_values(amendment), keeps_lease=True
        )

    def flag(self, claim: QueuedClaim, flag: EditorFlag | None, reviewer: str, now: datetime) -> None:
        """Ask the editor to look at the claim; None takes the request back."""
        was = claim.flag.reason if claim.flag else None
        values: dict[str, Any] = {"flag_reason": None, "flag_by": None, "flag_at": None}
        if flag is not None:
            values |= {"flag_reason": flag.reason, "flag_by": flag.reviewer, "flag_at": flag.at}
        self._set(claim, **values)
        details = {"was": was, "now": flag.reason if flag else None}
        note(self._connection, now, "flagged", actor=reviewer, claim_id=claim.id, details=details)

    def contact(self, claim: QueuedClaim, contact: Contact, now: datetime) -> None:
        """Write down that the claimant was asked, and the answer."""
        was = claim.contact.answer if claim.contact else None
        self._set(claim, asked_on=contact.asked_on, answer=contact.answer, asked_by=contact.reviewer)
        details = {"asked_on": contact.asked_on.isoformat(), "was": was, "now": contact.answer}
        note(self._connection, now, "contacted", actor=contact.reviewer, claim_id=claim.id, details=details)

    def add_note(self, claim: QueuedClaim, words: Note) -> None:
        """Leave a word to colleagues."""
        self._connection.execute(insert(note_table).values(claim_id=claim.id, **rows.columns_of(words)))
        note(self._connection, words.at, "noted", actor=words.reviewer, claim_id=claim.id, details={"text": words.text})

    def save_draft(self, draft: Draft) -> None:
        """Keep what a reviewer has typed and not decided, in place of the reviewer's draft before."""
        save_draft(self._connection, draft)

    def edit(self, claim: QueuedClaim, act: Act, editor: str, now: datetime, comment: str | None) -> None:
        """Sign off, reject, publish or withdraw. Raises ConflictError."""
        line = self._require(claim, act, editor, now)
        changes = editing.record_act(self._connection, claim, act, editor, now, comment)
        self._write(claim, line, editor, now, {"comment": comment}, **changes)

    def correct(self, claim: QueuedClaim, verdict: Verdict, reason: str) -> None:
        """Replace a published verdict by another; the old one is kept. Raises ConflictError."""
        editor, now = verdict.reviewer, verdict.decided_at
        line = self._require(claim, Act.CORRECTED, editor, now)
        now_id = insert_verdict(self._connection, claim.id, verdict)
        details = editing.record_correction(self._connection, claim, verdict, now_id, reason)
        self._write(claim, line, editor, now, details)

    def undo_last(self, reviewer: str, now: datetime, until: datetime) -> tuple[str, int]:
        """Take back the reviewer's last decision that still stands; the claim is theirs again.

        Returns what was undone and the claim's number. What others overtook is passed over.
        Raises NothingToUndoError.
        """
        return undo_last(self._connection, reviewer, now, until)

    def _require(self, claim: QueuedClaim, act: Act, person: str, now: datetime) -> Transition:
        return claim.require(act, person, now, self._roles(person))

    def _roles(self, person: str) -> frozenset[Role] | None:
        return roles_of(self._connection, person) if self._has_roles else None

    def _write(
        self,
        claim: QueuedClaim,
        line: Transition,
        person: str,
        now: datetime,
        details: Mapping[str, object],
        *,
        keeps_lease: bool = False,
        **columns: Any,  # noqa: ANN401 - column values
    ) -> None:
        """Move the claim as the table's line says, set further columns, and leave the event."""
        values = dict(columns)
        if line.after is not None:
            values |= {"status": line.after}
        if line.act is not Act.RENEWED and not keeps_lease:
            values |= {"leased_by": None, "leased_until": None}
        if line.editorial_after is not None:
            values |= {"editorial": line.editorial_after}
            if claim.editorial is not EditorialState.OPEN:
                details = {**details, "editorial_was": claim.editorial.value}
        if values:
            self._set(claim, **values)
        note(self._connection, now, line.act.value, actor=person, claim_id=claim.id, details=details)

    def _set(self, claim: QueuedClaim, **values: Any) -> None:  # noqa: ANN401 - column values
        self._connection.execute(update(claim_table).where(claim_table.c.id == claim.id).values(values))


def insert_verdict(connection: Connection, claim_id: int, verdict: Verdict) -> int:
    """Add a verdict; returns its number."""
    values = {"claim_id": claim_id, **rows.columns_of(verdict)}
    key = connection.execute(insert(verdict_table).values(values)).inserted_primary_key
    return int(key[0]) if key else 0
