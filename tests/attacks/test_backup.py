"""A copy of a desk in use is whole, and only a whole one takes a desk's place."""

import sqlite3
from contextlib import closing
from pathlib import Path

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
