"""How far what a model says of passages agrees with people: supports, refutes or neither.

    OPENAI_BASE_URL=… OPENAI_API_KEY=… python tests/benchmarks/readings.py DATA_FOLDER openai:NAME [ROWS]

`factcheck_stance` has a passage for each claim, and what it does to it; support in part counts as support. "Cannot
tell" counts as neither. Beside it stand always the same answer, and the overlap rule: support where the passage has
most content words of the claim, at the share that does best on these rows. The set is not shipped.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from factcheck.domain.lookup import Reading
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.passage_reader import ModelPassageReader
from factcheck.text.inference import shared_words

if TYPE_CHECKING:
    from benchmarks.measure import noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import noted, report

_SECONDS = 120.0
_KINDS = (Reading.SUPPORTS, Reading.REFUTES, Reading.NEITHER)
_OF_PEOPLE = {
    "completely-support": Reading.SUPPORTS,
    "partially-support": Reading.SUPPORTS,
    "refute": Reading.REFUTES,
    "irrelevant": Reading.NEITHER,
}


def main() -> int:
    """Measure, report, and return the exit code."""
    if len(sys.argv) not in {3, 4}:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    lines = (Path(sys.argv[1]) / "factcheck_stance" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines][: int(sys.argv[3]) if len(sys.argv) > 3 else None]
    wanted = [_OF_PEOPLE[row["stance"]] for row in rows]
    begun = perf_counter()
    with asyncio.Runner() as runner:
        model = open_model(sys.argv[2], CallLimits(_SECONDS, 0, 1))
        reader = ModelPassageReader(model, sys.argv[2], _SECONDS, runner)
        told = [reader.read(row["claim"], row["evidence"]).reading for row in rows]
    seconds = (perf_counter() - begun) / len(rows)
    given = [Reading.NEITHER if one is Reading.UNSURE else one for one in told]
    most = Counter(wanted).most_common(1)[0][0]
    shares = [shared_words(row["claim"], row["evidence"]) for row in rows]
    by_overlap = max(macro_f1(wanted, overlapping(shares, least / 20)) for least in range(21))
    return report(
        [
            noted("rows", ", ".join(f"{many} {kind.value}" for kind, many in Counter(wanted).items())),
            noted("macro F1: always the most frequent", f"{macro_f1(wanted, [most] * len(wanted)):.3f}"),
            noted("macro F1: overlap rule", f"{by_overlap:.3f}"),
            noted(f"macro F1: {reader.name}", f"{macro_f1(wanted, given):.3f}"),
            noted("the same answer as people", f"{accuracy(wanted, given):.3f}"),
            noted("cannot tell", f"{told.count(Reading.UNSURE)} of {len(told)}"),
            noted("answers", ", ".join(f"{many} {kind.value}" for kind, many in Counter(told).items())),
            noted("seconds a passage", f"{seconds:.1f}"),
        ]
    )


def overlapping(shares: Sequence[float], least: float) -> list[Reading]:
    """Support where so much of the claim stands in the passage."""
    return [Reading.SUPPORTS if one >= least else Reading.NEITHER for one in shares]


def macro_f1(wanted: Sequence[Reading], given: Sequence[Reading]) -> float:
    """The mean of the F1 of each kind."""
    pairs = Counter(zip(wanted, given, strict=True))
    of_people, of_model = Counter(wanted), Counter(given)
    scores = [2 * pairs[kind, kind] / max(1, of_people[kind] + of_model[kind]) for kind in _KINDS]
    return sum(scores) / len(scores)


def accuracy(wanted: Sequence[Reading], given: Sequence[Reading]) -> float:
    """The part of the rows on which both say the same."""
    return sum(one is other for one, other in zip(wanted, given, strict=True)) / len(wanted)


if __name__ == "__main__":
    sys.exit(main())
