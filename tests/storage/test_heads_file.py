"""The log's last hash goes to a file outside the desk at each publication, which proves the log later."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command

from factcheck.storage.database import Database

EVE = ("--reviewer", "eve")


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory, demo_desk: Path) -> Path:
    """A file of heads, not made yet, that the desk's config file names."""
    heads = tmp_path_factory.mktemp("outside") / "heads.txt"
    demo_desk.with_name("factcheck.toml").write_text(f"heads_file = '{heads}'\n", "utf-8")
    return heads


@pytest.fixture
def published(factcheck: Command, demo_desk: Path) -> int:
    """A claim of the demo that is published."""
    del demo_desk
    return int(factcheck("claims", "--editorial", "published", "--json").json[0]["id"])


def test_each_publication_leaves_its_hash(factcheck: Command, outside: Path, published: int) -> None:
    correct = ("correct", published, "outdated", "--reason", "The toll rose.", *EVE)
    heads = []
    for done in (correct, ("withdraw", published, "--reason", "Taken back.", *EVE)):
        assert factcheck(*done).code == 0
        heads.append(factcheck("audit", "head").out.strip())

    lines = [line.split() for line in outside.read_text("utf-8").splitlines()]
    assert [line[0] for line in lines] == heads
    assert [int(line[1]) for line in lines] == [22, 23]
    assert factcheck("audit", "verify", "--heads", outside).code == 0


def test_sign_off_with_publication_leaves_one(factcheck: Command, outside: Path) -> None:
    waiting = factcheck("claims", "--status", "queued", "--json").json[0]["id"]
    said = ("--reviewer", "ana", "--rationale", "So.", "--evidence", "https://a.example/1")
    assert factcheck("verdict", waiting, "true", *said).code == 0
    assert factcheck("sign-off", waiting, *EVE).code == 0
    assert not outside.exists()

    assert factcheck("publish", waiting, *EVE).code == 0
    assert len(outside.read_text("utf-8").splitlines()) == 1


def test_cut_log_fails_at_its_heads(factcheck: Command, outside: Path, demo_desk: Path, published: int) -> None:
    shorter = demo_desk.read_bytes()
    assert factcheck("withdraw", published, "--reason", "Taken back.", *EVE).code == 0
    with closing(sqlite3.connect(demo_desk)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    demo_desk.write_bytes(shorter)  # yesterday's copy, whole in itself

    assert factcheck("audit", "verify").code == 0
    assert factcheck("audit", "verify", "--heads", outside).code == 13


@pytest.mark.parametrize("kind", ["folder", "missing folder", "pipe", "desk", "foreign"])
def test_nothing_is_published_unwitnessed(
    factcheck: Command, outside: Path, demo_desk: Path, published: int, kind: str
) -> None:
    at = {"desk": demo_desk, "missing folder": outside / "none" / "heads.txt"}.get(kind, outside)
    demo_desk.with_name("factcheck.toml").write_text(f"heads_file = '{at}'\n", "utf-8")
    make: dict[str, Callable[[], object]]
    make = {"folder": outside.mkdir, "pipe": lambda: os.mkfifo(outside), "foreign": lambda: outside.write_text("Dear")}
    if kind in make:
        make[kind]()
    before = factcheck("audit", "head").out

    done = factcheck("withdraw", published, "--reason", "Taken back.", *EVE)

    assert done.code == (2 if kind == "foreign" else 9), done.err
    assert factcheck("audit", "head").out == before
    if kind == "foreign":
        assert outside.read_text("utf-8") == "Dear"


@pytest.mark.parametrize("content", [b"Dear editor,\n", b"\xff\xfe", b"ab" * 33 + b"\n"])
def test_other_files_are_no_heads(factcheck: Command, demo_desk: Path, content: bytes) -> None:
    demo_desk.with_name("letter.txt").write_bytes(content)

    done = factcheck("audit", "verify", "--heads", "letter.txt")

    assert (done.code, done.out) == (2, "")
    assert "letter.txt" in done.err


def test_missing_heads_are_told(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    assert factcheck("audit", "verify", "--heads", "nowhere.txt").code == 2


def test_empty_log_has_no_head(factcheck: Command, folder: Path) -> None:
    with closing(Database(str(folder / "new.db"))) as database, database.writing():
        pass
    done = factcheck("audit", "head", "--db", "new.db")

    assert (done.code, done.out) == (0, "")
    assert factcheck("audit", "head", "--db", "new.db", "--json").json is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_heads_are_read_as_editors_leave_them(factcheck: Command, outside: Path, encoding: str) -> None:
    head = factcheck("audit", "head").out.strip()
    outside.write_bytes(f"{head.upper()} 21\r\n".encode(encoding))

    assert factcheck("audit", "verify", "--heads", outside).code == 0
    outside.write_bytes(f"{'0' * 64}\r\n".encode(encoding))
    assert factcheck("audit", "verify", "--heads", outside).code == 13


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_file_without_a_head_proves_nothing(factcheck: Command, outside: Path, content: str) -> None:
    outside.write_text(content, "utf-8")

    done = factcheck("audit", "verify", "--heads", outside)

    assert (done.code, done.out) == (2, "")
    assert "holds no hash, so that it proves nothing" in done.err
