"""A desk copied whole from one database to another, of either kind.

While it is under way the copy is no desk yet: its schema's name says so, every version of the program refuses it, and
the same copy goes on where it stopped, as long as nothing has happened at the source. At the end the logs of both are
verified, their rows counted, and known claims indexed by the target's own means.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table
from sqlmodel import SQLModel

from factcheck.domain.moving import MovedDesk
from factcheck.errors import ArchivedDeskError, BrokenRowError, DeskExistsError, UnfinishedCopyError
from factcheck.storage import every_table, known_index, rows
from factcheck.storage.database import HALF_COPIED, SCHEMA_REVISIONS, Database
from factcheck.storage.events import SqlLog
from factcheck.storage.known_tables import KNOWN_SOURCE
from factcheck.storage.lookup_tables import LOOKUP_PAGE
from factcheck.storage.tables import ARTICLE, EVENT_HEAD, SNAPSHOT

_FILLED_BY = every_table  # importing them fills the metadata
_CHUNK = 1_000
_WITH_PAGES = SNAPSHOT, LOOKUP_PAGE
_PAGES = 20
"""So many rows of those at once: one may have megabytes."""
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


def copy_desk(source: Database, target: Database) -> MovedDesk:
    """Copy a desk, as it is at one moment, into a database that holds none.

    Raises DeskExistsError where a desk stands, UnfinishedCopyError where half of another copy does, BrokenRowError for
    a row that cannot be read, and ArchivedDeskError if either log is not whole or the two differ.
    """
    with source.reading() as reading:
        head = _head_of(reading)
        mark = f"{HALF_COPIED}{head.hash[: 32 - len(HALF_COPIED)]}"
        with target.being_copied() as engine:
            _make_ready(engine, target, mark)
            for table in _tables():
                _copy_table(reading, engine, table)
            counted = {table.name: _count(reading, table) for table in _tables()}
            with engine.begin() as connection:
                _ensure_same(connection, counted, target)
                _number_on(connection)
                known_index.rebuild(connection)
                connection.execute(sa.update(EVENT_HEAD).values(event_id=head.event_id, hash=head.hash))
                connection.execute(sa.update(_VERSION).values(version_num=SCHEMA_REVISIONS[-1]))
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.text("ANALYZE"))  # else the next claim of a large desk takes seconds at first
    for one in (source, target):
        found = SqlLog(one).verify()
        if not found.is_whole:
            raise ArchivedDeskError(
                f"the log of {one.location!r} is not whole: {found.reason or 'rows differ from it'}"
            )
    return MovedDesk(counted, head.event_id, head.hash)


def _make_ready(engine: Engine, target: Database, mark: str) -> None:
    """Mark an empty desk as half copied, unless it is half of this very copy already."""
    with engine.begin() as connection:
        version = connection.scalar(sa.select(_VERSION.c.version_num))
        if version == mark:
            return
        if version != SCHEMA_REVISIONS[-1]:
            message = f"half a copy stands at {target.location!r}, of a desk that has changed since"
            raise UnfinishedCopyError(message)
        if _head_of(connection).event_id or any(_count(connection, one) for one in (ARTICLE, KNOWN_SOURCE)):
            raise DeskExistsError(f"a desk stands at {target.location!r} already")
        connection.execute(sa.update(_VERSION).values(version_num=mark))


def _tables() -> Sequence[Table]:
    return [one for one in SQLModel.metadata.sorted_tables if one is not EVENT_HEAD]


def _copy_table(reading: Connection, engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        wanted = _missing(connection, table)
    size = _PAGES if table in _WITH_PAGES else _CHUNK
    for chunk in _chunks(reading, wanted, table, size):
        with engine.begin() as connection:
            connection.execute(sa.insert(table), chunk)


def _chunks(
    reading: Connection, wanted: tuple[sa.Select[Any], Collection[Any]], table: Table, size: int
) -> Iterator[list[dict[str, Any]]]:
    query, standing = wanted
    found = reading.execution_options(yield_per=size).execute(query)
    keys = [one.name for one in table.primary_key]
    with closing(found):
        for part in found.partitions():
            found_here = (rows.sound(table.name, one) for one in part)
            read = [dict(one._mapping) for one in found_here]  # noqa: SLF001 - public: SQLAlchemy's own name for it
            fresh = [row for row in read if not standing or tuple(row[key] for key in keys) not in standing]
            if fresh:
                yield fresh


def _missing(connection: Connection, table: Table) -> tuple[sa.Select[Any], Collection[Any]]:
    """What selects the rows that the target lacks: by number where rows have one, else beside the keys it holds.

    Databases order words differently, but numbers alike.
    """
    keys = list(table.primary_key)
    query = sa.select(table)
    if not all(isinstance(one.type, sa.Integer) for one in keys):
        return query, {tuple(row) for row in connection.execute(sa.select(*keys))}
    last = connection.execute(sa.select(*keys).order_by(*(one.desc() for one in keys)).limit(1)).first()
    if last is not None:
        query = query.where(sa.tuple_(*keys) > sa.tuple_(*map(sa.literal, last)))
    return query.order_by(*keys), ()


def _ensure_same(connection: Connection, counted: dict[str, int], target: Database) -> None:
    for table in _tables():
        found = _count(connection, table)
        if found != counted[table.name]:
            message = f"{found} rows of {table.name!r} stand in {target.location!r}, of {counted[table.name]}"
            raise ArchivedDeskError(message)


def _number_on(connection: Connection) -> None:
    """Let the target number its next rows behind those that were copied."""
    if connection.dialect.name != "postgresql":
        return  # SQLite looks for the last number itself
    for table in _tables():
        if "id" in table.c and isinstance(table.c.id.type, sa.Integer):
            last = connection.scalar(sa.select(sa.func.max(table.c.id)))
            if last is not None:
                connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), last)))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def _head_of(connection: Connection) -> Any:  # noqa: ANN401 - a row of two columns
    found = connection.execute(sa.select(EVENT_HEAD.c.event_id, EVENT_HEAD.c.hash)).first()
    if found is None:
        raise BrokenRowError("the table 'event_head' has lost its row")
    return found
