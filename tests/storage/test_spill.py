"""Answers in files beside the database."""

import shutil
from pathlib import Path

import pytest

from factcheck.errors import DatabaseError
from factcheck.storage.database import Database
from factcheck.storage.spill import FileSpill


@pytest.fixture
def desk_url(empty_database: Path, database_path: Path) -> str:
    """These tests are about files."""
    return str(shutil.copy(empty_database, database_path))


@pytest.fixture
def spill(database: Database) -> FileSpill:
    return FileSpill(database)


def file_of(database: Database, run_id: int) -> Path:
    assert database.file is not None
    return database.file.with_name(f"{database.file.name}.answers-{run_id}.jsonl")


def test_kept_answers_are_read_by_another_process(spill: FileSpill, database: Database) -> None:
    for answer in ("one", "two"):
        spill.make_room(7)
        spill.keep(7, answer)
    spill.make_room(12)
    spill.keep(12, "three")

    other = FileSpill(database)
    assert other.runs() == (7, 12)
    assert (other.answers(7), other.answers(12)) == (("one", "two"), ("three",))


def test_dropped_answers_are_gone(spill: FileSpill, database: Database) -> None:
    spill.make_room(7)
    spill.keep(7, "one")
    spill.drop(7)
    spill.drop(7)

    assert (spill.runs(), file_of(database, 7).exists()) == ((), False)


def test_answers_that_another_process_stores_meanwhile_are_no_failure(spill: FileSpill, database: Database) -> None:
    spill.make_room(7)
    spill.keep(7, "one")
    other = FileSpill(database)
    assert other.runs() == (7,)
    spill.drop(7)

    assert other.answers(7) == ()
    other.put_away(7)
    other.drop(7)
    assert (other.runs(), other.put_aside) == ((), [])


def test_answers_that_another_process_puts_away_meanwhile_are_no_failure(
    spill: FileSpill, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    spill.make_room(7)
    spill.keep(7, "one")
    other = FileSpill(database)
    read = other.answers

    def slowly(run_id: int) -> tuple[str, ...]:
        found = read(run_id)
        spill.put_away(run_id)
        return found

    monkeypatch.setattr(other, "answers", slowly)
    other.put_away(7)

    assert (len(spill.put_aside), other.put_aside, other.runs()) == (1, [], ())


def test_new_run_finds_nothing_of_another_database(spill: FileSpill, database: Database) -> None:
    for number in (1, 2):
        file_of(database, 7).write_text(f"{number}: of a database that was moved away\n")
        FileSpill(database).make_room(7)
        assert spill.answers(7) == ()
        spill.drop(7)

    kept = sorted(one for one in file_of(database, 7).parent.iterdir() if ".answers-" in one.name)
    assert [one.name.partition(".answers-")[2] for one in kept] == ["7.jsonl.1", "7.jsonl.2"]
    assert [one.read_text() for one in kept] == [f"{number}: of a database that was moved away\n" for number in (1, 2)]
    assert spill.runs() == ()


def test_room_that_nothing_came_into_is_no_answer(spill: FileSpill, database: Database) -> None:
    file_of(database, 7).write_bytes(bytes(65_536))

    spill.make_room(7)

    assert (spill.put_aside, spill.answers(7)) == ([], ())


def test_half_an_answer_spoils_no_other(spill: FileSpill, database: Database) -> None:
    file_of(database, 7).write_bytes(b"one\nha\0\0\0\0two\n\0\0")

    assert spill.answers(7) == ("one", "ha", "two")


def test_space_is_taken_before_it_is_needed(spill: FileSpill, database: Database) -> None:
    spill.make_room(7)
    first = file_of(database, 7).stat().st_size
    spill.make_room(7)

    assert (first, file_of(database, 7).stat().st_size) == (65_536, 2 * 65_536)


def test_place_that_takes_nothing_is_told(spill: FileSpill, database: Database) -> None:
    file_of(database, 7).mkdir()

    with pytest.raises(DatabaseError, match="answers cannot be kept beside the database"):
        spill.make_room(7)


def test_answers_of_a_server_stand_where_one_works(folder: Path) -> None:
    spill = FileSpill(Database("postgresql://ana:secret@localhost/desk"))
    spill.make_room(7)
    spill.keep(7, "one")

    [path] = folder.iterdir()
    assert path.name.startswith("factcheck-")
    assert "secret" not in path.name
    assert (spill.runs(), spill.answers(7)) == ((7,), ("one",))
