"""Reads what the desk's figures are made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select
from typing_extensions import override

from factcheck.domain.rating import RatingScale
from factcheck.domain.states import Act, Stage
from factcheck.domain.statistics import GivenVerdict
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.tables import CLAIM, EVENT, RUN, SCALE, VERDICT
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
        # Timed from the reader's last lease of the claim before the verdict.
        timed = (
            select(VERDICT.c.id, VERDICT.c.decided_at, func.max(EVENT.c.at).label("leased_at"))
            .join(EVENT, _LEASED)
            .group_by(VERDICT.c.id, VERDICT.c.decided_at)
        )
        with self.database.reading() as connection:
            found = connection.execute(select(VERDICT).where(kept).order_by(VERDICT.c.id)).all()
            leases = connection.execute(timed.where(VERDICT.c.id.in_([row.id for row in found[-_TIMED:]])))
            seconds = {row.id: (row.decided_at - row.leased_at).total_seconds() for row in leases}
        return tuple(
            rows.of_row(GivenVerdict, row, scale=(row.scale, row.scale_version), seconds=seconds.get(row.id))
            for row in found
        )

    @override
    def scales(self) -> tuple[RatingScale, ...]:
        return tuple(map(rows.scale, self.database.rows(select(SCALE).order_by(SCALE.c.id, SCALE.c.version))))

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
        return [(now - row.queued_at, row.many) for row in self.database.rows(query)]


def scale_of(connection: Connection, scale_id: str, version: int) -> RatingScale | None:
    """The scale as it was when the first verdict was given on it; None if there was none."""
    row = connection.execute(select(SCALE).where(SCALE.c.id == scale_id, SCALE.c.version == version)).first()
    return None if row is None else rows.scale(row)
