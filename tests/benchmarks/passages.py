"""How often a sentence that speaks of the claim is among the first three that are picked of a page.

    python tests/benchmarks/passages.py DATA_FOLDER

`wice` names the sentences of a cited page that people needed to check a claim: hit is one of them, whole is all that
suffice. `factcheck_stance` has a passage for each claim; its page is that passage among those of nine neighbouring
claims, often on the same matter, and hit is a sentence of a passage that bears on the claim. Beside it stands the
overlap rule: the sentences that share most content words with the claim. Neither set is shipped.
"""

import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.text.bearing import ranked
from factcheck.text.inference import content_words
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.measure import at_least, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import at_least, noted, report

_FIRST = 3
_AROUND = 9
_AHEAD = 10.0  # points


@dataclass(frozen=True, slots=True)
class Page:
    """A claim, a page's sentences, and which of them do: sets of places, each enough by itself."""

    claim: str
    sentences: Sequence[str]
    enough: Sequence[Collection[int]]


Rule = Callable[[Page], Collection[int]]


def main() -> int:
    """Measure, report, and return the exit code."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(sys.argv[1])
    lines = []
    for name, read in (("wice", wice), ("factcheck_stance", stances)):
        pages = list(read(rows_of(folder / name / "dev.jsonl")))
        lines.append(noted(f"{name}: pages", str(len(pages))))
        for told, count in (("hit among the first three", hits), ("whole among the first three", wholes)):
            if name != "wice" and count is wholes:
                continue
            ours, theirs = (100 * count(pages, rule) / len(pages) for rule in (picked, overlapping))
            lines.append(noted(f"{name}: {told}, overlap rule", f"{theirs:.1f} %"))
            lines.append(at_least(f"{name}: {told}", min(100.0, theirs + _AHEAD), ours, " %"))
    return report(lines)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def wice(rows: Sequence[dict[str, Any]]) -> Iterator[Page]:
    """The pages on which people found what bears on the claim."""
    for row in rows:
        enough = [set(one) for one in row["supporting_sentences"] if one]
        if enough:
            yield Page(row["claim"], row["evidence"], enough)


def stances(rows: Sequence[dict[str, Any]]) -> Iterator[Page]:
    """Each passage that bears on its claim, among those of the claims beside it."""
    rows = sorted(rows, key=lambda row: str(row["id"]))
    for at, row in enumerate(rows):
        if row["stance"] == "irrelevant":
            continue
        others = [one for one in rows if one["claim"] != row["claim"]]
        start = max(0, sum(one["id"] < row["id"] for one in others) - _AROUND // 2)
        page = [*others[start : start + _AROUND]]
        page.insert(at % (len(page) + 1), row)
        sentences, own = list[str](), set[int]()
        for one in page:
            found = [sentence.span.cut(one["evidence"]) for sentence in split_sentences(one["evidence"], "en")]
            if one is row:
                own = set(range(len(sentences), len(sentences) + len(found)))
            sentences += found
        yield Page(row["claim"], sentences, [{place} for place in own])


def picked(page: Page) -> Collection[int]:
    """What the desk picks."""
    return {at for at, _ in ranked(page.claim, page.sentences, "en", _FIRST)}


def overlapping(page: Page) -> Collection[int]:
    """The overlap rule."""
    wanted = content_words(page.claim)
    shared = [len(wanted & content_words(one)) for one in page.sentences]
    return set(sorted(range(len(shared)), key=lambda at: (-shared[at], at))[:_FIRST])


def hits(pages: Sequence[Page], rule: Rule) -> int:
    """On how many pages one of the sentences is among the first."""
    return sum(bool(set().union(*page.enough) & set(rule(page))) for page in pages)


def wholes(pages: Sequence[Page], rule: Rule) -> int:
    """On how many pages all of the sentences that suffice are."""
    return sum(any(set(one) <= set(rule(page)) for one in page.enough) for page in pages)


if __name__ == "__main__":
    sys.exit(main())
