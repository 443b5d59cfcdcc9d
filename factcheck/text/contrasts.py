"""Of whom the opposite holds: `unlike Porto, Lyon did not win` says that Porto did. English."""

import re

from factcheck.text.folding import tokens
from factcheck.text.turns import DETERMINERS
from factcheck.text.verbs import AUXILIARIES, is_past

_UNLIKE = re.compile(r"\b(?:unlike|in contrast to)\s(?P<who>[^,;:.!?]{1,80}),", re.IGNORECASE)


def is_of_the_other(claim: str, sentence: str) -> bool:
    """Whether the claim speaks of one whom the sentence sets against the one that it tells of."""
    said = tokens(claim)
    verb = next((at for at, word in enumerate(said) if at and _may_be_verb(word)), 0)
    subject = frozenset(said[:verb]) - DETERMINERS
    others = (frozenset(tokens(found["who"])) for found in _UNLIKE.finditer(sentence))
    return bool(subject) and any(subject <= who for who in others)


def _may_be_verb(word: str) -> bool:
    return word in AUXILIARIES or is_past(word) or word.endswith("s")
