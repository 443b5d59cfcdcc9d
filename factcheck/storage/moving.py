"""A desk copied whole from one database to another, of either kind.

While it is under way the copy is no desk yet: its schema's name says so, every version of the program refuses it, and
the same copy goes on where it stopped, as long as nothing has happened at the source. The log of the source is verified
first. At the end, while nobody may open the copy, its rows are counted, known claims indexed by its own means, and its
log verified up to the last hash of the source; the same transaction makes it a desk.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table
from sqlmodel import SQLModel

from factcheck.domain.moving import MovedDesk
from factcheck.errors import (
    ArchivedDeskError,
    BrokenRowError,
    DeskExistsError,
    OvertakenCopyError,
    UnfinishedCopyError,
)
from factcheck.storage import every_table, known_index, rows
from factcheck.storage.article_tables import ARTICLE_SOURCE, CLAIM_PLACE
from factcheck.storage.database import HALF_COPIED, SCHEMA_REVISIONS, Database
from factcheck.storage.events import verified
from factcheck.storage.known_tables import KNOWN_SOURCE
from factcheck.storage.lookup_tables import LOOKUP_PAGE
from factcheck.storage.tables import (
    ARTICLE,
    CLAIM,
    CLAIM_FLAG,
    CLAIM_NOTE,
    CORRECTION,
    EDITORIAL_ACT,
    EVENT,
    EVENT_HEAD,
    EVIDENCE,
    EVIDENCE_CHECK,
    RUN,
    RUN_CLAIM,
    RUN_SENTENCE,
    SENTENCE,
    SNAPSHOT,
    VERDICT,
)

_FILLED_BY = every_table  # importing them fills the metadata
_CHUNK = 1_000
_WITH_PAGES = SNAPSHOT, LOOKUP_PAGE
_PAGES = 20
"""So many rows of those at once: one may have megabytes."""
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
_OF_HEAD = 12
"""So many hex digits of the source's last hash stand in the mark of a copy; the column holds 32 characters."""
STAYING = frozenset(
    (
        ARTICLE, ARTICLE_SOURCE, SENTENCE, RUN, RUN_SENTENCE, RUN_CLAIM, CLAIM, CLAIM_PLACE, CLAIM_NOTE, CLAIM_FLAG,
        VERDICT, EDITORIAL_ACT, CORRECTION, EVIDENCE, EVIDENCE_CHECK, SNAPSHOT, EVENT,
    )
)  # fmt: skip
"""Tables in which nothing changes without an event: as long as the log is the same, what was copied of them holds."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to, and the mark under which this copy goes on there: another copy puts its own in its place."""

    engine: Engine
    location: str
    mark: str

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction on what is still half of this copy. Raises OvertakenCopyError if it is another's by now."""
        with self.engine.begin() as connection:
            if connection.scalar(sa.select(_VERSION.c.version_num)) != self.mark:
                message = f"another copy to {self.location!r} was begun since, in the place of this one"
                raise OvertakenCopyError(message)
            yield connection


def copy_desk(source: Database, target: Database) -> MovedDesk:
    """Copy a desk, as it is at one moment, into a database that holds none.

    Raises DeskExistsError where a desk stands, UnfinishedCopyError where half of another copy does, OvertakenCopyError
    where another copy was begun meanwhile, BrokenRowError for a row that cannot be read, and ArchivedDeskError if
    either log is not whole or the two differ.
    """
    with source.reading() as reading:
        head = _head_of(reading)
        _ensure_whole(reading, source.location)
        with target.being_copied() as engine:
            begun = f"{HALF_COPIED}{SCHEMA_REVISIONS[-1]}{head.hash[:_OF_HEAD]}"
            to = _Target(engine, target.location, begun + token_hex(4))
            _make_ready(reading, to, begun)
            for table in _tables():
                _copy_table(reading, to, table)
            counted = {table.name: _count(reading, table) for table in _tables()}
            with to.writing() as connection:
                _ensure_same(connection, counted, to.location)
                _number_on(connection)
                known_index.rebuild(connection)
                connection.execute(sa.update(EVENT_HEAD).values(event_id=head.event_id, hash=head.hash))
                _ensure_whole(connection, to.location)
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.text("ANALYZE"))  # else the next claim of a large desk takes seconds at first
                connection.execute(sa.update(_VERSION).values(version_num=SCHEMA_REVISIONS[-1]))
    return MovedDesk(counted, head.event_id, head.hash)


def _ensure_whole(connection: Connection, location: str) -> None:
    found = verified(connection)
    if not found.is_whole:
        told = found.reason or (found.proof and next(map(str, found.proof.differences), None))
        raise ArchivedDeskError(f"the log of {location!r} is not whole: {told}")


def _make_ready(reading: Connection, to: _Target, begun: str) -> None:
    """Mark an empty desk as half copied by this copy, or half of the very same, whose changing rows are taken out."""
    with to.engine.begin() as connection:
        version = str(connection.scalar(sa.select(_VERSION.c.version_num)))
        if version.startswith(begun):
            _take_out_what_changes(reading, connection)
        elif version != SCHEMA_REVISIONS[-1]:
            message = f"half a copy stands at {to.location!r}, of a desk that has changed since, or by another version"
            raise UnfinishedCopyError(message)
        elif _head_of(connection).event_id or any(_count(connection, one) for one in (ARTICLE, KNOWN_SOURCE)):
            raise DeskExistsError(f"a desk stands at {to.location!r} already")
        connection.execute(sa.update(_VERSION).values(version_num=to.mark))


def _take_out_what_changes(reading: Connection, connection: Connection) -> None:
    """Empty the tables whose rows may be others by now, though the log is the same; until when a run lives is one."""
    for table in reversed(_tables()):
        if table not in STAYING:
            connection.execute(sa.delete(table))
    for run in reading.execute(sa.select(RUN.c.id, RUN.c.alive_until).where(RUN.c.ended_at.is_(None))):
        connection.execute(sa.update(RUN).where(RUN.c.id == run.id).values(alive_until=run.alive_until))


def _tables() -> Sequence[Table]:
    return [one for one in SQLModel.metadata.sorted_tables if one is not EVENT_HEAD]


def _copy_table(reading: Connection, to: _Target, table: Table) -> None:
    with to.writing() as connection:
        wanted = _missing(connection, table)
    size = _PAGES if table in _WITH_PAGES else _CHUNK
    for chunk in _chunks(reading, wanted, table, size):
        with to.writing() as connection:
            connection.execute(sa.insert(table), chunk)


def _chunks(
    reading: Connection, wanted: tuple[sa.Select[Any], Collection[Any]], table: Table, size: int
) -> Iterator[list[dict[str, Any]]]:
    query, standing = wanted
    found = reading.execute(query, execution_options={"yield_per": size})
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


def _ensure_same(connection: Connection, counted: dict[str, int], location: str) -> None:
    for table in _tables():
        found = _count(connection, table)
        if found != counted[table.name]:
            message = f"{found} rows of {table.name!r} stand in {location!r}, of {counted[table.name]}"
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
