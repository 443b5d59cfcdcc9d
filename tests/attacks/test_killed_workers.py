"""Two workers and four reviewers at one desk on PostgreSQL, each a process; one of each is killed at work."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Finished
from fakes import StandIn, one_claim_a_sentence
from postgresql_desk import ServedDesk
from reviewing import OVER, Reviewer

from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

ARTICLES = 24
CALLS = 4
SECONDS = 0.2
WORK = """
import sys
from datetime import timedelta
from factcheck.cli.main import run
from factcheck.jobs import shift
from factcheck.storage import ledger

ledger._ALIVE, ledger._HEARTBEAT_SECONDS = timedelta(seconds=3), 0.5
shift.PACE = shift.Pace(silence=4.0, look=0.5, moment=0.2)
sys.exit(run(["worker", "--no-split-compounds", "--concurrency", sys.argv[1]]))
"""

Command = Callable[..., Finished]
Started = Callable[..., "subprocess.Popen[str]"]
Seated = Callable[[str], Reviewer]


@pytest.fixture
def started(folder: Path) -> Iterator[Started]:
    """Starts a program in a process of its own, with its words."""
    with ExitStack() as ended:

        def start(program: str, *words: str) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-c", program, *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=folder,
            )
            ended.enter_context(process)
            ended.callback(process.kill)
            return process

        yield start


@pytest.fixture
def seated(folder: Path) -> Iterator[Seated]:
    """Lets a reviewer sit down."""
    with ExitStack() as ended:

        def seat(name: str) -> Reviewer:
            reviewer = Reviewer(name, folder)
            ended.enter_context(reviewer.process)
            ended.callback(reviewer.process.kill)
            return reviewer

        yield seat


@pytest.fixture
def desk(
    monkeypatch: pytest.MonkeyPatch, served_desk_url: str, stand_in: StandIn, folder: Path
) -> Callable[[str], list[Any]]:
    """A desk on a server, with a model that takes a while and articles as JSON lines; looks into its database."""
    monkeypatch.setenv("FACTCHECK_DB", served_desk_url)
    texts = (f"Minister {one} opened {one} schools in town {one}." for one in range(ARTICLES))
    (folder / "articles.jsonl").write_text("\n".join(json.dumps({"text": one}) for one in texts))

    def slowly(request: dict[str, Any]) -> Any:
        time.sleep(SECONDS)
        return one_claim_a_sentence(request)

    stand_in.answer = slowly
    name = served_desk_url.rpartition("/")[2].partition("?")[0]
    served = ServedDesk(name, os.fsdecode(served_desk_url.partition("host=")[2].replace("%2F", "/")))

    def look(query: str) -> list[Any]:
        with served.connected() as connection:
            return connection.execute(query.encode()).fetchall()

    return look


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGTERM")
def test_worker_that_is_asked_to_leave_finishes_its_calls(
    factcheck: Command, started: Started, desk: Callable[[str], list[Any]], stand_in: StandIn
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def held_up(request: dict[str, Any]) -> Any:
        asked.set()
        answered.wait()
        return one_claim_a_sentence(request)

    stand_in.answer = held_up
    assert factcheck("extract", "--enqueue", "articles.jsonl").code == 0
    worker = started(WORK, "2")
    asked.wait()
    time.sleep(1)  # until the other call is under way, too

    worker.send_signal(signal.SIGTERM)
    time.sleep(1)
    answered.set()
    said = worker.communicate()[1]

    assert (worker.returncode, "waiting for 2 calls under way" in said) == (0, True), said
    assert len(stand_in.requests) == 2
    assert desk("SELECT count(*) FROM claim") == [(2,)]
    left = factcheck("jobs", "--json").json
    assert (left["running"], left["failed"]) == (0, [])
    assert left["waiting"] >= ARTICLES - 2


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_worker_and_reviewer_cost_the_desk_nothing(
    factcheck: Command,
    started: Started,
    seated: Seated,
    desk: Callable[[str], list[Any]],
    stand_in: StandIn,
    folder: Path,
) -> None:
    assert factcheck("extract", "--enqueue", "articles.jsonl").code == 0
    killed, worker = (started(WORK, str(CALLS)) for _ in range(2))
    dead, *reviewers = (seated(name) for name in ("ann", "ben", "cas", "dan"))
    told = dead.killed_at_work()
    reviewers.append(seated("ann"))
    while not desk("SELECT 1 FROM factcheck_jobs.pgqueuer WHERE status = 'picked'"):
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    while desk("SELECT 1 FROM factcheck_jobs.pgqueuer LIMIT 1"):  # sentences alone don't tell of articles not begun
        assert worker.poll() is None, worker.communicate()
        time.sleep(0.2)
    (folder / OVER).touch()
    for one in reviewers:
        told += one.ended()
    worker.send_signal(signal.SIGTERM)
    said = worker.communicate()[1]

    assert (worker.returncode, "back in the queue" in said) == (0, True), said
    assert factcheck("jobs", "--json").json == {"waiting": 0, "running": 0, "failed": [], "periodic": []}
    answers = Counter(desk("SELECT article_id, position FROM run_sentence JOIN run ON run.id = run_id"))
    assert (len(answers), answers.total()) == (ARTICLES, ARTICLES)
    assert desk("SELECT count(*), count(DISTINCT text) FROM claim") == [(ARTICLES, ARTICLES)]
    assert len(stand_in.requests) <= ARTICLES + CALLS  # those that the killed worker had under way, at most
    stored = Counter(desk("SELECT reviewer, claim_id FROM verdict"))
    assert told - stored == Counter()
    assert (stored - told).total() <= 1  # the killed one may have stored a verdict and not told it
    assert (len({claim for _, claim in stored}), stored.total()) == (ARTICLES, ARTICLES)
    with closing(Database(os.environ["FACTCHECK_DB"])) as database:
        assert SqlLog(database).verify().is_whole
