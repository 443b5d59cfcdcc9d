"""Fifty people at one served desk for a minute: how long from the key that gives a verdict to the next claim.

    python tests/benchmarks/served_readers.py [PAUSE] [--db URL]

The server is a process of its own; those who read are threads of another, each with the pages and forms of a browser
without script. Between two verdicts each pauses for PAUSE seconds (5; 0 shows what the server bears at most). At the
end no claim may have been judged by two, and the log is verified. `--db` names a server of PostgreSQL, on which a desk
is made and dropped; `--db postgresql` starts one.
"""

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx2
from lxml import html

from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report
    from benchmarks.places import places
    from benchmarks.reports import fill
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report
    from places import places
    from reports import fill

PEOPLE, SECONDS = 50, 60.0
ARTICLES, CLAIMS = 150, 30


@dataclass
class Reader:
    """Somebody in a browser: takes the next claim, reads, judges, and has the next one."""

    name: str
    address: str
    pause: float
    waited: list[float] = field(default_factory=list)
    judged: list[int] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    def work(self, begun: float, place: int) -> "Reader":
        """Go on for a minute."""
        with httpx2.Client(base_url=self.address, follow_redirects=True, timeout=60) as client:
            page = client.get("/enter")
            page = client.post("/enter", data={"token": token(page), "name": self.name, "new": "1"})
            time.sleep(self.pause * place / PEOPLE)  # nobody begins with all others
            page = client.post("/next", data={"token": token(page), "stage": "first"})
            while time.monotonic() < begun + SECONDS:
                time.sleep(self.pause)
                page = self._judge(client, page)
        return self

    def _judge(self, client: httpx2.Client, page: httpx2.Response) -> httpx2.Response:
        number = int(page.url.path.rpartition("/")[2])
        form = fields(page, f"/claims/{number}/verdict")
        asked = time.monotonic()
        shown = client.post(
            f"/claims/{number}/verdict", data={**form, "label": "false", "rationale": "No.", "next": "1"}
        )
        self.waited.append(time.monotonic() - asked)
        self.refused[shown.status_code] += 1
        if shown.status_code == 200:
            self.judged.append(number)
        return shown


def token(page: httpx2.Response) -> str:
    """What the forms of a page bring back."""
    return str(html.fromstring(page.text).xpath("//input[@name='token']/@value")[0])


def fields(page: httpx2.Response, action: str) -> dict[str, str]:
    """The hidden fields of a form."""
    inputs = html.fromstring(page.text).xpath(f"//form[@action='{action}']//input[@type='hidden']")
    return {one.name: one.value or "" for one in inputs}


def main() -> int:
    """Measure, report, and return the exit code."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("pause", nargs="?", type=float, default=5.0)
    asked.add_argument("--db")
    told = asked.parse_args()
    pause = told.pause
    with TemporaryDirectory() as name, places(told.db) as fresh:
        location = fresh()
        fill(location, ARTICLES, CLAIMS)
        readers, megabytes = served(location, Path(name), pause)
        database = Database(location)
        verified = SqlLog(database).verify()
        database.close()
    waited = sorted(one for reader in readers for one in reader.waited)
    judged = Counter(number for reader in readers for number in reader.judged)
    answers = sum((reader.refused for reader in readers), Counter[int]())
    return report(
        [
            noted(
                "verdicts", f"{sum(judged.values()):,} of {PEOPLE} people in {SECONDS:.0f} s, {pause:g} s between two"
            ),
            at_most("95 % of key to next claim", 300, 1000 * quantiles(waited, n=20)[-1], " ms"),
            noted("median", f"{1000 * quantiles(waited, n=2)[0]:.0f} ms"),
            at_most("claims judged by two", 0, sum(many > 1 for many in judged.values()), ""),
            noted("answers by status", ", ".join(f"{status}: {many}" for status, many in answers.items())),
            at_most("memory of the server", 400, megabytes, " MB"),
            noted("log", verified.reason or f"whole, {verified.whole:,} events"),
        ]
    )


def served(location: str, folder: Path, pause: float) -> tuple[Sequence[Reader], float]:
    """The readers after a minute, and what the server held at most, in megabytes."""
    command = [sys.executable, "-m", "factcheck", "--db", location, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = server.stderr.readline().partition("at ")[2].partition(";")[0]
        begun = time.monotonic()
        people = [Reader(f"reader {number:02}", address, pause) for number in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as at_once:
            done = list(at_once.map(lambda one: one[1].work(begun, one[0]), enumerate(people)))
        status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        server.terminate()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return done, int(peak.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
