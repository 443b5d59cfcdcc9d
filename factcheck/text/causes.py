"""What goes with something else, told as its cause: `linked to` and `a lower risk` made `causes`. English."""

import re
from collections.abc import Iterator

from factcheck.text.folding import tokens, words
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import root

_CAUSES = frozenset(map(root, words("""
    cause reduce prevent increase raise lower cut boost protect trigger improve worsen shorten prolong extend double
    halve induce provoke spur harm damage because responsible effect impact slow speed stop cure delay
""")))  # fmt: skip
_EFFECTS = _CAUSES | frozenset(
    map(root, words("kill cure heal protect clear shrink grow restore block relieve destroy"))
)
_WITH_TO_OR_IN = {"lead": "to", "contribut": "to", "due": "to", "thank": "to", "result": "in"}
"""Roots that tell a cause with such a word behind them."""
_GOES_WITH = re.compile(
    r"\b(?:(?:link|associat|correlat|connect)(?:s|ed|es)? (?:to|with)"
    r"|(?:link|association|correlation|connection|relationship)s? (?:between|with|to)"
    r"|(?:less|more) likely"
    r"|(?:lower|higher|greater|reduced|increased|elevated|raised|doubled|smaller|fewer|less|more|decreased)"
    r" (?:[\w-]+ ){0,2}?(?:risks?|rates?|chances?|odds|likelihood|incidence|levels?|cases|deaths))\b",
    re.IGNORECASE,
)
_BEFORE_NOUNS = DETERMINERS | {"with", "of", "and", "have", "had", "has"}
_STOP = re.compile(r"[,;:.!?()](?=\s|$)")
_REACH, _LEAST = 6, 4
"""Words behind that are looked at, and letters of those that mean something."""


def made_cause(claim: str, sentence: str) -> Iterator[Difference]:
    """A verb of causing in the claim, where the sentence has none and only tells what goes with what."""
    told = _GOES_WITH.search(sentence)
    if told is None or _GOES_WITH.search(claim) or _cause(_GOES_WITH.sub(" with ", sentence)):
        return
    behind = {root(one) for one in tokens(_STOP.split(sentence[told.end() :])[0])[:_REACH] if len(one) >= _LEAST}
    cause = _cause(claim)
    if cause and not behind.isdisjoint(map(root, tokens(claim))):
        yield Difference(Turn.HEDGES, told[0], cause)


def is_of_cause(word: str) -> bool:
    """Whether an English word says that something had an effect: `reduced`, `cured`."""
    return root(word) in _EFFECTS


def _cause(text: str) -> str:
    """The first word of causing; empty where none stands."""
    said = tokens(text)
    for at, word in enumerate(said):
        kind, behind = root(word), said[at + 1 : at + 2]
        is_adjective = at and said[at - 1] in _BEFORE_NOUNS and (word == "lower" or word.endswith("ed"))
        if (kind in _CAUSES and not is_adjective) or (kind in _WITH_TO_OR_IN and behind == (_WITH_TO_OR_IN[kind],)):
            return word
    return ""
