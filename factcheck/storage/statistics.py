"""Reads what the desk's figures are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, or_, select
from typing_extensions import override

from factcheck.domain.rating import RatingScale
from factcheck.domain.states import SETTLED, UNSIGNED, Act, EditorialState, Stage
from factcheck.domain.statistics import GivenVerdict, Step, Tasks, Waiting, as_judged
from factcheck.storage import rows
from factcheck.storage.claims import has_read, has_status
from factcheck.storage.database import Database
from factcheck.storage.tables import ARTICLE, CLAIM, CORRECTION, EDITORIAL_ACT, EVENT, RUN, SCALE, VERDICT
from factcheck.workflow.ports import Statistics

_TIMED = 1_000
"""So many of the last readings are timed; finding their leases takes a look into the event log each."""
_QUEUED_AT = func.coalesce(RUN.c.started_at, CLAIM.c.added_at).label("queued_at")
_LEASED = and_(
    EVENT.c.claim_id == VERDICT.c.claim_id,
    EVENT.c.actor == VERDICT.c.reviewer,
    EVENT.c.action == Act.LEASED,
    EVENT.c.at <= VERDICT.c.decided_at,
)


@dataclass
class SqlStatistics(Statistics):
    """Serves the Statistics port from a database."""

    database: Database

    @override
    def readings(self) -> tuple[GivenVerdict, ...]:
        kept = or_(VERDICT.c.ended_as.is_(None), VERDICT.c.ended_as != "undone")
        typos = select(CORRECTION.c.was_id, CORRECTION.c.now_id).where(CORRECTION.c.is_typo)
        # Timed from the reader's last lease of the claim before the verdict.
        timed = (
            select(VERDICT.c.id, VERDICT.c.decided_at, func.max(EVENT.c.at).label("leased_at"))
            .join(EVENT, _LEASED)
            .group_by(VERDICT.c.id, VERDICT.c.decided_at)
        )
        with self.database.reading() as connection:
            found = connection.execute(select(VERDICT).where(kept).order_by(VERDICT.c.id)).all()
            spelt = {row.now_id: row.was_id for row in connection.execute(typos)}
            leases = connection.execute(timed.where(VERDICT.c.id.in_([row.id for row in found[-_TIMED:]]))).all()
        seconds = {
            row.id: (row.decided_at - row.leased_at).total_seconds()
            for row in self._each(leases, "event", "the time that verdict {0.id} took")
        }

        def made(row: rows.AnyRow) -> tuple[int, GivenVerdict]:
            with rows.damage_told("verdict", row):
                scale = row.scale, row.scale_version
                return row.id, rows.of_row(GivenVerdict, row, scale=scale, seconds=seconds.get(row.id))

        return as_judged(dict(self.database.each(found, made, "verdict {0.id}".format)), spelt)

    @override
    def scales(self) -> tuple[RatingScale, ...]:
        found = self.database.rows(select(SCALE).order_by(SCALE.c.id, SCALE.c.version))
        return tuple(self.database.each(found, rows.scale, "scale {0.id} v{0.version}".format))

    @override
    def ages(self, now: datetime) -> list[tuple[timedelta, int]]:
        query = (
            select(_QUEUED_AT, func.count().label("many"))
            .select_from(CLAIM)
            .outerjoin(RUN, CLAIM.c.run_id == RUN.c.id)
            .where(CLAIM.c.status.in_(Stage.FIRST.states), CLAIM.c.vanished_in.is_(None))
            .group_by(_QUEUED_AT)
            .order_by(_QUEUED_AT)
        )
        found = self._each(self.database.rows(query), "claim", "the age of {0.many} claims")
        return [(now - row.queued_at, row.many) for row in found]

    @override
    def waiting(self, now: datetime) -> dict[Step, Waiting]:
        read_at, signed_at = _last(VERDICT.c.decided_at, VERDICT), _last(EDITORIAL_ACT.c.at, EDITORIAL_ACT)
        changed_at = select(ARTICLE.c.retrieved_at).where(ARTICLE.c.id == CLAIM.c.changed_in).scalar_subquery()
        settled = CLAIM.c.status.in_(SETTLED)
        steps = {
            Step.FIRST_READING: ((has_status(Stage.FIRST.waiting, now), CLAIM.c.vanished_in.is_(None)), _QUEUED_AT),
            Step.SECOND_READING: ((has_status(Stage.SECOND.waiting, now),), read_at),
            Step.ADJUDICATION: ((has_status(Stage.ADJUDICATION.waiting, now),), read_at),
            Step.SIGN_OFF: ((settled, CLAIM.c.editorial == EditorialState.OPEN), read_at),
            Step.PUBLICATION: ((settled, CLAIM.c.editorial == EditorialState.SIGNED_OFF), signed_at),
            Step.RECHECK: ((CLAIM.c.changed_in.is_not(None), CLAIM.c.editorial.not_in(UNSIGNED)), changed_at),
        }
        found: dict[Step, Waiting] = {}

        def waits(row: rows.AnyRow) -> Waiting:
            with rows.damage_told("claim", row):
                return Waiting(row.many, now - row.since)

        with self.database.reading() as connection:
            for step, (conditions, since) in steps.items():
                counted = select(func.count().label("many"), func.min(since).label("since")).select_from(CLAIM)
                counted = counted.outerjoin(RUN, CLAIM.c.run_id == RUN.c.id).where(*conditions)
                some = [row for row in connection.execute(counted) if row.many]
                for one in self.database.each(some, waits, "what {0.many} claims wait for".format):
                    found[step] = one
        return found

    @override
    def tasks(self, day: date) -> tuple[Tasks, ...]:
        person = CLAIM.c.assigned_to
        overdue = func.coalesce(func.sum(case((CLAIM.c.due_on < day, 1), else_=0)), 0)
        query = (
            select(person, func.count(), overdue, func.min(CLAIM.c.due_on))
            .where(
                CLAIM.c.status.in_([status for stage in Stage for status in stage.states]),
                or_(person.is_not(None), CLAIM.c.due_on.is_not(None)),
                or_(person.is_(None), ~has_read(person)),
            )
            .group_by(person)
            .order_by(person.is_(None), person)
        )
        return tuple(Tasks(*row) for row in self._each(self.database.rows(query), "claim", "the tasks of {0[0]}"))

    def _each(self, found: Iterable[rows.AnyRow], table: str, called: str) -> Iterator[rows.AnyRow]:
        """The rows that can be read."""
        return self.database.each(found, partial(rows.sound, table), called.format)


def _last(moment: ColumnElement[datetime], of: FromClause) -> ColumnElement[datetime]:
    """The last such moment of a claim that was not undone."""
    return select(func.max(moment)).where(of.c.claim_id == CLAIM.c.id, of.c.undone_at.is_(None)).scalar_subquery()


def scale_of(connection: Connection, scale_id: str, version: int) -> RatingScale | None:
    """The scale as it was when the first verdict was given on it; None if there was none."""
    row = connection.execute(select(SCALE).where(SCALE.c.id == scale_id, SCALE.c.version == version)).first()
    return None if row is None else rows.scale(row)
