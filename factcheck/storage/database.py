"""Opens the database: transactions, migrations, and errors that say what to do."""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from factcheck.errors import DatabaseError, DatabaseLocationError, NewerDatabaseError, UnusableDatabaseError

SCHEMA_REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0011")
"""Every revision this version knows, oldest first; the last is the schema of the tables."""

_BUSY_SECONDS = 30
_WAL_RETRY_SECONDS = 0.01
_IN_MEMORY = (None, "", ":memory:")
_WRITES = "writes"


class Database:
    """One database, opened at its first use, brought up to date if it is behind.

    `location` is what to call it in front of people: a URL's password is hidden.
    """

    def __init__(self, location: str) -> None:
        self._url = _url(location)
        self.location = self._url.render_as_string() if "://" in location else location
        self._engine: Engine | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the database is a file that has not been made yet."""
        return self._url.get_backend_name() == "sqlite" and not Path(self._url.database or "").exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._errors_told(), self._open().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that owns the write lock from its start, committed at the end."""
        with self._errors_told(), self._open().connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def rows(self, query: Executable) -> Sequence[Any]:
        """What a query finds, in a transaction of its own."""
        with self.reading() as connection:
            return connection.execute(query).all()

    def close(self) -> None:
        """Give every connection back."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        if self._engine is None:
            engine = create_engine(self._url)
            event.listen(engine, "begin", _begin)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _configure_sqlite)
            _bring_up_to_date(engine, self.location)
            self._engine = engine
        return self._engine

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = " ".join(str(error.orig).split())
            for sign, (kind, remedy) in _REMEDIES.items():
                if sign in reason:
                    raise kind(f"the database {self.location!r} cannot be used: {reason}; {remedy}") from error
            raise DatabaseLocationError(f"the database {self.location!r} failed: {reason}") from error
        except json.JSONDecodeError as error:
            message = f"the database {self.location!r} holds a row that cannot be read: {error}; restore a copy of it"
            raise DatabaseError(message) from error
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            message = f"the database {self.location!r} needs a driver: {error}; install it"
            raise UnusableDatabaseError(message) from error


def _url(location: str) -> URL:
    try:
        url = make_url(location) if "://" in location else URL.create("sqlite", database=location)
    except (ArgumentError, ValueError) as error:
        message = f"{location!r} is neither a file, such as ./factcheck.db, nor a database URL"
        raise DatabaseLocationError(message) from error
    if url.get_backend_name() == "sqlite" and url.database in _IN_MEMORY:
        message = f"{location!r} is a database in memory, which keeps nothing, and not a file such as ./factcheck.db"
        raise DatabaseLocationError(message)
    return url


def _configure_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Let SQLAlchemy begin transactions itself; readers never wait for a writer (WAL).

    SQLite's own `lower` knows ASCII only; a search has to find `Öl` and `ÖL` alike.
    """
    connection.isolation_level = None
    connection.create_function("lower", 1, lambda words: words and words.lower(), deterministic=True)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _turn_wal_on(connection)


def _turn_wal_on(connection: sqlite3.Connection) -> None:
    """Turn it on unless it is on; SQLite refuses at once, without its busy timeout, while another does the same."""
    give_up = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() == ("delete",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(_WAL_RETRY_SECONDS)


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, location: str) -> None:
    with engine.connect() as connection:
        is_new = not inspect(connection).has_table("alembic_version")
        found = None if is_new else connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found == SCHEMA_REVISIONS[-1]:
        return
    if found is not None and found not in SCHEMA_REVISIONS:
        message = f"the database {location!r} has schema {found!r}, newer than this version's {SCHEMA_REVISIONS[-1]!r}"
        raise NewerDatabaseError(message)
    from factcheck.storage.migrate import upgrade  # noqa: PLC0415 - Alembic loads only where it is needed

    writing = engine.connect().execution_options(**{_WRITES: True})
    with writing as connection, _references_unchecked(connection), connection.begin():
        upgrade(connection)


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by making the table anew, which would break references to it for a moment.

    The switch does nothing inside a transaction, so that it stands around it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101 - the connection is open
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


_REMEDIES: dict[str, tuple[type[DatabaseError], str]] = {
    "readonly": (UnusableDatabaseError, "make the file and its folder writable"),
    "unable to open": (UnusableDatabaseError, "check that the folder exists and may be written to"),
    "not a database": (UnusableDatabaseError, "move the file away, it is something else"),
    "locked": (DatabaseError, "another process has written for too long; try again"),
    "disk is full": (DatabaseError, "free some space, then try again"),
}
