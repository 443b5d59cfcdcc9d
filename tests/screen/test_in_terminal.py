"""The editor's screen and pasting in a real terminal of 80 by 24, with real keys."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Command
from terminal import Terminal, in_tmux

pytestmark = in_tmux
Look = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def terminal(demo_desk: Path) -> Iterator[Terminal]:
    """A terminal in the folder of the demo's database, in which claim 1 is most worth checking."""
    with closing(sqlite3.connect(demo_desk)) as connection, connection:
        connection.execute("UPDATE claim SET check_worthiness = 1 WHERE id = 1")
    opened = Terminal(demo_desk.parent, 80, 24)
    yield opened
    opened.close()


@pytest.fixture
def look(demo_desk: Path) -> Look:
    """Reads the database without the program."""

    def rows(query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(demo_desk)) as connection:
            return connection.execute(query).fetchall()

    return rows


def test_pasted_words_stay_apart(terminal: Terminal, look: Look) -> None:
    terminal.line("factcheck review --reviewer ana")
    terminal.shows("claim 1 · first reading")

    terminal.press("e")
    terminal.shows("Add a source")
    terminal.paste("\nThe yearbook,\nvolume 3", keeps_ends=True)
    terminal.press("Tab", "s", "Tab")
    terminal.paste("The tower closed\nin 1987 and held\n12 bells")
    terminal.shows("The yearbook, volume 3", "in 1987 and held", "12 bells")
    terminal.press("F2")
    terminal.shows("claim 1 has a source")

    assert look("SELECT description, quote FROM evidence WHERE added_by = 'ana'") == [
        ("The yearbook, volume 3", "The tower closed\nin 1987 and held\n12 bells")
    ]


def test_editor_works_at_eighty_columns(terminal: Terminal, factcheck: Command, look: Look) -> None:
    for number, label in ((1, "true"), (2, "false")):
        factcheck("verdict", str(number), label, "--reviewer", "ana", "--rationale", "Both sides published it.")
    terminal.line("factcheck review --reviewer eve --to-sign-off; echo ended-$?")
    terminal.shows("claim 1 · decided", "! the verdict has no source of its own · sign-off asks why", "A amend")

    terminal.press("A")
    terminal.shows("Amend the verdict on claim 1", "explanation")
    terminal.press("Tab", "+ So did others.", "F2")
    terminal.shows("Claim 1 is not ready to be signed off", "reason to go on", "! the verdict has no source")
    terminal.press("+Plain to see.", "F2")
    terminal.shows("claim 1 is amended and signed off; u takes that back")
    terminal.press("u")
    terminal.shows("undone: claim 1 is no longer signed off", "true  by eve, as editor")

    terminal.press("t")
    terminal.shows("claim 1 is marked", "claim 2 ·")
    terminal.press("t")
    terminal.shows("claim 2 is marked")
    terminal.press("T")
    terminal.shows("All marked claims: 1, 2")
    terminal.press("b", "Tab", "+Plain to see.", "F2")
    terminal.shows("signed off and published: 1, 2", "no verdict waits for an editor")

    terminal.press("R")
    terminal.shows("claim 1 · decided · published", "signed    off by eve", "C correct  W withdraw")
    terminal.press("C")
    terminal.shows("Correct what is published of claim 1")
    terminal.press("t", "Tab", "Tab", "+ It stands.", "Tab", "Tab", "+A word was missing.", "F2")
    terminal.shows("a typo of claim 1 is put right", "claim 2 ·")
    terminal.press("W")
    terminal.shows("why it is withdrawn")
    terminal.press("+Nobody can tell.", "F2")
    terminal.shows("claim 2 is withdrawn", "claim 3 ·")
    terminal.press("q")

    terminal.shows("eve: 2 signed off, 2 published, 0 rejected, 1 corrected, 1 withdrawn", "ended-0")
    assert look("SELECT editorial FROM claim WHERE id < 3 ORDER BY id") == [("corrected",), ("withdrawn",)]
    told = look("SELECT rationale FROM verdict WHERE reviewer = 'eve' ORDER BY id DESC LIMIT 1")
    assert told == [("Both sides published it. So did others. It stands.",)]
