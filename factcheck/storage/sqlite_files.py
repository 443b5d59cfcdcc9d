"""SQLite's own side of a database: its files, how they are opened, and what stands beside them."""

import os
import sqlite3
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

from factcheck.errors import UnusableDatabaseError
from factcheck.storage.columns import decoded
from factcheck.whole_files import files_of_database

BUSY_SECONDS = 30
_WAL_RETRY_SECONDS = 0.01
_WAL_DELAY_SECONDS = 0.25
_WAL_VERSION = b"\x02\x02"
_VERSIONS = slice(18, 20)  # of the header: how the file is to be written and read


def file_of(url: URL) -> Path | None:
    """The plain file that a URL names; None for another database, and for an address that SQLite reads itself.

    Where that is a link, the file that it leads to: beside that one SQLite keeps its own.
    """
    if url.get_backend_name() != "sqlite" or "uri" in url.query:
        return None
    path = Path(url.database or "")
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_empty(path: Path) -> bool:
    """Whether nothing stands in the file, or there is none."""
    return not path.exists() or (path.is_file() and not path.stat().st_size)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def wal_of(path: Path) -> Path:
    """The file in which SQLite keeps what it has not written back yet (WAL)."""
    return files_of_database(path)[1]


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database in use."""
    return files_of_database(path)[1:]


def has_wal(path: Path) -> bool:
    """Whether changes stand beside the file that are not in it yet."""
    return not is_empty(wal_of(path))


def lacks_its_wal(path: Path) -> bool:
    """Whether a file says that it has a WAL, and none stands beside it."""
    if not path.is_file() or wal_of(path).exists():
        return False
    with path.open("rb") as file:
        return file.read(_VERSIONS.stop)[_VERSIONS] == _WAL_VERSION


def is_half_copied(path: Path) -> bool:
    """Whether a file in which nothing was found lacks its WAL: it was copied while in use."""
    # Whoever makes a desk says that it has a WAL a moment before that file is there.
    time.sleep(_WAL_DELAY_SECONDS)
    return lacks_its_wal(path)


def ensure_no_wal_alone(path: Path, location: str) -> None:
    """Raise UnusableDatabaseError for a WAL without its database: SQLite would throw it away for a new one."""
    if is_empty(path) and has_wal(path):
        message = (
            f"the database {location!r} is not there, and its changes are: {str(wal_of(path))!r}; put it back first"
        )
        raise UnusableDatabaseError(message)


def reading_url(url: URL) -> URL:
    """How a database is opened so that nothing is created and nothing changes.

    Where changes stand beside a file they are read and left there. Where none do, SQLite may put its own files there
    and takes them away at the end; on a medium that takes none, it is told that nobody writes (`immutable`).
    """
    path = file_of(url)
    if path is None:
        is_sqlite = url.get_backend_name() == "sqlite"
        return url.update_query_dict({"mode": "rw"}) if is_sqlite and "mode" not in url.query else url
    how = {"mode": "ro"}
    if not has_wal(path):
        is_writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
        how = {"mode": "rw"} if is_writable else {"mode": "ro", "immutable": "1"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query=how | {"uri": "true"})


def reading_uri(path: Path) -> str:
    """As `reading_url`, for the driver itself."""
    url = reading_url(URL.create("sqlite", database=str(path)))
    return f"{url.database}?{'&'.join(f'{name}={value}' for name, value in url.query.items() if name != 'uri')}"


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for what SQLAlchemy does not know."""
    driver: sqlite3.Connection | None = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    return driver


def configure_reader(connection: sqlite3.Connection, _: ConnectionPoolEntry | None = None) -> None:
    """Let SQLAlchemy begin transactions itself; refuse whatever would write.

    SQLite's own `lower` knows ASCII only; a search has to find `Öl` and `ÖL` alike.
    """
    connection.isolation_level = None
    connection.text_factory = decoded
    connection.create_function("lower", 1, lambda words: words and words.lower(), deterministic=True)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA query_only = ON")


def configure_writer(connection: sqlite3.Connection, _: ConnectionPoolEntry | None = None) -> None:
    """As for a reader, and references are checked; readers never wait for a writer (WAL)."""
    configure_reader(connection)
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _turn_wal_on(connection)


def _turn_wal_on(connection: sqlite3.Connection) -> None:
    """Turn it on unless it is on; SQLite refuses at once, without its busy timeout, while another does the same."""
    give_up = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() == ("delete",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(_WAL_RETRY_SECONDS)


def ensure_nothing_acts(desk: sqlite3.Connection, location: str) -> None:
    """Raise UnusableDatabaseError for a trigger or a view that no desk has: it would act on what is written later."""
    for name, written in desk.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"):
        if sha256(str(written).encode()).hexdigest() not in _OWN_TRIGGERS:
            raise UnusableDatabaseError(
                f"the database {location!r} holds {name!r}, which no desk has, and may act by it"
            )


_OWN_TRIGGERS = frozenset(
    (
        "f806b2b8c176ea4c4638d78ba4802c0b84a6bdb0818a68a32e183c23dd94d91e",  # event_kept
        "11b869bfc3379f94ee156d4d4307ec515ad6efc6e78279bb743a89a5f42779ae",  # event_never_removed
        "3046d79a23671765b8dfc7cbe98c689fa3145626b12277fbbd6aaa971b1a6e9e",  # event_never_replaced
    )
)
"""The SHA-256 of each trigger that migrations make, as SQLite keeps its words."""
