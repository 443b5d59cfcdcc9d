"""How well sentences are told apart, against sentences that people marked.

    python tests/benchmarks/sentences.py GOLD.jsonl [--errors]

A line a text: `text`, and either `spans` as [start, end] or `sentences` with `start` and `end`;
`lang` may name the language. `--errors` shows each boundary that is missed or invented.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.text.sentences import split_sentences

LANGUAGES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my", "chinese": "zh",
    "danish": "da", "deutsch": "de", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "greek": "el",
    "hindi": "hi", "italian": "it", "japanese": "ja", "kazakh": "kk", "marathi": "mr", "persian": "fa", "polish": "pl",
    "russian": "ru", "slovak": "sk", "spanish": "es", "urdu": "ur",
}  # fmt: skip
AROUND = 35


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, its language if it is told, and the spans of its sentences."""

    text: str
    language: str | None
    spans: frozenset[tuple[int, int]]


def main(arguments: list[str]) -> int:
    """Measure, print, and return the exit code."""
    names = [one for one in arguments if one != "--errors"]
    if len(names) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    texts = [marked(json.loads(line)) for line in Path(names[0]).read_text(encoding="utf-8").splitlines()]
    found = [split(one) for one in texts]
    if "--errors" in arguments:
        sys.stdout.writelines(
            f"{line}\n" for one, spans in zip(texts, found, strict=True) for line in errors(one, spans)
        )
    sys.stdout.write(f"texts {len(texts)}  {scores(texts, found)}\n")
    return 0


def marked(row: dict[str, Any]) -> Marked:
    """A row of the file, whichever of the two forms it has."""
    if "spans" in row:
        spans = [(start, end) for start, end in row["spans"]]
    else:
        spans = [(one["start"], one["end"]) for one in row["sentences"]]
    language = row.get("lang")
    return Marked(row["text"], LANGUAGES.get(str(language), language), frozenset(spans))


def split(one: Marked) -> frozenset[tuple[int, int]]:
    """The spans of the sentences that are found."""
    return frozenset((each.span.start, each.span.end) for each in split_sentences(one.text, one.language))


def scores(texts: list[Marked], found: list[frozenset[tuple[int, int]]]) -> str:
    """Boundary F1 over the sentences' last characters, and the share of marked sentences found whole."""
    pairs = [(ends(one.spans), ends(spans)) for one, spans in zip(texts, found, strict=True)]
    right = sum(len(wanted & offered) for wanted, offered in pairs)
    total = sum(len(wanted) + len(offered) for wanted, offered in pairs)
    whole = sum(len(one.spans & spans) for one, spans in zip(texts, found, strict=True))
    texts_right = sum(one.spans == spans for one, spans in zip(texts, found, strict=True))
    marked_spans = sum(len(one.spans) for one in texts)
    return f"boundary F1 {2 * right / total:.4f}  exact {whole / marked_spans:.4f}  texts right {texts_right}"


def ends(spans: frozenset[tuple[int, int]]) -> set[int]:
    """Where sentences end."""
    return {end for _, end in spans}


def errors(one: Marked, spans: frozenset[tuple[int, int]]) -> Iterator[str]:
    """Each boundary that is missed (-) or invented (+), with the words around it."""
    wanted, offered = ends(one.spans), ends(spans)
    for end in sorted(wanted ^ offered):
        sign = "-" if end in wanted else "+"
        before, after = one.text[max(0, end - AROUND) : end], one.text[end : end + AROUND]
        yield f"{sign} {one.language or ''} {before!r} | {after!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
