"""Articles by `extract --batch` and `batches`, killed with -9 at random moments: is each window paid once, stored once?

    python tests/benchmarks/batches.py --articles 1000 --kills 10

A stand-in for OpenAI's endpoints counts the requests of the batches that were created: these are what is paid. It
takes its time over each call, so that a kill may fall between a batch's creation and its number's being noted.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typing_extensions import override

sys.path.insert(0, str(Path(__file__).parents[1]))

from batch_stand_in import BatchStandIn

_TOWNS = ("Mecca", "Berlin", "Oslo", "Lima", "Cairo", "Perth", "Quito", "Dakar")
_MOST_STARTS = 1_000


def article(number: int) -> str:
    """Eight to twenty sentences that no other article has: one window to three."""
    town = _TOWNS[number % len(_TOWNS)]
    told = (f"In {town} the price of item {number}.{one} rose by {one + 2} percent." for one in range(8 + number % 13))
    return " ".join(told)


@dataclass
class SlowStandIn(BatchStandIn):
    """Takes up to `seconds` before it does what is asked, though nobody may wait any more, and again after it."""

    seconds: float = 2.0

    @override
    def reply(self, *asked: Any) -> Any:
        time.sleep(random.uniform(0, self.seconds))  # noqa: S311 - a moment, no secret
        done = super().reply(*asked)
        time.sleep(random.uniform(0, self.seconds))  # noqa: S311
        return done


def started(command: list[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """One command of the program, its words kept."""
    with log.open("ab") as words:
        return subprocess.Popen(
            [sys.executable, "-m", "factcheck", *command], cwd=folder, stdout=words, stderr=subprocess.STDOUT
        )


def until_done(command: list[str], folder: Path, log: Path, moments: list[float]) -> tuple[int, int]:
    """Start a command again and again until it ends by itself; returns how often it was killed, and its exit code."""
    kills = 0
    for _ in range(_MOST_STARTS):
        process = started(command, folder, log)
        try:
            code = process.wait(timeout=moments[0] if moments else None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            moments.pop(0)
            kills += 1
            print(f"killed after so many starts: {kills}", flush=True)
        else:
            return kills, code
    raise SystemExit("it never ended")


def stored(database: Path) -> tuple[Counter[int], int, int]:
    """How often each window was stored, by how often; windows never stored; sentences without an answer."""
    with sqlite3.connect(database) as connection:
        landed = connection.execute(
            "SELECT run_id, count(*) FROM event WHERE action = 'window_landed' GROUP BY run_id"
        ).fetchall()
        windows = dict(
            connection.execute("SELECT run_id, count(*) FROM batch_window WHERE stored_at IS NOT NULL GROUP BY run_id")
        )
        [never] = connection.execute(
            "SELECT count(*) FROM batch_window JOIN batch ON batch.id = batch_id "
            "WHERE stored_at IS NULL AND batch.state <> 'dropped'"
        ).fetchone()
        [open_] = connection.execute("SELECT count(*) FROM sentence WHERE state IN ('pending', 'failed')").fetchone()
    return Counter(count - windows.get(run, 0) for run, count in landed), never, open_


def main() -> None:
    """Run it, and print what was paid and stored."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--articles", type=int, default=1000)
    wanted.add_argument("--kills", type=int, default=10)
    wanted.add_argument("--within", type=float, default=30.0, help="seconds after a start, at the most")
    wanted.add_argument("--slow", type=float, default=2.0, help="seconds that a call of the stand-in takes")
    wanted.add_argument("--seed", type=int, default=15)
    told = wanted.parse_args()
    random.seed(told.seed)
    stand_in = SlowStandIn(seconds=told.slow)
    with tempfile.TemporaryDirectory() as made, stand_in.serving() as base_url:
        folder = Path(made)
        names = [f"{number}.txt" for number in range(told.articles)]
        for number, name in enumerate(names):
            (folder / name).write_text(article(number))
        os.environ.update(OPENAI_BASE_URL=base_url, OPENAI_API_KEY="stand-in", FACTCHECK_MODEL="openai:gpt-4o-mini")
        os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[2]))
        log = folder / "log.txt"
        moments = [random.uniform(0, told.within) for _ in range(told.kills)]  # noqa: S311
        half = moments[: (told.kills + 1) // 2]
        rest = moments[len(half) :]
        killed, code = until_done(["extract", *names, "--batch"], folder, log, half)
        print(f"extract --batch: killed {killed} times, exit code {code}", flush=True)
        while half:  # it was done before it could be killed: more of the same, on articles that batches hold
            half.pop()
            rest.append(random.uniform(0, told.within))  # noqa: S311
        again, code = until_done(["batches", "--wait", "--interval", "1"], folder, log, rest)
        print(f"batches: killed {again} times, exit code {code}", flush=True)
        paid = Counter(one["body"]["messages"][-1]["content"] for one in stand_in.requests())
        twice, never, open_ = stored(folder / "factcheck.db")
        doubly = sum(count > 1 for count in paid.values())
        print(f"windows paid: {paid.total()}; more than once: {doubly}")
        print(f"answers stored more than once: {sum(extra for extra in twice.elements())}; never: {never}")
        print(f"sentences never asked about, or without an answer: {open_}")
        print(f"batches: {len(stand_in.batches)}; kills: {killed + again}")


if __name__ == "__main__":
    main()
