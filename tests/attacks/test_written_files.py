"""A file that is written is whole, or what it was; and nothing that a desk stands on is written over."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn

_FACTCHECK = (sys.executable, "-m", "factcheck")
_STOPPED_WHILE_LOADING = """
import runpy, sys

class Stop:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
sys.argv = ["factcheck", "claims"]
runpy.run_module("factcheck", run_name="__main__")
"""


def _small_files_only() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))


def _treasures(folder: Path) -> dict[str, Path]:
    (folder / "factcheck.toml").write_text("roles = false\n")
    (folder / "tape").write_text("metadata:\n  factcheck:\n    model: a\n")
    shutil.copy(folder / "factcheck.db", folder / "other.db")
    (folder / "link.json").symlink_to("factcheck.db")
    os.link(folder / "factcheck.db", folder / "twin.json")
    names = ("factcheck.db", "factcheck.db-wal", "factcheck.toml", "tape", "other.db", "link.json", "twin.json")
    return {one: folder / one for one in names}


@pytest.mark.parametrize(
    "name", ["factcheck.db", "factcheck.db-wal", "factcheck.toml", "tape", "other.db", "link.json", "twin.json"]
)
def test_report_writes_over_no_treasure(factcheck: Command, small_desk: Path, name: str) -> None:
    path = _treasures(small_desk.parent)[name]
    before = path.read_bytes() if path.exists() else None

    done = factcheck("report", "--drafts", "--format", "json", "-o", path)

    assert (done.code, done.out) == (9, "")
    assert "is not written over" in done.err
    assert (path.read_bytes() if path.exists() else None) == before
    assert factcheck("claim", 1).code == 0


@pytest.mark.parametrize("name", ["factcheck.db", "factcheck.db-wal", "factcheck.toml"])
def test_recording_takes_no_name_of_the_desk(factcheck: Command, folder: Path, stand_in: StandIn, name: str) -> None:
    Path("article.txt").write_text("Ana Silva flew to Lisbon.")

    done = factcheck("extract", "article.txt", "--record", name)

    assert done.code == 9
    assert not (folder / name).exists()
    assert stand_in.requests == []


def test_full_disk_leaves_the_old_report(small_desk: Path) -> None:
    report = small_desk.parent / "report.html"
    report.write_text("the old one")
    with closing(sqlite3.connect(small_desk)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # a reader then needs no file of SQLite's own

    done = subprocess.run(
        [*_FACTCHECK, "report", "--drafts", "-o", report],
        capture_output=True,
        text=True,
        check=False,
        cwd=small_desk.parent,
        preexec_fn=_small_files_only,
    )

    assert done.returncode == 9
    assert "File too large" in done.stderr
    assert report.read_text() == "the old one"
    assert sorted(one.name for one in small_desk.parent.iterdir()) == ["factcheck.db", "report.html"]


def test_report_keeps_link_and_mode(factcheck: Command, small_desk: Path) -> None:
    kept = small_desk.parent / "kept.md"
    kept.write_text("old")
    kept.chmod(0o640)
    (small_desk.parent / "link.md").symlink_to(kept)

    done = factcheck("report", "--drafts", "-o", "link.md")

    assert done.code == 0
    assert (small_desk.parent / "link.md").is_symlink()
    assert (kept.stat().st_mode & 0o777, "Claim 1" in kept.read_text()) == (0o640, True)


def test_ctrl_c_while_loading_is_no_traceback(small_desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED_WHILE_LOADING],
        capture_output=True,
        text=True,
        check=False,
        cwd=small_desk.parent,
    )

    assert (done.returncode, done.stderr) == (130, "factcheck: stopped before anything began\n")


def test_recording_holds_no_password(
    factcheck: Command, folder: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("article.txt").write_text("Ana Silva flew to Lisbon.")
    address = os.environ["OPENAI_BASE_URL"].replace("//", "//bob:PASSW0RD@")
    monkeypatch.setenv("OPENAI_BASE_URL", f"{address}?key=QUERY")

    done = factcheck("extract", "article.txt", "--record", "tape.yaml")

    assert stand_in.requests
    for one in folder.iterdir():
        assert not [word for word in (b"bob", b"PASSW0RD", b"QUERY") if word in one.read_bytes()], one
    assert "PASSW0RD" not in done.out + done.err


def test_file_of_hashes_is_not_written_over(factcheck: Command, small_desk: Path) -> None:
    heads, config = Path("heads.txt"), small_desk.with_name("factcheck.toml")
    heads.write_text("a hash\n", "utf-8")
    config.write_text('heads_file = "heads.txt"\n', "utf-8")

    written = factcheck("report", "--drafts", "-o", "heads.txt"), factcheck("backup", "heads.txt", "--overwrite")

    assert [one.code for one in written] == [9, 9]
    assert heads.read_text("utf-8") == "a hash\n"


@pytest.mark.parametrize("command", ["report -o", "backup"])
def test_name_that_no_file_can_have_is_told_in_one_line(factcheck: Command, small_desk: Path, command: str) -> None:
    done = factcheck("--db", small_desk, *command.split(), "x" * 5_000)

    assert (done.code, done.err.count("\n")) == (9, 1), done
    assert len(done.err) < 500
