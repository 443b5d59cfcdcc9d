"""Four reviewers at one desk on PostgreSQL, each a process that runs the command line; one is killed at work."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

NAMES = "ann", "ben", "cas", "dan"
REVIEW = """
import io, json, sys
from contextlib import redirect_stdout
from factcheck.cli.main import run

name, told = sys.argv[1], sys.stdout
while True:
    with redirect_stdout(io.StringIO()) as shown:
        code = run(["next", "--reviewer", name, "--json"])
    if code:
        sys.exit(code)
    number = json.loads(shown.getvalue())["id"]
    with redirect_stdout(io.StringIO()):
        code = run(["verdict", str(number), "false", "--reviewer", name, "--rationale", f"So says {name}."])
    if code:
        sys.exit(code)
    print(number, file=told, flush=True)
"""
NOTHING_FREE = 11

CLAIMS = 12

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Seated = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def seated(desk_url: str, tmp_path: Path) -> Iterator[Seated]:
    """Lets a reviewer sit down."""
    with ExitStack() as ended:

        def seat(name: str) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-c", REVIEW, name],
                env=os.environ | {"FACTCHECK_DB": desk_url},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=tmp_path,
            )
            ended.enter_context(process)
            ended.callback(process.kill)
            return process

        yield seat


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_reviewer_killed_at_work_costs_the_desk_nothing(
    seated: Seated, queued: Queued, database: Database, look: Look
) -> None:
    queued(*[0.5] * CLAIMS)
    reviewers = {name: seated(name) for name in NAMES}
    killed = reviewers.pop("ann")
    assert killed.stdout is not None
    told = Counter([("ann", int(killed.stdout.readline()))])  # by now she is at the next one
    killed.send_signal(signal.SIGKILL)
    told.update(("ann", int(one)) for one in killed.communicate()[0].splitlines())
    assert killed.returncode == -signal.SIGKILL
    reviewers["ann again"] = seated("ann")

    for name, process in reviewers.items():
        out, err = process.communicate()
        assert process.returncode == NOTHING_FREE, err
        told.update((name.removesuffix(" again"), int(one)) for one in out.splitlines())

    stored = Counter(look("SELECT reviewer, claim_id FROM verdict"))
    assert told - stored == Counter()
    assert (stored - told).total() <= 1  # the killed one may have stored a verdict and not told it
    assert {claim for _, claim in stored} == {*range(1, CLAIMS + 1)}
    assert stored.total() == CLAIMS
    assert SqlLog(database).verify().is_whole
