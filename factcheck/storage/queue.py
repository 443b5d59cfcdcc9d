"""The review queue: leases in one statement, decisions with their events, undo."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from factcheck.domain.evidence import Evidence
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import ClaimStatus, QueueCounts, QueuedClaim, Verdict
from factcheck.errors import NotFoundError, NothingToUndoError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import event_table, note, note_each
from factcheck.storage.evidence import add_evidence, insert_evidence, remove_with_verdict, standing_evidence
from factcheck.storage.tables import ClaimRow, RunRow, VerdictRow

_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_verdict: Table = VerdictRow.__table__  # type: ignore[attr-defined]

_BEST_FIRST = (_claim.c.skips, _claim.c.check_worthiness.desc(), _claim.c.id)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STANDING_VERDICTS = (
    select(_verdict).where(_verdict.c.claim_id.in_(_IDS), _verdict.c.undone_at.is_(None)).order_by(_verdict.c.id)
)
_UNDOABLE = ("decided", "skipped")
_UNDO_DEPTH = 100
_CHUNK = 500


class SqlQueue:
    """Serves the Queue port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        """One claim with everything about it. Raises NotFoundError."""
        with self._database.reading() as connection:
            return _one(connection, claim_id, now)

    def find(self, query: ClaimQuery, now: datetime, limit: int | None = None) -> Iterator[QueuedClaim]:
        """The claims that fit, by number, at most `limit`; read in chunks, so that all of them fit."""
        seen = 0
        last = 0
        while limit is None or seen < limit:
            size = _CHUNK if limit is None else min(_CHUNK, limit - seen)
            with self._database.reading() as connection:
                page = _load(
                    connection, _matching(query, now).where(_claim.c.id > last).order_by(_claim.c.id).limit(size), now
                )
            yield from page
            if len(page) < size:
                return
            seen, last = seen + size, page[-1].id

    def count(self, query: ClaimQuery, now: datetime) -> int:
        """How many claims fit."""
        counted = _matching(query, now, columns=[func.count()])
        with self._database.reading() as connection:
            return int(connection.execute(counted).scalar_one())

    def lease_next(self, reviewer: str, now: datetime, until: datetime, count: int = 1) -> tuple[QueuedClaim, ...]:
        """Lease the free claims most worth checking, at most `count`, in one statement.

        They are read after the transaction: others wait for the write lock alone.
        """
        wanted = {"reviewer": reviewer, "now": now, "until": until, "most": count}
        with self._database.writing() as connection:
            taken = connection.execute(lease_statement(), wanted).scalars().all()
            note_each(connection, now, "leased", reviewer, taken, {"until": until.isoformat()})
        if not taken:
            return ()
        with self._database.reading() as connection:
            return tuple(_load(connection, _by_ids(), now, {"ids": taken}))

    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        """Numbers of the claims that the reviewer holds."""
        query = select(_claim.c.id).where(_is_leased(now), _claim.c.leased_by == reviewer).order_by(_claim.c.id)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def counts(self, now: datetime) -> QueueCounts:
        """How full the queue is, and when the next lease runs out."""
        with self._database.reading() as connection:
            found = connection.execute(select(_claim.c.status, func.count().label("many")).group_by(_claim.c.status))
            by_status: dict[str, int] = {row.status: row.many for row in found}
            leased, next_back = connection.execute(
                select(func.count(), func.min(_claim.c.leased_until)).where(_is_leased(now)),
            ).one()
        decided = by_status.get(ClaimStatus.DECIDED.value, 0)
        return QueueCounts(sum(by_status.values()) - decided - leased, leased, decided, next_back)

    def verdict_counts(self) -> dict[str, int]:
        """How often each label stands, most frequent first."""
        query = (
            select(_verdict.c.label, func.count().label("many"))
            .where(_verdict.c.undone_at.is_(None))
            .group_by(_verdict.c.label)
        )
        with self._database.reading() as connection:
            found = [(row.label, row.many) for row in connection.execute(query)]
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    @contextmanager
    def changing(self) -> Iterator["SqlQueueChange"]:
        """A transaction in which what was read cannot change before it is written."""
        with self._database.writing() as connection:
            yield SqlQueueChange(connection)


class SqlQueueChange:
    """Serves the QueueChange port inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        """One claim with everything about it. Raises NotFoundError."""
        return _one(self._connection, claim_id, now, held=True)

    def decide(self, claim: QueuedClaim, verdict: Verdict, evidence: Sequence[Evidence]) -> None:
        """Record the verdict with its evidence and take the claim out of the queue."""
        key = self._connection.execute(insert(_verdict).values(_verdict_values(claim, verdict))).inserted_primary_key
        verdict_id = key[0] if key else None
        insert_evidence(self._connection, claim.id, evidence, verdict_id)
        self._place(claim.id, ClaimStatus.DECIDED)
        details = {
            "verdict": verdict_id,
            "label": verdict.label,
            "scale": verdict.scale,
            "evidence": [one.url for one in evidence],
        }
        note(
            self._connection, verdict.decided_at, "decided", actor=verdict.reviewer, claim_id=claim.id, details=details
        )

    def add_evidence(self, claim: QueuedClaim, evidence: Evidence) -> None:
        """Add a piece of evidence."""
        add_evidence(self._connection, claim.id, evidence)

    def skip(self, claim: QueuedClaim, reviewer: str, now: datetime) -> None:
        """Put the claim at the end of the queue."""
        self._place(claim.id, ClaimStatus.QUEUED, skips=_claim.c.skips + 1)
        note(self._connection, now, "skipped", actor=reviewer, claim_id=claim.id)

    def release(self, claim: QueuedClaim, reviewer: str, now: datetime) -> None:
        """Put the claim back where it was."""
        self._place(claim.id, ClaimStatus.QUEUED)
        note(self._connection, now, "released", actor=reviewer, claim_id=claim.id)

    def undo_last(self, reviewer: str, now: datetime, until: datetime) -> tuple[str, int]:
        """Take back the reviewer's last verdict or skip that still stands, and lease the claim to them.

        Returns what was undone and the claim's number. A skip that somebody else overtook is
        passed over. Raises NothingToUndoError.
        """
        events = self._connection.execute(_undoable(reviewer)).all()
        last = next((one for one in events if self._still_stands(one, reviewer, now)), None)
        if last is None:
            message = f"{reviewer!r} has no verdict or skip to take back; see: factcheck claims --status decided"
            raise NothingToUndoError(message)
        if last.action == "decided":
            self._undo_verdict(json.loads(last.details)["verdict"], now)
            skips: ColumnElement[int] = _claim.c.skips
        else:
            skips = _claim.c.skips - 1
        self._place(last.claim_id, ClaimStatus.LEASED, skips=skips, leased_by=reviewer, leased_until=until)
        note(self._connection, now, "undone", actor=reviewer, claim_id=last.claim_id, undoes=last.id)
        return last.action, last.claim_id

    def _still_stands(self, done: rows.AnyRow, reviewer: str, now: datetime) -> bool:
        """Whether the decision can be taken back: a skip is over once somebody else has the claim."""
        return done.action == "decided" or self.claim(done.claim_id, now).is_free_for(reviewer, now)

    def _undo_verdict(self, verdict_id: int, now: datetime) -> None:
        self._connection.execute(update(_verdict).where(_verdict.c.id == verdict_id).values(undone_at=now))
        remove_with_verdict(self._connection, verdict_id, now)

    def _place(self, claim_id: int, status: ClaimStatus, **changes: Any) -> None:  # noqa: ANN401 - column values
        values = {"status": status.value, "leased_by": None, "leased_until": None} | changes
        self._connection.execute(update(_claim).where(_claim.c.id == claim_id).values(values))


@cache
def lease_statement() -> Any:  # noqa: ANN401 - typed by RETURNING
    """Lease up to `most` free claims: fresh ones and those whose lease ran out, best first.

    Its parameters are `reviewer`, `now`, `until` and `most`. It is built once: building it takes
    longer than running it.
    """
    most = bindparam("most", type_=Integer)
    ranked = select(_claim.c.id, _claim.c.skips, _claim.c.check_worthiness)

    def best(condition: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a subquery of a union
        first = ranked.where(condition, _claim.c.vanished_in.is_(None)).order_by(*_BEST_FIRST).limit(most)
        return select(first.with_for_update(skip_locked=True).subquery())

    queued = _claim.c.status == ClaimStatus.QUEUED.value
    expired = and_(_claim.c.status == ClaimStatus.LEASED.value, _claim.c.leased_until <= bindparam("now"))
    free = best(queued).union_all(best(expired)).subquery()
    chosen = select(free.c.id).order_by(free.c.skips, free.c.check_worthiness.desc(), free.c.id).limit(most)
    until = bindparam("until", type_=_claim.c.leased_until.type)
    return (
        update(_claim)
        .where(_claim.c.id.in_(chosen.scalar_subquery()))
        .values(status=ClaimStatus.LEASED.value, leased_by=bindparam("reviewer"), leased_until=until)
        .returning(_claim.c.id)
    )


@cache
def _by_ids(*, held: bool = False) -> Select[Any]:
    """Claims by the parameter `ids`; `held` keeps them as they are until the transaction ends."""
    found = _joined().where(_claim.c.id.in_(_IDS)).order_by(*_BEST_FIRST)
    return found.with_for_update(of=_claim) if held else found


def _joined() -> Select[Any]:
    origin = (_run.c.model, _run.c.prompt, _run.c.prompt_version, _run.c.prompt_hash, _run.c.recording)
    return select(_claim, *origin).join(_run, _run.c.id == _claim.c.run_id)


def _matching(query: ClaimQuery, now: datetime, columns: Sequence[Any] | None = None) -> Select[Any]:
    found = _joined() if columns is None else select(*columns).select_from(_claim)
    if query.article_id is not None:
        found = found.where(_claim.c.article_id == query.article_id)
    for word in query.words:
        found = found.where(
            or_(_claim.c.text.icontains(word, autoescape=True), _claim.c.quote.icontains(word, autoescape=True))
        )
    return found.where(_has_status(query.status, now)) if query.status else found


def _has_status(status: ClaimStatus, now: datetime) -> ColumnElement[bool]:
    if status is ClaimStatus.LEASED:
        return _is_leased(now)
    if status is ClaimStatus.QUEUED:
        ran_out = and_(_claim.c.status == ClaimStatus.LEASED.value, _claim.c.leased_until <= now)
        return or_(_claim.c.status == status.value, ran_out)
    return _claim.c.status == status.value


def _is_leased(now: datetime) -> ColumnElement[bool]:
    return and_(_claim.c.status == ClaimStatus.LEASED.value, _claim.c.leased_until > now)


def _one(connection: Connection, claim_id: int, now: datetime, *, held: bool = False) -> QueuedClaim:
    wanted = _by_ids(held=held)
    found = _load(connection, wanted, now, {"ids": [claim_id]}) if rows.can_be_key(claim_id) else []
    if not found:
        message = f"there is no claim {claim_id}; see: factcheck claims"
        raise NotFoundError(message)
    return found[0]


def _load(
    connection: Connection, query: Select[Any], now: datetime, parameters: Mapping[str, object] | None = None
) -> list[QueuedClaim]:
    found = connection.execute(query, parameters).all()
    ids = {"ids": [row.id for row in found]}
    verdicts = connection.execute(_STANDING_VERDICTS, ids)
    by_claim = {row.claim_id: row for row in verdicts}
    sources = standing_evidence(connection, ids["ids"])
    return [rows.queued_claim(row, by_claim.get(row.id), sources.get(row.id, []), now) for row in found]


def _undoable(reviewer: str) -> Select[Any]:
    undone = select(event_table.c.undoes).where(event_table.c.undoes.is_not(None))
    mine = and_(event_table.c.actor == reviewer, event_table.c.action.in_(_UNDOABLE))
    return (
        select(event_table)
        .where(mine, event_table.c.id.not_in(undone))
        .order_by(event_table.c.id.desc())
        .limit(_UNDO_DEPTH)
    )


def _verdict_values(claim: QueuedClaim, verdict: Verdict) -> dict[str, Any]:
    return {
        "claim_id": claim.id,
        "label": verdict.label,
        "scale": verdict.scale,
        "scale_version": verdict.scale_version,
        "reviewer": verdict.reviewer,
        "rationale": verdict.rationale,
        "decided_at": verdict.decided_at,
    }
