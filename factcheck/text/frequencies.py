"""How often: `twice since 2010` made `every year`, `every two years` made `twice a year`. English."""

import re
from collections.abc import Iterator
from fractions import Fraction

from factcheck.text.folding import fold
from factcheck.text.turns import Difference, Turn

_A_YEAR = {
    period: Fraction(times)
    for times, listed in (
        (8760, "hour hourly"), (365, "day night morning evening daily nightly"), (52, "week weekly"), (26, "fortnight"),
        (12, "month monthly"), (4, "quarter quarterly"),
        (1, "year season summer winter spring autumn annual annually yearly"), (Fraction(1, 10), "decade"),
    )
    for period in listed.split()
}  # fmt: skip
"""How often a year each comes."""
_COUNTS = {
    "once": 1, "twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
_OFTEN = re.compile(
    r"\b(?:(?P<count>once|twice|thrice|(?P<times>\w+)(?=\stimes\b))(?:\stimes)?"
    r"(?!\s(?:as|more|less|larger|higher|greater|bigger|smaller|faster|the|that|world|national)\b)"
    r"(?:\s(?:an?|per|every|each)\s(?:(?P<many>\w+)\s)?(?P<base>hour|day|night|week|fortnight|month|quarter|year|season|decade)s?\b)?"
    r"|(?:every|each)\s(?:(?P<nth>two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|other|second|third|fourth|fifth)\s)?"
    r"(?P<period>hour|day|night|morning|evening|week|fortnight|month|quarter|year|season|summer|winter|spring|autumn"
    r"|decade)s?\b"
    r"|(?P<adverb>hourly|daily|nightly|weekly|monthly|quarterly|annual|annually|yearly)\b)"
)


def other_frequency(claim: str, sentence: str) -> Iterator[Difference]:
    """How often the claim says that something is done, where the sentence only says another frequency, or a count."""
    here = list(_often(claim))
    there = list(_often(sentence)) if here else []
    rates = {rate for rate, _ in there}
    for rate, written in here:
        if there and rate not in rates and (None in rates or rate is None or len(there) == 1):
            yield Difference(Turn.BINDS, there[0][1], written)
            return


def _often(text: str) -> Iterator[tuple[Fraction | None, str]]:
    """Each frequency of a text as times a year, None for a mere count, as it is written."""
    for found in _OFTEN.finditer(fold(text)):
        if found["count"]:
            count = _count(found["times"] or found["count"])
            base = _A_YEAR.get(found["base"] or "")
            if count:
                yield (count * base / (_count(found["many"] or "") or 1) if base else None), found[0]
        elif found["adverb"]:
            yield _A_YEAR[found["adverb"]], found[0]
        else:
            yield _A_YEAR[found["period"]] / (_count(found["nth"] or "") or 1), found[0]


def _count(word: str) -> Fraction | None:
    if word.isdecimal() and int(word) > 0:
        return Fraction(int(word))
    return Fraction(_COUNTS[word]) if word in _COUNTS else None
