"""Numbers that a text holds without their figures: a decade is ten years, what was halved fell by 50 percent."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, islice

from factcheck.text.amounts import amounts
from factcheck.text.folding import fold
from factcheck.text.numbers import find_numbers

_SPAN = re.compile(r"\b(?:(?P<many>[a-z\d]{1,12}) )?(?P<unit>decade|centur(?:y|ie))s?\b")
_YEARS = {"decade": 10, "century": 100, "centurie": 100}
_PARTS = (
    (re.compile(r"\bhal(?:f|v\w{1,3})\b"), Decimal(50)),
    (re.compile(r"\bdoubl\w{1,3}\b"), Decimal(100)),
    (re.compile(r"\btripl\w{1,3}\b"), Decimal(200)),
)
_FRACTIONS = (("half", Decimal("0.5")), ("a quarter", Decimal("0.25")), ("three quarters", Decimal("0.75")))
_MOST = 12
"""Numbers of a sentence that are tried."""


def told_in_words(text: str) -> frozenset[tuple[str, Decimal]]:
    """The years and percent that an English text tells in other words, each with its unit."""
    folded = fold(text)
    spans = frozenset(("year", value) for found in _SPAN.finditer(folded) for value in _years(found))
    return spans | {("percent", value) for pattern, value in _PARTS if pattern.search(folded)}


def _years(found: re.Match[str]) -> Iterator[Decimal]:
    many = [one for number in find_numbers(found["many"] or "") if number.is_sure for one in number.readings]
    yield from (one * _YEARS[found["unit"]] for one in many or [Decimal(1)])


def values_told_in_words(claim: str, told: frozenset[tuple[str, Decimal]]) -> frozenset[Decimal]:
    """The values of a claim's numbers that are told so elsewhere, in years or in percent."""
    if not told:
        return frozenset()
    return frozenset(value for one in amounts(claim) for value in one.readings if (one.unit, value) in told)


def worked_out(number: str, sentence: str) -> tuple[str, str] | None:
    """Two numbers of a sentence from which another one may have been worked out: their sum, difference or share."""
    wanted = frozenset(value for one in find_numbers(number) for value in one.readings)
    found = list(islice(amounts(sentence), _MOST))
    for one, other in combinations(found, 2):
        if not wanted.isdisjoint(_results(one.readings, other.readings)):
            return one.written, other.written
        for part, whole in ((one, other), (other, one)):
            if part.unit == "percent" and any(a * b / 100 in wanted for a in part.readings for b in whole.readings):
                return f"{part.written} percent", whole.written
    folded = fold(sentence)
    parts = ((name, value) for name, value in _FRACTIONS if re.search(rf"\b{name}\b", folded))
    return next(
        ((name, one.written) for name, value in parts for one in found if value * max(one.readings) in wanted), None
    )


def _results(one: frozenset[Decimal], other: frozenset[Decimal]) -> Iterator[Decimal]:
    for first in one:
        for second in other:
            yield from (first + second, abs(first - second))
