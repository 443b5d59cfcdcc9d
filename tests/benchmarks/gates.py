"""How often the gates are wrong about claims that people wrote, and how much of the rest they catch.

    python tests/benchmarks/gates.py JSONL-FILE...

The form of each file is known by its columns: sentences with the facts that people made of them
(FActScore), answers with claims and standalone sentences (Factcheck-Bench), claims beside an
`article.txt` (seed), claims of a page (FEVERFact), articles with sentence offsets (GUM). Facts of
FActScore were made atomic, not self-contained, so that their pronouns do dangle: noted, not bound.
FEVERFact's writers used what they knew besides the page, so that its unknown names are noted too.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.text.gates import dangling_subject, foretelling, joint_of_facts
from factcheck.text.names import ArticleNames

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_least, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_least, at_most, noted, report

Gate = Callable[["Written"], bool]


@dataclass(frozen=True, slots=True)
class Written:
    """A claim or a raw sentence, with the article that it is about."""

    words: str
    article: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What one file holds, and of which kind it is."""

    kind: str
    written: Sequence[Written]


def main() -> int:
    """Measure, report, and return the exit code."""
    if not sys.argv[1:]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    sets = [read(Path(name)) for name in sys.argv[1:]]
    return report([*shares(sets), *bounds(sets), *strangers(sets)])


def read(path: Path) -> Texts:
    """The claims or sentences of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kind, written = next((kind, make) for column, kind, make in KINDS if column in rows[0])
    beside = path.with_name("article.txt")
    article = beside.read_text(encoding="utf-8") if kind == "seed" else ""
    return Texts(kind, [one for row in rows for one in written(row | {"beside": article})])


def of_factscore(row: Mapping[str, Any]) -> Iterator[Written]:
    """The facts of a sentence, its article being the sentence with those before it."""
    for fact in row["gold_facts"]:
        yield Written(fact, f"{row['topic']}. {row['before']} {row['sentence']}")


def of_factcheck_bench(row: Mapping[str, Any]) -> Iterator[Written]:
    """The claims of an answer, its article being question, answer and standalone sentences."""
    standalone = [sentence["decontext"] or "" for sentence in row["sentences"]]
    for sentence in row["sentences"]:
        for claim in sentence["claims"]:
            yield Written(claim, "\n".join((row["prompt"], row["response"], *standalone)))


def of_feverfact(row: Mapping[str, Any]) -> Iterator[Written]:
    """The claims that people made of a page."""
    for claim in row["gold_claims"]:
        yield Written(claim, "\n".join((row["source_text"], *row["context"])))


def of_seed(row: Mapping[str, Any]) -> Iterator[Written]:
    """A claim of the article beside its file."""
    yield Written(row["claim"], row["beside"])


def of_gum(row: Mapping[str, Any]) -> Iterator[Written]:
    """The sentences of an article as they stand; datelines and headings have no full stop."""
    for sentence in row["sentences"]:
        words = row["text"][sentence["start"] : sentence["end"]]
        if words.rstrip("\"'”’) ").endswith((".", "!", "?")):
            yield Written(words, row["text"])


KINDS: Sequence[tuple[str, str, Callable[[Mapping[str, Any]], Iterable[Written]]]] = (
    ("gold_facts", "factscore", of_factscore),
    ("response", "factcheck_bench", of_factcheck_bench),
    ("gold_claims", "feverfact", of_feverfact),
    ("quote", "seed", of_seed),
    ("sentences", "raw sentences", of_gum),
)


class Names:
    """Whether claims hold unknown names; an article is read once."""

    def __init__(self) -> None:
        self._articles: dict[str, ArticleNames] = {}

    def __call__(self, one: Written) -> bool:
        if one.article not in self._articles:
            self._articles[one.article] = ArticleNames(one.article)
        return bool(self._articles[one.article].unknown_in(one.words))


GATES: Mapping[str, Gate] = {
    "unknown_name": Names(),
    "dangling_subject": lambda one: dangling_subject(one.words) is not None,
    "compound": lambda one: joint_of_facts(one.words) is not None,
    "prediction": lambda one: foretelling(one.words) is not None,
}


def shares(sets: Sequence[Texts]) -> Iterator[Figure]:
    """Each gate on each set."""
    for texts in sets:
        for name, gate in GATES.items():
            asked = texts.written
            yield noted(f"{texts.kind}, {len(asked):,}: {name}", f"{percent(asked, gate):.2f} %")


def bounds(sets: Sequence[Texts]) -> Iterator[Figure]:
    """Each gate on all sets that it can be judged on."""
    for name, bound, kinds in (
        ("unknown_name", 5, ("factscore", "factcheck_bench", "seed")),
        ("dangling_subject", 1.5, ("factcheck_bench", "seed", "feverfact")),
        ("compound", 2, ("factscore", "factcheck_bench", "seed", "feverfact")),
        ("prediction", 1, ("factscore", "factcheck_bench", "seed", "feverfact")),
    ):
        if asked := of_kinds(sets, kinds):
            yield at_most(f"false alarms on {len(asked):,} claims: {name}", bound, percent(asked, GATES[name]), " %")
    for name in ("dangling_subject", "compound"):
        if asked := of_kinds(sets, ("raw sentences",)):
            yield at_least(f"raw sentences, {len(asked):,}, caught: {name}", 20, percent(asked, GATES[name]), " %")


def strangers(sets: Sequence[Texts]) -> Iterator[Figure]:
    """Claims held against another article of their own set: names should give them away."""
    for texts in sets:
        articles = list(dict.fromkeys(one.article for one in texts.written))
        following = dict(zip(articles, articles[1:] + articles[:1], strict=True))
        moved = [Written(one.words, following[one.article]) for one in texts.written]
        if len(articles) > 1:
            yield noted(
                f"{texts.kind}, another's article: unknown_name", f"{percent(moved, GATES['unknown_name']):.1f} %"
            )


def of_kinds(sets: Sequence[Texts], kinds: Sequence[str]) -> list[Written]:
    """What the sets of some kinds hold."""
    return [one for texts in sets if texts.kind in kinds for one in texts.written]


def percent(asked: Sequence[Written], gate: Gate) -> float:
    """How many in a hundred a gate fires on."""
    return 100 * sum(map(gate, asked)) / len(asked)


if __name__ == "__main__":
    sys.exit(main())
