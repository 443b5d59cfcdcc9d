"""A newsroom on PostgreSQL: two workers and four reviewers as processes, and one of each killed at work.

`python tests/benchmarks/newsroom.py [--db URL] [ARTICLES]`, by default 200 articles on a server of its own. A server on
loopback answers each question after a tenth of a second. It needs `fork`.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # what tests share
from reviewing import OVER, Decided, Reviewer

from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

if TYPE_CHECKING:
    from benchmarks import kills as stand_in
    from benchmarks.measure import Figure, at_most, noted, report
    from benchmarks.places import parser, places
    from benchmarks.workers import HOW, enqueued, look, started, written
else:  # a script's own folder is on the path, its parent is not
    import kills as stand_in
    from measure import Figure, at_most, noted, report
    from places import parser, places
    from workers import HOW, enqueued, look, started, written

ARTICLES = 200
CALLS = 4
SECONDS = 0.1
NAMES = "ann", "ben", "cas", "dan"
IN_QUEUE = "SELECT 1 FROM factcheck_jobs.pgqueuer LIMIT 1"
IN_HAND = "SELECT 1 FROM factcheck_jobs.pgqueuer WHERE status = 'picked' LIMIT 1"


def main() -> int:
    """Measure, report, and return the exit code."""
    asked = parser(__doc__)
    asked.add_argument("articles", nargs="?", type=int, default=ARTICLES)
    told = asked.parse_args()
    stand_in.ANSWER_SECONDS, HOW.calls = SECONDS, CALLS
    with places(told.db or "postgresql") as fresh, tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), fresh()
        os.chdir(folder)
        journal = folder / "asked"
        with stand_in.served(journal):
            enqueued(url, written(folder, told.articles))
            began = time.monotonic()
            decided = a_day(url, folder)
            taken = time.monotonic() - began
        return report([*figures(url, told.articles, decided, journal), noted("seconds in all", f"{taken:.0f}")])


def a_day(url: str, folder: Path) -> Decided:
    """Extract and decide everything; returns what the reviewers have told."""
    killed, worker = (started(url) for _ in range(2))
    dead, *reviewers = (Reviewer(name, folder, url) for name in NAMES)
    decided = dead.killed_at_work()
    reviewers.append(Reviewer(dead.name, folder, url))
    while not look(url, IN_HAND):
        time.sleep(0.05)
    killed.kill()
    killed.wait()
    while look(url, IN_QUEUE):
        time.sleep(0.5)
    (folder / OVER).touch()
    for one in reviewers:
        decided += one.ended()
    worker.send_signal(signal.SIGTERM)
    if code := worker.wait():
        raise SystemExit(code)
    return decided


def figures(url: str, many: int, decided: Decided, journal: Path) -> Iterator[Figure]:
    """What was lost, doubled or broken."""
    asked = Counter(journal.read_text("utf-8").splitlines())
    answers = Counter(look(url, "SELECT article_id, position FROM run_sentence JOIN run ON run.id = run_id"))
    stored = Counter((name, number) for name, number in look(url, "SELECT reviewer, claim_id FROM verdict"))
    claims = Counter(number for _, number in stored.elements())
    yield at_most("articles without their one answer", 0, many - len(answers))
    yield at_most("answers stored twice", 0, answers.total() - len(answers))
    yield at_most("questions asked again", CALLS, asked.total() - len(asked))
    yield at_most("verdicts told and not stored", 0, (decided - stored).total())
    yield at_most("verdicts stored and not told, by who was killed", 1, (stored - decided).total())
    yield at_most("claims without a verdict", 0, many - len(claims))
    yield at_most("claims with two", 0, claims.total() - len(claims))
    with closing(Database(url)) as database:
        verified = SqlLog(database).verify()
    yield at_most("broken events", 0, 0 if verified.is_whole else 1)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    sys.exit(main())
