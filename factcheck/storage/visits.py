"""Visits: what became of the addresses that listings named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from typing_extensions import override

from factcheck.domain.listing import Listed, Visit
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.tables import ARTICLE
from factcheck.storage.visit_table import VISIT
from factcheck.workflow.listing_ports import Visits

_AT_ONCE = 400  # values in a query


@dataclass
class SqlVisits(Visits):
    """Serves the Visits port from a database."""

    database: Database

    @override
    def known(self, listed: Iterable[Listed]) -> Mapping[str, Visit]:
        if self.database.is_missing:  # looking makes no database file
            return {}
        wanted = tuple(listed)
        found: dict[str, Visit] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            named = ARTICLE.c.url.in_([one.address for one in some])
            keys = {one.address: one.key for one in some}
            for row in self.database.rows(select(ARTICLE.c.id, ARTICLE.c.url, ARTICLE.c.retrieved_at).where(named)):
                key = keys[row.url]
                found[key] = Visit(key, row.url, row.retrieved_at, row.id)
            query = select(VISIT).where(VISIT.c.key.in_([one.key for one in some]))
            found |= {one.key: one for one in map(_visit, self.database.rows(query))}
        return found

    @override
    def note(self, visit: Visit) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(VISIT).where(VISIT.c.key == visit.key))
            connection.execute(insert(VISIT).values(rows.columns_of(visit)))

    @override
    def unread(self) -> tuple[Visit, ...]:
        failed = VISIT.c.failure.is_not(None)
        return tuple(map(_visit, self.database.rows(select(VISIT).where(failed).order_by(VISIT.c.at, VISIT.c.key))))


def _visit(row: rows.AnyRow) -> Visit:
    with rows.damage_told("visit", row):
        return rows.of_row(Visit, row)
