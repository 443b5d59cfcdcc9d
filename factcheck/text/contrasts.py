"""Of whom the opposite holds: `unlike Porto, Lyon did not win` says that Porto did. English, and what is put so."""

import re
from collections.abc import Sequence

from factcheck.text.folding import tokens
from factcheck.text.marked import denies
from factcheck.text.turns import DETERMINERS
from factcheck.text.verbs import AUXILIARIES, is_past

_UNLIKE = re.compile(r"\b(?:unlike|in contrast to)\s(?P<who>[^,;:.!?]{1,80}),", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:except(?:\sfor)?|apart\sfrom|other\sthan|with\sthe\sexception\sof|excluding"
    r"|every(?:one|body)\sbut)\s(?P<who>[^,;:.!?]{1,80})",
    re.IGNORECASE,
)
_NEAR = 60
_FEW = 4


def is_of_an_exception(claim: str, sentence: str) -> bool:
    """Whether the claim denies of one what the sentence says of all but this one, and denies of nobody."""
    subject = _subject(claim) if any(map(denies, tokens(claim))) else frozenset[str]()
    if not subject:
        return False
    excepted = (one for one in _EXCEPT.finditer(sentence) if not any(map(denies, _around(one, sentence))))
    return any(subject <= frozenset(tokens(found["who"])) for found in excepted)


def _around(found: re.Match[str], sentence: str) -> Sequence[str]:
    """The words before an exception and the first behind it: of `except Malta, no state signed` the denial."""
    behind = tokens(sentence[found.end() : found.end() + _NEAR])
    return [*tokens(sentence[max(0, found.start() - _NEAR) : found.end()]), *behind[:_FEW]]


def is_of_the_other(claim: str, sentence: str) -> bool:
    """Whether the claim speaks of one whom the sentence sets against the one that it tells of."""
    subject = _subject(claim)
    others = (frozenset(tokens(found["who"])) for found in _UNLIKE.finditer(sentence))
    return bool(subject) and any(subject <= who for who in others)


def _subject(claim: str) -> frozenset[str]:
    """The words before the first verb, as far as it is known by its form."""
    said = tokens(claim)
    verb = next((at for at, word in enumerate(said) if at and _may_be_verb(word)), 0)
    return frozenset(word for word in said[:verb] if word not in DETERMINERS and not denies(word))


def _may_be_verb(word: str) -> bool:
    return word in AUXILIARIES or word == "shall" or is_past(word) or word.endswith("s")
