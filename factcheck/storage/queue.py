"""The review queue: what is in it, who waits for what, and leases in one statement."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.desk import Draft
from factcheck.domain.evidence import Snapshot
from factcheck.domain.review import ClaimQuery, PastDecision, QueueCounts, QueuedClaim, require_role
from factcheck.domain.states import ASIDE, HOLDING, SETTLED, Act, ClaimStatus, Stage, role_for
from factcheck.storage.claims import BEST_FIRST, claims_by_ids, joined, load, load_one
from factcheck.storage.claims import claim_table as _claim
from factcheck.storage.claims import verdict_table as _verdict
from factcheck.storage.database import Database
from factcheck.storage.drafts import load_draft
from factcheck.storage.event_reader import standing_decisions
from factcheck.storage.event_writer import add_events
from factcheck.storage.evidence import snapshot_of
from factcheck.storage.people import roles_of
from factcheck.storage.queue_change import SqlQueueChange
from factcheck.workflow.ports import Queue

_HELD = [stage.held for stage in Stage]
_LATER = _verdict.alias()


def _can_hold(verdict: FromClause) -> ColumnElement[bool]:
    """Whether it stands and is of a role that can hold: of these, a claim's last one does."""
    return and_(verdict.c.undone_at.is_(None), verdict.c.role.in_(HOLDING))


_HOLDING_LABELS = (
    select(_verdict.c.label, func.count().label("many"))
    .join(_claim, _claim.c.id == _verdict.c.claim_id)
    .where(
        _claim.c.status.in_(SETTLED),
        _can_hold(_verdict),
        ~exists().where(_LATER.c.claim_id == _claim.c.id, _LATER.c.id > _verdict.c.id, _can_hold(_LATER)),
    )
    .group_by(_verdict.c.label)
)
_CHUNK = 500


class SqlQueue(Queue):
    """Serves the Queue port from a database."""

    def __init__(self, database: Database, *, has_roles: bool = False) -> None:
        self._database = database
        self._has_roles = has_roles

    @override
    def claim(self, claim_id: int, now: datetime, viewer: str | None = None) -> QueuedClaim:
        with self._database.reading() as connection:
            return load_one(connection, claim_id, now).seen_by(viewer)

    @override
    def find(self, query: ClaimQuery, now: datetime, limit: int | None = None) -> Iterator[QueuedClaim]:
        # In chunks: however many claims fit, few of them are in memory at once, and no read holds up a writer.
        seen = last = 0
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

    @override
    def count(self, query: ClaimQuery, now: datetime) -> int:
        counted = _matching(query, now, columns=[func.count()])
        with self._database.reading() as connection:
            return int(connection.execute(counted).scalar_one())

    @override
    def lease_next(
        self, reviewer: str, now: datetime, until: datetime, count: int = 1, stage: Stage = Stage.FIRST
    ) -> tuple[QueuedClaim, ...]:
        wanted = {"reviewer": reviewer, "now": now, "until": until, "most": count}
        with self._database.writing() as connection:
            if self._has_roles:
                require_role(reviewer, roles_of(connection, reviewer), role_for(stage))
            taken = connection.execute(lease_statement(stage), wanted).scalars().all()
            details = {"until": until.isoformat(), "role": stage.role.value}
            add_events(connection, *(Event(0, now, reviewer, Act.LEASED.value, one, details=details) for one in taken))
        if not taken:
            return ()
        # Read after the transaction: others wait for the write lock no longer than the lease itself takes.
        with self._database.reading() as connection:
            return tuple(one.seen_by(reviewer) for one in load(connection, claims_by_ids(taken), now))

    @override
    def own_waiting(self, reviewer: str, now: datetime) -> dict[Stage, int]:
        counted = select(func.count()).select_from(_claim).where(_has_read(reviewer))
        with self._database.reading() as connection:
            return {
                stage: int(connection.execute(counted.where(_has_status(stage.waiting, now))).scalar_one())
                for stage in (Stage.SECOND, Stage.ADJUDICATION)
            }

    @override
    def draft(self, claim_id: int, reviewer: str) -> Draft | None:
        with self._database.reading() as connection:
            return load_draft(connection, claim_id, reviewer)

    @override
    def history(self, reviewer: str, now: datetime, limit: int = 10) -> tuple[PastDecision, ...]:
        with self._database.reading() as connection:
            done = standing_decisions(connection, reviewer, limit)
            wanted = claims_by_ids(one.claim_id or 0 for one in done)
            claims = {one.id: one.seen_by(reviewer) for one in load(connection, wanted, now)}
        return tuple(PastDecision(one.at, Act(one.action), claims[one.claim_id or 0]) for one in done)

    @override
    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        query = select(_claim.c.id).where(_is_leased(now), _claim.c.leased_by == reviewer).order_by(_claim.c.id)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    @override
    def counts(self, now: datetime) -> QueueCounts:
        live = _is_leased(now)
        many = select(_claim.c.status, live.label("is_live"), func.count(), func.min(_claim.c.leased_until))
        here: Counter[ClaimStatus] = Counter()
        ends: dict[datetime, int] = {}
        with self._database.reading() as connection:
            for status, is_live, number, next_back in connection.execute(many.group_by(_claim.c.status, live)):
                if is_live:
                    ends[next_back] = ends.get(next_back, 0) + number
                else:
                    # A lease that has run out counts with those that wait for its reading.
                    here[status.stage.waiting if status.stage else status] += number
        return QueueCounts(
            queued=here[Stage.FIRST.waiting],
            leased=sum(ends.values()),
            decided=sum(here[status] for status in SETTLED),
            next_back=min(ends, default=None),
            awaiting_second=here[Stage.SECOND.waiting],
            disputed=here[Stage.ADJUDICATION.waiting],
            aside=sum(here[status] for status in ASIDE),
        )

    @override
    def verdict_counts(self) -> dict[str, int]:
        with self._database.reading() as connection:
            found = [(row.label, row.many) for row in connection.execute(_HOLDING_LABELS)]
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    @override
    def snapshot(self, sha256: str) -> Snapshot | None:
        with self._database.reading() as connection:
            return snapshot_of(connection, sha256)

    @override
    @contextmanager
    def changing(self) -> Iterator[SqlQueueChange]:
        with self._database.writing() as connection:
            yield SqlQueueChange(connection, has_roles=self._has_roles)


@cache
def lease_statement(stage: Stage = Stage.FIRST) -> Any:  # noqa: ANN401 - typed by RETURNING
    """Lease up to `most` claims that wait for a reading: fresh ones and those whose lease ran out, best first.

    Its parameters are `reviewer`, `now`, `until` and `most`. It is built once: building it takes
    longer than running it.
    """
    most = bindparam("most", type_=Integer)
    ranked = select(_claim.c.id, _claim.c.skips, _claim.c.check_worthiness)
    allowed = _claim.c.vanished_in.is_(None) if stage is Stage.FIRST else ~_has_read(bindparam("reviewer"))

    def best(condition: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a subquery of a union
        first = ranked.where(condition, allowed).order_by(*BEST_FIRST).limit(most)
        return select(first.with_for_update(skip_locked=True).subquery())

    waiting = _claim.c.status == stage.waiting
    expired = and_(_claim.c.status == stage.held, _claim.c.leased_until <= bindparam("now"))
    free = best(waiting).union_all(best(expired)).subquery()
    chosen = select(free.c.id).order_by(free.c.skips, free.c.check_worthiness.desc(), free.c.id).limit(most)
    until = bindparam("until", type_=_claim.c.leased_until.type)
    return (
        update(_claim)
        .where(_claim.c.id.in_(chosen.scalar_subquery()))
        .values(status=stage.held, leased_by=bindparam("reviewer"), leased_until=until)
        .returning(_claim.c.id)
    )


def _has_read(reviewer: str | BindParameter[str]) -> ColumnElement[bool]:
    """Whether one of the claim's standing readings is by this reviewer."""
    return exists().where(
        _verdict.c.claim_id == _claim.c.id, _verdict.c.undone_at.is_(None), _verdict.c.reviewer == reviewer
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
                _claim.c.amended_text.icontains(word, autoescape=True),
            )
        )
    if query.editorial is not None:
        found = found.where(_claim.c.editorial == query.editorial)
    if query.settled:
        found = found.where(_claim.c.status.in_(SETTLED))
    if query.flagged:
        found = found.where(_claim.c.flag_by.is_not(None))
    return found.where(_has_status(query.status, now)) if query.status else found


def _has_status(status: ClaimStatus, now: datetime) -> ColumnElement[bool]:
    """Claims of that status: one whose lease has run out waits again."""
    here, stage = _claim.c.status == status, status.stage
    if stage is None:
        return here
    if status is stage.held:
        return and_(here, _claim.c.leased_until > now)
    return or_(here, and_(_claim.c.status == stage.held, _claim.c.leased_until <= now))


def _is_leased(now: datetime) -> ColumnElement[bool]:
    return and_(_claim.c.status.in_(_HELD), _claim.c.leased_until > now)
