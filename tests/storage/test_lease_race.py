"""Eight processes at one database file."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from factcheck.domain.review import QueueCounts
from factcheck.storage.queue import SqlQueue

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]

CLAIMS = 240
LEASE_UNTIL_EMPTY = """
import json, multiprocessing, sys
from datetime import datetime
from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue

path, now, until = sys.argv[1], *map(datetime.fromisoformat, sys.argv[2:])

def lease(number, barrier, leased):
    database = Database(path)
    queue, mine = SqlQueue(database), []
    barrier.wait()
    while taken := queue.lease_next(f"reviewer {number}", now, until, 1 + number % 3):
        mine += taken
    database.close()
    leased.put(mine)

fork = multiprocessing.get_context("fork")
barrier, leased = fork.Barrier(8), fork.SimpleQueue()
processes = [fork.Process(target=lease, args=(number, barrier, leased)) for number in range(8)]
for one in processes:
    one.start()
shares = [leased.get() for _ in processes]
for one in processes:
    one.join()
print(json.dumps(shares))
"""


@pytest.fixture
def shares(queue: SqlQueue, queued: Queued, desk_url: str, now: datetime, until: datetime) -> list[list[int]]:
    """The claims that each of eight processes got, all leasing at once until none was left."""
    assert queue.counts(now).queued == 0
    queued(*[0.5] * CLAIMS)
    arguments = [desk_url, now.isoformat(), until.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", LEASE_UNTIL_EMPTY, *arguments], capture_output=True, text=True, check=True, timeout=100
    )
    found: list[list[int]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_processes_never_share_a_claim(
    shares: list[list[int]], queue: SqlQueue, now: datetime, until: datetime, look: Look
) -> None:
    leased = Counter(claim_id for share in shares for claim_id in share)

    assert leased == Counter(range(1, CLAIMS + 1))
    assert queue.counts(now) == QueueCounts(0, CLAIMS, 0, until)
    assert look("SELECT count(*), count(DISTINCT claim_id) FROM event WHERE action = 'leased'") == [(CLAIMS, CLAIMS)]
