"""What is changed behind the program's back does not follow from the log any more, and `audit verify` says so."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Command

from factcheck.domain.audit import canonical
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

Forge = Callable[..., None]

OLD = Path(__file__).parents[1] / "storage" / "data"


@pytest.fixture
def forge(demo_desk: Path) -> Forge:
    """Changes the demo's desk with plain SQLite, its triggers as they are."""

    def forged(*statements: str) -> None:
        with closing(sqlite3.connect(demo_desk)) as connection:
            for one in statements:
                assert connection.execute(one).rowcount, one
            connection.commit()

    return forged


def test_untouched_desk_follows_from_its_log(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    whole = factcheck("audit", "verify")

    assert (whole.code, whole.err) == (0, "")
    counted = "1 article, 30 claims, 1 run, 1 article source, 4 verdicts, 5 sources, 8 editorial acts"
    assert f"what stands follows from them: {counted}" in whole.out


FORGED = [
    (
        "UPDATE verdict SET label = 'mixed' WHERE id = 1",
        r"verdict 1 of claim \d+: label is 'mixed', and event \d+ says '",
    ),
    (
        "UPDATE verdict SET rationale = 'So.' WHERE id = 2",
        r"verdict 2 of claim \d+: rationale is 'So.', and event \d+ says",
    ),
    ("UPDATE verdict SET reviewer = 'mallory' WHERE id = 1", "verdict 1 of claim .*: reviewer is 'mallory', and event"),
    ("UPDATE verdict SET role = 'nonsense' WHERE id = 1", "verdict 1 of claim .*: role is 'nonsense', and event"),
    ("UPDATE verdict SET decided_at = 'never' WHERE id = 1", "verdict 1 of claim .*: decided_at is 'never', and event"),
    (
        "UPDATE verdict SET undone_at = decided_at, ended_as = 'undone' WHERE id = 1",
        "ended_as is 'undone', and no event",
    ),
    ("DELETE FROM verdict WHERE id = 1", r"verdict 1 is missing; event \d+ says '"),
    (
        """INSERT INTO verdict (claim_id, label, scale, scale_version, reviewer, decided_at, role)
        SELECT claim_id, 'true', scale, 1, 'ana', decided_at, 'editor' FROM verdict WHERE id = 1""",
        r"verdict 5 of claim \d+ stands, and no event tells of it",
    ),
    ("UPDATE claim SET text = 'The moon fell.' WHERE id = 7", "claim 7: text is 'The moon fell.', and event .* says"),
    (
        "UPDATE claim SET amended_text = 'x', amended_by = 'ana', amended_at = '2026-01-01' WHERE id = 7",
        "claim 7: amended_text is 'x', and no event says so",
    ),
    ("UPDATE claim SET speaker = 'The king' WHERE id = 7", "claim 7: speaker is 'The king', and event .* says"),
    ("UPDATE claim SET status = 'decided' WHERE id = 30", "claim 30: status is 'decided', and no event says so"),
    ("UPDATE claim SET editorial = 'published' WHERE id = 30", "claim 30: editorial is 'published', and no event says"),
    ("DELETE FROM claim WHERE id = 30", "claim 30 is missing; event .* says"),
    ("UPDATE article SET text = 'Nothing happened.'", "article 1: text is '[0-9a-f]{64}', and event 1 says"),
    ("UPDATE article SET title = 'Nothing'", "article 1: title is 'Nothing', and event 1 says"),
    (
        "UPDATE evidence SET url = 'https://x.example' WHERE id = 1",
        "evidence 1 of claim .*: url is 'https://x.example'",
    ),
    ("UPDATE evidence SET quote = 'A quote.' WHERE id = 1", "evidence 1 of claim .*: quote is 'A quote.', and event"),
    ("UPDATE evidence SET removed_at = added_at WHERE id = 1", "removed_at is '.*', and no event says so"),
    ("DELETE FROM evidence WHERE id = 1", "evidence 1 is missing; event .* says"),
    ("UPDATE editorial_act SET editor = 'mallory' WHERE id = 1", "editorial_act 1 of claim .*: editor is 'mallory'"),
    (
        "DELETE FROM editorial_act WHERE act = 'signed_off' AND id = 1",
        "signed_off of claim .* is missing; event .* says",
    ),
    (
        """INSERT INTO editorial_act (claim_id, act, editor, at, concerns)
        VALUES (30, 'published', 'eve', '2026-01-01', '[]')""",
        "editorial_act 9 of claim 30 stands, and no event tells of it",
    ),
    ("UPDATE run SET model = 'other' WHERE id = 1", "run 1: model is 'other', and event .* says"),
    ("UPDATE run SET prompt_version = '99' WHERE id = 1", "run 1: prompt_version is '99', and event .* says"),
    ("UPDATE run SET recording = 'none' WHERE id = 1", "run 1: recording is 'none', and event .* says"),
    (
        "UPDATE claim SET run_id = NULL, added_by = 'mallory', added_at = '2020-01-01' WHERE id = 1",
        "claim 1: run_id is None, and event .* says 1(?s:.)*claim 1: added_by is 'mallory', and event",
    ),
    ("UPDATE claim SET when_words = 'on 1 May 1999' WHERE id = 2", "claim 2: when_words is 'on 1 May 1999', and event"),
    ("UPDATE claim SET locator = 'page 9' WHERE id = 2", "claim 2: locator is 'page 9', and event"),
    ("UPDATE claim SET reason = 'It matters.' WHERE id = 2", "claim 2: reason is 'It matters.', and event"),
    ("UPDATE claim SET inferred = '[[\"x\", null]]' WHERE id = 2", "claim 2: inferred is"),
    ("UPDATE claim SET second_asked = 'x' WHERE status = 'decided'", "second_asked is 'x', and event"),
    ("UPDATE article SET language = 'de'", "article 1: language is 'de', and event .* says"),
]


@pytest.mark.parametrize(("statement", "told"), FORGED, ids=[one for one, _ in FORGED])
def test_forged_row_is_named(factcheck: Command, forge: Forge, statement: str, told: str) -> None:
    forge(statement)

    done = factcheck("audit", "verify")

    assert (done.code, done.out) == (13, "")
    assert re.search(told, done.err), done.err
    assert factcheck("audit", "verify", "--json").json["differences"]


def test_forged_correction_is_named(factcheck: Command, forge: Forge) -> None:
    published = factcheck("claims", "--editorial", "published", "--json").json[0]["id"]
    said = ("--reviewer", "eve", "--reason", "The toll rose.")
    assert factcheck("correct", published, "outdated", *said).code == 0
    assert factcheck("audit", "verify").code == 0

    forge("UPDATE correction SET reason = 'A slip.'")
    assert "reason is 'A slip.', and event" in factcheck("audit", "verify").err
    forge("DELETE FROM correction")
    assert re.search(r"correction \d+ is missing; event \d+ says 'The toll rose.'", factcheck("audit", "verify").err)


@pytest.mark.parametrize("table", ["verdict", "claim", "evidence"])
def test_many_forged_rows_are_counted(factcheck: Command, forge: Forge, table: str) -> None:
    column = {"verdict": "scale", "claim": "quote", "evidence": "title"}[table]
    forge(f"UPDATE {table} SET {column} = 'forged'")  # noqa: S608 - the test's own

    found = factcheck("audit", "verify", "--json").json

    many = found["rows"][table]
    assert {one["column"] for one in found["differences"]} == {column}
    assert len(found["differences"]) == many
    assert ("more; --json tells all of them" in factcheck("audit", "verify").err) == (many > 20)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 5",
        "REPLACE INTO event SELECT * FROM event",
    ],
)
def test_no_event_takes_anothers_place(demo_desk: Path, statement: str) -> None:
    refused = pytest.raises(sqlite3.IntegrityError, match="events are only ever added to")
    with closing(sqlite3.connect(demo_desk)) as connection, refused:
        connection.execute(statement)


def test_event_of_another_number_takes_no_place_either(factcheck: Command, demo_desk: Path) -> None:
    assert factcheck("skip", 30, "--reviewer", "ana").code == 0
    assert factcheck("undo", "--reviewer", "ana").code == 0
    columns = "99, at, actor, action, claim_id, article_id, run_id, details, undoes, previous_hash, hash"
    refused = pytest.raises(sqlite3.IntegrityError, match="events are only ever added to")
    with closing(sqlite3.connect(demo_desk)) as connection, refused:
        connection.execute(f"REPLACE INTO event SELECT {columns} FROM event WHERE undoes IS NOT NULL")  # noqa: S608


def test_rewritten_chain_fails_at_its_noted_hashes(factcheck: Command, demo_desk: Path, folder: Path) -> None:
    noted = factcheck("audit", "head").out
    (folder / "heads.txt").write_text(noted, "utf-8")
    assert factcheck("audit", "verify", "--heads", "heads.txt").code == 0

    rewrite(demo_desk, "UPDATE event SET actor = 'mallory' WHERE actor = 'sample editor'")
    with closing(sqlite3.connect(demo_desk)) as connection:
        connection.execute("UPDATE editorial_act SET editor = 'mallory'")
        connection.commit()

    assert factcheck("audit", "verify").code == 0
    done = factcheck("audit", "verify", "--heads", "heads.txt")
    assert (done.code, done.out) == (13, "")
    assert f"the hash {noted.strip()!r} is nowhere in the log" in done.err


@pytest.mark.parametrize("details", ["[]", "{}", '{"verdict": "x", "evidence": 3}', "3", "null"])
def test_rewritten_details_break_no_reading(factcheck: Command, demo_desk: Path, details: str) -> None:
    rewrite(demo_desk, f"UPDATE event SET details = '{details}' WHERE action = 'decided'")  # noqa: S608

    done = factcheck("audit", "verify")

    assert done.code == 13
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", ["schema_0001", "schema_0002", "schema_0003"])
def test_old_desk_is_not_called_forged(factcheck: Command, folder: Path, name: str) -> None:
    shutil.copy(OLD / f"{name}.sqlite", folder / "factcheck.db")

    done = factcheck("audit", "verify")

    assert done.code == 0
    assert re.search(r"not compared, in (\d+) of \1 claims?: quote, anchor, speaker, locator, ", done.err)
    assert "the events that put them there are of an older version" in done.err


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE verdict SET label = 'false' WHERE id = 1", "verdict 1 of claim 1: label is 'false', and event"),
        ("DELETE FROM verdict WHERE id = 1", "verdict 1 is missing; event 10 says 'true'"),
        ("DELETE FROM evidence WHERE id = 1", "evidence of claim 1 is missing; event 10 says 'https://example.org/"),
        ("UPDATE verdict SET undone_at = NULL, ended_as = NULL", "verdict 2 of claim 2: undone_at is None, and event"),
    ],
)  # fmt: skip
def test_old_desk_is_compared_all_the_same(factcheck: Command, folder: Path, statement: str, told: str) -> None:
    shutil.copy(OLD / "schema_0002.sqlite", folder / "factcheck.db")
    assert factcheck("people", "add", "ann").code == 0  # a change puts the desk into today's form
    assert factcheck("audit", "verify").code == 0
    with closing(sqlite3.connect(folder / "factcheck.db")) as connection:
        connection.execute(statement)
        connection.commit()

    done = factcheck("audit", "verify")

    assert done.code == 13
    assert told in done.err


def rewrite(path: Path, statement: str) -> None:
    """Change events, and link the whole chain anew, as somebody does who knows how it is made."""
    database = Database(str(path))
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()
        previous = "0" * 64
        for one in list(SqlLog(database).linked()):
            record = canonical(one.event.record()) if one.event else f"{one.id}"
            linked = sha256(f"{previous}\n{record}".encode()).hexdigest()
            connection.execute("UPDATE event SET previous_hash = ?, hash = ? WHERE id = ?", (previous, linked, one.id))
            previous = linked
        connection.execute("UPDATE event_head SET hash = ?", (previous,))
        connection.commit()
    database.close()


def test_hash_is_known_in_any_form_and_an_empty_one_proves_nothing(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    head = factcheck("audit", "head").out.strip()

    assert factcheck("audit", "verify", "--head", f" {head.upper()} ").code == 0
    assert [factcheck("audit", "verify", "--head", one).code for one in ("", head[:30])] == [2, 2]
    assert factcheck("audit", "verify", "--head", "0" * 64).code == 13
