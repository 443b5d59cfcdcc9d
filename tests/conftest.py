"""Fixtures, each named for the state that it gives."""

import gc
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import StandIn
from postgresql_desk import DeskImage, ServedDesk, served_desk, start_server
from sqlalchemy import URL, Connection, Engine, create_engine, inspect

from factcheck.cli.main import run
from factcheck.storage import database as storage_database
from factcheck.storage import migrate
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.moving import copy_desk
from factcheck.storage.queue import SqlQueue

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_NEW_OBJECTS = 20_000
"""After so many, garbage is looked for among them; Python's own 700 are for small programs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--draw-pictures` replaces the pictures and reports that new ones are compared with; `--on` names a database."""
    parser.addoption(
        "--on",
        choices=["sqlite", "postgresql"],
        help="Run every test of the command line on this database alone, also those that know only one.",
    )
    parser.addoption(
        "--draw-pictures",
        action="store_true",
        help="Draw the pictures of the review screen, and write the reports of the full desk, anew.",
    )


def pytest_collection_finish() -> None:
    """What stays until the end, modules and collected tests, is looked through for garbage no more.

    It is most of what a process of the tests holds, and looking through it took a tenth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Finished]


@pytest.fixture(scope="session", autouse=True)
def nobody_is_trusted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No server of the web is asked, and each client would read all of the machine's certificates first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("authorities")))
        yield


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no key leaks in from outside."""
    for name in (
        "DB",
        "MODEL",
        "REVIEWER",
        "LEASE_MINUTES",
        "PRICES",
        "CONFIG",
        "ALLOW_PRIVATE_FETCH",
        "ARCHIVE_SAVE",
        "GOOGLE_KEY",
        "SPLIT_COMPOUNDS",
    ):
        monkeypatch.delenv(f"FACTCHECK_{name}", raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "LANGSMITH_TRACING"):
        monkeypatch.delenv(name, raising=False)
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_ANIMATIONS", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """All SQLite databases of the tests share their compiled statements.

    SQLAlchemy keeps them for each engine, and a test makes an engine a command: compiling was a third of its time.
    """
    first = create_engine("sqlite://")
    with first.connect():  # in which the dialect learns SQLite's version
        compiled: dict[Any, Any] = {}

    def engine(url: URL, **how: Any) -> Engine:
        made = create_engine(url, **how)
        if made.dialect.name == first.dialect.name:
            made.dialect = first.dialect  # part of a statement's key
            made.update_execution_options(compiled_cache=compiled)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage_database, "create_engine", engine)
        yield
    first.dispose()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def schema(empty_database: Path) -> tuple[str, ...]:
    """The statements that make what the migrations have made."""
    with closing(sqlite3.connect(empty_database)) as template:
        _begin, *statements, _commit = template.iterdump()
    return tuple(statements)


@pytest.fixture
def ready_schema(schema: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """New databases get the schema that the migrations have made once; old ones are migrated."""
    migrated = migrate.upgrade

    def upgrade(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or inspect(connection).get_table_names():
            migrated(connection)
        else:
            for statement in schema:
                connection.exec_driver_sql(statement)

    monkeypatch.setattr(migrate, "upgrade", upgrade)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of the command line run on both databases where their module says `ON_BOTH_DATABASES`."""
    asked = metafunc.config.getoption("--on")
    both = ["sqlite", "postgresql"] if getattr(metafunc.module, "ON_BOTH_DATABASES", False) else []
    if (kinds := [asked] if asked else both) and "served_by" in metafunc.fixturenames:
        metafunc.parametrize("served_by", kinds, indirect=True)


@pytest.fixture
def served_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which database the command line finds: a file, unless a test is run on PostgreSQL, too."""
    kind = str(getattr(request, "param", "sqlite"))
    if kind == "postgresql":
        monkeypatch.setenv("FACTCHECK_DB", request.getfixturevalue("served_desk_url"))
    return kind


@pytest.fixture
def factcheck(folder: Path, capfd: pytest.CaptureFixture[str], ready_schema: None, served_by: str) -> Command:
    """The command line, run in this process in an empty folder."""
    del folder, ready_schema, served_by

    def command(*arguments: object) -> Finished:
        capfd.readouterr()
        code = run([str(one) for one in arguments])
        out, err = capfd.readouterr()
        return Finished(int(code), out, err)

    return command


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database, made once; copy it."""
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    database = Database(str(path))
    with database.writing():
        pass
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_database(worker_id: str) -> ServedDesk:
    """A database of this process in the run's PostgreSQL server, made once; `served_desk` empties it."""
    return served_desk(start_server(), worker_id)


@pytest.fixture
def served_desk_url(postgresql_database: ServedDesk) -> str:
    """The address of an empty desk in PostgreSQL."""
    postgresql_database.empty()
    return postgresql_database.url


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database in a file of its own."""
    opened = Database(str(shutil.copy(empty_database, tmp_path / "desk.db")))
    yield opened
    opened.close()


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    """The ledger of an empty database."""
    return SqlLedger(database)


@pytest.fixture
def queue(database: Database) -> SqlQueue:
    """The queue of an empty database."""
    return SqlQueue(database)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A server on loopback that answers as told, set as OPENAI_BASE_URL with a key."""
    server = StandIn()
    with server.serving() as base_url:
        monkeypatch.setenv("OPENAI_BASE_URL", base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
        monkeypatch.setenv("FACTCHECK_MODEL", "openai:stand-in")
        monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "1")
        yield server


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that `factcheck demo` has filled, made once; copy it before changing it."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["demo"]) == 0
    return folder / "factcheck-demo.db"


@pytest.fixture(scope="session")
def demo_image(demo_database: Path, postgresql_database: ServedDesk) -> DeskImage:
    """The same desk on the server, as `factcheck copy` takes it there."""
    postgresql_database.empty()
    with closing(Database(str(demo_database))) as source, closing(Database(postgresql_database.url)) as target:
        copy_desk(source, target)
    return postgresql_database.image()


@pytest.fixture
def demo_desk(demo_database: Path, folder: Path, served_by: str, request: pytest.FixtureRequest) -> Path:
    """A copy of the demo's database as ./factcheck.db, or on the server, free to be changed."""
    if served_by == "postgresql":
        image = request.getfixturevalue("demo_image")
        desk: ServedDesk = request.getfixturevalue("postgresql_database")
        desk.empty()
        desk.show(image)
    return Path(shutil.copy(demo_database, folder / "factcheck.db"))
