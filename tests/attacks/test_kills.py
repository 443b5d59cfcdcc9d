"""The benchmark that stops commands at random moments, with a few of them."""

import subprocess
import sys

import pytest
from conftest import ROOT

KILLS = ROOT / "tests" / "benchmarks" / "kills.py"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_stopped_commands_lose_and_double_nothing() -> None:
    done = subprocess.run([sys.executable, KILLS, "--runs", "2"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.count("paid for again") == 2
