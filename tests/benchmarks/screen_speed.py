"""How long a reviewer waits for the review screen with a million claims in the queue, at a real terminal's other end.

`python tests/benchmarks/screen_speed.py [CLAIMS]`; a million take about two minutes to queue, and 1 GB.
Each time runs from the key's byte on the terminal to the next claim's words coming out of it.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import ExtractionSetup
from factcheck.domain.sentence import Sentence, Span
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.window_outcome import insert_claims

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report, seconds
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report, seconds

CLAIMS = 1_000_000
OF_AN_ARTICLE = 1_000
SENTENCES = 45
KEYS = 60
OPENINGS = 5
GIVE_UP = 60
REST = "any other week that anybody who lives there could remember."
SIZES = ((80, 24), (200, 60))
NAMED = re.compile(rb"town (\d+) on")


class Screen:
    """The review screen in a process of its own, at the other end of a pseudo-terminal."""

    def __init__(self, database: Path, columns: int, lines: int) -> None:
        arguments = [sys.executable, "-m", "factcheck", "--db", str(database), "review", "--reviewer", "ana"]
        self._process, self._terminal = pty.fork()
        if not self._process:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execv(sys.executable, arguments)  # noqa: S606 - this is the program that is measured
        self._shown = b""

    def next_claim(self) -> None:
        """Wait until another claim comes out. Raises TimeoutError."""
        deadline, out = time.monotonic() + GIVE_UP, b""
        while time.monotonic() < deadline:
            if select.select([self._terminal], [], [], GIVE_UP)[0]:
                out += os.read(self._terminal, 1 << 16)
            other = [found for found in NAMED.findall(out) if found != self._shown]
            if other:
                self._shown = other[0]
                return
        raise TimeoutError(out[-2_000:].decode(errors="replace"))

    def press(self, key: bytes) -> None:
        """Press a key and wait for the next claim."""
        os.write(self._terminal, key)
        self.next_claim()

    def rest(self) -> None:
        """Let what goes on beside the screen come to an end, as between two decisions of a person."""
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            if select.select([self._terminal], [], [], 0.05)[0]:
                os.read(self._terminal, 1 << 16)

    def leave(self) -> None:
        """Quit, and wait until the process has ended."""
        os.write(self._terminal, b"q")
        while True:
            try:
                if not os.read(self._terminal, 1 << 16):
                    break
            except OSError:
                break
        os.waitpid(self._process, 0)
        os.close(self._terminal)


def main() -> int:
    """Queue the claims, measure, report, and return the exit code."""
    many = int(sys.argv[1]) if sys.argv[1:] else CLAIMS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        fill(path, many)
        return report([noted("claims queued", f"{many:,}"), *figures(path)])


def figures(path: Path) -> Iterator[Any]:
    """Opening and keys, on a small and on a large terminal."""
    for columns, lines in SIZES:
        size = f"{columns} x {lines}"
        opened = [opening(path, columns, lines) for _ in range(OPENINGS)]
        yield at_most(f"opening at {size}, from the command to the first claim", 1_500, median(opened), " ms")
        taken = keys(path, columns, lines)
        yield at_most(f"key to next claim at {size}", 50, median(taken), " ms")
        yield noted("  of a hundred, the 95th", f"{taken[round(0.95 * (len(taken) - 1))]:.0f} ms")
    yield noted("load while this was measured", f"{os.getloadavg()[0]:.1f}")


def opening(path: Path, columns: int, lines: int) -> float:
    """How long the screen takes to open, in milliseconds."""
    started = time.perf_counter()
    screen = Screen(path, columns, lines)
    screen.next_claim()
    taken = (time.perf_counter() - started) * 1_000
    screen.leave()
    return taken


def keys(path: Path, columns: int, lines: int) -> list[float]:
    """How long each verdict takes until the next claim shows, in milliseconds, the shortest first."""
    screen = Screen(path, columns, lines)
    screen.next_claim()
    taken = []
    for _ in range(KEYS):
        screen.rest()
        taken.append(seconds(lambda: screen.press(b"1")) * 1_000)
    screen.leave()
    return sorted(taken)


def fill(path: Path, many: int) -> None:
    """A database with so many claims, a thousand of each article of 5,000 characters."""
    database, now = Database(str(path)), datetime.now(UTC)
    ledger = SqlLedger(database)
    for start in range(0, many, OF_AN_ARTICLE):
        said = [f"In week {at} of the year {start} it rained more than in {REST}" for at in range(SENTENCES)]
        spans = tuple(spans_of(said))
        sentences = tuple(Sentence(at, span) for at, span in enumerate(spans, 1))
        filed = ledger.file_article(Article(" ".join(said), now), sentences, now)
        run = ledger.begin_run(filed.id, ExtractionSetup("openai:any", "extract_claims", "1", "0" * 64, {}), now)
        ledger.end_run(run, "finished", now)
        with database.writing() as connection:
            insert_claims(connection, list(claims(filed, spans, run, start, min(start + OF_AN_ARTICLE, many))))
    database.close()


def spans_of(said: Sequence[str]) -> Iterator[Span]:
    """Where each sentence stands, with a blank between two."""
    at = 0
    for words in said:
        yield Span(at, at + len(words))
        at += len(words) + 1


def claims(filed: FiledArticle, spans: Sequence[Span], run: int, start: int, end: int) -> Iterator[dict[str, Any]]:
    """The column values of claims of an article, of all degrees of check-worthiness."""
    for number in range(start, end):
        at = number % len(spans)
        anchor = Anchor(AnchorStatus.EXACT, (spans[at],), (at + 1,))
        claim = Claim(
            f"Rain fell in town {number} on Monday.", spans[at].cut(filed.article.text), anchor, number % 101 / 100
        )
        yield rows.claim_values(claim, filed, run)


if __name__ == "__main__":
    sys.exit(main())
