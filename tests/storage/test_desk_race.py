"""The race of tests/benchmarks/desk_race.py, for a few seconds, at a file and on a server."""

import subprocess
import sys

import pytest
from conftest import ROOT

RACE = ROOT / "tests" / "benchmarks" / "desk_race.py"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_reviewers_leave_a_whole_desk(desk_url: str) -> None:
    server = ["--db", desk_url] if "://" in desk_url else []
    done = subprocess.run([sys.executable, RACE, *server, "4", "6"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "MISSED" not in done.stdout
    assert "broken events" in done.stdout
