"""A real terminal, for the tests that press real keys."""

import shutil
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

in_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """A terminal of tmux in a folder, with a shell."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._sockets = (str(folder / f"tmux.{number}") for number in count())
        self._start = ("new-session", "-d", "-s", "desk", "-x", str(width), "-y", str(height), "-c", str(folder), "sh")
        self.open()

    def open(self) -> None:
        self._socket = next(self._sockets)
        self._tmux(*self._start)
        self.line(f"unset COLUMNS; PS1='$ '; factcheck() {{ {sys.executable} -m factcheck \"$@\"; }}")

    def line(self, line: str) -> None:
        self._tmux("send-keys", "-t", "desk", "-l", line)
        self._tmux("send-keys", "-t", "desk", "Enter")

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", "-t", "desk", *(["-l", key[1:]] if key.startswith("+") else [key]))

    def shows(self, *wanted: str) -> str:
        """The screen once all of the words stand on it."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            shown = self._tmux("capture-pane", "-p", "-t", "desk")
            if all(one in shown for one in wanted):
                return shown
            time.sleep(0.05)
        message = f"{wanted} never stood on the screen:\n{shown}"
        raise AssertionError(message)

    def paste(self, text: str, *, keeps_ends: bool = False) -> None:
        """Paste as terminals do, a carriage return for each line feed unless it keeps them."""
        self._tmux("set-buffer", text)
        self._tmux("paste-buffer", "-p", *(["-r"] if keeps_ends else []), "-t", "desk")

    def close(self) -> None:
        self._tmux("kill-server")

    def kill(self) -> None:
        """The program is killed with -9, as by a crash, and the terminal closed."""
        shell = self._tmux("list-panes", "-t", "desk", "-F", "#{pane_pid}").strip()
        [program] = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()
        subprocess.run(["kill", "-9", program], check=True)
        self.close()

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True)
        return done.stdout
