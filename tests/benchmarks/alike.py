"""Measures "already checked?": how past claims are ranked, which are offered, and whether what differs is told.

    python tests/benchmarks/alike.py DATA_FOLDER

DATA_FOLDER holds folders with `verified_claims.jsonl` (vclaim_id, claim) and `dev.jsonl` (query, relevant). Printed are
MAP@5; of those offered (three at most) how many queries get a right one, and which part is right; what is offered to
a query whose right claims are taken away; the time of a look-up. Then 500 past claims, each with one thing changed
(a number, a `not`), and how many are offered without that being told: as claims of the desk, and as others' checks.
"""

import json
import random
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Self

from factcheck.domain.alike import Alike, Apart, Candidate
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.extraction.nearness import WordVectors
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.text.alike import OTHERS_CHECKS, compared, keys, offered, ranked, rarity, rarity_among
from factcheck.wiring import utc_now
from factcheck.workflow.find_alike import SHOWN
from factcheck.workflow.find_known import LOOKED_AT, candidates, known_alike

_LOOKED_AT = 40
_MUTATIONS = 500
DEPTH = 5
_VERB = re.compile(r"\b(is|are|was|were|has|have|will|can)\b")
_NUMBER = re.compile(r"\b\d+\b")


class Index:
    """Past claims as the desk finds them, by words and by vectors."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, found = texts, [keys(text) for text in texts]
        self.having = Counter(word for one in found for word in one)
        self.vectors = WordVectors()
        self.vectors.learn(dict(enumerate(texts)))
        self.words = sqlite3.connect(":memory:")
        self.words.execute("CREATE VIRTUAL TABLE past USING fts5(words)")
        rows = [(number, " ".join(map(_token, sorted(one)))) for number, one in enumerate(found)]
        self.words.executemany("INSERT INTO past(rowid, words) VALUES (?, ?)", rows)

    def rare(self, word: str) -> float:
        return rarity(self.having[word], len(self.texts))

    def found(self, text: str, how: str) -> list[Candidate]:
        strengths: dict[int, float] = {}
        wanted = " OR ".join(sorted(map(_token, keys(text))))
        if wanted and how != "vectors":
            query = "SELECT rowid, -rank FROM past WHERE past MATCH ? ORDER BY rank LIMIT ?"
            strengths = dict(self.words.execute(query, (wanted, _LOOKED_AT)))
        if how in {"BM25", "words"}:
            return [Candidate(one, self.texts[one], strength) for one, strength in strengths.items()]
        numbers = sorted({*strengths, *self.vectors.nearest(text, _LOOKED_AT)})
        near = self.vectors.of(text, numbers)
        return [Candidate(one, self.texts[one], strengths.get(one, 0.0), near[one]) for one in numbers]

    def order(self, how: str, text: str, without: frozenset[int] = frozenset()) -> tuple[list[int], list[int]]:
        """The ranking, and what of it is offered; `BM25` and `vectors` rank by that alone, and offer all."""
        found = [one for one in self.found(text, how) if one.number not in without]
        if how in {"BM25", "vectors"}:
            found.sort(key=lambda one: (-(one.strength if how == "BM25" else one.nearness or 0), one.number))
            best = [one.number for one in found]
            return best, best[:SHOWN]
        made = ranked(text, found, self.rare)
        return [one.number for one in made], [one.number for one in offered(made, SHOWN)]

    def alike(self, text: str) -> list[tuple[str, Alike]]:
        """What is offered, compared."""
        return [
            (self.texts[one], compared(text, self.texts[one], 1, self.rare)) for one in self.order("combined", text)[1]
        ]


Order = Callable[[str, frozenset[int]], tuple[list[int], list[int]]]


def measure(order: Order, queries: Sequence[tuple[str, frozenset[int]]], how: str) -> str:
    precision, hits, right, shown, vain, seconds = 0.0, 0, 0, 0, 0, []
    for text, relevant in queries:
        begun = perf_counter()
        best, offers = order(text, frozenset())
        seconds.append(perf_counter() - begun)
        precision += average_precision(best[:DEPTH], relevant)
        right += len(relevant & set(offers))
        hits += not relevant.isdisjoint(offers)
        shown += len(offers)
        vain += bool(order(text, relevant)[1])
    many = len(queries)
    return (
        f"{how:10} MAP@5 {precision / many:.3f}  shown: recall {hits / many:.3f} precision {right / max(1, shown):.3f} "
        f"({shown / many:.2f} each)  without the right one: {vain / many:.2f}  {median(seconds) * 1000:.0f} ms"
    )


def mutations(texts: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, frozenset[Apart]]]:
    """A past claim, the same with a thing changed, and how that has to be told."""
    numbers, denials = frozenset({Apart.NUMBERS, Apart.DATE}), frozenset({Apart.DENIAL})
    for text in chance.sample(list(texts), len(texts)):
        if found := _NUMBER.search(text):
            yield text, f"{text[: found.start()]}{int(found[0]) + 3}{text[found.end() :]}", numbers
        if (verb := _VERB.search(text)) and not re.search(r"\bnot\b|n't", text):
            yield text, f"{text[: verb.end()]} not{text[verb.end() :]}", denials


def told_apart(
    what: str,
    made: Sequence[tuple[str, str, frozenset[Apart]]],
    offers: Callable[[str], Iterable[tuple[str, Alike]]],
) -> str:
    """How many of the changed claims are offered the claim that they were, and how often without the difference."""
    told = [
        (changed, not kinds.isdisjoint(contrast.kind for contrast in alike.apart))
        for text, changed, kinds in made
        for offered_text, alike in offers(changed)
        if offered_text == text
    ]
    untold = [changed for changed, is_told in told if not is_told]
    examples = "".join(f"\n    {one}" for one in untold[:5])
    counts = f"{len(told)} offered, {len(untold)} without the difference told"
    return f"{len(made)} mutations of {what} claims: {counts}{examples}"


class KnownDesk:
    """A desk that has imported the claims of a folder as others' checks, with their headlines."""

    def __init__(self, folder: Path) -> None:
        claims = _rows(folder / "verified_claims.jsonl")
        self.number = {one["vclaim_id"]: at for at, one in enumerate(claims)}
        dev = _rows(folder / "dev.jsonl")
        self.queries = [
            (one["query"], frozenset(self.number[key] for key in one["relevant"] if key in self.number)) for one in dev
        ]
        self._kept = TemporaryDirectory(prefix="factcheck-")
        self._database = Database(f"{self._kept.name}/desk.db")
        self.known = SqlKnownClaims(self._database)
        rows = [
            KnownClaim(one["claim"], f"https://a.example/{at}", KnownRating(), headline=one.get("title"))
            for at, one in enumerate(claims)
        ]
        self.known.keep("past claims", rows, utc_now())
        self.past = SqlPastVerdicts(self._database, WordVectors)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self._kept.cleanup()

    def candidates(self, query: str) -> list[Candidate]:
        """What is ranked."""
        found = self.known.alike(keys(query), LOOKED_AT)
        numbered = [int(one.known.url.rsplit("/", 1)[1]) for one in found]
        return [replace(one, number=numbered[one.number]) for one in candidates(query, found, self.past)]

    def alike(self, text: str) -> list[tuple[str, Alike]]:
        """What is offered, compared."""
        return [(one.known.claim, one.alike) for one in known_alike(self.known, self.past, text, SHOWN)]

    def order(self, text: str, without: frozenset[int] = frozenset()) -> tuple[list[int], list[int]]:
        """The ranking, and what of it is offered."""
        found = [one for one in self.candidates(text) if one.number not in without]
        made = ranked(text, found, rarity_among([one.text for one in found]), OTHERS_CHECKS)
        return [one.number for one in made], [one.number for one in offered(made, SHOWN, OTHERS_CHECKS)]


def average_precision(best: Sequence[int], relevant: frozenset[int]) -> float:
    hits, total = 0, 0.0
    for place, one in enumerate(best, 1):
        if one in relevant:
            hits += 1
            total += hits / place
    return total / min(len(relevant), DEPTH) if relevant else 0.0


def _token(word: str) -> str:
    return f"w{word.encode().hex()}"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(folder: Path) -> None:
    for name in ("match_snopes", "match_politifact"):
        index = Index([one["claim"] for one in _rows(folder / name / "verified_claims.jsonl")])
        with KnownDesk(folder / name) as desk:
            print(f"{name}: {len(index.texts)} claims, {len(desk.queries)} queries")
            for how in ("BM25", "vectors", "words", "combined"):
                order = partial(index.order, how)
                print(" ", measure(order, desk.queries, how), flush=True)
            print(" ", measure(desk.order, desk.queries, "others"), flush=True)
            made = list(islice(mutations(index.texts, random.Random(7)), _MUTATIONS))  # noqa: S311 - no secret
            print(" ", told_apart("past", made, index.alike))
            print(" ", told_apart("known", made, desk.alike), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
