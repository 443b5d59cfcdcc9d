"""Four reviewers at one desk on PostgreSQL, each a process that runs the command line; one is killed at work."""

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from reviewing import OVER, Reviewer

from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

NAMES = "ann", "ben", "cas", "dan"
CLAIMS = 12

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Seated = Callable[[str], Reviewer]


@pytest.fixture
def seated(desk_url: str, tmp_path: Path) -> Iterator[Seated]:
    """Lets a reviewer sit down, who leaves once nothing is free."""
    (tmp_path / OVER).touch()
    with ExitStack() as ended:

        def seat(name: str) -> Reviewer:
            reviewer = Reviewer(name, tmp_path, desk_url)
            ended.enter_context(reviewer.process)
            ended.callback(reviewer.process.kill)
            return reviewer

        yield seat


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
def test_reviewer_killed_at_work_costs_the_desk_nothing(
    seated: Seated, queued: Queued, database: Database, look: Look
) -> None:
    queued(*[0.5] * CLAIMS)
    killed, *others = map(seated, NAMES)
    told = killed.killed_at_work()
    assert killed.process.returncode == -signal.SIGKILL

    for one in (*others, seated(killed.name)):
        told += one.ended()

    stored = Counter(look("SELECT reviewer, claim_id FROM verdict"))
    assert told - stored == Counter()
    assert (stored - told).total() <= 1  # the killed one may have stored a verdict and not told it
    assert {claim for _, claim in stored} == {*range(1, CLAIMS + 1)}
    assert stored.total() == CLAIMS
    assert SqlLog(database).verify().is_whole
