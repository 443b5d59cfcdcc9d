"""The people of the desk: names with roles."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, select
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.desk import Person
from factcheck.domain.states import Role
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.event_writer import add_events
from factcheck.storage.tables import PersonRow
from factcheck.workflow.ports import People

_person: Table = PersonRow.__table__  # type: ignore[attr-defined]


class SqlPeople(People):
    """Serves the People port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def everybody(self) -> tuple[Person, ...]:
        with self._database.reading() as connection:
            return tuple(_of(row) for row in connection.execute(select(_person).order_by(_person.c.name)))

    @override
    def set_roles(self, name: str, roles: Collection[Role], now: datetime, by: str | None) -> Person:
        with self._database.writing() as connection:
            before = connection.execute(select(_person).where(_person.c.name == name)).first()
            added_at = before.added_at if before else now
            ordered = tuple(role for role in Role if role in roles)
            connection.execute(delete(_person).where(_person.c.name == name))
            connection.execute(insert(_person).values(name=name, roles=ordered, added_at=added_at))
            details = {"name": name, "was": before.roles if before else None, "now": list(ordered)}
            add_events(connection, Event(0, now, by, "person_set", details=details))
        return Person(name, ordered, added_at)


def roles_of(connection: Connection, name: str) -> frozenset[Role]:
    """The roles of a name; somebody unknown has none."""
    row = connection.execute(select(_person).where(_person.c.name == name)).first()
    return frozenset(_of(row).roles) if row else frozenset()


def _of(row: rows.AnyRow) -> Person:
    return rows.of_row(Person, row, roles=tuple(map(Role, row.roles)))
