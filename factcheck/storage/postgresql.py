"""PostgreSQL's own side of a database: how its transactions begin, so that both databases keep the same promises."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from factcheck.errors import UnusableDatabaseError
from factcheck.storage.sqlite_files import BUSY_SECONDS

_DRIVER = "postgresql+psycopg"
_NAMES = "postgresql", "postgres"
_DESK = 0x66616374636865636B % 2**63
"""The advisory lock of whoever writes; such locks are each database's own."""

_ENCODING = "UTF8"
MAY_NOT = "42501"
"""What the server says, in any language, where a role lacks a right."""


def with_driver(url: URL) -> URL:
    """An address that names no driver gets the tested one, which talks in UTF-8, whatever PGCLIENTENCODING says."""
    if url.drivername in _NAMES:
        url = url.set(drivername=_DRIVER)
    return url.update_query_dict({"client_encoding": "utf8"}) if url.drivername == _DRIVER else url


def configure(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's
    """Prepare a new connection: `begin` begins its transactions, and who waits for a lock does so for so long.

    Raises UnusableDatabaseError for a database that does not keep its texts in UTF-8.
    """
    kept_in = connection.info.parameter_status("server_encoding")
    if kept_in != _ENCODING:
        message = f"the database {connection.info.dbname!r} keeps texts in {kept_in}, and a desk needs {_ENCODING}"
        raise UnusableDatabaseError(f"{message}; create one with ENCODING 'UTF8' TEMPLATE template0")
    connection.autocommit = True  # the driver's own BEGIN would be one more way to the server each time
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")


def begin(connection: Connection, *, writes: bool) -> None:
    """Begin as SQLite does: one transaction writes at a time, and one that reads sees a single moment.

    The rules of a desk are checked in the transaction that writes, against what it has read. The log has one head, so
    that writers wait for each other at the end in any case.
    """
    if not writes:
        _execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    _execute(connection, f"BEGIN; SELECT pg_advisory_xact_lock({_DESK})")  # one way to the server for both


def _execute(connection: Connection, statement: str) -> None:
    """Execute it whole, also on a connection whose rows are wanted in chunks: those stand in a cursor on the server."""
    connection.exec_driver_sql(statement, execution_options={"yield_per": None, "stream_results": False})
