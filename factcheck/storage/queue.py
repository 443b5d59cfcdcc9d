"""The review queue: leases in one statement, decisions with their events, undo."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
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
from factcheck.domain.review import QueueCounts, QueuedClaim, Verdict
from factcheck.domain.states import ASIDE, SETTLED, ClaimStatus, Stage
from factcheck.errors import NothingToUndoError
from factcheck.storage import rows
from factcheck.storage.claims import BEST_FIRST, claims_by_ids, joined, load, load_one
from factcheck.storage.claims import claim_table as _claim
from factcheck.storage.claims import verdict_table as _verdict
from factcheck.storage.database import Database
from factcheck.storage.events import event_table, note, note_each
from factcheck.storage.evidence import add_evidence, insert_evidence, remove_with_verdict

_HELD = [stage.held.value for stage in Stage]
_LIVE_LEASES = (
    select(
        _claim.c.status,
        func.count().label("many"),
        func.min(_claim.c.leased_until).label("next_back"),
    )
    .where(_claim.c.status.in_(_HELD), _claim.c.leased_until > bindparam("now"))
    .group_by(_claim.c.status)
)
_UNDOABLE = ("decided", "skipped")
_UNDO_DEPTH = 100
_CHUNK = 500


class SqlQueue:
    """Serves the Queue port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, claim_id: int, now: datetime, viewer: str | None = None) -> QueuedClaim:
        """One claim with everything about it that the viewer may see. Raises NotFoundError."""
        with self._database.reading() as connection:
            return load_one(connection, claim_id, now).seen_by(viewer)

    def find(self, query: ClaimQuery, now: datetime, limit: int | None = None) -> Iterator[QueuedClaim]:
        """The claims that fit, by number, at most `limit`; read in chunks, so that all of them fit."""
        seen = 0
        last = 0
        while limit is None or seen < limit:
            size = _CHUNK if limit is None else min(_CHUNK, limit - seen)
            with self._database.reading() as connection:
                page = load(
                    connection,
                    _matching(query, now).where(_claim.c.id > last).order_by(_claim.c.id).limit(size),
                    now,
                )
            yield from (one.seen_by(None) for one in page)
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
            return tuple(load(connection, claims_by_ids(), now, {"ids": taken}))

    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        """Numbers of the claims that the reviewer holds."""
        query = select(_claim.c.id).where(_is_leased(now), _claim.c.leased_by == reviewer).order_by(_claim.c.id)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def counts(self, now: datetime) -> QueueCounts:
        """How full the queue is, and when the next lease runs out."""
        with self._database.reading() as connection:
            found = connection.execute(select(_claim.c.status, func.count().label("many")).group_by(_claim.c.status))
            all_of = Counter({ClaimStatus(row.status): row.many for row in found})
            live = connection.execute(_LIVE_LEASES, {"now": now}).all()
        held = Counter({ClaimStatus(row.status): row.many for row in live})
        waiting = {stage: all_of[stage.waiting] + all_of[stage.held] - held[stage.held] for stage in Stage}
        return QueueCounts(
            queued=waiting[Stage.FIRST],
            leased=held.total(),
            decided=sum(all_of[status] for status in SETTLED),
            next_back=min((row.next_back for row in live), default=None),
            awaiting_second=waiting[Stage.SECOND],
            disputed=waiting[Stage.ADJUDICATION],
            aside=sum(all_of[status] for status in ASIDE),
        )

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
        return load_one(self._connection, claim_id, now, held=True)

    def decide(self, claim: QueuedClaim, verdict: Verdict, evidence: Sequence[Evidence]) -> None:
        """Record the verdict with its evidence and take the claim out of the queue."""
        key = self._connection.execute(
            insert(_verdict).values(rows.verdict_values(claim.id, verdict))
        ).inserted_primary_key
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
        self._connection.execute(
            update(_verdict).where(_verdict.c.id == verdict_id).values(undone_at=now, ended_as="undone")
        )
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
        first = ranked.where(condition, _claim.c.vanished_in.is_(None)).order_by(*BEST_FIRST).limit(most)
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


def _matching(query: ClaimQuery, now: datetime, columns: Sequence[Any] | None = None) -> Select[Any]:
    found = joined() if columns is None else select(*columns).select_from(_claim)
    if query.article_id is not None:
        found = found.where(_claim.c.article_id == query.article_id)
    for word in query.words:
        found = found.where(
            or_(
                _claim.c.text.icontains(word, autoescape=True),
                _claim.c.quote.icontains(word, autoescape=True),
            )
        )
    return found.where(_has_status(query.status, now)) if query.status else found


def _has_status(status: ClaimStatus, now: datetime) -> ColumnElement[bool]:
    """Claims of that status, where a lease that has run out is none."""
    here, stage = _claim.c.status == status.value, status.stage
    if stage is None:
        return here
    if status is stage.held:
        return and_(here, _claim.c.leased_until > now)
    ran_out = and_(_claim.c.status == stage.held.value, _claim.c.leased_until <= now)
    return or_(here, ran_out)


def _is_leased(now: datetime) -> ColumnElement[bool]:
    return and_(_claim.c.status.in_(_HELD), _claim.c.leased_until > now)


def _undoable(reviewer: str) -> Select[Any]:
    undone = select(event_table.c.undoes).where(event_table.c.undoes.is_not(None))
    mine = and_(event_table.c.actor == reviewer, event_table.c.action.in_(_UNDOABLE))
    return (
        select(event_table)
        .where(mine, event_table.c.id.not_in(undone))
        .order_by(event_table.c.id.desc())
        .limit(_UNDO_DEPTH)
    )
