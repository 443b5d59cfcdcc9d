"""Whether a wrong name in place of `he` or `she` is flagged, and how often a right one is.

    python tests/benchmarks/referents.py GUM_NEWS.jsonl...

Each line of a file is an article with its sentences and its pronouns, of which people wrote down whom they mean. A
pronoun of a person whose antecedent stands in another sentence is replaced by each person that the article has
named before: the sentence is a right claim with the name that is meant, and a wrong one with every other.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.domain.sentence import Sentence, Span
from factcheck.text.people import WhoIsWho

if TYPE_CHECKING:
    from benchmarks.measure import at_most, noted, report
else:  # a script's own folder is on the path, its parent is not
    from measure import at_most, noted, report

_POSSESSIVE = frozenset(("his", "her"))
_PERSONAL = _POSSESSIVE | {"he", "him", "she"}


def main() -> int:
    """Measure, report, and return the exit code."""
    if not sys.argv[1:]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    rows = [json.loads(line) for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").splitlines()]
    found = Counter(one for row in rows for one in judged(row))
    return report(
        [
            noted("right names", str(found[True, False] + found[True, True])),
            noted("of them flagged", str(found[True, True])),
            noted("wrong names", str(found[False, False] + found[False, True])),
            at_most("of them not flagged", 0, found[False, False]),
        ]
    )


def judged(row: dict[str, Any]) -> Iterator[tuple[bool, bool]]:
    """For each name in each pronoun's place: whether it is the right one, and whether it is flagged."""
    text = row["text"]
    sentences = [Sentence(at, Span(one["start"], one["end"])) for at, one in enumerate(row["sentences"], 1)]
    who = WhoIsWho(text, sentences)
    for pronoun in row["pronouns"]:
        word = pronoun["text"].lower()
        if word not in _PERSONAL or pronoun["same_sentence_antecedent"] or not pronoun["name_tokens"]:
            continue
        home = next(one for one in sentences if one.span.start <= pronoun["start"] < one.span.end)
        said, at = home.span.cut(text), pronoun["start"] - home.span.start
        for name in who.named_before(home.position):
            owner = "'s" if word in _POSSESSIVE else ""
            claim = f"{said[:at]}{name}{owner}{said[at + len(word) :]}"
            is_right = not {one.lower() for one in pronoun["name_tokens"]}.isdisjoint(name.lower().split())
            yield is_right, who.rival(claim, home.position) is not None


if __name__ == "__main__":
    sys.exit(main())
