"""Copies of a desk that is a file: made while it is in use, and looked at before one takes a desk's place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from factcheck.errors import (
    ArchivedDeskError,
    DatabaseError,
    ForeignDatabaseError,
    OutputError,
    ServerDatabaseError,
    TargetExistsError,
)
from factcheck.storage import sqlite_files
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.whole_files import put_in_place

_SQLITE = b"SQLite format 3\0"


def back_up(database: Database, target: Path, *, replaces: bool = False) -> None:
    """Copy a desk in use to a file that needs nothing beside it. Raises DatabaseError or OutputError."""
    if database.file is None:
        raise ServerDatabaseError(f"the database {database.location!r} is not a file that can be copied")
    _ensure_free(target, replaces=replaces)
    with database.reading() as connection, _beside(target, database.file) as beside:
        _copy(sqlite_files.raw(connection), beside)


def restore(source: Path, database: Database, *, replaces: bool = False) -> int:
    """Put a copy in the place of a desk, after a look at it; returns how many events it holds.

    Raises DatabaseError for what is no whole desk with a whole event log, and TargetExistsError.
    """
    if database.file is None:
        raise ServerDatabaseError(f"the database {database.location!r} is not a file that can be put in place")
    _ensure_free(database.file, replaces=replaces)
    with closing(Database(str(source), creates=False)) as kept:
        with kept.reading() as connection:
            (flaw,) = sqlite_files.raw(connection).execute("PRAGMA integrity_check(1)").fetchone()
        found = SqlLog(kept).verify()
        if flaw != "ok" or found.reason:
            told = found.reason if flaw == "ok" else flaw
            raise ArchivedDeskError(f"{str(source)!r} is not whole: {told}")
    with (
        closing(sqlite3.connect(sqlite_files.reading_uri(source), uri=True)) as copied,
        _beside(database.file, source) as beside,
    ):
        _copy(copied, beside)
    return found.whole


def _ensure_free(target: Path, *, replaces: bool) -> None:
    if target.exists() and not target.is_file():
        raise OutputError(f"{str(target)!r} is no file; name another")
    if sqlite_files.is_empty(target):
        return
    if not replaces:
        raise TargetExistsError(f"{str(target)!r} is there already")
    _ensure_desk(target)


def _ensure_desk(target: Path) -> None:
    """Raise OutputError for what is no desk; one that is damaged, or of another version, may be replaced."""
    with target.open("rb") as file:
        is_database = file.read(len(_SQLITE)) == _SQLITE
    try:
        with closing(Database(str(target), creates=False)) as standing, standing.reading():
            pass
    except ForeignDatabaseError as error:
        raise OutputError(f"{error}, and is not written over; name another") from error
    except DatabaseError as error:
        if not is_database:
            raise OutputError(f"{str(target)!r} is no desk and is not written over; name another") from error


@contextmanager
def _beside(target: Path, source: Path) -> Iterator[Path]:
    """A new file that takes the target's place at the end, for the same people; a link goes on to lead there.

    What SQLite keeps beside a database in use would be read as changes of the new one.
    """
    for one in sqlite_files.beside(Path(os.path.realpath(target))):
        if one.exists():
            raise OutputError(f"the database {str(target)!r} is in use: {str(one)!r} stands beside it")
    try:
        with put_in_place(target, like=source) as beside:
            try:
                yield beside
            finally:
                for one in sqlite_files.beside(beside):
                    one.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{str(target)!r} cannot be written: {_reason(error)}") from error


def _reason(error: OSError | sqlite3.Error) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copied:
        source.backup(copied)
        # All in the one file: it may go to a medium that takes no WAL.
        copied.execute("PRAGMA journal_mode = DELETE")
