"""Learns what others' checks are ranked by (`OTHERS_CHECKS` in `factcheck/text/alike.py`), and prints it.

    python tests/benchmarks/learn_alike.py DATA_FOLDER

DATA_FOLDER holds folders with `verified_claims.jsonl` (vclaim_id, claim, title) and `dev.jsonl` (query, relevant). Each
query is asked as it is, without its right claims, and among a few of what was found alone: a desk may know few checks.
Printed too is what ranking gives on queries that were not learnt from (five folds).
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factcheck.domain.alike import Candidate
from factcheck.text.alike import Ranking, offered, ranked, rarity_among, signs_of
from factcheck.text.weights import Weights
from factcheck.workflow.find_alike import SHOWN

if TYPE_CHECKING:
    from benchmarks.alike import DEPTH, KnownDesk, average_precision
    from benchmarks.learn_weights import fitted
else:  # a script's own folder is on the path, its parent is not
    from alike import DEPTH, KnownDesk, average_precision
    from learn_weights import fitted

_BY_WORDS = ("shared", "strongest", "here", "there", "letters", "many")
_WITH_VECTORS = (*_BY_WORDS, "near", "nearest")
_PENALTY = 1.0
_FOLDS = 5
_FEW, _OF_FEW = (1, 3, 10), 5.0
"""So many of what was found, and how often they count: otherwise the only one found would always seem likely."""

_LEAST, _LEAST_OF_FEW, _BESIDE_BEST = 0.025, 0.1, 0.15


class Asked(NamedTuple):
    """A query, what was found for it, and which of it is right."""

    query: str
    found: Sequence[Candidate]
    relevant: frozenset[int]


def main(folder: Path) -> None:
    """Learn, print, and try on what was not learnt from."""
    asked = {name: list(_asked(folder / name)) for name in ("match_snopes", "match_politifact")}
    for name, own in asked.items():
        others = [one for other, more in asked.items() if other != name for one in more]
        folds = [own[start::_FOLDS] for start in range(_FOLDS)]
        total = np.zeros(4)
        for fold in folds:
            learnt = _learnt([*others, *(one for other in folds if other is not fold for one in other)])
            total += _tried(fold, learnt)
        precision, hits, right, shown = total
        print(
            f"{name}, five folds: MAP@5 {precision / len(own):.3f}, recall {hits / len(own):.3f}, "
            f"precision {right / max(shown, 1):.3f}"
        )
    print(_learnt([one for more in asked.values() for one in more]))


def _asked(folder: Path) -> Iterator[Asked]:
    with KnownDesk(folder) as desk:
        for query, relevant in desk.queries:
            yield Asked(query, desk.candidates(query), relevant)


def _learnt(asked: Sequence[Asked]) -> Ranking:
    by_words, with_vectors = (_weights(asked, names) for names in (_BY_WORDS, _WITH_VECTORS))
    return Ranking(by_words, with_vectors, _LEAST, _LEAST_OF_FEW, _BESIDE_BEST)


def _weights(asked: Sequence[Asked], names: Sequence[str]) -> Weights:
    rows, labels, counts = [], [], []
    chance = random.Random(7)  # noqa: S311 - a sample, no secret
    for one in asked:
        wrong = [each for each in one.found if each.number not in one.relevant]
        few = [chance.sample(list(one.found), min(many, len(one.found))) for many in _FEW]
        for count, found in ((1.0, one.found), (1.0, wrong), *((_OF_FEW, some) for some in few)):
            rare = rarity_among([each.text for each in found])
            for each, signs in signs_of(one.query, found, rare):
                rows.append([*(signs[name] for name in names), 1.0])
                labels.append(each.number in one.relevant)
                counts.append(count)
    weights = fitted(np.array(rows), np.array(labels, float), np.array(counts), _PENALTY)
    bias = round(float(weights[-1]), 3)
    return Weights(bias, bias, {name: round(float(one), 3) for name, one in zip(names, weights, strict=False)})


def _tried(asked: Sequence[Asked], by: Ranking) -> np.ndarray:
    total = np.zeros(4)
    for one in asked:
        best = ranked(one.query, one.found, rarity_among([each.text for each in one.found]), by)
        shown = [each.number for each in offered(best, SHOWN, by)]
        right = len(one.relevant & set(shown))
        precision = average_precision([each.number for each in best[:DEPTH]], one.relevant)
        total += np.array([precision, bool(right), right, len(shown)])
    return total


if __name__ == "__main__":
    main(Path(sys.argv[1]))
