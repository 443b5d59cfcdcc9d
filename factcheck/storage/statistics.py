"""Reads what the desk's figures are made of."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, and_, func, or_, select
from typing_extensions import override

from factcheck.domain.rating import RatingScale
from factcheck.domain.states import Act, Stage
from factcheck.domain.statistics import GivenVerdict
from factcheck.storage import rows
from factcheck.storage.claims import claim_table, verdict_table
from factcheck.storage.database import Database
from factcheck.storage.event_reader import event_table
from factcheck.storage.scales import kept_scales
from factcheck.storage.tables import RunRow
from factcheck.workflow.ports import Statistics

_run: Table = RunRow.__table__  # type: ignore[attr-defined]

_TIMED = 1_000
"""So many of the last readings are timed; finding their leases takes a look into the event log each."""


class SqlStatistics(Statistics):
    """Serves the Statistics port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def readings(self) -> tuple[GivenVerdict, ...]:
        kept = or_(verdict_table.c.ended_as.is_(None), verdict_table.c.ended_as != "undone")
        with self._database.reading() as connection:
            found = connection.execute(select(verdict_table).where(kept).order_by(verdict_table.c.id)).all()
            seconds = _seconds(connection, [row.id for row in found[-_TIMED:]])
        return tuple(
            rows.of_row(GivenVerdict, row, scale=(row.scale, row.scale_version), seconds=seconds.get(row.id))
            for row in found
        )

    @override
    def scales(self) -> tuple[RatingScale, ...]:
        return kept_scales(self._database)

    @override
    def ages(self, now: datetime) -> list[tuple[timedelta, int]]:
        waiting = claim_table.c.status.in_(Stage.FIRST.states)
        query = (
            select(_run.c.started_at, func.count().label("many"))
            .join(claim_table, claim_table.c.run_id == _run.c.id)
            .where(waiting, claim_table.c.vanished_in.is_(None))
            .group_by(_run.c.id, _run.c.started_at)
            .order_by(_run.c.started_at)
        )
        with self._database.reading() as connection:
            return [(now - row.started_at, row.many) for row in connection.execute(query)]


def _seconds(connection: Connection, verdict_ids: list[int]) -> dict[int, float]:
    """Between the reader's last lease of the claim before the verdict, and the verdict."""
    leased = and_(
        event_table.c.claim_id == verdict_table.c.claim_id,
        event_table.c.actor == verdict_table.c.reviewer,
        event_table.c.action == Act.LEASED,
        event_table.c.at <= verdict_table.c.decided_at,
    )
    query = (
        select(verdict_table.c.id, verdict_table.c.decided_at, func.max(event_table.c.at).label("leased_at"))
        .join(event_table, leased)
        .where(verdict_table.c.id.in_(verdict_ids))
        .group_by(verdict_table.c.id, verdict_table.c.decided_at)
    )
    found = connection.execute(query)
    return {row.id: (row.decided_at - row.leased_at).total_seconds() for row in found}
