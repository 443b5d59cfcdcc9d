"""Stopped at the worst moments, with a database that takes nothing: an answer that was paid for is asked for once."""

import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from conftest import Command
from fakes import Answer, StandIn, numbered_sentences, one_claim_a_sentence

DAYS = 12
TEXT = " ".join(f"Ana Silva met {day} nurses in Lisbon on day {day}." for day in range(1, DAYS + 1))
CALLS = 4
EXTRACT = ("extract", "talks.txt", "--window", "1", "--concurrency", str(CALLS))
LONGEST = 120
"""Seconds that nothing here takes, on a busy machine either."""


@pytest.fixture
def article(folder: Path) -> Path:
    """An article of twelve sentences, each of which is asked about by a call of its own."""
    path = folder / "talks.txt"
    path.write_text(TEXT)
    return path


@contextmanager
def running(folder: Path, *options: str, **how: object) -> Iterator[subprocess.Popen[str]]:
    """An extraction in a process of its own."""
    command = [sys.executable, "-m", "factcheck", *EXTRACT, *options]
    process = subprocess.Popen(  # type: ignore[call-overload]
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def held(stand_in: StandIn, after: int, go_on: threading.Event) -> Answer:
    """Answers so many questions at once, and the others once they may go on."""

    def answer(request: object) -> object:
        if len(stand_in.requests) > after:
            go_on.wait(LONGEST)
        return one_claim_a_sentence(request)  # type: ignore[arg-type]

    return answer  # type: ignore[return-value]


def asked(stand_in: StandIn) -> Counter[str]:
    """How often each sentence was asked about."""
    return Counter(words for one in tuple(stand_in.requests) for words in numbered_sentences(one).values())


def wait_for(what: object) -> None:
    ends = time.monotonic() + LONGEST
    while not what():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.01)


def landed(folder: Path) -> int:
    """How many answers are stored."""
    if not (folder / "factcheck.db").exists():
        return 0
    with closing(sqlite3.connect(folder / "factcheck.db")) as desk:
        try:
            return int(desk.execute("SELECT count(*) FROM run_sentence").fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


def spilled(folder: Path) -> list[Path]:
    return sorted(folder.glob("factcheck.db.answers-*.jsonl"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_first_signal_stores_what_is_under_way(
    factcheck: Command, article: Path, stand_in: StandIn, number: signal.Signals
) -> None:
    go_on, folder = threading.Event(), article.parent
    stand_in.answer = held(stand_in, CALLS, go_on)
    with running(folder) as process:
        assert process.stderr is not None
        wait_for(lambda: len(stand_in.requests) == 2 * CALLS and landed(folder) == CALLS)
        process.send_signal(number)
        told = process.stderr.readline()
        go_on.set()
        process.communicate(timeout=LONGEST)

    assert (process.returncode, told[: len("stopping: waiting for 4")]) == (130, "stopping: waiting for 4")
    assert (landed(folder), len(stand_in.requests), spilled(folder)) == (2 * CALLS, 2 * CALLS, [])
    assert factcheck(*EXTRACT).code == 0
    assert asked(stand_in).total() == DAYS


def test_kill_repeats_calls_under_way_alone(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    go_on, folder = threading.Event(), article.parent
    stand_in.answer = held(stand_in, CALLS, go_on)
    with running(folder) as process:
        wait_for(lambda: len(stand_in.requests) == 2 * CALLS)
        process.kill()
        process.wait(LONGEST)
    go_on.set()

    assert factcheck(*EXTRACT).code == 0
    assert sorted(asked(stand_in).values()) == [1] * (DAYS - CALLS) + [2] * CALLS
    assert spilled(folder) == []
    assert len(factcheck("claims", "--json").json) == DAYS


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The database, owned by somebody else's transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_answers_behind_a_foreign_lock_are_kept(
    factcheck: Command, article: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.storage.sqlite_files.BUSY_SECONDS", 1)
    folder = article.parent
    with closing(sqlite3.connect(folder / "factcheck.db", check_same_thread=False, isolation_level=None)) as other:

        def lock_at_the_third(request: object) -> object:
            if len(stand_in.requests) == 3:
                wait_for(lambda: not other.in_transaction and begun(other))
            return one_claim_a_sentence(request)  # type: ignore[arg-type]

        stand_in.answer = lock_at_the_third  # type: ignore[assignment]
        done = factcheck(*EXTRACT)
        paid, kept = asked(stand_in), spilled(folder)
        other.execute("ROLLBACK")

    assert done.code == 8
    assert "answers that are paid for are kept beside the database" in done.err
    assert kept
    stand_in.answer = one_claim_a_sentence
    again = factcheck(*EXTRACT)
    assert (again.code, spilled(folder)) == (0, [])
    assert "answers that a stopped run had paid for are stored now" in again.err
    assert paid
    assert asked(stand_in).total() == DAYS
    assert len(factcheck("claims", "--json").json) == DAYS


def begun(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def test_answers_that_a_full_disk_refuses_are_kept(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    """No file may grow beyond what the database has when its first answers are stored."""
    folder = article.parent
    factcheck("extract", "talks.txt", "--dry-run")
    factcheck("people", "add", "ana")  # so that the database is there

    def full() -> None:
        most = 330_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    with running(folder, preexec_fn=full) as process:
        out, err = process.communicate(timeout=LONGEST)
    paid = asked(stand_in)

    assert process.returncode == 8, err + out
    assert 0 < paid.total() < DAYS
    assert factcheck(*EXTRACT).code == 0
    assert asked(stand_in).total() == DAYS
    assert len(factcheck("claims", "--json").json) == DAYS


def test_nothing_is_asked_that_could_not_be_kept(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    folder = article.parent
    factcheck("people", "add", "ana")
    (folder / "factcheck.db.answers-1.jsonl").mkdir()

    done = factcheck(*EXTRACT)

    assert (done.code, stand_in.requests) == (8, [])
    assert "answers cannot be kept beside the database" in done.err
