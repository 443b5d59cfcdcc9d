"""The people of the desk: names with roles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.desk import Person, require_may_set_roles, require_seen
from factcheck.domain.states import Role
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import add_events
from factcheck.storage.tables import PERSON
from factcheck.workflow.ports import People


@dataclass
class SqlPeople(People):
    """Serves the People port from a database."""

    database: Database

    @override
    def everybody(self) -> tuple[Person, ...]:
        found = self.database.rows(select(PERSON).order_by(PERSON.c.name))
        return tuple(self.database.each(found, _person, "{0.name}".format))

    @override
    def set_roles(
        self,
        name: str,
        roles: Collection[Role],
        now: datetime,
        by: str | None,
        *,
        by_rule: bool = False,
        seen: Collection[Role] | None = None,
    ) -> Person:
        with self.database.writing() as connection:
            before = connection.execute(select(PERSON).where(PERSON.c.name == name)).first()
            if seen is not None:
                require_seen(name, seen, map(Role, before.roles if before else ()))
            added_at = before.added_at if before else now
            ordered = tuple(role for role in Role if role in roles)
            if by_rule:
                require_may_set_roles(by or "", everybody_in(connection), Person(name, ordered, added_at))
            connection.execute(delete(PERSON).where(PERSON.c.name == name))
            connection.execute(insert(PERSON).values(name=name, roles=ordered, added_at=added_at))
            details = {"name": name, "was": before.roles if before else None, "now": list(ordered)}
            add_events(connection, Event(0, now, by, "person_set", details=details))
        return Person(name, ordered, added_at)


def everybody_in(connection: Connection) -> tuple[Person, ...]:
    """Who is at the desk, as a transaction sees it."""
    return tuple(_person(row) for row in connection.execute(select(PERSON)))


def _person(row: rows.AnyRow) -> Person:
    with rows.damage_told("person", row):
        return rows.of_row(Person, row, roles=tuple(map(Role, row.roles)))


def roles_of(connection: Connection, name: str) -> frozenset[Role]:
    """The roles of a name; somebody unknown has none."""
    return frozenset(map(Role, connection.scalar(select(PERSON.c.roles).where(PERSON.c.name == name)) or ()))
