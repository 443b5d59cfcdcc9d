"""Whole days in a few words, such as a byline: day, month and year, in the languages that most pages are written in."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sv",
    "nb",
    "da",
    "fi",
    "ru",
    "uk",
    "tr",
    "ro",
    "id",
)
MOST_CHARS = 1_000  # of a text in which a day is looked for
_MONTHS = 12
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_NAME = r"([^\W\d_]{3,12})\.?,?"
# Runs of blanks are single when these are asked, and each part is bounded, so that they are linear.
_NAMED = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -]?(?:de |of )?"
        rf"(?P<m>{_NAME})[ -](?:de |del )?(?P<y>{_YEAR})"
    ),
    re.compile(rf"(?P<m>{_NAME}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>{_YEAR})"),
)
_YEAR_FIRST = re.compile(rf"(?<![\d.])(?P<y>{_YEAR})\.?(?: m\.)? (?P<m>{_NAME}) (?P<d>\d{{1,2}})(?!\d)")
_ISO = re.compile(r"(?<![\d.])(\d{4})([-/.年년]) ?(\d{1,2})[-/.月월] ?(\d{1,2})(?!\d)")
_BASIC = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T\d{4}|\Z)")
_NUMBERS = re.compile(rf"(?<![\d.])(\d{{1,2}})([/.-]) ?(\d{{1,2}})\2 ?{_YEAR}")


class FoundDay(NamedTuple):
    """A whole day in a text, and where its words begin and end."""

    start: int
    day: date
    end: int


def day_in(text: str, language: str | None = None) -> date | None:
    """The first whole day in the text; None where there is none, or its order of day and month cannot be told.

    `language` is a BCP 47 tag; 03/04/2024 is the third of April but in American English.
    """
    found = first_day(" ".join(text[:MOST_CHARS].split()), language)
    return found.day if found else None


def may_be_other_day(text: str) -> bool:
    """Whether its first day is in numbers of which either may be the month: 11/01/2023, but not 11.1.2023."""
    match = None if _ISO.search(text[:MOST_CHARS]) else _NUMBERS.search(text[:MOST_CHARS])
    return (
        match is not None
        and match[2] != "."
        and int(match[1]) != int(match[3])
        and int(match[3]) <= _MONTHS >= int(match[1])
    )


def first_day(text: str, language: str | None = None) -> FoundDay | None:
    """As `day_in`, of a short text whose runs of blanks are single."""
    found = [one for one in (*_numeric(text, language or ""), *_named(text, language or "")) if one]
    return min(found) if found else None


def _numeric(text: str, language: str) -> Iterator[FoundDay | None]:
    if match := _ISO.search(text) or _BASIC.match(text):
        year, *_, month, day = match.groups()
        yield _dated(match.start(), int(year), int(month), int(day), match.end(match.lastindex or 0))
    if match := _NUMBERS.search(text):
        first, sign, second, year = match.groups()
        day, month = int(first), int(second)
        is_american = language.lower() in {"en-us", "en-ph"} or month > _MONTHS >= day
        is_unsure = language.lower() in {"", "en"} and sign == "/" and day <= _MONTHS and month <= _MONTHS
        if is_american and sign != ".":
            day, month = month, day
        if not is_unsure or day == month:
            yield _dated(match.start(), int(year), month, day, match.end())


def _named(text: str, language: str) -> Iterator[FoundDay | None]:
    plain = language.split("-", maxsplit=1)[0].lower()
    for pattern in (*_NAMED, _YEAR_FIRST) if _is_year_first(plain) else _NAMED:
        for match in pattern.finditer(text):
            name = match["m"].rstrip(".,").lower()
            month = month_names(plain).get(name) or any_month_names().get(name)
            if month:
                yield _dated(match.start(), int(match["y"]), month, int(match["d"]), match.end())
                break


def _dated(start: int, year: int, month: int, day: int, end: int) -> FoundDay | None:
    try:
        return FoundDay(start, date(year, month, day), end)
    except ValueError:
        return None


@cache
def _is_year_first(language: str) -> bool:
    """Whether the language writes days so in words."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    try:
        return bool(language) and Locale.parse(language).date_formats["long"].pattern.startswith("y")
    except (UnknownLocaleError, ValueError):
        return False


@cache
def month_names(language: str) -> dict[str, int]:
    """The names of the months in small letters, and the short ones, with their numbers; none of an unknown language."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    try:
        uses = Locale.parse(language).months.values() if language else ()
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for use in uses:
        for width in ("wide", "abbreviated"):
            names |= {name.rstrip(".").lower(): number for number, name in use[width].items() if not name.isdigit()}
    return names | ({"sept": 9} if language == "en" else {})


@cache
def any_month_names() -> dict[str, int]:
    """Those of many languages; a name that means one month here and another there, as the first of them has it."""
    names: dict[str, int] = {}
    for language in _LANGUAGES:
        names = month_names(language) | names
    return names
