"""How a claim may be turned round against its sentence, and a text as the words that such rules look at."""

import re
from dataclasses import dataclass
from enum import Enum

from factcheck.text.folding import tokens, words
from factcheck.text.keeping import kept_of_short

Stretch = tuple[str, ...]
"""Folded words with no mark between them."""


class Turn(Enum):
    """What a turning word does, as a person would say it."""

    DENIES = "denial"
    COUNTS = "quantifier"
    HEDGES = "hedge"
    DATES = "office's time"
    NUMBERS = "number"
    POINTS = "direction"
    FRAMES = "plan or attempt"
    DEPENDS = "condition"
    ROLES = "who did it"
    BINDS = "what belongs together"


@dataclass(frozen=True, slots=True)
class Difference:
    """What sets a claim apart from its sentence: the words of either, empty where it has none."""

    turn: Turn
    sentence: str
    claim: str

    def __str__(self) -> str:
        sides = (("the sentence", self.sentence), ("the claim", self.claim))
        has, other = (f"{side} says “{said}”" if said else f"{side} does not" for side, said in sides)
        return f"{has}, {other}" if self.sentence else f"{other}, {has}"


_BOUNDARY = re.compile(r"(?:[,;:!?…]|(?<!\.[A-Z])\.|\.(?=\s*$))(?=\s|$)|[()\[\]{}\"“”„«»—–]|\s-\s")
"""Where a stretch of words ends that one word may bear on."""
_MONTH_OF_MAY = re.compile(
    r"(\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ff]rom|[Tt]o|[Ll]ate|[Ee]arly|[Ll]ast|\d\d?(?:st|nd|rd|th)?)[ -])"
    r"May\b|\bMay(?=[ ](?:\d|was\b|is\b|has\b|had\b))"
)
"""`May` that is no hedge, by the word before it or the figure behind it."""


def is_month_of_may(text: str, at: int) -> bool:
    """Whether the `May` that stands there is the month."""
    return any(found.start() <= at < found.end() for found in _MONTH_OF_MAY.finditer(text))


DAYS_AND_MONTHS = frozenset(words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april mai june july august september
    october november december
"""))  # fmt: skip
"""As stretches have them: `May` that is a month is `mai` there."""

DETERMINERS = frozenset(words("a an the his her its their our this that these those"))

_ELIDED = re.compile(r"\b([cdjlmnst]|qu)['’](?=[^\W\d_]{2})", re.IGNORECASE)
"""What French and Italian write before a word in one: `l'ancien`."""


@kept_of_short
def stretches(text: str) -> tuple[Stretch, ...]:
    """The folded words of a text, as its marks part them."""
    plain = _ELIDED.sub(r"\1 ", _MONTH_OF_MAY.sub(r"\1Mai", text))
    parts = (tokens(part) for part in _BOUNDARY.split(plain))
    return tuple(part for part in parts if part)
