"""A million invented known claims: how fast they come in, how fast they are found, and what memory that takes.

`python tests/benchmarks/known.py [CLAIMS]` fills a desk in a folder of its own by a process that reads a feed of Data
Commons' form, and looks up claims in another one. Words are drawn as languages draw them, few of them often (Zipf).
Where others use the machine the clock tells less than the seconds of a processor, so that both are told.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from factcheck import confined
from factcheck.domain.known import KnownClaim
from factcheck.extraction.nearness import WordVectors
from factcheck.intake.known_files import KnownFiles
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.wiring import utc_now
from factcheck.workflow.find_known import known_alike
from factcheck.workflow.import_known import ImportKnown

_CLAIMS = 1_000_000
_LOOK_UPS = 300
_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


class Inventor:
    """Invents claims out of 60,000 invented words; the same ones each time."""

    def __init__(self, seed: int) -> None:
        words, self._chance = random.Random(0), random.Random(seed)  # noqa: S311 - not a secret
        self.words = [
            "".join(words.choice("bdfgklmnprstvz") + words.choice("aeiou") for _ in range(words.randint(2, 4)))
            for _ in range(60_000)
        ]
        self._weights = list(accumulate(1 / (place + 2) for place in range(len(self.words))))

    def claim(self) -> str:
        said = self._chance.choices(self.words, cum_weights=self._weights, k=self._chance.randint(6, 18))
        return f"{' '.join(said).capitalize()} in {self._chance.randint(1900, 2026)}."

    def common(self) -> str:
        """A few of the commonest words alone, which a great many claims hold."""
        return " ".join(self._chance.sample(self.words[:20], 4))


def feed(path: Path, claims: int) -> None:
    """A feed with so many invented reviews."""
    inventor = Inventor(1)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [')
        for number in range(claims):
            file.write(", " if number else "")
            file.write(json.dumps({"@type": "DataFeedItem", "item": [_review(inventor.claim(), number)]}))
        file.write("]}")


def _review(claim: str, number: int) -> dict[str, object]:
    rating = {"@type": "Rating", "ratingValue": 1 + number % 5, "bestRating": 5, "worstRating": 1}
    return {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "author": {
            "@type": "Organization",
            "name": f"Publisher {number % 300}",
            "url": f"https://p{number % 300}.example",
        },
        "claimReviewed": claim,
        "datePublished": f"{2010 + number % 15}-03-01",
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Speaker {number % 5000}"}},
        "reviewRating": rating | {"alternateName": ("False", "Mixed", "True")[number % 3]},
        "sdPublisher": {"@type": "Organization", "name": "Fact Check Tools", "url": "https://example.org/explorer"},
        "url": f"https://p{number % 300}.example/checks/{number}",
    }


def imported(folder: Path) -> Iterator[str]:
    """The import of the feed, as the command does it."""
    database = Database(str(folder / "desk.db"))
    importing = ImportKnown(SqlKnownClaims(database), KnownFiles(), utc_now)
    began, clock = time.perf_counter(), time.process_time()
    (done,) = importing.of([str(folder / "feed.json")])
    seconds, storing = time.perf_counter() - began, time.process_time() - clock
    database.close()
    confined._end_all()  # noqa: SLF001 - only of a process that has ended it is told what it took
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    parsing, many = used.ru_utime + used.ru_stime, done.kept.new
    yield f"import: {many:,} claims in {seconds:,.0f} s by the clock, {many / seconds:,.0f} a second"
    yield f"  of a processor: {storing:,.0f} s to store, {many / storing:,.0f} a second"
    yield f"  of another one, at the same time: {parsing:,.0f} s to parse, {many / parsing:,.0f} a second"
    yield f"  memory: {_peak(resource.RUSAGE_SELF):,.0f} MB, and {_peak(resource.RUSAGE_CHILDREN):,.0f} MB to parse"


def looked_up(folder: Path) -> Iterator[str]:
    """Look-ups of claims with a word changed, of new ones, and of common words alone."""
    database = Database(str(folder / "desk.db"), creates=False)
    known, past = SqlKnownClaims(database), SqlPastVerdicts(database, WordVectors)
    there, new = Inventor(1), Inventor(2)
    asked = {
        "known claims, a word less": [" ".join(there.claim().split()[1:]) for _ in range(_LOOK_UPS)],
        "other claims": [new.claim() for _ in range(_LOOK_UPS)],
        "four of the commonest words": [new.common() for _ in range(_LOOK_UPS)],
    }
    known_alike(known, past, asked["other claims"][0])
    for what, claims in asked.items():
        told = [_timed(known, past, claim) for claim in claims]
        firsts = [set(found.claim.split()) if found else set() for _, _, found in told]
        hits = sum(first >= set(claim.split()) for claim, first in zip(claims, firsts, strict=True))
        clock, processor = [took * 1000 for took, _, _ in told], sorted(took * 1000 for _, took, _ in told)
        most = processor[int(0.95 * len(processor))]
        yield f"look-up of {what}: median {statistics.median(clock):.0f} ms by the clock, of a processor"
        yield f"  {statistics.median(processor):.0f} ms, 95 % within {most:.0f} ms; {hits} of {len(told)} found first"
    database.close()
    size = (folder / "desk.db").stat().st_size / 1e6
    yield f"  memory: {_peak(resource.RUSAGE_SELF):,.0f} MB; the database has {size:,.0f} MB"


def _timed(known: SqlKnownClaims, past: SqlPastVerdicts, claim: str) -> tuple[float, float, KnownClaim | None]:
    began, clock = time.perf_counter(), time.process_time()
    found = known_alike(known, past, claim)
    return time.perf_counter() - began, time.process_time() - clock, found[0].known if found else None


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / _MB


_STEPS = {"import": imported, "look-up": looked_up}


def main(claims: int) -> None:
    with TemporaryDirectory(prefix="factcheck-") as name:
        feed(Path(name) / "feed.json", claims)
        print(f"a feed of {(Path(name) / 'feed.json').stat().st_size / 1e6:,.0f} MB", flush=True)
        for step in _STEPS:
            subprocess.run([sys.executable, __file__, step, name], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in _STEPS:
        for line in _STEPS[sys.argv[1]](Path(sys.argv[2])):
            print(line, flush=True)
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else _CLAIMS)
