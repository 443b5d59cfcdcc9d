"""What is first, or the most, within a span of time, told as if it were so at all. English.

`The first woman in four decades` is no first woman, and `the best of this season` not the best ever.
"""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import is_superlative

_UNIT = r"(?:years|decades|months|weeks|centuries|generations|century|decade|generation)"
_SPAN = rf"(?:(?:in|for) (?:[\w-]+ ){{1,5}}?{_UNIT}|since (?:\d{{4}}|the|world war))\b"
_SEASON = r"(?:(?:this|of the|in the) (?:year|season|week|month|summer|winter|decade|century)\b)"
_FIRST = re.compile(rf"\bfirst (?P<noun>[a-z][\w-]+)(?: [\w'-]+){{0,6}}? (?P<span>{_SPAN})")
_MOST = re.compile(rf"\b(?P<most>\w+est|most|worst|least)(?: [\w'-]+){{0,6}}? (?P<span>{_SPAN}|{_SEASON})")
_BOUNDED = re.compile(rf"\b(?:{_SPAN}|{_SEASON}|since|recent|living)\b")
_EVER = re.compile(r"(?:\b(?:ever|of all time|all-time|in (?:\w+ )?history|on record)|'s history)\b")


def unbounded(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim calls the first, or the most ever, where the sentence bounds that by a span of time."""
    meant, said = fold(claim), fold(sentence)
    if _BOUNDED.search(meant):
        return
    for found in _FIRST.finditer(said):
        told = re.search(rf"\bfirst (?:{re.escape(found['noun'])}|ever)\b", meant)
        if told and found[0] not in meant:
            yield Difference(Turn.COUNTS, f"first {found['noun']} … {found['span']}", told[0])
            return
    ever = _EVER.search(meant)
    if ever and not _EVER.search(said):
        yield from _most_ever(meant, said, ever[0])


def _most_ever(meant: str, said: str, ever: str) -> Iterator[Difference]:
    for found in _MOST.finditer(said):
        most = found["most"]
        if is_superlative(most) and re.search(rf"\b{re.escape(most)}\b", meant):
            yield Difference(Turn.COUNTS, f"{most} … {found['span']}", f"{most} … {ever}")
            return
