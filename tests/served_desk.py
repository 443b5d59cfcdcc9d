"""`factcheck serve` in a process of its own, as a program reaches it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT

_TOLD = re.compile(r"the desk is at (http://\S+);")


@dataclass(frozen=True, slots=True)
class ServedDesk:
    """Where it is served, and what serves it."""

    address: str
    process: "subprocess.Popen[str]"


@contextmanager
def served_desk(folder: Path, *words: str) -> Iterator[ServedDesk]:
    """Serve the desk of a folder on a free port."""
    command = [sys.executable, "-m", "factcheck", "serve", "--port", "0", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = server.stderr.readline()
            found = _TOLD.search(told)
            assert found, told
            yield ServedDesk(found[1], server)
        finally:
            if server.poll() is None:
                server.send_signal(signal.SIGINT)
            server.communicate()
