"""Opens the database: transactions, migrations, and errors that say what to do.

What only reads creates and changes nothing, not even SQLite's way of keeping its journal; what writes brings a file of
an older schema up to date first. A server's desk, which others use meanwhile, gets a newer schema by `bring_up_to_date`
alone.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection, Engine, Executable, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from factcheck.errors import (
    BrokenRowError,
    DatabaseError,
    DatabaseLocationError,
    DeskExistsError,
    FileDeskError,
    ForeignDatabaseError,
    HalfCopiedError,
    MissingDriverError,
    MissingRightsError,
    MovedFileError,
    NewerDatabaseError,
    NoDeskError,
    OlderDatabaseError,
    UnfinishedCopyError,
    UnusableDatabaseError,
)
from factcheck.storage import postgresql, sqlite_files

SCHEMA_REVISIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014",
    "0015", "0016", "0017", "0018", "0019", "0020", "0021", "0022", "0023", "0024", "0025", "0026", "0027", "0028",
    "0029", "0030", "0031",
)  # fmt: skip
"""Every revision this version knows, oldest first; the last is the schema of the tables."""

T = TypeVar("T")

Damaged = Callable[[str, BrokenRowError], None]
"""Hears what cannot be made of a damaged row, such as `claim 3`, and why; it may raise that."""

HALF_COPIED = "copying "
"""What the name of a schema begins with while a desk is copied there."""

_IN_MEMORY = (None, "", ":memory:")
_WRITES, _ALONE = "writes", "alone"
_VERSION_TABLE = "alembic_version"
_FIRST_TABLES = frozenset({"article", "claim", "verdict"})
"""Tables that every desk has, whatever its version: other programs keep an `alembic_version` too."""


class Database:
    """One database, opened at its first use.

    `file` is where it is, None on a server, and `location` what to call it in front of people: no password of a URL
    stands in it, and no query. Where there is no desk yet one is made, unless `creates` is false: that raises
    NoDeskError. Raises ForeignDatabaseError for a database that something else has made. `damaged` hears of damaged
    rows among many, which are left out if it raises nothing.
    """

    def __init__(self, location: str, *, creates: bool = True, damaged: Damaged | None = None) -> None:
        self._url = _url(location)
        self.file = _file(self._url, location)
        self.location = _shown(self._url) if "://" in location else location
        self._creates = creates
        self._damaged: Damaged = damaged or _refused
        self._reader: Engine | None = None
        self._writer: Engine | None = None
        self._copy: TemporaryDirectory[str] | None = None
        self._opened: tuple[int, int] | None = None
        self._moment = threading.local()

    @property
    def is_missing(self) -> bool:
        """Whether the database is a file that has not been made yet."""
        return self.file is not None and sqlite_files.is_empty(self.file)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; within `one_moment`, the one of that moment."""
        held: Connection | None = getattr(self._moment, "connection", None)
        with self._errors_told():
            if held is not None:
                yield held
                return
            with self._open(writes=False).connect() as connection:
                yield connection

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Within it, whatever this thread reads is as it was at one moment, and nothing can be written."""
        with self.reading() as connection:
            self._moment.connection = connection
            try:
                yield
            finally:
                del self._moment.connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that owns the write lock from its start, committed at the end.

        Raises MovedFileError where the file was taken away, or another put in its place: nobody would see what is
        written.
        """
        if hasattr(self._moment, "connection"):
            raise RuntimeError("what is read at one moment does not change: write after it")
        with self._errors_told(), self._open(writes=True).connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                self._require_same_file()
                yield connection

    @property
    def is_served(self) -> bool:
        """Whether it is on a server, so that several machines may work at it."""
        return self._url.get_backend_name() == "postgresql"

    def server_time(self) -> datetime:
        """The moment by the clock of the server that holds the database."""
        with self.reading() as connection:
            moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            return moment

    def driver_arguments(self) -> dict[str, Any]:
        """What the driver of PostgreSQL connects with, for jobs. Raises FileDeskError for a desk in a file."""
        if not self.is_served:
            message = f"a server keeps jobs for workers, PostgreSQL, and the database {self.location!r} is a file"
            raise FileDeskError(message)
        return dict(self._url.get_dialect()().create_connect_args(self._url)[1])

    def bring_up_to_date(self) -> None:
        """Let a desk of an older version have this one's schema; where none stands, make one."""
        with self._errors_told():
            _, revision = self._looked_at()
            self._open_writer(revision)

    @contextmanager
    def being_copied(self) -> Iterator[Engine]:
        """An engine whose transactions write, for a copy that nobody may open until it is whole.

        Raises DeskExistsError for a desk of an older version, which is left as it is.
        """
        with self._errors_told():
            engine = _engine(self._url, writes=True).execution_options(**{_WRITES: True})
            try:
                with suppress(UnfinishedCopyError):
                    revision = None if self.is_missing else _revision(engine, self.location)
                    if revision not in {None, SCHEMA_REVISIONS[-1]}:
                        raise DeskExistsError(f"a desk stands at {self.location!r} already")
                    _bring_up_to_date(engine, revision)
                yield engine
            finally:
                engine.dispose()

    def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """What a query finds, at a moment of its own: alone it needs no transaction, which would be two ways more."""
        with self.reading() as plain:
            return plain.execution_options(**{_ALONE: True}).execute(query, values).all()

    def each(self, found: Iterable[Any], made: Callable[[Any], T], called: Callable[[Any], str]) -> Iterator[T]:
        """What is made of each row; of a damaged one `damaged` hears, with what it is called."""
        for row in found:
            try:
                one = made(row)
            except BrokenRowError as error:
                self._damaged(called(row), error)
            else:
                yield one

    def close(self) -> None:
        """Give every connection back."""
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()
        self._reader = self._writer = None
        if self._copy is not None:
            self._copy.cleanup()
            self._copy = None

    def _open(self, *, writes: bool) -> Engine:
        """What has been opened, or a database that was looked at first: one that is no desk is left as it is."""
        if self._writer is not None:
            return self._writer
        if self._reader is None or writes:
            engine, revision = self._looked_at()
            is_current = revision == SCHEMA_REVISIONS[-1]
            if not (is_current or revision is None or engine.dialect.name == "sqlite"):
                message = f"the desk at {self.location!r} is of an older version, with schema {revision!r}"
                raise OlderDatabaseError(message)
            if writes or revision is None:
                return self._open_writer(revision)
            self._reader = engine if is_current else self._upgraded_copy(engine, revision)
        return self._reader

    def _require_same_file(self) -> None:
        if self.file is not None and sqlite_files.identity(self.file) != self._opened:
            message = f"the database {self.location!r} is no longer the file that was opened; nothing was written to it"
            raise MovedFileError(message)

    def _open_writer(self, revision: str | None) -> Engine:
        self._writer = _engine(self._url, writes=True)
        _bring_up_to_date(self._writer, revision)
        self._opened = sqlite_files.identity(self.file) if self.file is not None else None
        if self._reader is not None:
            self._reader.dispose()  # what writes also reads: a server counts its connections
        return self._writer

    def _looked_at(self) -> tuple[Engine, str | None]:
        """An engine that only reads, and the desk's schema; None where nothing stands yet, and a desk may be made."""
        if self.file is not None:
            sqlite_files.ensure_no_wal_alone(self.file, self.location)
        lacks_wal = self.file is not None and sqlite_files.lacks_its_wal(self.file)
        engine = _engine(sqlite_files.reading_url(self._url), writes=False)
        revision = self._revision(engine)
        if revision is None and lacks_wal and self.file is not None and sqlite_files.is_half_copied(self.file):
            revision = self._revision(engine)  # others may have made it meanwhile, and taken their WAL away
            if revision is None:
                wal = str(sqlite_files.wal_of(self.file))
                message = f"the database {self.location!r} was copied without {wal!r}, where everything stands"
                raise HalfCopiedError(message)
        if revision is None and not self._creates:
            raise NoDeskError(f"there is no desk at {self.location!r}")
        return engine, revision

    def _revision(self, engine: Engine) -> str | None:
        try:
            return None if self.is_missing else _revision(engine, self.location)
        finally:
            engine.dispose()  # SQLite may have put a WAL there itself; the engine opens anew when it is used

    def _upgraded_copy(self, engine: Engine, revision: str) -> Engine:
        """A desk of an older version as it would be in this one, in a file of its own until this is closed."""
        self._copy = TemporaryDirectory(prefix="factcheck-")
        path = Path(self._copy.name) / "desk.db"
        with engine.connect() as connection, closing(sqlite3.connect(path)) as copied:
            sqlite_files.raw(connection).backup(copied)
        engine.dispose()
        upgraded = _engine(URL.create("sqlite", database=str(path)), writes=True)
        _bring_up_to_date(upgraded, revision)
        return upgraded

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            reason = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
            if getattr(getattr(error, "orig", None), "sqlstate", None) == postgresql.MAY_NOT:
                raise MissingRightsError(f"the database {self.location!r} does not allow it: {reason}") from error
            for sign, (kind, remedy) in _REMEDIES.items():
                if sign in reason:
                    raise kind(f"the database {self.location!r} cannot be used: {reason}; {remedy}") from error
            raise DatabaseLocationError(f"the database {self.location!r} failed: {reason}") from error
        except NoSuchModuleError as error:
            raise DatabaseLocationError(f"nothing here speaks to the database {self.location!r}") from error
        except ModuleNotFoundError as error:
            message = f"the database {self.location!r} needs the package {error.name!r}, which is not installed"
            raise MissingDriverError(message) from error


def _refused(_: str, error: BrokenRowError) -> NoReturn:
    raise error


def _file(url: URL, location: str) -> Path | None:
    """The file of a desk. Raises DatabaseLocationError for a name that no file can have, with those beside it."""
    try:
        file = sqlite_files.file_of(url)
        if file is not None and file.name:
            sqlite_files.wal_of(file).exists()
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise DatabaseLocationError(f"the database {location!r} can be no file: {reason}") from error
    if file is not None and url.database and not file.name:
        raise DatabaseLocationError(f"the database {location!r} can be no file: it is a folder")
    return file


def _url(location: str) -> URL:
    try:
        url = make_url(location) if "://" in location else URL.create("sqlite", database=location)
        url = postgresql.with_driver(url)
    except (ArgumentError, ValueError) as error:
        # What cannot be taken apart may hold a password anywhere.
        shown = location if location.startswith("://") else f"{location.partition('://')[0]}://..."
        message = f"{shown!r} is neither a file, such as ./factcheck.db, nor a database URL"
        raise DatabaseLocationError(message) from error
    if url.get_backend_name() == "sqlite" and url.database in _IN_MEMORY:
        message = f"{location!r} is a database in memory, which keeps nothing, and not a file such as ./factcheck.db"
        raise DatabaseLocationError(message)
    return url


def _shown(url: URL) -> str:
    """An address as people may see it; a server's may hold a password in its query, too."""
    return (url if url.get_backend_name() == "sqlite" else url.set(query={})).render_as_string()


def _engine(url: URL, *, writes: bool) -> Engine:
    # A connection that the server has ended meanwhile is known before it is used: 0.04 ms of the 0.37 of a short query.
    engine = create_engine(url, pool_pre_ping=url.get_backend_name() == "postgresql")
    event.listen(engine, "begin", _begin)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", sqlite_files.configure_writer if writes else sqlite_files.configure_reader)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", postgresql.configure)
    return engine


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = bool(options.get(_WRITES))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif connection.dialect.name == "postgresql" and not options.get(_ALONE):
        postgresql.begin(connection, writes=writes)


def _revision(engine: Engine, location: str) -> str | None:
    """The schema of a desk; None where nothing stands. Raises Newer-, Foreign- or UnusableDatabaseError."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        found = None
        if tables >= _FIRST_TABLES | {_VERSION_TABLE}:
            found = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
            if found.startswith(HALF_COPIED):
                raise UnfinishedCopyError(f"the database {location!r} holds half a copy of another")
            if found not in SCHEMA_REVISIONS:
                last = SCHEMA_REVISIONS[-1]
                message = f"the database {location!r} has schema {found!r}, newer than this version's {last!r}"
                raise NewerDatabaseError(message)
            if engine.dialect.name == "sqlite":
                sqlite_files.ensure_nothing_acts(sqlite_files.raw(connection), location)
            return found
    others = tables - {_VERSION_TABLE}
    # The tables of others may stand beside a desk's own on a server, but not under the same names.
    if others and (engine.dialect.name == "sqlite" or _VERSION_TABLE in tables):
        raise ForeignDatabaseError(f"the database {location!r} is no desk: it holds the table {min(others)!r}")
    return None


def _bring_up_to_date(engine: Engine, found: str | None) -> None:
    if found == SCHEMA_REVISIONS[-1]:
        return
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
    raw = sqlite_files.raw(connection)
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
    "lock timeout": (DatabaseError, "another process has written for too long; try again"),
    "too many clients": (DatabaseError, "let others end, or raise max_connections there; try again"),
}
