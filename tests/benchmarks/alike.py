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
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from factcheck.domain.alike import Alike, Apart, Candidate
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.extraction.nearness import WordVectors
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.text.alike import compared, keys, offered, ranked, rarity
from factcheck.wiring import utc_now
from factcheck.workflow.find_alike import SHOWN
from factcheck.workflow.find_known import known_alike

_LOOKED_AT = 40
_MUTATIONS = 500
_DEPTH = 5
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

    def order(self, text: str, how: str, without: frozenset[int] = frozenset()) -> tuple[list[int], list[int]]:
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
            (self.texts[one], compared(text, self.texts[one], 1, self.rare)) for one in self.order(text, "combined")[1]
        ]


def measure(index: Index, queries: Sequence[tuple[str, frozenset[int]]], how: str) -> str:
    precision, hits, right, shown, vain, seconds = 0.0, 0, 0, 0, 0, []
    for text, relevant in queries:
        begun = perf_counter()
        best, offers = index.order(text, how)
        seconds.append(perf_counter() - begun)
        precision += _average_precision(best[:_DEPTH], relevant)
        right += len(relevant & set(offers))
        hits += not relevant.isdisjoint(offers)
        shown += len(offers)
        vain += bool(index.order(text, how, relevant)[1])
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


def _of_others(known: SqlKnownClaims, text: str) -> list[tuple[str, Alike]]:
    return [(one.known.claim, one.alike) for one in known_alike(known, text, SHOWN)]


def _average_precision(best: Sequence[int], relevant: frozenset[int]) -> float:
    hits, total = 0, 0.0
    for place, one in enumerate(best, 1):
        if one in relevant:
            hits += 1
            total += hits / place
    return total / min(len(relevant), _DEPTH) if relevant else 0.0


def _token(word: str) -> str:
    return f"w{word.encode().hex()}"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(folder: Path) -> None:
    for name in ("match_snopes", "match_politifact"):
        claims = _rows(folder / name / "verified_claims.jsonl")
        number = {one["vclaim_id"]: at for at, one in enumerate(claims)}
        index = Index([one["claim"] for one in claims])
        dev = _rows(folder / name / "dev.jsonl")
        queries = [(one["query"], frozenset(number[key] for key in one["relevant"] if key in number)) for one in dev]
        print(f"{name}: {len(claims)} claims, {len(queries)} queries")
        for how in ("BM25", "vectors", "words", "combined"):
            print(" ", measure(index, queries, how), flush=True)
        made = list(islice(mutations(index.texts, random.Random(7)), _MUTATIONS))  # noqa: S311 - a sample, no secret
        print(" ", told_apart("past", made, index.alike))
        with TemporaryDirectory(prefix="factcheck-") as kept, closing(Database(f"{kept}/desk.db")) as database:
            known = SqlKnownClaims(database)
            rows = [KnownClaim(one, f"https://a.example/{at}", KnownRating()) for at, one in enumerate(index.texts)]
            known.keep("past claims", rows, utc_now())
            print(" ", told_apart("known", made, partial(_of_others, known)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
