"""What only reads creates nothing and changes nothing, whatever the file is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ROOT, Command

from factcheck.storage.database import Database

OLD_DESKS = sorted((ROOT / "tests" / "storage" / "data").glob("*.sqlite"))
_READERS = {
    "claims": ("claims",),
    "claim": ("claim", 1),
    "articles": ("articles",),
    "runs": ("runs",),
    "log": ("log",),
    "status": ("status",),
    "people": ("people", "list"),
    "report": ("report", "--drafts"),
    "verify": ("audit", "verify"),
    "export": ("audit", "export"),
    "desk": ("audit", "desk"),
    "evidence": ("evidence", "list", 1),
    "history": ("history", "--reviewer", "ana"),
}
_ON_A_DESK = {
    "next": ("next", "--reviewer", "ana"),
    "verdict": ("verdict", 1, "false", "--reviewer", "ana"),
    "undo": ("undo", "--reviewer", "ana"),
    "note": ("note", 1, "Look.", "--reviewer", "ana"),
    "article": ("extract", "--article", 1, "--model", "openai:none"),
}
_KILLED_WITH_A_CHANGE = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute(sys.argv[2])
connection.commit()
os._exit(9)
"""


_KILLED_AT_ONCE = """
import os, sys
from factcheck.storage.database import Database
with Database(sys.argv[1]).writing():
    os._exit(9)
"""


def _state(folder: Path) -> dict[str, str]:
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}


def _change_and_die(path: Path, statement: str) -> None:
    subprocess.run([sys.executable, "-c", _KILLED_WITH_A_CHANGE, str(path), statement], check=False)


@pytest.mark.parametrize("command", [*_READERS.values(), *_ON_A_DESK.values()], ids=[*_READERS, *_ON_A_DESK])
def test_no_desk_is_made(factcheck: Command, folder: Path, command: tuple[object, ...]) -> None:
    done = factcheck(*command, "--db", "typo.db")

    assert (done.code, done.out) == (8, "")
    assert "there is no desk at 'typo.db'" in done.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", [*_READERS.values(), *_ON_A_DESK.values()], ids=[*_READERS, *_ON_A_DESK])
def test_foreign_database_is_left_alone(factcheck: Command, folder: Path, command: tuple[object, ...]) -> None:
    with closing(sqlite3.connect("places.sqlite")) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
    before = _state(folder)

    done = factcheck(*command, "--db", "places.sqlite")

    assert (done.code, done.out) == (8, "")
    assert "'places.sqlite' is no desk: it holds the table 'moz_places'" in done.err
    assert _state(folder) == before


def test_article_goes_into_no_foreign_database(factcheck: Command, folder: Path) -> None:
    with closing(sqlite3.connect("places.sqlite")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE moz_places (url TEXT)")
    Path("article.txt").write_text("Ana Silva flew to Lisbon.")
    before = _state(folder)

    done = factcheck("extract", "article.txt", "--model", "openai:none", "--db", "places.sqlite")

    assert done.code == 8
    assert "no desk" in done.err
    assert _state(folder) == before


@pytest.mark.parametrize("command", _READERS.values(), ids=_READERS)
def test_reading_leaves_every_byte(factcheck: Command, small_desk: Path, command: tuple[object, ...]) -> None:
    with closing(sqlite3.connect(small_desk)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    before = _state(small_desk.parent)

    done = factcheck(*command)

    assert (done.code, _state(small_desk.parent)) == (0, before)


def test_reading_sees_what_a_killed_writer_left(factcheck: Command, small_desk: Path) -> None:
    _change_and_die(small_desk, "UPDATE claim SET text = 'What was written last.' WHERE id = 2")
    before = {name: digest for name, digest in _state(small_desk.parent).items() if not name.endswith("-shm")}

    done = factcheck("claim", 2)

    assert "What was written last." in done.out
    assert {name: digest for name, digest in _state(small_desk.parent).items() if name in before} == before


@pytest.mark.parametrize("path", OLD_DESKS, ids=lambda one: one.stem)
def test_old_desk_is_read_and_stays_old(factcheck: Command, folder: Path, path: Path) -> None:
    shutil.copy(path, folder / "factcheck.db")
    before = _state(folder)

    assert factcheck("claims").code == 0
    assert _state(folder) == before


def test_read_only_medium_is_read(factcheck: Command, small_desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a disc: SQLite may put no file of its own beside a database that says it keeps a WAL.
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    before = small_desk.parent.stat().st_mtime_ns

    done = factcheck("claims")

    assert done.code == 0
    assert small_desk.parent.stat().st_mtime_ns == before


def test_copy_without_its_wal_is_told(factcheck: Command, folder: Path) -> None:
    made = folder / "made.db"
    subprocess.run([sys.executable, "-c", _KILLED_AT_ONCE, str(made)], check=False)
    shutil.copy(made, folder / "copy.db")
    before = (folder / "copy.db").read_bytes()

    done = factcheck("claims", "--db", "copy.db")

    assert done.code == 8
    assert "'copy.db' was copied without 'copy.db-wal'" in done.err
    assert (folder / "copy.db").read_bytes() == before


def test_wal_without_its_database_is_kept(factcheck: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    Path("article.txt").write_text("Ana Silva flew to Lisbon.")
    wal = folder / "desk.db-wal"
    wal.write_bytes(b"what was written last")

    done = factcheck("extract", "article.txt", "--model", "openai:none", "--db", "desk.db")

    assert done.code == 8
    assert "'desk.db-wal'" in done.err
    assert wal.read_bytes() == b"what was written last"


def test_writing_keeps_a_wal_again(small_desk: Path) -> None:
    with closing(sqlite3.connect(small_desk)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")

    database = Database(str(small_desk), creates=False)
    with database.writing():
        pass
    database.close()

    with closing(sqlite3.connect(small_desk)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
