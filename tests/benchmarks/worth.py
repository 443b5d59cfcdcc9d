"""How well code tells checkable sentences, and puts claims into an order, on sentences that people judged.

    python tests/benchmarks/worth.py JSONL-FILE...

The form of each file is known by its columns: speeches (PoliClaim), debates (ClaimBuster), health claims (Full Fact),
opinion pieces with page furniture (`data/checkable/measure.jsonl`, never learnt from), and sentences that hold claims
(FActScore, GUM). The order is measured by its average precision, beside the best F1 that a cut in it gives. Bounds are
what TF-IDF with a logistic regression reaches: learnt from the debates for debates and speeches, on the claims
themselves, in five parts, for health. Claims on health are not learnt from here.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.text.checkability import is_checkable
from factcheck.text.worth import worth_of

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_least, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_least, noted, report

_SPEECHES, _DEBATES, _HEALTH, _OPINION, _NEWS = (
    "speeches",
    "debates",
    "health claims",
    "opinion pieces",
    "people's claims",
)
_BASELINES = {_SPEECHES: (0.831, 0.76), _DEBATES: (0.906, 0.87), _HEALTH: (0.484, 0.25)}
_HELD_BACK, _IN_FRONT = 0.8, 0.98
_MODEL = 0.5

Judged = tuple[str, bool]
"""A sentence, and whether it is worth checking, or holds a claim."""


def main() -> int:
    """Measure, report, and return the exit code."""
    if not sys.argv[1:]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    sets: dict[str, list[Judged]] = defaultdict(list)
    for name in sys.argv[1:]:
        for line in Path(name).read_text("utf-8").splitlines():
            for kind, text, label in judged(json.loads(line)):
                sets[kind].append((text, label))
    return report([figure for kind, rows in sets.items() for figure in figures(kind, rows)])


def judged(row: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The sentences of a row, each with the set that it belongs to."""
    if "summary" in row and "claim" in row:
        yield _HEALTH, row["claim"], row["summary"] != "not worth checking"
    elif "gold_facts" in row:
        yield _NEWS, row["sentence"], True
    elif "pronouns" in row:
        without_claim = json.loads((Path(__file__).parent / "data/checkable/gum_news_without_claim.json").read_text())
        for one in row["sentences"]:
            if one["i"] not in without_claim.get(row["id"], ()):
                yield _NEWS, row["text"][one["start"] : one["end"]], True
    else:
        kind = _SPEECHES if "speech" in row else _OPINION if "piece" in row else _DEBATES
        yield kind, row["text"], bool(row["label"])


def figures(kind: str, rows: Sequence[Judged]) -> Iterator[Figure]:
    """The figures of one set."""
    yield noted(f"{kind}: sentences, of them claims", f"{len(rows)}, {sum(label for _, label in rows)}")
    if kind in _BASELINES:
        precision, f1 = _BASELINES[kind]
        ranked = [(worth_of(text, _MODEL, "").value, label) for text, label in rows]
        yield at_least(f"{kind}: average precision of worth", precision, average_precision(ranked))
        yield at_least(f"{kind}: best F1 of worth", f1, best_f1(ranked))
    in_front = {label: [is_checkable(text) for text, one in rows if one is label] for label in (True, False)}
    kept = sum(in_front[True]) / len(in_front[True])
    if kind == _NEWS:
        yield at_least(f"{kind}: in front", _IN_FRONT, kept)
    elif kind != _HEALTH:
        back = 1 - sum(in_front[False]) / len(in_front[False])
        told = at_least if kind in {_SPEECHES, _OPINION} else lambda name, _, share: noted(name, f"{share:.3g}")
        yield told(f"{kind}: sentences without a claim held back", _HELD_BACK, back)
        yield noted(f"{kind}: claims in front", f"{kept:.3g}")


def average_precision(ranked: Sequence[tuple[float, bool]]) -> float:
    """The mean, over all right ones, of the share of right ones down to each; equal values count as one step."""
    return sum((recall - before) * precision for before, recall, precision in _steps(ranked))


def best_f1(ranked: Sequence[tuple[float, bool]]) -> float:
    """The best F1 that a cut in the order gives."""
    return max(2 * precision * recall / (precision + recall) for _, recall, precision in _steps(ranked) if recall)


def _steps(ranked: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, float]]:
    """At each value, from the top: the recall before it, with it, and the precision with it."""
    by_value: dict[float, list[bool]] = defaultdict(list)
    for value, label in ranked:
        by_value[value].append(label)
    total, taken, right = sum(label for _, label in ranked), 0, 0
    for value in sorted(by_value, reverse=True):
        before = right / total
        taken, right = taken + len(by_value[value]), right + sum(by_value[value])
        yield before, right / total, right / taken


if __name__ == "__main__":
    sys.exit(main())
