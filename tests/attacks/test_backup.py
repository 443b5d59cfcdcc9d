"""A copy of a desk in use is whole, and only a whole one takes a desk's place."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command


def test_desk_in_use_is_copied_and_put_back(factcheck: Command, small_desk: Path) -> None:
    with closing(sqlite3.connect(small_desk, isolation_level=None)) as other:
        other.execute("UPDATE claim SET text = 'What was written last.' WHERE id = 2")
        other.execute("BEGIN IMMEDIATE")  # somebody is writing just now
        assert factcheck("backup", "kept.db").code == 0

    assert [one.name for one in small_desk.parent.glob("*kept*")] == ["kept.db"]
    assert factcheck("restore", "kept.db", "--db", "new.db").code == 0
    assert "What was written last." in factcheck("claim", 2, "--db", "new.db").out


def test_nothing_is_replaced_untold(factcheck: Command, small_desk: Path) -> None:
    factcheck("backup", "kept.db")
    before = small_desk.read_bytes()

    again, back = factcheck("backup", "kept.db"), factcheck("restore", "kept.db")

    assert (again.code, back.code, small_desk.read_bytes()) == (9, 9, before)
    assert "--overwrite" in again.err
    assert factcheck("restore", "kept.db", "--overwrite").code == 0
    assert factcheck("backup", "factcheck.db", "--overwrite").code == 9


def test_damaged_copy_takes_no_place(factcheck: Command, small_desk: Path) -> None:
    factcheck("backup", "kept.db")
    with closing(sqlite3.connect("kept.db")) as forger:
        for (name,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {name}")
        forger.execute("UPDATE event SET actor = 'eve'")
        forger.commit()
    Path("torn.db").write_bytes(small_desk.read_bytes()[:3_000])
    before = small_desk.read_bytes()

    for path in ("kept.db", "torn.db", "missing.db"):
        assert factcheck("restore", path, "--overwrite").code == 8
    assert small_desk.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")
def test_only_files_are_replaced(factcheck: Command, small_desk: Path) -> None:
    del small_desk
    factcheck("backup", "kept.db")
    os.mkfifo("pipe")
    Path("drawer").mkdir()

    for name in ("pipe", "drawer", "."):
        made, back = (
            factcheck("backup", name, "--overwrite"),
            factcheck("restore", "kept.db", "--overwrite", "--db", name),
        )
        assert (made.code, back.code) == (9, 8 if name == "." else 9), name
        assert "is no file" in made.err
    assert Path("pipe").is_fifo()


def test_copy_does_not_go_beside_the_changes_of_a_desk_in_use(factcheck: Command, small_desk: Path) -> None:
    factcheck("backup", "other.db")
    with closing(sqlite3.connect("other.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE claim SET text = 'Not written back yet.' WHERE id = 2")
        before = Path("other.db").read_bytes()

        made = factcheck("backup", "other.db", "--overwrite", "--db", small_desk)

        assert (made.code, Path("other.db").read_bytes()) == (9, before)
        assert "other.db' is in use: " in made.err


@pytest.mark.skipif(os.name != "posix", reason="links need no right there")
def test_link_stays_a_link_and_the_desk_behind_it_is_seen_in_use(factcheck: Command, small_desk: Path) -> None:
    factcheck("backup", "kept.db")
    Path("link.db").symlink_to(small_desk)
    Path("new.db").symlink_to("drawer.db")

    assert factcheck("backup", "new.db").code == 0
    assert factcheck("restore", "kept.db", "--db", "link.db", "--overwrite").code == 0
    assert (Path("link.db").is_symlink(), Path("new.db").is_symlink()) == (True, True)
    with closing(sqlite3.connect(small_desk, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE claim SET text = 'Not written back yet.' WHERE id = 2")
        assert factcheck("restore", "kept.db", "--db", "link.db", "--overwrite").code == 9


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_copy_is_for_the_same_people(factcheck: Command, small_desk: Path) -> None:
    small_desk.chmod(0o600)
    long = f"{'k' * 240}.db"
    factcheck("backup", long)
    assert Path(long).stat().st_mode & 0o777 == 0o600

    Path(long).chmod(0o644)
    assert factcheck("restore", long, "--overwrite").code == 0
    assert small_desk.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", [("restore", "kept.db", "--overwrite", "--db"), ("backup", "--overwrite")])
def test_nothing_but_a_desk_is_replaced(factcheck: Command, small_desk: Path, command: tuple[str, ...]) -> None:
    folder = small_desk.parent
    assert factcheck("backup", "kept.db").code == 0
    (folder / "story.txt").write_text("Rain fell on Monday.")
    (folder / "factcheck.toml").write_text("roles = false\n")
    with closing(sqlite3.connect(folder / "photos.db")) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
        connection.commit()

    for name in ("story.txt", "factcheck.toml", "photos.db"):
        before = (folder / name).read_bytes()
        done = factcheck(*command, name)
        assert (done.code, (folder / name).read_bytes()) == (9, before), done
        assert "is not written over; name another" in done.err


def test_damaged_desk_is_replaced(factcheck: Command, small_desk: Path) -> None:
    assert factcheck("backup", "kept.db").code == 0
    broken = small_desk.read_bytes()[:4096] + b"\xff" * 8192
    (small_desk.parent / "broken.db").write_bytes(broken)

    assert factcheck("restore", "kept.db", "--overwrite", "--db", "broken.db").code == 0
    assert factcheck("claim", 1, "--db", "broken.db").code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM verdict; END",
        "CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN DELETE FROM verdict; END",
        "CREATE VIEW seen AS SELECT 1",
    ],
)
def test_copy_that_would_act_takes_no_place(factcheck: Command, small_desk: Path, statement: str) -> None:
    factcheck("backup", "kept.db")
    with closing(sqlite3.connect("kept.db")) as forger:
        forger.execute("DROP TRIGGER event_kept")
        forger.execute(statement)
        forger.commit()
    before = small_desk.read_bytes()

    done = factcheck("restore", "kept.db", "--overwrite")

    assert (done.code, "which no desk has" in done.err) == (8, True), done
    assert small_desk.read_bytes() == before


@pytest.mark.parametrize("command", [("claims",), ("verdict", 1, "false", "--reviewer", "ana"), ("audit", "verify")])
def test_desk_that_acts_by_itself_is_told(factcheck: Command, small_desk: Path, command: tuple[str | int, ...]) -> None:
    with closing(sqlite3.connect(small_desk)) as forger:
        forger.execute("CREATE TRIGGER evil AFTER INSERT ON verdict BEGIN UPDATE verdict SET label = 'true'; END")
        forger.commit()

    done = factcheck(*command)

    assert (done.code, done.out) == (8, "")
    assert "holds 'evil', which no desk has" in done.err
