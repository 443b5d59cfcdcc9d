"""`factcheck site` on the demo's claims."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from conftest import Command

from factcheck.cli.exit_codes import ExitCode

pytestmark = pytest.mark.usefixtures("demo_desk")

CONFIG = """[publisher]
name = "The Desk"
url = "https://desk.example.org/"
claim_url_pattern = "https://desk.example.org/checks/{id}"
"""
SIGNALLED = """import os, sys
from pathlib import Path

replace, left = Path.replace, [int(sys.argv[1])]

def signalled(self, target):
    left[0] -= 1
    if left[0] == -1:
        os.kill(os.getpid(), int(sys.argv[2]))
    return replace(self, target)

Path.replace = signalled
from factcheck.cli.main import run

sys.exit(run(sys.argv[3:]))
"""
"""The command, which sends itself a signal once so many files have been put in their places."""


@contextmanager
def signalled_site(folder: Path, after: int, number: signal.Signals) -> Iterator[subprocess.Popen[str]]:
    """A run of its own process that writes the site, and gets that signal after so many files."""
    command = [sys.executable, "-c", SIGNALLED, str(after), str(int(number)), "site", "-o", "site", "--move"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def killed_site(folder: Path, after: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Have a run end in the middle of the site."""
    with signalled_site(folder, after, number) as running:
        assert running.wait(60) in {-signal.SIGKILL, 130}


@pytest.fixture
def waiting(factcheck: Command, folder: Path, demo_desk: Path) -> str:  # noqa: ARG001 - the desk has to be there
    """A site is written; then a claim is judged and signed off, and this is its number."""
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    assert factcheck("site", "-o", "site").code == 0
    claims = factcheck("claims", "--json").json
    number = next(str(one["id"]) for one in claims if one["status"] == "queued")
    said = ("--reviewer", "ana", "--rationale", "So it is.", "--evidence", "https://example.com/a")
    assert factcheck("verdict", number, "false", *said).code == 0
    assert factcheck("sign-off", number, "--reviewer", "eve").code == 0
    return number


def files(folder: Path) -> dict[str, bytes]:
    """What is served of a site, by its paths, and every folder of it."""
    every = {one: one.read_bytes() if one.is_file() else b"" for one in folder.rglob("*")}
    return {str(one.relative_to(folder)): held for one, held in every.items() if one.name != ".factcheck-site.json"}


def site_as_new(factcheck: Command, folder: Path) -> None:
    """Write the site once more, and hold it against one in an empty folder."""
    assert factcheck("site", "-o", "site").code == factcheck("site", "-o", "anew").code == 0
    assert files(folder / "site") == files(folder / "anew")


def test_site_is_written_once(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    done = factcheck("site", "-o", "site")
    assert (done.code, done.out) == (0, "")
    assert "put site at https://desk.example.org/checks/" in done.err
    assert (folder / "site" / "index.html").exists()
    assert "files written: 0, unchanged: " in factcheck("site", "-o", "site").err


def test_what_is_decided_later_is_written(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    page = folder / "site" / "corrections" / "index.html"
    published = factcheck("report", "--format", "jsonl").out.splitlines()[0]
    number = json.loads(published)["claim"]["id"]
    factcheck("site", "-o", "site")
    factcheck("withdraw", number, "--reviewer", "eve", "--reason", "The deed was forged.")
    factcheck("site", "-o", "site")
    assert "The deed was forged." in page.read_text("utf-8")


def test_lost_page_and_new_publisher_are_seen(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    factcheck("site", "-o", "site")
    (folder / "site" / "search.js").unlink()
    assert "files written: 1, unchanged: " in factcheck("site", "-o", "site").err
    (folder / "factcheck.toml").write_text(CONFIG.replace("The Desk", "The Other Desk"), "utf-8")
    factcheck("site", "-o", "site")
    assert "The Other Desk" in (folder / "site" / "index.html").read_text("utf-8")


def test_damaged_row_is_told_each_time(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    with closing(sqlite3.connect(folder / "factcheck.db")) as desk, desk:
        desk.execute("UPDATE verdict SET decided_at = 'never' WHERE id = 1")
    done = [factcheck("site", "-o", "site") for _ in range(2)]
    assert {one.code for one in done} == {8}
    assert all("is left out" in one.err for one in done)


def test_site_spares_what_is_not_its_own(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    done = factcheck("site", "-o", ".")
    assert done.code == factcheck("report", "-o", "/nowhere/x.md").code
    assert "holds files of somebody else" in done.err
    assert not (folder / "index.html").exists()


def test_site_asks_for_a_publisher(factcheck: Command) -> None:
    done = factcheck("site", "-o", "site")
    assert done.code != 0
    assert "no publisher is configured" in done.err


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("after", [1, 3, 6])
def test_verdict_taken_back_after_a_broken_run_goes(
    factcheck: Command, folder: Path, waiting: str, after: int, number: signal.Signals
) -> None:
    killed_site(folder, after, number)
    assert factcheck("undo", "--reviewer", "eve").code == 0
    site_as_new(factcheck, folder)
    assert not (folder / "site" / waiting).exists()


def test_verdict_of_a_broken_run_is_finished(factcheck: Command, folder: Path, waiting: str) -> None:
    killed_site(folder, 6)
    site_as_new(factcheck, folder)
    assert (folder / "site" / waiting / "index.html").exists()
    assert "files written: 0, unchanged: " in factcheck("site", "-o", "site").err


@pytest.mark.usefixtures("waiting")
def test_addresses_of_a_broken_run_go(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG.replace("{id}", "{id}/check.html"), "utf-8")
    killed_site(folder, 6)
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    site_as_new(factcheck, folder)


@pytest.mark.usefixtures("waiting")
def test_words_of_a_broken_run_are_taken_back(factcheck: Command, folder: Path) -> None:
    def titled(title: str) -> None:
        assert factcheck("article", 1, "--set", f"title={title}", "--reviewer", "eve").code == 0

    titled("Written by Ron")
    factcheck("site", "-o", "site")
    titled("Written by Bob")
    killed_site(folder, 6)
    titled("Written by Ron")
    assert any(b"by Bob" in held for held in files(folder / "site").values())
    site_as_new(factcheck, folder)


def test_second_run_is_refused_while_one_writes(factcheck: Command, folder: Path, waiting: str) -> None:
    with signalled_site(folder, 6, signal.SIGSTOP) as running:
        os.waitid(os.P_PID, running.pid, os.WSTOPPED)
        done = factcheck("site", "-o", "site")
        assert (done.code, done.err) == (
            ExitCode.OUTPUT,
            "factcheck: another run is writing to the folder 'site'; let it end first\n",
        )
        running.send_signal(signal.SIGCONT)
        assert running.wait(60) == 0
    assert factcheck("undo", "--reviewer", "eve").code == 0
    site_as_new(factcheck, folder)
    assert not (folder / "site" / waiting).exists()


def test_site_of_another_desk_is_refused(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    factcheck("site", "-o", "site")
    before = files(folder / "site")
    factcheck("--db", "other.db", "people", "add", "eve", "--role", "editor")
    done = factcheck("--db", "other.db", "site", "-o", "site")
    first = [
        json.loads(factcheck("--db", one, "audit", "export").out.splitlines()[0])
        for one in ("factcheck.db", "other.db")
    ]
    held, own = (one["hash"][:16] for one in first)
    assert (done.code, done.err) == (
        ExitCode.OUTPUT,
        (
            f"factcheck: the folder 'site' was written from another desk, whose log begins with '{held}'; "
            f"that of 'other.db' begins with '{own}'; "
            "name the folder's desk with --db or FACTCHECK_DB, or another folder with -o, or remove it\n"
        ),
    )
    assert files(folder / "site") == before
    assert "files written: 0, unchanged: " in factcheck("site", "-o", "site").err


def test_desk_that_was_copied_is_the_same(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    factcheck("site", "-o", "site")
    factcheck("copy", "--to", "copied.db")
    factcheck("--db", "copied.db", "backup", "kept.db")
    factcheck("--db", "restored.db", "restore", "kept.db")
    for desk in ("copied.db", "kept.db", "restored.db"):
        assert "files written: 0, unchanged: " in factcheck("--db", desk, "site", "-o", "site").err


def test_folder_of_an_older_version_is_taken_once(factcheck: Command, folder: Path) -> None:
    (folder / "factcheck.toml").write_text(CONFIG, "utf-8")
    factcheck("site", "-o", "site")
    listed = folder / "site" / ".factcheck-site.json"
    older = json.loads(listed.read_text("utf-8"))
    del older["owner"]
    listed.write_text(json.dumps(older), "utf-8")
    assert "files written: 0, unchanged: " in factcheck("site", "-o", "site").err
    factcheck("--db", "other.db", "people", "add", "eve", "--role", "editor")
    assert factcheck("--db", "other.db", "site", "-o", "site").code == ExitCode.OUTPUT


def test_pages_leave_their_addresses_only_when_told_to(factcheck: Command, folder: Path) -> None:
    config = folder / "factcheck.toml"
    config.write_text(CONFIG, "utf-8")
    assert factcheck("site", "-o", "site").code == ExitCode.OK
    config.write_text(CONFIG.replace("{id}", "{uid}"), "utf-8")

    refused = factcheck("site", "-o", "site")

    assert refused.code == ExitCode.OUTPUT
    assert "stand at 'https://desk.example.org/checks/{id}', and claim_url_pattern is" in refused.err
    [page] = {one.parent for one in (folder / "site").glob("*/card.svg") if one.parent.name == "3"}
    assert factcheck("site", "-o", "site", "--move").code == ExitCode.OK
    assert not page.exists()
    assert factcheck("site", "-o", "site").code == ExitCode.OK
