"""Many articles at once: the time against the ideal, CPU a call, and whether memory grows.

    python tests/benchmarks/throughput.py [ARTICLES]

A stand-in server in a process of its own answers each call after one second. The ideal is the time that
the calls would need with 32 of them always under way. Takes about a minute.
"""

import asyncio
import json
import multiprocessing
import os
import re
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from factcheck import wiring
from factcheck.cli.progress import BatchDisplay
from factcheck.domain.extraction import ExtractionSummary
from factcheck.settings import Settings
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionOptions

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_most, noted, report

ARTICLES = 100
IN_FLIGHT = 32
SENTENCES = 27
ANSWER_SECONDS = 1.0
WARM_ARTICLES = 20
USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def main(articles: int) -> int:
    """Print the figures; 1 if a bound is missed."""
    with stand_in_server(), TemporaryDirectory() as folder:
        return report(measured(Path(folder), articles))


@contextmanager
def stand_in_server() -> Iterator[None]:
    """A server in a process of its own, set as OPENAI_BASE_URL."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    os.environ |= {"OPENAI_API_KEY": "stand-in", "OPENAI_BASE_URL": f"http://127.0.0.1:{ours.recv()}/v1"}
    yield
    server.terminate()
    server.join()


def measured(folder: Path, articles: int) -> list[Figure]:
    """The figures of one extraction of all the articles."""
    settings = replace(Settings(), db=str(folder / "desk.db"), model="openai:stand-in", concurrency=IN_FLIGHT)
    sources = [str(one) for one in written(folder, articles)]
    with wiring.stores(settings, creates=True) as opened:
        options, watch = ExtractionOptions(), Watch(None)
        batch = wiring.extract_batch(opened, options, watch)
        batch.run(wiring.extraction_session(settings, options), Wanted(tuple(sources[:1])))  # imports are paid before
        started, cpu = time.perf_counter(), time.process_time()
        done = batch.run(wiring.extraction_session(settings, options), Wanted(tuple(sources[1:])))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    calls = sum(one.usage.calls for one in done.summaries[1:])
    ideal = -(-calls // IN_FLIGHT) * ANSWER_SECONDS
    return [
        noted("articles", f"{len(done.summaries) - 1}"),
        noted("calls", f"{calls}"),
        noted("ideal seconds", f"{ideal:.1f}"),
        at_most("seconds against the ideal", 1.15, seconds / ideal, " x"),
        at_most("CPU a call", 15, 1000 * cpu / calls, " ms"),
        at_most(f"memory after {WARM_ARTICLES} articles and after all", 10, watch.growth_mb(), " MB"),
    ]


def written(folder: Path, articles: int = ARTICLES) -> Iterable[Path]:
    """Articles of sentences that no other article has, and one more, to begin with."""
    for number in range(articles + 1):
        path = folder / f"article_{number}.txt"
        sentences = (f"Minister {number} opened hospital {at} in town {number * at}." for at in range(1, SENTENCES + 1))
        path.write_text(" ".join(sentences), encoding="utf-8")
        yield path


class Watch(BatchDisplay):
    """Notes the process's largest size as each article ends."""

    def ended(self, summary: ExtractionSummary) -> None:
        """Note the size, too."""
        super().ended(summary)
        self.sizes = [*getattr(self, "sizes", []), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]

    def growth_mb(self) -> float:
        """How much larger the process was in the end."""
        return float(self.sizes[-1] - self.sizes[WARM_ARTICLES])


def serve(tell: Connection) -> None:
    """Answer chat completions after a second each, until the process is ended."""
    asyncio.run(_serve(tell))


async def _serve(tell: Connection) -> None:
    server = await asyncio.start_server(_connection, "127.0.0.1", 0)
    tell.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"content-length: (\d+)", head.lower())[1])  # type: ignore[index]
            request = json.loads(await reader.readexactly(length))
            await asyncio.sleep(ANSWER_SECONDS)
            body = json.dumps(_completion(request)).encode()
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
            writer.write(b"content-length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _completion(request: dict[str, Any]) -> dict[str, Any]:
    asked = re.findall(r"^(s\d+): (.*)$", request["messages"][-1]["content"], re.MULTILINE)
    answer = {
        key: {
            "begins": "x",
            "claims": [{"quote": words, "claim": words, "speaker": "", "worth": 5, "why": "a fact"}],
            "kind": "fact",
        }
        for key, words in asked
    }
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(answer)}}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "x", "choices": [choice], "usage": USAGE}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))  # more than WARM_ARTICLES
