import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Timer
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

from factcheck.errors import (
    DatabaseError,
    DatabaseLocationError,
    MissingDriverError,
    MovedFileError,
    NewerDatabaseError,
    UnusableDatabaseError,
)
from factcheck.storage import sqlite_files
from factcheck.storage.database import SCHEMA_REVISIONS, Database
from factcheck.storage.migrate import alembic_config
from factcheck.storage.tables import ClaimRow

Look = Callable[[str], list[tuple[Any, ...]]]

TABLES = {
    "alembic_version",
    "article",
    "article_sketch",
    "article_source",
    "account",
    "batch",
    "batch_window",
    "claim",
    "claim_flag",
    "claim_note",
    "claim_place",
    "correction",
    "draft",
    "editorial_act",
    "event",
    "event_head",
    "evidence",
    "evidence_check",
    "known_claim",
    "known_source",
    "person",
    "run",
    "run_claim",
    "run_sentence",
    "scale",
    "sentence",
    "snapshot",
    "verdict",
    "visit",
    "lookup",
    "lookup_page",
    "access_token",
    "used_key",
    "webhook",
    "delivery",
    "web_session",
}
ADD_ARTICLE = (
    "INSERT INTO article (sha256, text, authors, retrieved_at) VALUES ('a', 'Words.', '[]', '2026-03-01 12:00:00')"
)
MANY_PROCESSES = """
import multiprocessing, sys
from factcheck.storage import migrate
from factcheck.storage.database import Database

def use(barrier):
    database = Database(sys.argv[1])
    barrier.wait()
    with database.writing() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM claim")
    database.close()

fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(8)
processes = [fork.Process(target=use, args=(barrier,)) for _ in range(8)]
for one in processes:
    one.start()
for one in processes:
    one.join()
print([one.exitcode for one in processes])
"""


@pytest.fixture
def desk_url(database_path: Path) -> str:
    """These tests are about files, and about what SQLite does with them."""
    return str(database_path)


def test_new_file_is_migrated_first(opened: Database, look: Look) -> None:
    del opened

    assert {name for (name,) in look("SELECT name FROM sqlite_master WHERE type = 'table'")} == TABLES
    assert look("SELECT version_num FROM alembic_version") == [(SCHEMA_REVISIONS[-1],)]


def test_existing_database_keeps_its_rows(opened: Database, database_path: Path) -> None:
    with opened.writing() as connection:
        connection.exec_driver_sql(ADD_ARTICLE)
    opened.close()

    again = Database(str(database_path))
    with again.reading() as connection:
        assert connection.exec_driver_sql("SELECT text FROM article").scalars().all() == ["Words."]
    again.close()


def test_current_database_is_not_migrated(
    opened: Database, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.close()
    monkeypatch.setattr("factcheck.storage.migrate.upgrade", lambda _: pytest.fail("migrated again"))

    again = Database(str(database_path))
    with again.reading():
        pass
    again.close()


def test_last_known_revision_is_head() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    assert scripts.get_current_head() == SCHEMA_REVISIONS[-1]
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(SCHEMA_REVISIONS)


def test_migrated_schema_equals_the_metadata(opened: Database) -> None:
    with opened.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_no_expression_index})

        assert compare_metadata(context, SQLModel.metadata) == []


def test_queue_index_equals_the_metadata(opened: Database, look: Look) -> None:
    del opened
    table = ClaimRow.__table__
    wanted = next(one for one in table.indexes if one.name == "ix_claim_queue")
    created = str(CreateIndex(wanted).compile(dialect=sqlite.dialect()))

    ((found,),) = look("SELECT sql FROM sqlite_master WHERE name = 'ix_claim_queue'")

    assert " ".join(found.split()) == " ".join(created.split())


def test_downgrade_takes_every_table_back(opened: Database, look: Look) -> None:
    with opened.writing() as connection:
        command.downgrade(alembic_config(connection), "base")

    assert look("SELECT name FROM sqlite_master WHERE type = 'table'") == [("alembic_version",)]


@pytest.mark.parametrize("becomes", ["copy.db", "gone.db"])
def test_nothing_is_written_to_a_file_that_has_gone(opened: Database, database_path: Path, becomes: str) -> None:
    with opened.writing():
        pass
    copied = Path(shutil.copy(database_path, database_path.with_name("copy.db")))
    database_path.unlink()
    if copied.name == becomes:
        copied.rename(database_path)

    with pytest.raises(MovedFileError, match="is no longer the file that was opened"), opened.writing():
        pytest.fail("it would be lost")


def test_newer_schema_is_refused(opened: Database, database_path: Path) -> None:
    with opened.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.close()

    with pytest.raises(NewerDatabaseError, match=r"desk\.db.*'9999', newer than this version's"):
        use(str(database_path))


def test_newer_database_is_left_alone(opened: Database, database_path: Path, look: Look) -> None:
    with opened.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.close()

    with pytest.raises(NewerDatabaseError):
        use(str(database_path))

    assert look("SELECT version_num FROM alembic_version") == [("9999",)]


def test_other_file_is_no_database(database_path: Path) -> None:
    database_path.write_text("These are words of an article, and more than a hundred bytes of them. " * 4)

    with pytest.raises(UnusableDatabaseError, match=r"desk\.db.*not a database; move the file away"):
        use(str(database_path))


def test_missing_folder_names_next_step(tmp_path: Path) -> None:
    with pytest.raises(UnusableDatabaseError, match=r"nowhere.*unable to open.*check that the folder exists"):
        use(str(tmp_path / "nowhere" / "desk.db"))


def test_read_only_database_refuses_writing(opened: Database, database_path: Path) -> None:
    opened.close()
    reader = Database(f"sqlite:///file:{database_path}?mode=ro&uri=true")

    with pytest.raises(UnusableDatabaseError, match=r"mode=ro.*readonly.*writable"), reader.writing() as connection:
        connection.exec_driver_sql(ADD_ARTICLE)
    reader.close()


def test_read_only_database_is_readable(opened: Database, database_path: Path) -> None:
    with opened.writing() as connection:
        connection.exec_driver_sql(ADD_ARTICLE)
    reader = Database(f"sqlite:///file:{database_path}?mode=ro&uri=true")

    with reader.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM article").scalar() == 1
    reader.close()


def test_failed_migration_leaves_nothing_behind(
    database_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE verdict (words TEXT)")
        connection.exec_driver_sql("CREATE TABLE verdict (words TEXT)")

    monkeypatch.setattr("factcheck.storage.migrate.upgrade", fail)

    with pytest.raises(DatabaseError, match="already exists"):
        use(str(database_path))

    assert look("SELECT name FROM sqlite_master WHERE type = 'table'") == []


@pytest.mark.parametrize("location", ["nosuchthing://desk", "mysql+nosuchdriver://desk"])
def test_unknown_driver_is_told_plainly(location: str) -> None:
    with pytest.raises(DatabaseLocationError, match="nothing here speaks to the database"):
        use(location)


def test_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(MissingDriverError, match="needs the package 'psycopg', which is not installed"):
        use("postgresql://localhost/desk")


def test_broken_address_is_refused_early() -> None:
    with pytest.raises(DatabaseLocationError, match=r"neither a file, such as \./factcheck\.db, nor a database URL$"):
        Database("://desk")


def test_locked_database_says_try_again(opened: Database, database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.close()
    monkeypatch.setattr(sqlite_files, "BUSY_SECONDS", 0)

    with closing(sqlite3.connect(database_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"locked; another process .* try again"), opened.writing():
            pass
    opened.close()


def test_reader_waits_for_no_writer(opened: Database, database_path: Path) -> None:
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(ADD_ARTICLE)

        with opened.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM article").scalar() == 0


def test_changes_are_journaled_ahead(opened: Database, look: Look) -> None:
    del opened

    assert look("PRAGMA journal_mode") == [("wal",)]


def test_broken_transaction_changes_nothing(opened: Database, look: Look) -> None:
    with pytest.raises(DatabaseError, match="UNIQUE"):
        add_article_twice(opened)

    assert look("SELECT * FROM article") == []


def test_row_needs_its_parent(opened: Database) -> None:
    with pytest.raises(DatabaseError, match="FOREIGN KEY"), opened.writing() as connection:
        connection.exec_driver_sql("INSERT INTO event (at, action, details, claim_id) VALUES ('now', 'x', '{}', 7)")


def test_threads_create_one_database(database_path: Path, look: Look) -> None:
    barrier = Barrier(8)

    def create(_: int) -> None:
        barrier.wait()
        use(str(database_path))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(create, range(8)))

    assert look("SELECT version_num FROM alembic_version") == [(SCHEMA_REVISIONS[-1],)]


def test_desk_that_is_made_while_it_is_looked_for_is_no_half_copy(
    database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(str(tmp_path / "made.db"))
    made = (tmp_path / "made.db").read_bytes()
    with closing(sqlite3.connect(database_path)) as other:
        other.execute("PRAGMA journal_mode = wal")

    def make(path: Path) -> bool:
        path.write_bytes(made)
        return True

    monkeypatch.setattr(sqlite_files, "is_half_copied", make)
    use(str(database_path))


def test_database_is_created_once_another_lets_go_of_the_file(database_path: Path, look: Look) -> None:
    with closing(sqlite3.connect(database_path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        let_go = Timer(0.1, other.rollback)
        let_go.start()
        use(str(database_path))
        let_go.join()

    assert look("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_processes_create_one_database(database_path: Path, look: Look) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY_PROCESSES, str(database_path)], capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == (str([0] * 8), "")
    assert look("SELECT version_num FROM alembic_version") == [(SCHEMA_REVISIONS[-1],)]


def add_article_twice(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(ADD_ARTICLE)
        connection.exec_driver_sql(ADD_ARTICLE)


def is_no_expression_index(_: object, name: str | None, *__: object) -> bool:
    """Alembic cannot compare the one index that sorts; it has a test of its own."""
    return name != "ix_claim_queue"


def use(location: str) -> None:
    """Open a database, whatever state it is in, and close it again."""
    database = Database(location)
    try:
        with database.writing():
            pass
    finally:
        database.close()
