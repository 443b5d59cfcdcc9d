"""Whether the code names who said what, against articles in which people marked every attribution.

    python tests/benchmarks/polnear.py FOLDER|FILE.jsonl [--errors]

A line an article (a folder stands for its `dev.jsonl`): `text` and `attributions`, each with `source` and `content` as
lists of [start, end] and the `source_text`, as of PolNeAR (github.com/networkdynamics/PolNeAR).

The speaker of an attribution's content is who the code says to say at least half of its characters. It is right if
the head of the marked source is a word of the name, and the head of the name a word of the source: `Clinton` is not
`Clinton spokesman Jo Lee`, nor `the Clinton campaign`. The head is the last word before a comma, a bracket, a relative
clause, a participle or a preposition, without possessive, and without regard to case; of `one of the lawyers, Ana
Silva` the name's is right as well.

- precision: right ones among all attributions with a source and a content whose content has a speaker
- recall: right ones among all attributions with a source and a content

Sources that are pronouns (or `many of whom`) are left out of both, for the corpus does not say whom they mean. Two
figures for what these two do not see: recall where the content holds a whole quotation of three words or more, since
most others are attitudes (`supports`, `hopes`); and the share of the stretches with a speaker of which the corpus marks
less than half as anybody's words.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.attribution import Attributions
from factcheck.text.quotations import find_quotations
from factcheck.text.sentences import split_sentences

if TYPE_CHECKING:
    from benchmarks.measure import Figure, at_least, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import Figure, at_least, noted, report

_PRONOUN = re.compile(
    r"(?:(?:(?:many|some|most|all|both|each|one|none|several)\s+of\s+)?"
    r"(?:i|we|you|he|she|it|they|us|him|her|them|me|his|their|its|my|our|your|who|whom|whose|which|that|this|these|those"
    r"|one|some|many|others|himself|herself|themselves|itself)(?:\s+(?:all|both|each|also))?)",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(
    r"[,(:;“\"–—]|\s(?:-|who|whom|which|that|of|for|at|by|in|on|with|to|from|about|among|within|after|including)\s"
    r"|(?<=\w)\s[a-z]+(?:ed|ing)\s"
)
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One marked attribution beside the name that the code gives for its content."""

    source: str
    content: str
    is_quoted: bool
    named: str | None

    @property
    def is_right(self) -> bool:
        """Whether source and name have each the other's head among their words."""
        if self.named is None or head(self.named) not in words(self.source):
            return False
        return any(head(one) in words(self.named) for one in (self.source, *appositions(self.source)))


def main(arguments: list[str]) -> int:
    """Measure, print, and return the exit code."""
    names = [one for one in arguments if one != "--errors"]
    if len(names) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    path = Path(names[0]) / "dev.jsonl" if Path(names[0]).is_dir() else Path(names[0])
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    every = [one for row in rows for one in asked(row)]
    if "--errors" in arguments:
        sys.stdout.writelines(
            f"{'-' if one.named is None else '!'} {one.source!r} named {one.named!r}: {' '.join(one.content.split())}\n"
            for one in every
            if not one.is_right
        )
    return report([*figures(every), unmarked(rows)])


def figures(every: list[Asked]) -> Iterator[Figure]:
    """Precision with its bound, and both recalls."""
    named = [one for one in every if one.named is not None]
    quoted = [one for one in every if one.is_quoted]
    right = sum(one.is_right for one in named)
    yield at_least("precision of named speakers", 0.9, right / len(named))
    yield noted("recall", f"{right / len(every):.3g}")
    yield noted("recall where a quotation is said", f"{sum(one.is_right for one in quoted) / len(quoted):.3g}")
    yield noted("attributions, named, right, quoted", f"{len(every)}, {len(named)}, {right}, {len(quoted)}")


def asked(row: dict[str, Any]) -> Iterator[Asked]:
    """The attributions of an article whose source is no pronoun, each with its speaker."""
    text = row["text"]
    sentences = split_sentences(text, "en")
    found = Attributions(text, sentences)
    quotations = [one for one in find_quotations(text) if len(one.cut(text).split()) >= _LEAST_WORDS]
    for one in row["attributions"]:
        source, places = " ".join(one["source_text"].split()), spans(one["content"])
        if source and places and not _PRONOUN.fullmatch(source):
            holds = any(place.start <= said.start and said.end <= place.end for said in quotations for place in places)
            yield Asked(source, one["content_text"], holds, found.speaker_of(anchor(sentences, places)))


def unmarked(rows: list[dict[str, Any]]) -> Figure:
    """How many of the sentences' stretches with a speaker are nobody's words by the corpus."""
    alone = total = 0
    for row in rows:
        text, sentences = row["text"], split_sentences(row["text"], "en")
        found = Attributions(text, sentences)
        marked = set(chain.from_iterable(range(*each) for one in row["attributions"] for each in one["content"]))
        for stretch in found.stretches:
            inside = [at for at in range(stretch.span.start, stretch.span.end) if text[at].isalnum()]
            total += bool(inside)
            alone += bool(inside) and 2 * len(marked.intersection(inside)) < len(inside)
    return noted("named stretches that are not marked", f"{alone / total:.3g} of {total}")


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    """Pairs of offsets as spans in reading order; the corpus may name the words of a quotation before its frame."""
    return tuple(Span(start, end) for start, end in sorted(pairs))


def anchor(sentences: tuple[Sentence, ...], places: tuple[Span, ...]) -> Anchor:
    """What a claim of these words is anchored in."""
    held = tuple(one.position for one in sentences if any(one.span.overlaps(place) for place in places))
    return Anchor(AnchorStatus.EXACT, places, held)


def appositions(name: str) -> list[str]:
    """The names of several words behind a comma: `Ana Silva` of `one of the lawyers, Ana Silva,`."""
    parts = [one.strip() for one in name.split(",")[1:]]
    return [one for one in parts if " " in one and all(word[0].isupper() for word in one.split())]


def head(name: str) -> str:
    """The word that a noun phrase is about, in small letters."""
    before = [one for one in _HEAD_ENDS.split(name) if one.strip()]
    return (words(before[0]) or [""])[-1] if before else ""


def words(name: str) -> list[str]:
    """The words in small letters, without marks and possessive."""
    return [re.sub(r"['’]s?$|\W+$", "", one).strip(".,;:") for one in re.findall(r"[\w.&'’-]+", name.lower())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
