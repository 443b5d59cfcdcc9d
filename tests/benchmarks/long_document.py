"""One article of 100,000 words, extracted whole: the time against the ideal, CPU a call, and memory.

    python tests/benchmarks/long_document.py

The stand-in server of throughput.py answers each call after a second. Memory is what the process has grown by
since it extracted an article of 27 sentences. Takes about a minute.
"""

import random
import resource
import string
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factcheck import wiring
from factcheck.cli.progress import BatchDisplay
from factcheck.settings import Settings
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report
    from benchmarks.throughput import ANSWER_SECONDS, IN_FLIGHT, stand_in_server, written
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report
    from throughput import ANSWER_SECONDS, IN_FLIGHT, stand_in_server, written

SENTENCES = 5_000
WORDS_A_SENTENCE = 20
VOCABULARY = 20_000


def main() -> int:
    """Print the figures; 1 if a bound is missed."""
    with stand_in_server(), TemporaryDirectory() as folder:
        return report(measured(Path(folder)))


def measured(folder: Path) -> list[Figure]:
    """The figures of one extraction of the whole article."""
    settings = replace(Settings(), db=str(folder / "desk.db"), model="openai:stand-in", concurrency=IN_FLIGHT)
    (folder / "long.txt").write_text(" ".join(sentences()), encoding="utf-8")
    with wiring.stores(settings, creates=True) as opened:
        options = ExtractionOptions()
        batch = wiring.extract_batch(opened, options, BatchDisplay(None))
        batch.run(wiring.extraction_session(settings, options), Wanted((str(next(iter(written(folder)))),)))
        before, started, cpu = megabytes(), time.perf_counter(), time.process_time()
        done = batch.run(wiring.extraction_session(settings, options), Wanted((str(folder / "long.txt"),)))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    calls = done.summaries[-1].usage.calls
    ideal = -(-calls // IN_FLIGHT) * ANSWER_SECONDS
    return [
        noted("words", f"{SENTENCES * WORDS_A_SENTENCE:,}"),
        noted("calls", f"{calls}"),
        noted("ideal seconds", f"{ideal:.1f}"),
        at_most("seconds against the ideal", 1.5, seconds / ideal, " x"),
        at_most("CPU a call", 30, 1000 * cpu / calls, " ms"),
        at_most("memory", 75, megabytes() - before, " MB"),
    ]


def sentences() -> Iterator[str]:
    """Sentences that no one could have written, all different, each with a number."""
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 9))) for _ in range(VOCABULARY)]
    for number in range(SENTENCES):
        said = " ".join(chance.choices(words, k=WORDS_A_SENTENCE - 2))
        yield f"{said.capitalize()} in {number}."


def megabytes() -> float:
    """The most memory that the process has held so far; Linux counts it in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
