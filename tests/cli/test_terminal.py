"""One run in a real terminal: what a person at 80 columns sees."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

Screen = Callable[[str], str]


@pytest.fixture
def screen(demo_desk: Path) -> Iterator[Screen]:
    """A terminal of 80 by 24 in the folder of the demo's database; a line typed gives the screen after it."""
    session = f"factcheck-{demo_desk.parent.name}"
    socket = str(demo_desk.parent / "tmux.socket")

    def tmux(*arguments: str) -> str:
        done = subprocess.run(["tmux", "-S", socket, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    numbers = count()

    def typed(line: str) -> str:
        number = next(numbers)
        tmux("send-keys", "-t", session, f"clear; {line}; echo ended-$?-{number}", "Enter")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            shown = tmux("capture-pane", "-p", "-t", session)
            if f"ended-0-{number}\n" in shown:
                return shown
            time.sleep(0.05)
        message = f"{line} did not end:\n{shown}"
        raise AssertionError(message)

    tmux("new-session", "-d", "-s", session, "-x", "80", "-y", "24", "-c", str(demo_desk.parent), "sh")
    tmux("send-keys", "-t", session, f"PS1='$ '; factcheck() {{ {sys.executable} -m factcheck \"$@\"; }}", "Enter")
    yield typed
    tmux("kill-server")


def test_reviewer_works_at_eighty_columns(screen: Screen) -> None:
    taken = screen("factcheck next --reviewer ana 2>/dev/null")
    assert "leased" in taken
    assert "said by" in taken or "quote" in taken

    assert "claim 2 is unproven" in screen("factcheck verdict 2 unproven --reviewer ana")
    assert "unproven" in screen("factcheck claims --limit 5")
    assert "you hold it again" in screen("factcheck undo --reviewer ana")
    assert "24 queued, 2 leased, 4 decided" in screen("factcheck status")


def test_progress_bar_shows_in_terminal(screen: Screen) -> None:
    root = Path(__file__).parents[2] / "cassettes" / "articles" / "mecca_crane"

    shown = screen(f"factcheck extract {root}.txt --replay {root}.yaml")

    assert "100%" in shown
    assert "18 new claims" in shown
