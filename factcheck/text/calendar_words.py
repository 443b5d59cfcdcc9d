"""A year, month or weekday of a claim where its sentence has another one: `built in 1950` of what was built in 1931."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from factcheck.text.folding import words
from factcheck.text.keeping import kept_of_short
from factcheck.text.turns import Difference, Turn, is_month_of_may

_YEAR = re.compile(r"(?<![\d.,])(?P<year>1\d\d\d|20\d\d)(?: ?[-–/] ?(?P<end>\d\d)(?!\d))?(?![.,]?\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ELSEWHEN = re.compile(
    r"\b(?:that|the same|this|last|next|following|previous) (?:year|month|day|week)\b"
    r"|\b(?:years?|months?|days?|weeks?) (?:later|earlier|before|after|ago)\b"
    r"|\b(?:then|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)
"""By these a sentence tells a day that it does not name."""
_IN_DATES = frozenset(words("""
    of the de del der den am le el la den du di il lo o st nd rd th er ª º at um à às alle uhr h
    am pm a m p m gmt utc bst cet cest est edt pst pdt updated published posted last
"""))  # fmt: skip
_IN_FIGURES = re.compile(r"(?<!\d)(?:(?:1\d|20)\d\d([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2(?:1\d|20)?\d\d)(?!\d)")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_NUMBER, _MOST_PIECES = 4, 14


def other_days(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What a claim names of a date and its sentence does not, where that names another of the kind."""
    if _ELSEWHEN.search(sentence):
        return
    yield from _other(_years(claim), _years(sentence))
    mine, its = (_named(text, _primary(language)) for text in (claim, sentence))
    for here, there in zip(mine, its, strict=True):
        yield from _other(here, there)


def is_mere_date(text: str, language: str | None) -> bool:
    """Whether a line is no more than a date, as `Saturday, 12 September 2015, 2:30 p.m.` under a headline."""
    pieces = _PIECE.findall(text)
    if len(pieces) > _MOST_PIECES:
        return False
    names = {one.casefold() for one in _names(_primary(language))}
    numbers = [one for one in pieces if one.isdecimal()]
    told = [one for one in (piece.casefold() for piece in pieces if not piece.isdecimal()) if one not in _IN_DATES]
    fits = all(len(one) <= _LONGEST_NUMBER for one in numbers) and all(one in names for one in told)
    return fits and bool(numbers) and (bool(told) or bool(_IN_FIGURES.search(text)))


def months(language: str | None) -> Mapping[str, int]:
    """The names of months as a language writes them, counted from 1."""
    return {name: number for name, number in _names(_primary(language)).items() if number > 0}


def weekdays(language: str | None) -> Mapping[str, int]:
    """The names of weekdays as a language writes them; Monday is 0."""
    return {name: -number for name, number in _names(_primary(language)).items() if number <= 0}


def date_order(language: str) -> str:
    """The pattern by which a language writes a day with its month and year in words."""
    from babel import Locale  # noqa: PLC0415 - slow to import

    return str(Locale.parse(language).date_formats["long"].pattern)


def _primary(language: str | None) -> str:
    return (language or "en").split("-")[0].lower()


def _other(here: Mapping[int, str], there: Mapping[int, str]) -> Iterator[Difference]:
    mine, its = sorted(here.keys() - there.keys()), sorted(there.keys() - here.keys())
    if mine and its:
        yield Difference(Turn.BINDS, there[its[0]], here[mine[0]])


def _years(text: str) -> dict[int, str]:
    """The years that a text names, as written; `2019-20` are two."""
    years: dict[int, str] = {}
    for found in _YEAR.finditer(text):
        years[int(found["year"])] = found["year"]
        if found["end"]:
            years[int(found["year"][:2] + found["end"])] = found[0]
    return years


@kept_of_short
def _named(text: str, language: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """The months that a text names, and the weekdays, as numbers."""
    names, found = _names(language), dict[int, str]()
    for match in _WORD.finditer(text):
        number = names.get(match[0])
        if number is not None and (match[0] != "May" or is_month_of_may(text, match.start())):
            found[number] = match[0]
    months = {number: written for number, written in found.items() if number > 0}
    return months, {number: written for number, written in found.items() if number <= 0}


@cache
def _names(language: str) -> Mapping[str, int]:
    """The names of months, counted from 1, and of weekdays, counted down from 0, as a language writes them."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for kind in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names |= {name.rstrip("."): -number for number, name in locale.days[kind][width].items()}
            names |= {name.rstrip("."): number for number, name in locale.months[kind][width].items()}
    return names
