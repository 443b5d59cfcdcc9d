"""Commands that are stopped at random moments, and what must hold afterwards.

`python tests/benchmarks/kills.py [--runs N] [--seed N]`, 200 by default: so many extractions and so many verdicts are
stopped by SIGKILL, and as many by SIGINT; another seed stops them at other moments. A server on loopback notes each
question; it needs `fork`. A killed run counts as alive for a second here, and not for ten.
"""

import argparse
import json
import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

# What a command imports late is imported here once: each run is a fork of this process.
import factcheck.cli.extract
import factcheck.cli.review
import factcheck.extraction.chain
import factcheck.extraction.models
import factcheck.storage.migrate  # noqa: F401
from factcheck.cli.main import run
from factcheck.storage import ledger
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report

SENTENCES = 20
CALLS = 4
ANSWER_SECONDS = 0.05
FORK = multiprocessing.get_context("fork")
USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def main() -> int:
    """Print the figures; 1 if a bound is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    # The figures of the one stand there while the other is taken.
    return max([report(stopped(number, asked.runs, asked.seed)) for number in (signal.SIGKILL, signal.SIGINT)])


def stopped(number: signal.Signals, runs: int, seed: int) -> list[Figure]:
    """The figures of so many runs of each kind, stopped by a signal."""
    ledger._ALIVE, ledger._HEARTBEAT_SECONDS = timedelta(seconds=1), 0.2  # noqa: SLF001
    with TemporaryDirectory() as folder, served(Path(folder) / "asked"):
        desk = Desk(Path(folder), number, Random(seed))  # noqa: S311 - moments to stop at
        return [*extracted(desk, runs), *reviewed(desk, runs)]


@dataclass
class Desk:
    """A database, the signal that stops what works on it, and how long an undisturbed run of each command has taken."""

    folder: Path
    number: signal.Signals
    draw: Random
    longest: dict[str, float] = field(default_factory=dict)
    stops: int = 0

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database file."""
        with closing(sqlite3.connect(self.folder / "desk.db")) as connection:
            return connection.execute(query).fetchall()

    def run(self, *words: object, is_stopped: bool) -> int:
        """A command's exit code, minus the signal's number if that has ended it."""
        command = [str(one) for one in ("--db", self.folder / "desk.db", *words)]
        process, started = FORK.Process(target=work, args=(command,)), time.monotonic()
        process.start()
        if is_stopped:
            process.join(self.draw.uniform(0, self.longest[command[2]]))
            self.stops += process.is_alive()
            with suppress(ProcessLookupError):
                os.kill(process.pid or 0, self.number)
        process.join()
        if not is_stopped:
            self.longest[command[2]] = time.monotonic() - started
        return process.exitcode or 0


def work(command: Sequence[str]) -> None:
    """Run a command that tells nobody anything."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = run(command)
    except KeyboardInterrupt:
        code = 130
    os._exit(code)


def extracted(desk: Desk, runs: int) -> Iterator[Figure]:
    """Articles extracted by runs that are stopped, then to their end: what was asked, and what is stored."""
    articles = [article(desk.folder, 0)]
    desk.run(*extraction(articles[0]), is_stopped=False)
    desk.stops = 0
    while desk.stops < runs:
        articles.append(article(desk.folder, len(articles)))
        while desk.stops < runs and desk.run(*extraction(articles[-1]), is_stopped=True):
            pass
    for one in articles:
        desk.run(*extraction(one), is_stopped=False)
    name = f"extract, {desk.number.name}: "
    asked = Counter((desk.folder / "asked").read_text("utf-8").splitlines())
    answers = Counter(desk.look("SELECT run.article_id, position FROM run_sentence JOIN run ON run.id = run_id"))
    claims = desk.look("SELECT count(*), count(DISTINCT text) FROM claim")[0]
    wanted = len(articles) * SENTENCES
    yield noted(name + "runs stopped, articles, questions", f"{desk.stops}, {len(articles)}, {wanted}")
    yield at_most(name + "answers lost", 0, wanted - len(answers) + wanted - claims[1])
    yield at_most(name + "answers and claims doubled", 0, answers.total() - len(answers) + claims[0] - claims[1])
    under_way = CALLS * desk.stops if desk.number is signal.SIGKILL else 0
    yield at_most(name + "questions paid for again", under_way, asked.total() - len(asked))
    yield at_most(name + "files of kept answers left", 0, len([*desk.folder.glob("desk.db.answers-*")]))


def reviewed(desk: Desk, runs: int) -> Iterator[Figure]:
    """Verdicts given, each stopped once and given again; then which were told as given, and which are stored."""
    claims = [number for [number] in desk.look("SELECT id FROM claim ORDER BY id")]
    told, desk.stops = set(), 0
    desk.run(*verdict(claims[0]), is_stopped=False)
    for claim in claims[1:]:
        if desk.stops >= runs:
            break
        if desk.run(*verdict(claim), is_stopped=True) == 0:
            told.add(claim)
    stored = Counter(number for [number] in desk.look("SELECT claim_id FROM verdict WHERE undone_at IS NULL"))
    events = desk.look("SELECT count(*) FROM event WHERE action IN ('decided', 'first_read')")[0][0]
    database = Database(str(desk.folder / "desk.db"))
    verified = SqlLog(database).verify()
    database.close()
    name = f"verdict, {desk.number.name}: "
    yield noted(name + "runs stopped, verdicts stored", f"{desk.stops}, {stored.total()}")
    yield at_most(name + "verdicts lost", 0, len(told - stored.keys()))
    yield at_most(name + "verdicts doubled", 0, stored.total() - len(stored))
    yield at_most(name + "verdicts without an event, events without a verdict", 0, abs(events - stored.total()))
    yield at_most(name + "broken events", 0, 0 if verified.reason is None else 1)


def extraction(source: Path) -> tuple[object, ...]:
    """The words of a command that extracts an article, a sentence a call."""
    return ("extract", source, "--model", "openai:stand-in", "--window", 1, "--concurrency", CALLS)


def verdict(claim: int) -> tuple[object, ...]:
    """The words of a command that gives a verdict."""
    return ("verdict", claim, "true", "--reviewer", "ana", "--rationale", "Looked up.")


def article(folder: Path, number: int) -> Path:
    """An article of sentences that no other article has."""
    path = folder / f"article_{number}.txt"
    told = (f"Minister {number} opened hospital {at} in town {number * 100 + at}." for at in range(1, SENTENCES + 1))
    path.write_text(" ".join(told), encoding="utf-8")
    return path


@contextmanager
def served(journal: Path) -> Iterator[None]:
    """A server in a process of its own, set as OPENAI_BASE_URL, that writes down what it is asked."""
    ours, theirs = FORK.Pipe()
    server = FORK.Process(target=serve, args=(theirs, journal), daemon=True)
    server.start()
    os.environ |= {"OPENAI_API_KEY": "stand-in", "OPENAI_BASE_URL": f"http://127.0.0.1:{ours.recv()}/v1"}
    yield
    server.terminate()
    server.join()


def serve(tell: Any, journal: Path) -> None:
    """Answer chat completions, each after a while, until the process is ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            words = request["messages"][-1]["content"].rsplit("s1: ", 1)[1].splitlines()[0].strip()
            with journal.open("a", encoding="utf-8") as asked:
                asked.write(words + "\n")
            time.sleep(ANSWER_SECONDS)
            content = json.dumps(completion(words)).encode()
            with suppress(ConnectionError):
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that was killed is no error of ours."""

    server = Server(("127.0.0.1", 0), Handler)
    tell.send(server.server_port)
    server.serve_forever()


def completion(words: str) -> dict[str, Any]:
    """A chat completion that makes the sentence a claim."""
    claim = {"quote": words, "claim": words, "speaker": "", "worth": 5, "why": "a fact"}
    answer = {"s1": {"begins": " ".join(words.split()[:4]), "claims": [claim], "kind": "fact"}}
    message = {"role": "assistant", "content": json.dumps(answer)}
    told = {"id": "1", "object": "chat.completion", "created": int(datetime.now(UTC).timestamp()), "model": "stand-in"}
    return told | {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": USAGE}


if __name__ == "__main__":
    sys.exit(main())
