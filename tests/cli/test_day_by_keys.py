"""A day of three people by keys, in a small terminal: two readings, an adjudication, a publication, a correction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from terminal import Terminal, in_tmux

CONFIG = """
[second_reading]
labels = ["true"]

[sign_off]
require = ["rationale", "source", "second_person"]
"""


@pytest.fixture
def terminal(demo_desk: Path) -> Iterator[Terminal]:
    """A terminal of 80 columns and 24 lines in the folder of the demo's database, whose desk reads `true` twice."""
    (demo_desk.parent / "factcheck.toml").write_text(CONFIG, encoding="utf-8")
    opened = Terminal(demo_desk.parent, 80, 24)
    yield opened
    opened.close()


def explain(terminal: Terminal, words: str) -> None:
    """Write the explanation of the verdict that follows."""
    terminal.press("r")
    terminal.shows("explanation")
    terminal.press(f"+{words}", "F2")
    terminal.shows("reasons kept")


@in_tmux
def test_day_is_done_by_keys(terminal: Terminal, demo_desk: Path) -> None:
    terminal.line("factcheck review --reviewer ana --claim 1; echo ended-$?")
    terminal.shows("claim 1 · first reading")
    terminal.press("e")
    terminal.shows("Add a source")
    terminal.press("+http://127.0.0.1:9/signing", "Tab", "s", "F2")
    terminal.shows("supports · http://127.0.0.1:9/signing")
    explain(terminal, "Both sides published it.")
    terminal.press("5")
    terminal.shows("claim 1 is true")
    terminal.press("q")
    terminal.shows("ended-0")

    terminal.line("clear; factcheck review --reviewer ben --second; echo ended-$?")
    terminal.shows("claim 1 · second reading")
    explain(terminal, "Nobody saw them sign.")
    terminal.press("4")
    terminal.shows("claim 1 is mostly-true")
    terminal.press("q")
    terminal.shows("ended-0")

    terminal.line("clear; factcheck review --reviewer eve; echo ended-$?")
    terminal.shows("claim 1 · adjudication")
    explain(terminal, "They signed before cameras.")
    terminal.press("5")
    terminal.shows("claim 1 is true")
    terminal.press("q")
    terminal.shows("ended-0")

    terminal.line("clear; factcheck review --to-sign-off --reviewer eve; echo ended-$?")
    terminal.shows("claim 1 · adjudicated · to sign off", "They signed before cameras.")
    terminal.press("F")
    terminal.shows("claim 1 is published")
    terminal.press("g")
    terminal.shows("number:")
    terminal.press("+1", "Enter")
    terminal.shows("claim 1 · adjudicated · published")
    terminal.press("C")
    terminal.shows("Correct what is published of claim 1", "what is wrong")
    terminal.press("Tab")
    for rest in ("tru", "tr", "t", ""):  # keys that come in a burst may be taken in another order
        terminal.press("BSpace")
        terminal.shows(f"label           ┃{rest} ")
    terminal.press("+outdated")
    terminal.shows("┃outdated ")
    terminal.press("Tab", "Tab", "Tab", "+They signed another one in May.", "F2")
    terminal.shows("claim 1 is corrected")
    terminal.press("q")
    terminal.shows("ended-0")

    with closing(sqlite3.connect(demo_desk)) as connection:
        held = connection.execute("SELECT editorial FROM claim WHERE id = 1").fetchone()
    assert held == ("corrected",)
