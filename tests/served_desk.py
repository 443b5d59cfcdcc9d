"""`factcheck serve` in a process of its own, as a program reaches it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import ROOT

_TOLD = re.compile(r"the desk is at (http://\S+);")


@contextmanager
def served_desk(folder: Path, *words: str) -> Iterator[str]:
    """Serve the desk of a folder on a free port; yields its address."""
    command = [sys.executable, "-m", "factcheck", "serve", "--port", "0", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = server.stderr.readline()
            found = _TOLD.search(told)
            assert found, told
            yield found[1]
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate()
