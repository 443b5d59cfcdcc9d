"""Bad input: one clear line on stderr with the value and the next step, and its exit code."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command, Finished
from fakes import StandIn, failing

from factcheck.storage.database import Database


def assert_told(done: Finished, code: int, value: str, next_step: str) -> None:
    assert done.code == code
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert value in done.err
    assert next_step in done.err


@pytest.mark.parametrize(
    ("name", "content", "next_step"),
    [
        ("missing.txt", None, "check the path"),
        ("empty.txt", b"", "article in it"),
        ("blank.txt", b" \n\t\n", "article in it"),
        ("binary.bin", b"PNG\x00\x01\x02", "text, Markdown or HTML"),
        ("latin.txt", "Zürich wählt".encode("latin-1"), "--encoding"),
        ("page.html", b"<html><body></body></html>", "article in it"),
        ("a\x1b[31mred.txt", None, "check the path"),
    ],
    ids=["missing", "empty", "blank", "binary", "latin", "no-article", "escape-in-name"],
)
def test_unreadable_file_is_told(
    factcheck: Command, folder: Path, name: str, content: bytes | None, next_step: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)

    done = factcheck("extract", name)

    assert_told(done, 3, repr(name), next_step)
    assert "\x1b" not in done.err


def test_folder_is_no_article(factcheck: Command, folder: Path) -> None:
    (folder / "dir").mkdir()

    assert_told(factcheck("extract", "dir"), 3, "'dir'", "check the path")


def test_unknown_encoding_is_told(factcheck: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("Words stand here.")

    assert_told(factcheck("extract", "a.txt", "--encoding", "klingon"), 3, "'klingon'", "--encoding")


def test_silent_address_is_told(factcheck: Command) -> None:
    assert_told(factcheck("extract", "http://127.0.0.1:9/x"), 3, "'http://127.0.0.1:9/x'", "save the page")


def test_missing_page_is_told(factcheck: Command, stand_in: StandIn) -> None:
    url = f"{stand_in.address}/nothing"

    assert_told(factcheck("extract", url), 3, repr(url), "check the address")


@pytest.fixture
def article(folder: Path) -> str:
    """The name of a short article's file."""
    (folder / "a.txt").write_text("Ana Silva flew to Lisbon.")
    return "a.txt"


def test_no_model_is_told(factcheck: Command, article: str) -> None:
    for how in ((), ("--batch",)):
        assert_told(factcheck("extract", article, *how), 4, "no model is named", "--model")
    assert factcheck("articles").code == 8  # nothing is stored, so that there is no desk


def test_no_key_is_told(factcheck: Command, article: str) -> None:
    assert_told(factcheck("extract", article, "--model", "gpt"), 4, "'openai:gpt'", "OPENAI_API_KEY")


def test_wrong_key_is_told(factcheck: Command, article: str, stand_in: StandIn) -> None:
    stand_in.answer = failing(401, "invalid_api_key", "Incorrect API key provided")

    assert_told(factcheck("extract", article), 4, "Incorrect API key provided", "OPENAI_API_KEY")


def test_absent_server_is_told(
    factcheck: Command, article: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stand_in
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    assert_told(factcheck("extract", article), 4, "'openai:stand-in'", "OPENAI_BASE_URL")


def test_article_survives_absent_server(
    factcheck: Command, article: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stand_in
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    factcheck("extract", article)

    shown = factcheck("article", 1, "--json").json
    assert [one["state"] for one in shown["sentences"]] == ["pending"]
    assert shown["runs"][0]["outcome"].startswith("stopped: ")


def test_replay_of_another_article(factcheck: Command, article: str, stand_in: StandIn) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    Path("b.txt").write_text("Somebody else flew to Porto.")

    assert_told(factcheck("extract", "b.txt", "--replay", "tape.yaml"), 5, "no answer", "--record")
    assert len(stand_in.requests) == 1


def test_replay_of_another_prompt(factcheck: Command, article: str, stand_in: StandIn) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    tape = Path("tape.yaml").read_text("utf-8")
    Path("old.yaml").write_text(tape.replace("prompt_hash: ", "prompt_hash: old"), "utf-8")

    assert_told(factcheck("--db", "new.db", "extract", article, "--replay", "old.yaml"), 5, "'old.yaml'", "--record")
    assert len(stand_in.requests) == 1


def test_missing_recording_is_told(factcheck: Command, article: str) -> None:
    assert_told(factcheck("extract", article, "--replay", "none.yaml"), 5, "'none.yaml'", "--replay")


def test_existing_recording_is_kept(factcheck: Command, article: str, stand_in: StandIn) -> None:
    Path("tape.yaml").write_text("mine")

    assert_told(factcheck("extract", article, "--record", "tape.yaml"), 9, "'tape.yaml'", "name another")
    assert Path("tape.yaml").read_text() == "mine"
    assert stand_in.requests == []


@pytest.mark.parametrize(
    ("arguments", "code", "value", "next_step"),
    [
        (("verdict", 1, "flase", "--reviewer", "ana"), 2, "'flase'", "mostly-false"),
        (("verdict", 999, "false", "--reviewer", "ana"), 6, "claim 999", "factcheck claims"),
        (("claim", 999), 6, "claim 999", "factcheck claims"),
        (("article", 999), 6, "article 999", "factcheck articles"),
        (("claims", "--article", 999), 6, "article 999", "factcheck articles"),
        (("runs", "--article", 999), 6, "article 999", "factcheck articles"),
        (("report", "--article", 999), 6, "article 999", "factcheck articles"),
        (("verdict", 2, "false"), 2, "no reviewer is named", "--reviewer"),
        (("verdict", 2, "false", "--reviewer", " "), 2, "' '", "--reviewer"),
        (("verdict", 2, "false", "--reviewer", "ana", "--evidence", "javascript:alert(1)"), 2, "javascript", "http"),
        (("evidence", "add", 2, "ftp://x.org", "--stance", "refutes"), 2, "'ftp://x.org'", "http"),
        (("verdict", 3, "false", "--reviewer", "ana"), 7, "claim 3 is published", "factcheck correct 3"),
        (("release", 2, "--reviewer", "ana"), 7, "claim 2 is not leased", "factcheck next"),
        (("undo", "--reviewer", "nobody"), 7, "'nobody'", "factcheck history"),
        (("report", "-o", "no/such/folder.md"), 9, "'no/such/folder.md'", "-o"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_wrong_request_is_told(
    factcheck: Command, demo_desk: Path, arguments: tuple[object, ...], code: int, value: str, next_step: str
) -> None:
    before = demo_desk.read_bytes()

    assert_told(factcheck(*arguments), code, value, next_step)
    assert demo_desk.read_bytes() == before


def test_lease_of_another_is_told(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    taken = factcheck("next", "--reviewer", "ana", "--json").json["id"]

    for command in (("verdict", taken, "true"), ("skip", taken), ("release", taken)):
        assert_told(factcheck(*command, "--reviewer", "bob"), 7, "leased by 'ana'", "release")


def test_empty_queue_says_why(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    assert_told(factcheck("next", "--reviewer", "ana"), 11, "the queue is empty", "factcheck extract")


def test_report_on_nothing_is_told(factcheck: Command) -> None:
    factcheck("people", "add", "ana")

    assert_told(factcheck("report"), 6, "no article", "factcheck extract")


def test_read_only_database_is_told(factcheck: Command, demo_desk: Path) -> None:
    location = f"sqlite:///file:{demo_desk}?mode=ro&uri=true"

    assert factcheck("--db", location, "claim", 1).code == 0
    assert_told(factcheck("--db", location, "next", "--reviewer", "ana"), 8, "readonly", "--db")


def test_newer_database_is_told(factcheck: Command, demo_desk: Path) -> None:
    with Database(str(demo_desk)).writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    assert_told(factcheck("claims"), 8, "'9999'", "upgrade")


def test_other_file_is_no_database(factcheck: Command, folder: Path) -> None:
    (folder / "notes.db").write_text("These are notes, not a database. " * 100)

    assert_told(factcheck("--db", "notes.db", "claims"), 8, "'notes.db'", "--db")


def test_missing_folder_is_told(factcheck: Command) -> None:
    assert_told(factcheck("--db", "no/such/desk.db", "claims"), 8, "'no/such/desk.db'", "--db")


@pytest.mark.parametrize("location", ["nosuch://x", "://"])
def test_wrong_database_url_is_told(factcheck: Command, location: str) -> None:
    assert_told(factcheck("--db", location, "claims"), 8, repr(location), "--db")


def test_wrong_lease_setting_is_told(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LEASE_MINUTES", "soon")

    assert_told(factcheck("claims"), 2, "'soon'", "whole number")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("extract",), ("claims", "--status", "lost"), ("extract", "a", "--record", "x", "--replay", "y")],
    ids=" ".join,
)
def test_wrong_usage_exits_two(factcheck: Command, arguments: tuple[str, ...]) -> None:
    done = factcheck(*arguments)

    assert done.code == 2
    assert "Error: " in done.err
    assert done.out == ""


def test_bytes_that_are_no_text(demo_desk: Path) -> None:
    command: list[str | bytes] = [sys.executable, "-m", "factcheck", "verdict", "2", "false", "--reviewer", b"an\xffa"]

    done = subprocess.run(command, cwd=demo_desk.parent, capture_output=True, check=False)

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_password_is_shown_nowhere(factcheck: Command) -> None:
    done = factcheck("--db", "sqlite+nosuchdriver://ana:s3cret@host/desk", "status")

    assert done.code == 8
    assert "s3cret" not in done.err
    assert "'sqlite+nosuchdriver://ana:***@host/desk'" in done.err


@pytest.mark.parametrize("place", ["stdout", "stderr", "stdin"])
def test_closed_stream_is_survived(demo_desk: Path, place: str) -> None:
    command = {"stdout": "claims >&-", "stderr": "claims 2>&- >/dev/null", "stdin": "extract - <&-"}[place]

    line = f"{sys.executable} -m factcheck {command}"
    done = subprocess.run(["sh", "-c", line], cwd=demo_desk.parent, capture_output=True, text=True, check=False)

    assert done.returncode == (3 if place == "stdin" else 0)
    assert "Traceback" not in done.stderr


def test_full_disk_has_its_exit_code(demo_desk: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "factcheck", "claims"]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=demo_desk.parent, text=True, check=False
        )

    assert done.returncode == 9
    assert "stdout cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_reader_may_leave_early(demo_desk: Path) -> None:
    command = f"{sys.executable} -m factcheck claims --json | head -1; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", command], cwd=demo_desk.parent, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda tape: tape[: len(tape) // 2],
        lambda tape: tape.replace("interactions:", "interaction:"),
        lambda tape: tape.replace("code: 200", "code: many"),
        lambda tape: tape.replace("window: 9", "window: 0"),
    ],
    ids=["truncated", "no-calls", "no-status", "no-window"],
)
def test_damaged_recording_is_told(
    factcheck: Command, article: str, stand_in: StandIn, damage: Callable[[str], str]
) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    Path("bad.yaml").write_text(damage(Path("tape.yaml").read_text("utf-8")), "utf-8")

    assert_told(factcheck("--db", "new.db", "extract", article, "--replay", "bad.yaml"), 5, "'bad.yaml'", "--record")
    assert len(stand_in.requests) == 1


def test_device_is_no_recording(factcheck: Command, article: str, stand_in: StandIn) -> None:
    assert_told(factcheck("extract", article, "--record", "/dev/null"), 9, "'/dev/null'", "name another")
    assert Path("/dev/null").is_char_device()
    assert stand_in.requests == []


def test_folder_is_no_recording(factcheck: Command, article: str, stand_in: StandIn) -> None:
    Path("tapes").mkdir()

    assert_told(factcheck("extract", article, "--record", "tapes"), 9, "'tapes'", "name another")
    assert stand_in.requests == []


@pytest.mark.parametrize(("name", "value"), [("OPENAI_BASE_URL", "nonsense"), ("OPENAI_API_KEY", "é")])
def test_wrong_setting_of_model_is_told(
    factcheck: Command, article: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert_told(factcheck("extract", article), 4, "'openai:stand-in'", name)
    assert stand_in.requests == []


@pytest.mark.parametrize("location", [":memory:", "sqlite://"])
def test_useless_database_is_told(factcheck: Command, location: str) -> None:
    assert_told(factcheck("--db", location, "claims"), 8, repr(location), "--db")


def test_broken_address_keeps_its_password(factcheck: Command) -> None:
    done = factcheck("--db", "postgresql://u:secret@host:port/x?password=secret", "claims")

    assert_told(done, 8, "'postgresql://...'", "--db")
    assert "secret" not in done.err


def test_wrong_switch_is_told(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "yes")

    assert_told(factcheck("claims"), 2, "'yes'", "set it to 1")


def test_endless_lease_is_told(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LEASE_MINUTES", "9" * 5000)

    assert_told(factcheck("status"), 2, "'99999999999999999999'", "whole number")


def test_advice_quotes_names(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    name = "a; rm -rf $HOME"
    taken = factcheck("next", "--reviewer", name, "--json")

    assert f"--reviewer '{name}'" in taken.err
    assert f"--reviewer '{name}'" in factcheck("skip", taken.json["id"], "--reviewer", "bob").err


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e400", "1e-320", "0", "-1"])
@pytest.mark.parametrize(
    "words",
    [("jobs", "limit", "--budget"), ("jobs", "limit", "--requests-per-minute"), ("extract", "a.txt", "--budget")],
)
def test_limit_that_is_no_number_is_refused(factcheck: Command, words: tuple[str, ...], number: str) -> None:
    done = factcheck(*words, number)

    assert (done.code, f"{number!r} is no number of 0.000001 or more" in done.err) == (2, True)
