"""The review screen in a real terminal, with real keys, and where there is no terminal."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command
from terminal import Terminal, in_tmux

SIZES = {"small": (80, 24), "large": (200, 60)}


@pytest.fixture(params=SIZES)
def terminal(request: pytest.FixtureRequest, demo_desk: Path) -> Iterator[Terminal]:
    """A terminal in the folder of the demo's database, in which claim 1 is most worth checking."""
    with closing(sqlite3.connect(demo_desk)) as connection, connection:
        connection.execute("UPDATE claim SET check_worthiness = 1 WHERE id = 1")
    opened = Terminal(demo_desk.parent, *SIZES[request.param])
    yield opened
    opened.close()


@pytest.fixture
def look(demo_desk: Path) -> Callable[[str], list[tuple[object, ...]]]:
    """Reads the database without the program."""

    def rows(query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(demo_desk)) as connection:
            return connection.execute(query).fetchall()

    return rows


@in_tmux
def test_reviewer_works_with_real_keys(
    terminal: Terminal, demo_desk: Path, look: Callable[[str], list[tuple[object, ...]]]
) -> None:
    terminal.line("factcheck review --reviewer ana --json")
    terminal.shows("claim 1 · first reading", "Trump and Takaichi", "1 false", "? help", "25 waiting")

    terminal.press("e")
    terminal.shows("Add a source")
    terminal.press("+http://127.0.0.1:9/signing", "Tab", "s", "F2")
    terminal.shows("supports · http://127.0.0.1:9/signing")

    terminal.press("r")
    terminal.shows("explanation")
    terminal.press("+Both sides published it.", "F2")
    terminal.shows("reasons kept")
    terminal.press("5")
    terminal.shows("claim 1 is true", "claim 9 ·")

    terminal.press("Space")
    terminal.shows("claim 9 is at the end of the queue")
    terminal.press("u")
    terminal.shows("undone: claim 9 is no longer skipped")
    terminal.press("n")
    terminal.shows("words to colleagues")
    terminal.press("+half a thou")
    terminal.shows("half a thou")
    drafts = "SELECT reviewer, claim_id FROM draft WHERE form LIKE '%half a thou%'"
    deadline = time.monotonic() + 60
    while not look(drafts) and time.monotonic() < deadline:
        time.sleep(0.05)
    terminal.kill()
    terminal.open()
    terminal.line("factcheck review --reviewer ana --json > done.json; echo ended-$?")
    terminal.shows("claim 9 ·", "draft kept")
    assert look(drafts) == [("ana", 9)]
    terminal.press("q")

    terminal.shows("ended-0")
    done = json.loads((demo_desk.parent / "done.json").read_text())
    assert done == {"reviewer": "ana", "decided": 0, "skipped": 0}
    assert look("SELECT label, rationale FROM verdict WHERE reviewer = 'ana'") == [("true", "Both sides published it.")]
    assert look("SELECT count(*) FROM claim WHERE leased_by IS NOT NULL") == [(0,)]


@in_tmux
def test_reviewer_chooses_with_real_keys(terminal: Terminal, look: Callable[[str], list[tuple[object, ...]]]) -> None:
    terminal.line("factcheck review --reviewer ana; echo ended-$?")
    terminal.shows("claim 1 · first reading", "[2 headline] Trump and Takaichi", "l list")
    terminal.press("l")
    terminal.shows("claims · article 1 · any state · 30 claims", "▸      1  leased", "↑↓ row")
    terminal.press("/")
    terminal.press("+rare earth miner", "Enter")
    terminal.shows("“rare earth miner” · 2 claims", "▸      6  queued")
    terminal.press("Enter")
    terminal.shows("claim 6 is in your hands", "claim 6 · first reading")

    terminal.press("w")
    terminal.shows("Who said claim 6")
    terminal.press("+The White House", "F2")
    terminal.shows("said by   The White House (set by ana)")
    terminal.press("a")
    terminal.shows("Add a claim to article 1", "ledger    sentence 4: claims")
    terminal.press("+Ministers talked of minerals.", "F2")
    terminal.shows("claim 31 is added to the queue")
    terminal.press("g")
    terminal.shows("number:")
    terminal.press("+31")
    terminal.shows("claim 31 · article 1, sentence 4 · queued")
    terminal.press("Enter")
    terminal.shows("claim 31 · first reading", "added     by ana")
    terminal.press("1")
    terminal.shows("claim 31 is false ! the verdict has no rationale")
    terminal.press("m")
    terminal.shows("says the same as · article 1")
    terminal.press("Escape")
    terminal.shows("v labels")
    terminal.press("q")

    terminal.shows("ended-0")
    assert look("SELECT speaker FROM claim WHERE id = 31") == [(None,)]
    assert look("SELECT count(*) FROM claim WHERE leased_by IS NOT NULL") == [(0,)]


@in_tmux
def test_editor_works_with_real_keys(
    terminal: Terminal, factcheck: Command, look: Callable[[str], list[tuple[object, ...]]]
) -> None:
    reasons = ("--rationale", "Both sides published it.", "--evidence", "https://a.example/signing")
    factcheck("verdict", "1", "true", "--reviewer", "ana", *reasons)

    terminal.line("factcheck review --reviewer eve --to-sign-off; echo ended-$?")
    terminal.shows("claim 1 · decided · to sign off", "true  by ana", "Both sides published it.", "S sign off")
    terminal.press("S")
    terminal.shows("claim 1 is signed off")
    terminal.press("q")

    terminal.shows("eve: 1 signed off, 0 published, 0 rejected", "ended-0")
    assert look("SELECT editorial FROM claim WHERE id = 1") == [("signed_off",)]


@in_tmux
def test_claim_asked_for_is_shown(terminal: Terminal) -> None:
    terminal.line("factcheck review --reviewer evve --claim 4; echo ended-$?")
    terminal.shows("claim 4 · first reading")
    terminal.press("q")
    terminal.shows("what you held is given back", "ended-0")

    terminal.line("clear; factcheck review --reviewer eve --search takaichi; echo ended-$?")
    terminal.shows("do you mean evve?")
    terminal.line("n")
    terminal.shows("first reading", "akaichi")
    terminal.press("q")
    terminal.shows("eve: 0 decided", "ended-0")


def test_screen_without_terminal_is_refused(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk

    refused = factcheck("review", "--reviewer", "ana")

    assert refused.code == 2
    assert "the review screen needs a terminal; without one use: factcheck next" in refused.err


def test_bad_keys_are_refused(factcheck: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "factcheck.toml").write_text('[keys]\njump = "j"\n')
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    refused = factcheck("review", "--reviewer", "ana")

    assert refused.code == 2
    assert "'jump' in [keys] is no act of the screen" in refused.err
    assert not (folder / "factcheck.db").exists()
