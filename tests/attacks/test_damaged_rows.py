"""A row that no version of the program has written is named; the rest of the desk can still be read."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command

Damage = Callable[[str], None]


@pytest.fixture
def damage(demo_desk: Path) -> Damage:
    """Changes the demo's desk with plain SQLite."""

    def damaged(statement: str) -> None:
        with closing(sqlite3.connect(demo_desk)) as connection:
            assert connection.execute(statement).rowcount, statement
            connection.commit()

    return damaged


@pytest.mark.parametrize(
    ("statement", "command", "told"),
    [
        ("UPDATE claim SET status = 'x' WHERE id = 3", "claim 3", "row 3 is damaged: column 'status' of table 'claim'"),
        ("UPDATE claim SET anchor = 'x' WHERE id = 3", "claim 3", "column 'anchor' of table 'claim' holds 'x'"),
        ("UPDATE claim SET flags = '{{' WHERE id = 3", "claim 3", "column 'flags' of table 'claim' holds '{{'"),
        ("UPDATE claim SET flags = '[[\"x\", \"\"]]' WHERE id = 3", "claim 3", "row 3 is damaged: table 'claim' holds"),
        ("UPDATE claim SET segments = '[[9, 2]]' WHERE id = 3", "claim 3", "row 3 is damaged: table 'claim' holds"),
        ("UPDATE claim SET segments = '7' WHERE id = 3", "claim 3", "row 3 is damaged: table 'claim' holds"),
        ("UPDATE claim SET leased_until = 'soon', leased_by = 'x' WHERE id = 3", "claim 3", "column 'leased_until'"),
        ("UPDATE claim SET check_worthiness = 7 WHERE id = 3", "claim 3", "row 3 is damaged: table 'claim' holds"),
        ("UPDATE verdict SET role = 'x' WHERE id = 1", "claims", "row 1 is damaged: column 'role' of table 'verdict'"),
        ("UPDATE evidence SET stance = 'x' WHERE id = 1", "claims", "row 1 is damaged: column 'stance'"),
        ("UPDATE article SET authors = 'x' WHERE id = 1", "article 1", "column 'authors' of table 'article' holds 'x'"),
        ("UPDATE article SET published = 'x' WHERE id = 1", "article 1", "column 'published' of table 'article'"),
        ("UPDATE sentence SET state = 'x' WHERE position = 4", "article 1", "row 1, 4 is damaged: column 'state'"),
        ("UPDATE run SET ended_at = 'x'", "runs", "row 1 is damaged: column 'ended_at' of table 'run'"),
        ("UPDATE run SET parameters = 'x'", "runs", "row 1 is damaged: column 'parameters' of table 'run'"),
        ("DELETE FROM event_head", "people add zoe", "the table 'event_head' has lost its row"),
    ],
)  # fmt: skip
def test_damaged_row_is_named(factcheck: Command, damage: Damage, statement: str, command: str, told: str) -> None:
    damage(statement)

    done = factcheck(*command.split())

    assert (done.code, done.out) == (8, "")
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["claim 4", "articles", "status", "runs", "log"])
def test_rest_of_a_damaged_desk_is_read(factcheck: Command, damage: Damage, command: str) -> None:
    damage("UPDATE claim SET flags = '{{' WHERE id = 3")

    assert factcheck(*command.split()).code == 0
