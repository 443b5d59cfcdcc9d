"""Names that a model broke, put right from the passage that they were taken from."""

import re
from difflib import get_close_matches

from factcheck.text.names import ArticleNames, may_be_name

_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.)+(?![\w.])")
_INITIAL = re.compile(r"(?<![\w'’-])[A-Z][\w'’-]++ $")
_WORD = re.compile(r"(?<![\w.])[A-Z][\w'’-]{4,40}")
_ALIKE = 0.85
"""Of two names' letters: one of seven may differ."""


def mend_names(claim: str, passage: str, names: ArticleNames) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The claim with its broken names as the passage writes them, and each with what was put right.

    Broken are an abbreviation that was cut off, as `the U.`, and a name that the article lacks and that is a
    letter away from one of the passage.
    """
    mended: dict[str, str] = {}
    whole = set(_DOTTED.findall(passage))
    for found in _DOTTED.finditer(claim):
        longer = [one for one in whole if one.startswith(found[0])]
        is_initial = _INITIAL.search(claim[: found.start()]) and claim[found.end() :][1:2].isupper()
        if found[0] not in whole and len(longer) == 1 and not is_initial:
            mended[found[0]] = longer[0]
    known = [one for one in dict.fromkeys(_WORD.findall(passage)) if may_be_name(one)]
    for name in names.unknown_in(claim):
        for word in _WORD.findall(name):
            close = [one for one in get_close_matches(word, known, cutoff=_ALIKE) if one[0] == word[0]]
            if len(close) == 1:
                mended[word] = close[0]
    for broken, right in mended.items():
        claim = re.sub(rf"(?<![\w.]){re.escape(broken)}(?![\w.])", right, claim)
    return claim, tuple(mended.items())
