"""A name of the article taken for another one that looks like it: `Wikipedia` of what a sentence says of Wikimedia."""

import re

from factcheck.text.keeping import kept_of_short

_NAME = re.compile(r"\b[^\W\d_]{6,40}\b")
_LETTERS = 2
"""So many letters of names as long set two of them apart, before their endings."""
_BEGINNING = 3


def misread_name(claim: str, sentence: str) -> tuple[str, str] | None:
    """The claim's name and the sentence's that it looks like, where neither has the other's; None where all is well."""
    mine, its = _names(claim), _names(sentence)
    return next(((own, one) for own in sorted(mine - its) for one in sorted(its - mine) if _look_alike(own, one)), None)


@kept_of_short
def _names(text: str) -> frozenset[str]:
    return frozenset(found[0] for found in _NAME.finditer(text) if found[0][0].isupper())


def _look_alike(one: str, other: str) -> bool:
    """Whether letters in their middle set them apart; what only ends in another way is a form of the same."""
    if len(one) != len(other) or one[:_BEGINNING] != other[:_BEGINNING]:
        return False
    apart = [at for at, (mine, its) in enumerate(zip(one, other, strict=True)) if mine != its]
    return len(apart) <= _LETTERS and apart[0] < len(one) - _LETTERS
