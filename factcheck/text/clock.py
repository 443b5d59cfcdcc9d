"""Times of day by what a clock shows: `5 p.m.` is 17:00, `half past ten` 10:30 and `halb zehn` 9:30.

A time is one value, as numbers have it: 17.30 for half past five in the afternoon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.folding import fold
from factcheck.text.number_table import hours_in_words

_NOON = 12
_MERIDIEM = re.compile(
    r"(?<![\d.,:])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.? ?m(?![^\W_])"
)
_BESIDE = {
    "en": {"half past": 30, "half after": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15},
    "de": {"halb": -30, "viertel nach": 15, "viertel vor": -15},
}
_TOLD = {
    language: re.compile(rf"\b(?P<beside>{'|'.join(beside)}) (?P<hour>[^\W\d_][\w\u0308]{{2,6}}|1[0-2]|[1-9])(?!\w)")
    for language, beside in _BESIDE.items()
}
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day on a clock of 24 hours or of 12, and the number that is told for it."""

    value: Decimal
    told: Decimal


def times(text: str, language: str | None) -> Iterator[Time]:
    """The times that a text tells otherwise than its figures show; `5 p.m.` in any language."""
    folded = fold(text)
    for found in _MERIDIEM.finditer(folded):
        hour = int(found["hour"]) % _NOON + (_NOON if found["half"] == "p" else 0)
        minute = int(found["minute"] or 0)
        yield Time(_shown(hour * _HOUR + minute), _shown(int(found["hour"]) * _HOUR + minute))
    language = (language or "en").partition("-")[0]
    hours = hours_in_words(language) if language in _TOLD else {}
    for found in _TOLD[language].finditer(folded) if hours else ():
        told = hours.get(found["hour"], 0) or (int(found["hour"]) if found["hour"].isdecimal() else 0)
        if told:
            minutes = _BESIDE[language][found["beside"]]
            first = told * _HOUR + minutes
            yield Time(_shown(first if first >= _HOUR else first + _NOON * _HOUR), Decimal(told))


def _shown(minutes: int) -> Decimal:
    """What the clock shows."""
    return Decimal(f"{minutes // _HOUR}.{minutes % _HOUR:02}")
