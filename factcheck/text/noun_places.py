"""The place of a noun told of another one: `the station at Lyon` of a station at Modane. By capitals."""

import re
from collections.abc import Iterator

from factcheck.text.folding import tokens
from factcheck.text.turns import DAYS_AND_MONTHS, Difference, Turn

_AT = re.compile(
    r"\b(?:the|an?|his|her|its|their) (?:[a-z][\w-]* ){0,2}?(?P<noun>[a-z][\w-]{2,}) (?P<link>at|in|near|outside)"
    r" (?P<name>[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+){0,3})"
    r"(?=[,.;:!?)]|$| (?:and|but|on|in|at|to|for|by|with|after|before|when|was|were|is|are|has|had|\w+ed)\b)"
)
"""Of `a partner in the Los Angeles restaurant` the place tells of another noun."""
_FURTHER = re.compile(r",? (?:in|near|of|and|or|[A-Z])")
_NEAR = 30
"""Characters behind a place in which a wider or narrower one may stand."""


def at_another_place(claim: str, sentence: str) -> Iterator[Difference]:
    """A noun of the claim at a place that the sentence names elsewhere, where it has that noun at another place."""
    there = list(_AT.finditer(sentence))
    for mine in _AT.finditer(claim):
        same = [one for one in there if (one["noun"], one["link"]) == (mine["noun"], mine["link"])]
        name = mine["name"].split()[0]
        if DAYS_AND_MONTHS.intersection(tokens(name)):
            continue
        is_elsewhere = re.search(rf"\b{re.escape(name)}\b", sentence) is not None
        is_apart = all(name not in one["name"] and one["name"].split()[0] not in claim for one in same)
        if same and is_elsewhere and is_apart and not _is_further(same[0], name):
            yield Difference(Turn.BINDS, same[0][0], mine[0])
            return


def _is_further(its: re.Match[str], name: str) -> bool:
    """Whether the name stands right behind the place, which may be within it: `at Modane, in the canton of Uri`."""
    return _FURTHER.match(f"{its.string[its.end() :]} ") is not None and name in its.string[its.end() :][:_NEAR]
