"""The review queue: what is in it, who waits for what, and leases in one statement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from typing_extensions import override

from factcheck.domain.article import ArticleRead
from factcheck.domain.audit import Event
from factcheck.domain.desk import Draft
from factcheck.domain.evidence import Snapshot
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import (
    ClaimInBrief,
    ClaimQuery,
    PastDecision,
    Place,
    QueueCounts,
    QueuedClaim,
    stages_open_to,
)
from factcheck.domain.states import (
    ASIDE,
    HOLDING,
    SETTLED,
    UNSIGNED,
    Act,
    ClaimStatus,
    EditorialState,
    Role,
    Stage,
    role_for,
)
from factcheck.errors import NoSuchClaimError
from factcheck.storage import rows, snapshots
from factcheck.storage.claims import BEST_FIRST, IS_SIGNED_OFF, has_read, has_status, joined, rows_by_ids, rows_of
from factcheck.storage.database import Database
from factcheck.storage.events import add_events, events_since, standing_decisions
from factcheck.storage.filing import read_for
from factcheck.storage.lineage import stands_in
from factcheck.storage.people import roles_of
from factcheck.storage.queue_change import SqlQueueChange
from factcheck.storage.statistics import scale_of
from factcheck.storage.tables import CLAIM, CLAIM_FLAG, DRAFT, EVENT, PERSON, VERDICT
from factcheck.workflow.ports import Queue

_LATER = VERDICT.alias()


def _can_hold(verdict: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether it stands and is of a role that can hold: of these, a claim's last one does."""
    return sa.and_(verdict.c.undone_at.is_(None), verdict.c.role.in_(HOLDING))


_HOLDING_LABELS = (
    sa.select(VERDICT.c.label, sa.func.count().label("many"))
    .join(CLAIM, CLAIM.c.id == VERDICT.c.claim_id)
    .where(
        CLAIM.c.status.in_(SETTLED),
        CLAIM.c.editorial != EditorialState.WITHDRAWN,
        _can_hold(VERDICT),
        ~sa.exists().where(_LATER.c.claim_id == CLAIM.c.id, _LATER.c.id > VERDICT.c.id, _can_hold(_LATER)),
    )
    .group_by(VERDICT.c.label)
)
_IS_KNOWN = sa.select(
    sa.or_(
        sa.exists().where(EVENT.c.actor == sa.bindparam("name")),
        sa.exists().where(PERSON.c.name == sa.bindparam("name")),
    )
)
"""Asked with all that a person does, and built once, as what follows here."""
_CHUNK = 500
_OWN, _DUE, _REST = range(3)
"""The turns in which claims are leased."""
_IN_ARTICLE = (CLAIM.c.article_id, CLAIM.c.first_sentence, CLAIM.c.id)
"""The order in which an article says them: windows land in any order, and claims are numbered as they land."""


@dataclass
class SqlQueue(Queue):
    """Serves the Queue port from a database."""

    database: Database
    has_roles: bool = False
    _known: set[str] = field(default_factory=set, init=False, repr=False)
    """Names that were found: whoever has acted stands in the log from then on."""

    @override
    def claim(self, claim_id: int, now: datetime, viewer: str | None = None) -> QueuedClaim:
        with self.database.reading() as connection:
            found = rows_by_ids(connection, [claim_id])
        if not found:
            raise NoSuchClaimError(f"there is no claim {claim_id}")
        row, *about = found[0]
        return rows.queued_claim(row, *rows.sound_parts(about, self.database.each)).at(now).seen_by(viewer)

    @override
    def find(
        self, query: ClaimQuery, now: datetime, limit: int | None = None, after: Place | None = None
    ) -> Iterator[QueuedClaim]:
        # In chunks: however many claims fit, few of them are in memory at once, and no read holds up a writer.
        seen, last = 0, after or (0, 0, 0)
        while limit is None or seen < limit:
            size = _CHUNK if limit is None else min(_CHUNK, limit - seen)
            behind = sa.tuple_(*_IN_ARTICLE) > sa.tuple_(*map(sa.literal, last))
            wanted = joined().where(*_conditions(query, now), behind).order_by(*_IN_ARTICLE).limit(size)
            with self.database.reading() as connection:
                page = rows_of(connection, wanted)
            for claim in self._each(page):
                yield claim.at(now).seen_by(None)
                seen += 1
            if len(page) < size:
                return
            last = page[-1][0].article_id, page[-1][0].first_sentence, page[-1][0].id

    @override
    def in_brief(self, query: ClaimQuery, now: datetime, limit: int) -> tuple[ClaimInBrief, ...]:
        said = sa.func.coalesce(CLAIM.c.amended_text, CLAIM.c.text).label("words")
        wanted = sa.select(CLAIM.c.id, CLAIM.c.article_id, said).where(*_conditions(query, now))
        wanted = wanted.where(CLAIM.c.vanished_in.is_(None)).order_by(*_IN_ARTICLE).limit(limit)
        # What is damaged is told by whoever reads the whole claim.
        return tuple(ClaimInBrief(*one) for one in self.database.rows(wanted) if isinstance(one.words, str))

    @override
    def count(self, query: ClaimQuery, now: datetime) -> int:
        counted = sa.select(sa.func.count()).select_from(CLAIM).where(*_conditions(query, now))
        return int(self.database.rows(counted)[0][0])

    @override
    def numbers_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        found = sa.select(CLAIM.c.id).where(*_conditions(query, now)).order_by(CLAIM.c.id)
        return tuple(row.id for row in self.database.rows(found))

    @override
    def articles_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        found = sa.select(CLAIM.c.article_id).where(*_conditions(query, now)).distinct().order_by(CLAIM.c.article_id)
        told = self.database.each(self.database.rows(found), partial(rows.sound, "claim"), "{0} of claims".format)
        return tuple(row.article_id for row in told)

    @override
    def lease_next(
        self,
        reviewer: str,
        now: datetime,
        until: datetime,
        count: int = 1,
        stages: Sequence[Stage] = (Stage.FIRST,),
        among: ClaimQuery | None = None,
    ) -> tuple[int, ...]:
        wanted = {"reviewer": reviewer, "now": now, "until": until, "most": count}
        with self.database.writing() as connection:
            roles = roles_of(connection, reviewer) if self.has_roles else None
            allowed = stages_open_to(reviewer, roles, stages)
            taken: list[int] = []
            for stage in allowed if len(allowed) == 1 else _with_claims(connection, allowed):
                statement = lease_statement(stage) if among is None else _leasing(stage, tuple(_conditions(among, now)))
                taken = sorted(connection.execute(statement, wanted).scalars())  # a server tells them in any order
                details = {"until": until.isoformat(), "role": stage.role.value}
                leased = (Event(0, now, reviewer, Act.LEASED.value, one, details=details) for one in taken)
                if taken:
                    add_events(connection, *leased)
                    break
        return tuple(taken)

    @override
    def waiting_for(self, reviewer: str, now: datetime, among: ClaimQuery | None = None) -> dict[Stage, int]:
        with self.database.reading() as connection:
            roles = roles_of(connection, reviewer) if self.has_roles else frozenset(Role)
            counted = sa.select(sa.func.count()).select_from(CLAIM).where(*_conditions(among or ClaimQuery(), now))
            return {
                stage: connection.scalar(counted.where(has_status(stage.waiting, now), *_allowed(stage, reviewer))) or 0
                if role_for(stage) in roles
                else 0
                for stage in Stage
            }

    @override
    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        with self.database.reading() as connection:
            return scale_of(connection, scale_id, version)

    @override
    def names_beside(self, name: str) -> tuple[str, ...]:
        if name in self._known or self.database.rows(_IS_KNOWN, {"name": name})[0][0]:
            self._known.add(name)
            return ()
        with self.database.reading() as connection:
            acted = sa.select(EVENT.c.actor).where(EVENT.c.actor.is_not(None)).distinct()
            return tuple(sorted({*connection.scalars(acted), *connection.scalars(sa.select(PERSON.c.name))}))

    @override
    def draft(self, claim_id: int, reviewer: str) -> Draft | None:
        mine = DRAFT.c.claim_id == claim_id, DRAFT.c.reviewer == reviewer
        return next(map(_draft, self.database.rows(sa.select(DRAFT).where(*mine))), None)

    @override
    def history(self, reviewer: str, now: datetime, limit: int = 10) -> tuple[PastDecision, ...]:
        with self.database.reading() as connection:
            done = standing_decisions(connection, reviewer, limit)
            found = rows_by_ids(connection, (one.claim_id or 0 for one in done))
        claims = {one.id: one.at(now).seen_by(reviewer) for one in self._each(found)}
        return tuple(
            PastDecision(one.at, Act(one.action), claims[one.claim_id or 0]) for one in done if one.claim_id in claims
        )

    @override
    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        with self.database.reading() as connection:
            return standing_decisions(connection, reviewer, limit)

    @override
    def events_since(self, event: Event) -> tuple[Event, ...]:
        with self.database.reading() as connection:
            return events_since(connection, event)

    @override
    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        return tuple(row.id for row in self.database.rows(_held(), {"reviewer": reviewer, "now": now}))

    @override
    def counts(self, now: datetime) -> QueueCounts:
        live = _is_leased(now)
        many = sa.select(CLAIM.c.status, live.label("is_live"), sa.func.count(), sa.func.min(CLAIM.c.leased_until))
        here: Counter[ClaimStatus] = Counter()
        ends: dict[datetime, int] = {}
        found = self.database.rows(many.group_by(CLAIM.c.status, live))
        told = self.database.each(found, partial(rows.sound, "claim"), lambda _: "the claims of one status")
        for status, is_live, number, next_back in told:
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
        found = [(row.label, row.many) for row in self.database.rows(_HOLDING_LABELS)]
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    @override
    def snapshot(self, sha256: str) -> Snapshot | None:
        with self.database.reading() as connection:
            return snapshots.kept(connection, sha256)

    @override
    def read_for(self, claim_id: int) -> ArticleRead:
        with self.database.reading() as connection:
            return read_for(connection, claim_id)

    def _each(self, found: Iterable[tuple[Any, ...]]) -> Iterator[QueuedClaim]:
        """The claims of rows and of those about each."""
        return self.database.each(found, lambda one: rows.queued_claim(*one), lambda one: f"claim {one[0].id}")

    @override
    @contextmanager
    def changing(self) -> Iterator[SqlQueueChange]:
        with self.database.writing() as connection:
            yield SqlQueueChange(connection, has_roles=self.has_roles)


def _with_claims(connection: sa.Connection, stages: Sequence[Stage]) -> list[Stage]:
    """Those of the stages that any claim is in: to plan a lease takes a server longer than to see that none is."""
    found = connection.execute(_firsts(tuple(stages))).one()
    pairs = zip(found[::2], found[1::2], strict=True)
    return [one for one, pair in zip(stages, pairs, strict=True) if pair != (None, None)]


@cache
def _firsts(stages: tuple[Stage, ...]) -> sa.Select[Any]:
    """The first claim of each stage that waits, and that is held."""
    # The first in the queue's order, and not whether there is any: a server that knows no statistics yet would read on
    # through the whole table for one that it takes to be common.
    return sa.select(
        *(
            sa.select(CLAIM.c.id).where(CLAIM.c.status == status).order_by(*BEST_FIRST).limit(1).scalar_subquery()
            for stage in stages
            for status in (stage.waiting, stage.held)
        )
    )


def _draft(row: rows.AnyRow) -> Draft:
    with rows.damage_told("draft", row):
        return rows.of_row(Draft, row)


@cache
def lease_statement(stage: Stage = Stage.FIRST) -> Any:  # noqa: ANN401 - typed by RETURNING
    """Lease up to `most` claims that wait for a reading: fresh ones and those whose lease ran out.

    The reader's own tasks come first, then what is due, then the claims most worth checking. Its parameters are
    `reviewer`, `now`, `until` and `most`. It is built once: building it takes longer than running it.
    """
    return _leasing(stage, ())


def _leasing(stage: Stage, among: tuple[sa.ColumnElement[bool], ...]) -> Any:  # noqa: ANN401 - typed by RETURNING
    """The statement for claims that fulfil the conditions `among`."""
    most, reviewer = sa.bindparam("most", type_=sa.Integer), sa.bindparam("reviewer", type_=sa.String)
    allowed = *_allowed(stage, reviewer), *among

    def best(turn: int, *conditions: sa.ColumnElement[bool]) -> Any:  # noqa: ANN401 - a subquery of a union
        columns = CLAIM.c.id, CLAIM.c.skips, CLAIM.c.check_worthiness, CLAIM.c.due_on, sa.literal(turn).label("turn")
        first = sa.select(*columns).where(*conditions, *allowed).limit(most)
        first = first.order_by(*BEST_FIRST) if turn == _REST else first.order_by(_no_day(CLAIM), CLAIM.c.due_on)
        return sa.select(first.with_for_update(skip_locked=True).subquery())

    waiting = CLAIM.c.status == stage.waiting
    expired = sa.and_(CLAIM.c.status == stage.held, CLAIM.c.leased_until <= sa.bindparam("now"))
    # Each in a query of its own, which an index serves; a claim that is found twice is leased once.
    own = [best(_OWN, one, CLAIM.c.assigned_to == reviewer) for one in (waiting, expired)]
    due = [best(_DUE, one, CLAIM.c.due_on.is_not(None)) for one in (waiting, expired)]
    free = sa.union_all(*own, *due, best(_REST, waiting), best(_REST, expired)).subquery()
    turn = sa.select(
        free.c.id, sa.func.min(free.c.turn).label("turn"), free.c.due_on, free.c.skips, free.c.check_worthiness
    )
    turns = turn.group_by(free.c.id, free.c.due_on, free.c.skips, free.c.check_worthiness).subquery()
    order = turns.c.turn, _no_day(turns), turns.c.due_on, turns.c.skips, turns.c.check_worthiness.desc(), turns.c.id
    chosen = sa.select(turns.c.id).order_by(*order).limit(most)
    until = sa.bindparam("until", type_=CLAIM.c.leased_until.type)
    return (
        sa.update(CLAIM)
        .where(CLAIM.c.id.in_(chosen.scalar_subquery()))
        .values(status=stage.held, leased_by=sa.bindparam("reviewer"), leased_until=until)
        .returning(CLAIM.c.id)
    )


def _allowed(stage: Stage, reviewer: str | sa.ColumnElement[Any]) -> Iterator[sa.ColumnElement[bool]]:
    """What keeps a waiting claim from this reader: it vanished from its article, they have read it, it is another's."""
    yield CLAIM.c.vanished_in.is_(None) if stage is Stage.FIRST else ~has_read(reviewer)
    # Who has read the claim has done that task: the next reading is for somebody else.
    done = [] if stage is Stage.FIRST else [has_read(CLAIM.c.assigned_to)]
    yield sa.or_(CLAIM.c.assigned_to.is_(None), CLAIM.c.assigned_to == reviewer, *done)


def _no_day(claims: sa.FromClause) -> sa.ColumnElement[bool]:
    # Databases differ on where NULL sorts.
    return claims.c.due_on.is_(None)


def _conditions(query: ClaimQuery, now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    if query.article_id is not None:
        yield stands_in(query.article_id)
    if query.number is not None:
        yield rows.is_number(CLAIM.c.id, query.number)
    words = (CLAIM.c.editorial, query.editorial), (CLAIM.c.assigned_to, query.assigned_to)
    yield from (column == word for column, word in words if word is not None)
    for word in query.words:
        yield sa.or_(*(_holds(one, word) for one in (CLAIM.c.text, CLAIM.c.quote, CLAIM.c.amended_text)))
    asked = (
        (query.changed, sa.and_(CLAIM.c.changed_in.is_not(None), CLAIM.c.editorial.not_in(UNSIGNED))),
        (query.settled, CLAIM.c.status.in_(SETTLED)),
        (query.signed_off, IS_SIGNED_OFF),
        (query.held, _is_leased(now)),
    )
    yield from (condition for is_asked, condition in asked if is_asked)
    if query.flagged:
        # The flag of somebody whose reading is hidden is hidden too.
        is_hidden = sa.and_(CLAIM.c.status.in_(Stage.SECOND.states), has_read(CLAIM_FLAG.c.reviewer))
        yield sa.exists().where(CLAIM_FLAG.c.claim_id == CLAIM.c.id, sa.not_(is_hidden))
    if query.status:
        yield has_status(query.status, now)


def _holds(column: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """Whether the word stands in a column, in whatever case; a number has none, and nothing is folded for it."""
    if word.lower() == word.upper():
        return column.contains(word, autoescape=True)
    return column.icontains(word, autoescape=True)


@cache
def _held() -> sa.Select[Any]:
    """The claims that a `reviewer` holds `now`."""
    is_leased = _is_leased(sa.bindparam("now", type_=CLAIM.c.leased_until.type))
    return sa.select(CLAIM.c.id).where(is_leased, CLAIM.c.leased_by == sa.bindparam("reviewer")).order_by(CLAIM.c.id)


def _is_leased(now: datetime | sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(CLAIM.c.status.in_([stage.held for stage in Stage]), CLAIM.c.leased_until > now)
