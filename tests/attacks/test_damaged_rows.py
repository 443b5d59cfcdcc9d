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


_AUTHORS = "UPDATE article SET authors = 'x' WHERE id = 1"
_HALF_A_LEASE = "UPDATE claim SET status = 'leased', leased_by = 'x' WHERE id = 3"
_STATUS = "UPDATE claim SET status = 'x' WHERE id = 3"
_ROLE = "UPDATE verdict SET role = 'x' WHERE id = 1"
_STANCE = "UPDATE evidence SET stance = 'x' WHERE id = 1"
_SENTENCE = "UPDATE sentence SET state = 'x' WHERE position = 4"
_TEXTS = {
    "claim": ("text", "claims"),
    "article": ("title", "report --drafts"),
    "evidence": ("url", "claims"),
    "verdict": ("rationale", "claims"),
    "sentence": ("kind", "article 1"),
    "run": ("model", "runs"),
    "event": ("actor", "log"),
    "scale": ("labels", "status"),
}
"""Where a list or a view shows text of each table."""


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
        (_HALF_A_LEASE, "claim 3", "row 3 is damaged: column 'leased_until' of table 'claim' holds nothing"),
        (_HALF_A_LEASE, "claims", "claim 3 is left out: row 3 is damaged: column 'leased_until' of table 'claim'"),
        (_HALF_A_LEASE, "report --drafts", "row 3 is damaged: column 'leased_until' of table 'claim' holds nothing"),
        (_HALF_A_LEASE, "next --reviewer ana --claim 3", "row 3 is damaged: column 'leased_until' of table 'claim'"),
        ("UPDATE claim SET amended_text = 'x' WHERE id = 3", "claims", "column 'amended_by' of table 'claim' holds"),
        ("UPDATE claim SET asked_on = '2026-03-01' WHERE id = 3", "claims", "column 'asked_by' of table 'claim' holds"),
        ("UPDATE claim SET added_by = 'x' WHERE id = 3", "claims", "column 'added_at' of table 'claim' holds nothing"),
        ("UPDATE claim SET speaker_set = 'x' WHERE id = 3", "claims", "column 'speaker_by' of table 'claim' holds"),
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

    assert done.code == 8
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("statement", "command", "shown", "told"),
    [
        ("UPDATE claim SET flags = '{{' WHERE id = 3", "claim 3", ("text ", "status "), "column 'flags' of table"),
        (_AUTHORS, "article 1", ("title ", "text "), "column 'authors' of table 'article' holds 'x'"),
        (_AUTHORS, "claim 4", ("claim 4", "article "), "article 1 is left out: row 1 is damaged: column 'authors'"),
        (_ROLE, "claim {1}", ("claim {1}", "state"), "verdict 1 is left out: row 1 is damaged: column 'role' of table"),
        (_STANCE, "claim {2}", ("claim {2}", "verdict"), "evidence 1 is left out: row 1 is damaged: column 'stance'"),
        (_STANCE, "evidence list {2}", ("claim {2} has",), "evidence 1 is left out: row 1 is damaged: column 'stance'"),
        (_SENTENCE, "article 1", ("#", "3 "), "sentence 4 of article 1 is left out: row 1, 4 is damaged: column"),
        (_STATUS, "article 1", ("sentence",), "claim 3 is left out: row 3 is damaged: column 'status' of table"),
        (_STATUS, "audit desk", ("verdicts",), "claim 3 is left out: row 3 is damaged: column 'status' of table"),
        (_STATUS, "status", ("queued", "tokens"), "the claims of one status is left out: row ? is damaged: column"),
        (_ROLE, "status", ("read", "tokens"), "verdict 1 is left out: row 1 is damaged: column 'role' of table"),
        (_SENTENCE, "status", ("read", "tokens"), "the sentences of one state is left out: row"),
        ("UPDATE run SET started_at = 'x'", "status", ("claims", "tokens"), "column 'started_at' of table 'run' holds"),
        ("UPDATE claim SET sentence_ids = 'x' WHERE id = 3", "diff 1 1", ("run 1: ",), "claim 3 is left out: row 3 is"),
        ("UPDATE claim SET article_id = 'x' WHERE id = 3", "report --drafts", ("### ",), "column 'article_id' of"),
        ("UPDATE evidence SET url = 'x' WHERE id = 1", "claims", ("state",), "'evidence' holds what cannot be: 'x'"),
        ("UPDATE claim SET run_id = 77 WHERE id = 3", "report --drafts", ("### ",), "names the run 77, which"),
        (_ROLE, "history --reviewer sample", ("when",), "is left out: row 1 is damaged: column 'role' of table"),
    ],
)  # fmt: skip
def test_one_view_shows_the_rest(
    factcheck: Command, damage: Damage, demo_desk: Path, statement: str, command: str, shown: tuple[str, ...], told: str
) -> None:
    with closing(sqlite3.connect(demo_desk)) as connection:
        judged = connection.execute("SELECT claim_id FROM verdict WHERE id = 1").fetchone()
        sourced = connection.execute("SELECT claim_id FROM evidence WHERE id = 1").fetchone()
    damage(statement)

    done = factcheck(*command.format(0, *judged, *sourced).split())

    assert (done.code, told in done.err) == (8, True), done
    assert [one for one in shown if one.format(0, *judged, *sourced) not in done.out] == []


@pytest.mark.parametrize("table", ["claim", "article", "evidence", "verdict", "sentence", "run", "event", "scale"])
@pytest.mark.parametrize("stored", ["CAST(x'41ff' AS TEXT)", "x'41ff'"])
def test_text_that_is_no_utf_8_is_a_damaged_row(
    factcheck: Command, damage: Damage, table: str, stored: str, demo_desk: Path
) -> None:
    with closing(sqlite3.connect(demo_desk)) as connection:
        connection.execute("DROP TRIGGER event_kept")
    column, command = _TEXTS[table]
    damage(f"UPDATE {table} SET {column} = {stored} WHERE rowid = 1")  # noqa: S608 - words of this test

    done = factcheck(*command.split())

    assert done.code == 8, done
    assert f"is damaged: column {column!r} of table {table!r} holds" in done.err
    assert "41ff" not in done.err
    assert done.out.strip() not in {"", "[]"}


@pytest.mark.parametrize("command", ["claim 4", "articles", "status", "runs", "log"])
def test_rest_of_a_damaged_desk_is_read(factcheck: Command, damage: Damage, command: str) -> None:
    damage("UPDATE claim SET flags = '{{' WHERE id = 3")

    assert factcheck(*command.split()).code == 0


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


def test_what_a_damaged_row_is_called_forges_no_line(factcheck: Command, damage: Damage) -> None:
    damage("UPDATE scale SET id = char(27) || char(10) || 'factcheck: all is well', labels = 'x'")
    damage("UPDATE verdict SET reviewer = char(27) || '[31m'")

    done = factcheck("status")

    assert (done.code, done.err.count("\nfactcheck: "), "\x1b" in done.out + done.err) == (8, 1, False), done
