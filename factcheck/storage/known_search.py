"""Finds the rows that share the rare words of a question, however many rows there are.

A database's own rank reads every row that holds one of the words, which takes seconds among a million. Here no more
than a bounded number of rows is read for each word; common words only choose among rows that hold several of them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from factcheck.storage.known_index import KnownIndex

_TOKEN = re.compile(r"(?:[a-z0-9.,']|[^\x00-\x7f])+")  # what SQLite's index takes for one word
_MOST_WORDS = 40
_MOST_ROWS = 1000
"""Rows that are read for a word; one that more rows hold is common."""
_LOOKED_AT = 200
_LONGEST = 5
"""Common words are asked for together, so many at most."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, how much it tells, and rows that hold it: all of them, unless it is common."""

    word: str
    weight: float
    rows: Sequence[int]
    is_common: bool


def best_of(index: KnownIndex, words: Collection[str]) -> dict[int, float]:
    """The numbers of the rows most alike, the best first, each with its likeness from 0 to 1."""
    if not index.is_there():
        return {}
    [(last,)] = index.rows("SELECT max(id) FROM known_claim")
    asked = [_looked_up(index, word, last or 0) for word in sorted(filter(_TOKEN.fullmatch, words))[:_MOST_WORDS]]
    common = sorted((one for one in asked if one.is_common), key=lambda one: -one.weight)
    scores: defaultdict[int, float] = defaultdict(float)
    for one in asked:
        for number in () if one.is_common else one.rows:
            scores[number] += one.weight
    together = _together(index, common[:_LONGEST])
    weight = sum(one.weight for one in together)
    for number in _rows(index, together) if together else ():
        scores[number] = max(scores[number], weight)
    for one in common if len(scores) < _LOOKED_AT else ():
        for number in one.rows:
            scores[number] += one.weight
    chosen = nlargest(_LOOKED_AT, scores, key=scores.__getitem__)
    weights = {one.word: one.weight for one in asked}
    likeness = {number: _likeness(weights, found) for number, found in index.words_of(chosen)}
    return {number: likeness[number] for number in sorted(likeness, key=lambda one: (-likeness[one], one))}


def _looked_up(index: KnownIndex, word: str, last: int) -> _Word:
    found = index.holding([word], _MOST_ROWS)
    is_common = len(found) == _MOST_ROWS
    # Where it is common, how far the first rows reach tells how many there are in all.
    many = len(found) * last / (found[-1] - found[0] + 1) if is_common else len(found)
    return _Word(word, log(1 + last / (many + 0.5)), found, is_common)


def _together(index: KnownIndex, common: Sequence[_Word]) -> Sequence[_Word]:
    """Common words that few rows hold together: each time one more, until not too many rows do."""
    for many in range(2, len(common)):
        if len(_rows(index, common[:many])) < _MOST_ROWS:
            return common[:many]
    return common if len(common) > 1 else ()


def _rows(index: KnownIndex, words: Sequence[_Word]) -> Sequence[int]:
    return index.holding([one.word for one in words], _MOST_ROWS)


def _likeness(weights: dict[str, float], found: set[str]) -> float:
    """The agreement in words (F1), each by its weight; a word that nobody asked for weighs as much as the mean."""
    shared = sum(weight for word, weight in weights.items() if word in found)
    others = len(found - weights.keys()) * sum(weights.values()) / len(weights)
    return 2 * shared / (2 * shared + (sum(weights.values()) - shared) + others) if shared else 0.0
