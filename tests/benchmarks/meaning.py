"""How often the gate for changed meaning catches a claim that was turned round, and how often it is wrong about others.

    python tests/benchmarks/meaning.py JSONL-FILE...

The form of each file is known by its columns: sentences with the facts that people made of them (FActScore),
sentences of a page with their claims (FEVERFact), answers with claims (Factcheck-Bench). Each claim is compared
with its sentence. A mutation takes one turning word that claim and sentence share out of the claim, puts another
in its place, or denies the claim's verb; it is of the claims that people wrote, never of the gate's own lists alone.
The pairs of `tests/text/meaning_pairs.txt`, changed and faithful claims by hand, are counted besides; so are the long
sentences of `data/meaning_news.txt` (`S`) in six languages, each with faithful claims (`+`) and changed ones (`-`), and
those of `data/meaning_wire.txt` in four and of `data/meaning_papers.txt` in seven, which were written before anybody
had looked at what they do.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.text.meaning import differences

if TYPE_CHECKING:
    from benchmarks.measure import at_least, at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import at_least, at_most, noted, report

_PAIRS = Path(__file__).parents[1] / "text" / "meaning_pairs.txt"
_DATA = Path(__file__).parent / "data"
_MUTATIONS = 300
_CHANGED = {
    **dict.fromkeys(("not", "never", "may", "might", "could", "likely", "reportedly", "allegedly", "possibly"), ""),
    **dict.fromkeys(("probably", "former", "only", "nearly", "almost"), ""),
    "few": "some", "some": "few", "several": "few", "many": "few", "most": "some", "all": "most", "both": "some",
    "every": "some", "each": "some", "two": "five", "three": "seven", "four": "nine", "five": "two", "six": "eleven",
    "seven": "three", "eight": "two", "nine": "four", "ten": "twelve",
}  # fmt: skip
_VERB = re.compile(r"\b(?:is|was|are|were|has|had)\b")

Pair = tuple[str, str]
"""A claim with its sentence."""


def main() -> int:
    """Measure, report, and return the exit code."""
    if not sys.argv[1:]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    pairs = [pair for name in sys.argv[1:] for pair in read(Path(name))]
    alarms = sum(any(differences(*pair)) for pair in pairs)
    mutated = [one for pair in pairs for one in mutations(*pair)]
    chosen = random.Random(1).sample(mutated, min(_MUTATIONS, len(mutated)))  # noqa: S311 - a sample
    caught = sum(any(differences(*pair)) for pair in chosen)
    return report(
        [
            noted("claims", str(len(pairs))),
            at_most("false alarms, share", 0.01, alarms / len(pairs)),
            noted("mutations", str(len(chosen))),
            at_least("mutations caught, share", 0.9, caught / len(chosen)),
            *(noted(*counted) for counted in by_hand()),
            *(noted(*counted) for kind in ("news", "wire", "papers") for counted in of_sentences(kind)),
        ]
    )


def by_hand() -> Iterator[tuple[str, str]]:
    """How many of the pairs by hand are doubted, of those whose claim is changed and of the others."""
    told: dict[bool, list[bool]] = {True: [], False: []}
    is_changed, language = False, ""
    for line in _PAIRS.read_text(encoding="utf-8").splitlines():
        sentence, mark, claim = line.partition(" | ")
        if mark:
            told[is_changed].append(any(differences(claim, sentence, language)))
        elif line:
            is_changed, language = line.startswith(("[changed", "[unseen")), line.strip("[]").split()[1]
    for kind, doubted in (("changed", told[True]), ("faithful", told[False])):
        yield f"{kind} by hand, {len(doubted)}: doubted", str(sum(doubted))


def of_sentences(kind: str) -> Iterator[tuple[str, str]]:
    """How many claims of long sentences are doubted in each language, of the faithful and of the changed ones."""
    told: dict[tuple[str, bool], list[bool]] = {}
    language = sentence = ""
    for line in (_DATA / f"meaning_{kind}.txt").read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "[":
            language = line.strip("[]")
        elif mark == "S":
            sentence = rest
        elif mark in {"+", "-"}:
            claim = rest if mark == "+" else rest.partition(": ")[2]
            told.setdefault((language, mark == "-"), []).append(any(differences(claim, sentence, language)))
    for (language, is_changed), doubted in told.items():
        how = "changed" if is_changed else "faithful"
        yield f"{kind}, {language}, {how}, {len(doubted)}: doubted", str(sum(doubted))


def read(path: Path) -> Iterator[Pair]:
    """The claims of a file, each with its sentence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if "gold_facts" in row:
            yield from ((fact, row["sentence"]) for fact in row["gold_facts"])
        elif "gold_claims" in row:
            yield from ((claim, row["sentence"]) for claim in row["gold_claims"])
        else:
            for one in row["sentences"]:
                yield from ((claim, one["decontext"] or one["text"]) for claim in one["claims"])


def mutations(claim: str, sentence: str) -> Iterator[Pair]:
    """The claim turned round in each way that its words allow."""
    said = {word.strip(".,;:") for word in sentence.split()}
    found = claim.split()
    for place, word in enumerate(found):
        if word in _CHANGED and word in said:
            put = [_CHANGED[word]] if _CHANGED[word] else []
            yield " ".join([*found[:place], *put, *found[place + 1 :]]), sentence
    verb = _VERB.search(claim)
    if verb and verb[0] in said:
        yield f"{claim[: verb.end()]} not{claim[verb.end() :]}", sentence


if __name__ == "__main__":
    sys.exit(main())
