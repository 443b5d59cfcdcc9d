"""Learns what each sign of a sentence weighs, for `checkability` and `worth`, and writes `factcheck/text/weights.json`.

    python tests/benchmarks/learn_weights.py [--write] JSONL-FILE...

The form of each file is known by its columns. For checkability: pieces of `data/checkable/learn.jsonl` (five times),
articles with their sentences marked (GUM; those without a claim are listed in `data/checkable`, by hand),
answers with sentences judged (Factcheck-Bench), sentences with the claims that people took from them (FEVERFact).
For worth: `data/checkable/worth.jsonl`. For both: sentences of debates that people called worth checking or not
(ClaimBuster). Sentences with facts that people made of them (FActScore) only set the threshold, with the claim
sentences of GUM: 98 % of both stay in front. The result is the same however often the script runs.
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from factcheck.text.signs import WITHOUT_WORDS, signs
from factcheck.text.weights import Weights

_HERE = Path(__file__).parent
_WEIGHTS = Path(__file__).parents[2] / "factcheck" / "text" / "weights.json"
_WITHOUT_CLAIM = _HERE / "data" / "checkable" / "gum_news_without_claim.json"
_OWN, _NEWS, _FACTS, _OWN_WORTH = 5.0, 5.0, 2.0, 15.0
"""How often a row counts beside one of the debates, which are many."""
_IN_FRONT = 0.981
_OF_WORTH = frozenset(("public",))
"""Signs that tell what matters, not what can be checked."""
_PENALTY = 1 / 0.3
_STEPS = 30


class Row(NamedTuple):
    """A sentence, whether it is what is learnt, and how often it counts."""

    text: str
    label: int
    weight: float


class Rows(NamedTuple):
    """What is learnt from, by what it teaches; `front` are sentences that must stay in front."""

    checkability: list[Row]
    worth: list[Row]
    front: list[str]


def main() -> int:
    """Learn, print or write the weights, and return the exit code."""
    names = [one for one in sys.argv[1:] if one != "--write"]
    if not names:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    learnt = learn(read(map(Path, names)))
    text = json.dumps({name: one._asdict() for name, one in learnt.items()}, indent=1) + "\n"
    if "--write" in sys.argv:
        _WEIGHTS.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


class Learnt(NamedTuple):
    """The fields of `Weights`, rounded as they are written."""

    bias: float
    elsewhere: float
    threshold: float
    signs: dict[str, float]

    @property
    def weights(self) -> Weights:
        """As the program reads them."""
        return Weights(**self._asdict())


def learn(rows: Rows) -> dict[str, Learnt]:
    """The weights of both, each with its threshold."""
    checkability, worth = regression(rows.checkability, without=_OF_WORTH), regression(rows.worth)
    shown = sorted(checkability.weights.likelihood(signs(one)) for one in rows.front)
    threshold = shown[int((1 - _IN_FRONT) * len(shown))] if shown else checkability.threshold
    return {"checkability": checkability._replace(threshold=math.floor(1000 * threshold) / 1000), "worth": worth}


def read(paths: Iterator[Path]) -> Rows:
    """The rows of all files."""
    rows = Rows([], [], [])
    without_claim: Mapping[str, list[int]] = json.loads(_WITHOUT_CLAIM.read_text("utf-8"))
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            _sort_in(json.loads(line), rows, without_claim)
    return rows


def _sort_in(row: dict[str, Any], rows: Rows, without_claim: Mapping[str, list[int]]) -> None:
    if "piece" in row:
        rows.checkability.append(Row(row["text"], row["label"], _OWN))
    elif "label" in row and "id" in row:
        rows.checkability.append(Row(row["text"], row["label"], 1))
        rows.worth.append(Row(row["text"], row["label"], 1))
    elif "label" in row:
        rows.worth.append(Row(row["text"], row["label"], _OWN_WORTH))
    elif "pronouns" in row:
        for one in row["sentences"]:
            text = row["text"][one["start"] : one["end"]]
            is_claim = one["i"] not in without_claim.get(row["id"], ())
            rows.checkability.append(Row(text, int(is_claim), _NEWS))
            rows.front.extend([text] * is_claim)
    elif "gold_facts" in row:
        rows.front.append(row["sentence"])
    elif "gold_claims" in row:
        rows.checkability.append(Row(row["sentence"], 1, _FACTS))
    else:
        judged = (Row(one["text"], int(one["checkworthy"] == "yes"), _FACTS) for one in row["sentences"])
        rows.checkability.extend(judged)


def regression(rows: Sequence[Row], without: frozenset[str] = frozenset()) -> Learnt:
    """What signs of sentences weigh."""
    shown = [signs(one.text) for one in rows]
    names = sorted({sign for one in shown for sign in one} - without)
    table = np.array([[*(one.get(sign, 0.0) for sign in names), 1.0] for one in shown])
    labels, counts = np.array([one.label for one in rows]), np.array([one.weight for one in rows])
    weights = fitted(table, labels, counts)
    # Where words cannot be read, their signs stand at what they are on average in what is worth it.
    usual = (counts * labels) @ table / (counts @ labels)
    unseen = [at for at, name in enumerate([*names, ""]) if name not in WITHOUT_WORDS]
    return Learnt(
        bias=round(float(weights[-1]), 3),
        elsewhere=round(float(usual[unseen] @ weights[unseen]), 3),
        threshold=0.5,
        signs={name: round(float(weight), 3) for name, weight in zip(names, weights, strict=False)},
    )


def fitted(table: np.ndarray, labels: np.ndarray, counts: np.ndarray, penalty: float = _PENALTY) -> np.ndarray:
    """A logistic regression with a penalty on large weights, by Newton's method; the last column is the bias."""
    penalties = np.diag([penalty] * (table.shape[1] - 1) + [0.0])
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (likely - labels)) + penalties @ weights
        curve = (table * (counts * likely * (1 - likely))[:, None]).T @ table + penalties
        weights = weights - np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    sys.exit(main())
