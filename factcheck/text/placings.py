"""A second or later place in a race or vote told as a victory: `finished third in Oslo` made `won in Oslo`. English."""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold, tokens
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_LATER = re.compile(
    r"\b(?:finish(?:e[sd]|ing)?|came|com(?:es|ing)|placed|ended(?: up)?|ranked|was|were|took)"
    r" (?:(?:a |in |only |the )?(?:(?:distant|close|disappointing|creditable) )?)?"
    r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|runners?-up|\d{1,2}(?:nd|rd|th))\b(?! time)"
)
_FIRST = re.compile(r"\b(?:won|wins|winning|winner|victory|finished first|came first|champions?|first place)\b")
_ANY_FIRST = re.compile(r"\b(?:w[io]n\w*|victor\w*|beat\w*|first|titles?|gold|champion\w*)\b")
_FEWEST = 2


def raised_to_first(claim: str, sentence: str) -> Iterator[Difference]:
    """A victory of the claim, where the sentence has only a later place, and that behind the claim's first name."""
    meant, said = fold(claim), fold(sentence)
    later, first = _LATER.search(said), _FIRST.search(meant)
    if later is None or first is None or _ANY_FIRST.search(said) or _LATER.search(meant):
        return
    who = [root(one) for one in tokens(meant[: first.start()])]
    before = frozenset(map(root, tokens(said[: later.start()])))
    if who and sum(one in before for one in who) * _FEWEST >= len(who):
        yield Difference(Turn.COUNTS, later[0], first[0])
