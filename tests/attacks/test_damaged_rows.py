"""A row that no version of the program has written is named; the rest of the desk can still be read."""

import json
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
        ("UPDATE article SET authors = 'x' WHERE id = 1", "article 1", "column 'authors' of table 'article' holds 'x'"),
        ("UPDATE article SET published = 'x' WHERE id = 1", "article 1", "column 'published' of table 'article'"),
        ("UPDATE sentence SET state = 'x' WHERE position = 4", "article 1", "row 1, 4 is damaged: column 'state'"),
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


_AUTHORS = "UPDATE article SET authors = 'x' WHERE id = 1"
_STATUS = "UPDATE claim SET status = 'x' WHERE id = 3"
_ROLE = "UPDATE verdict SET role = 'x' WHERE id = 1"


@pytest.mark.parametrize(
    ("statement", "command", "shown", "told"),
    [
        (_STATUS, "claims", "  4 ", "claim 3 is left out: row 3 is damaged: column 'status'"),
        (_ROLE, "claims --json", '"id": 4', "is left out: row 1 is damaged: column 'role' of table 'verdict' holds"),
        ("UPDATE evidence SET stance = 'x' WHERE id = 1", "claims --json", '"id": 4', "column 'stance' of table"),
        (_AUTHORS, "articles", "sentences", "article 1 is left out: row 1 is damaged: column 'authors' of table"),
        ("UPDATE sentence SET state = 'x' WHERE position = 4", "articles", "Trump", "row 1, ? is damaged: column"),
        ("UPDATE run SET ended_at = 'x'", "runs", "tokens", "run 1 is left out: row 1 is damaged: column 'ended_at'"),
        ("UPDATE run SET parameters = 'x'", "runs --json", "[]", "column 'parameters' of table 'run'"),
        (_STATUS, "report --drafts --format html", 'id="claim-4"', "claim 3 is left out"),
        (_STATUS, "report --claim 3 --claim 4 --drafts --format jsonl", '"id":4', "claim 3 is left out"),
        (_AUTHORS, "report --drafts --format json", '"articles": []', "article 1 is left out"),
        ("UPDATE sentence SET state = 'x' WHERE position = 4", "report", "### Claim", "sentence 4 of article 1"),
    ],
)  # fmt: skip
def test_lists_and_reports_leave_a_damaged_row_out_aloud(
    factcheck: Command, damage: Damage, statement: str, command: str, shown: str, told: str
) -> None:
    damage(statement)

    done = factcheck(*command.split())

    assert (done.code, told in done.err, shown in done.out) == (8, True, True), done
    assert done.err.count(told) == 1
    assert "left out of what was shown; bring a copy of the desk back with: factcheck restore FILE" in done.err


def test_report_without_a_damaged_row_is_written_whole(factcheck: Command, damage: Damage, demo_desk: Path) -> None:
    damage(_STATUS)
    path = demo_desk.with_name("report.json")

    done = factcheck("report", "--drafts", "-o", path)

    assert (done.code, done.out) == (8, "")
    claims = [one["id"] for one in json.loads(path.read_text("utf-8"))["articles"][0]["claims"]]
    assert (3 in claims, 4 in claims) == (False, True)
