"""Finds expressions of time in a text and reads each, with dateparser's words for months, days and spans.

dateparser's own search takes `may`, `sat` and `second` for dates. Here a grammar says what may be one, and what
stands around it; dateparser says what the words mean.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from factcheck.domain.sentence import Span
from factcheck.domain.when import When
from factcheck.text.date_grammar import UNITS, DateGrammar, Tense
from factcheck.text.quotations import find_quotations

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_MOST = 12
_LEFT = 80
_MOST_COUNTED = 9  # `ten days ago` and `20 years ago` are round numbers
_SATURDAY, _SUNDAY = 5, 6
_FIRST_YEAR = 1000  # `24` may be of any century
_LAST_MONTH = 12
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Standing(Enum):
    """What a date is to its text: the time of something, a mere end of a stretch of time, or nobody knows."""

    CLEAR = "clear"
    BOUND = "bound"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of time. `when` is None unless it is read; `is_absolute` says that it needs no day to count from.

    `lacks_year` is true of a day or a month whose year is supposed. A bound may be read, too: the `2012` of an award.
    """

    span: Span
    standing: Standing
    when: When | None = None
    is_absolute: bool = False
    lacks_year: bool = False


class DatePhrases:
    """Reads the dates of texts in one language, counted from a day; without one it reads those that name their year."""

    def __init__(self, language: str, grammar: DateGrammar, base: date | None) -> None:
        self._grammar = grammar
        self._language, self._base = language, base
        self._parsers: dict[Tense, DateDataParser] = {}

    def find(self, text: str) -> list[Phrase]:
        """The expressions of time of a short text in one line, in reading order; of very many, one that is unclear."""
        grammar = self._grammar
        taken: list[Phrase] = []
        quoted = [*find_quotations(text)]
        for kind, pattern in grammar.patterns:
            for match in pattern.finditer(text):
                if grammar.is_spelled(match) and not any(
                    match.start() < one.span.end and one.span.start < match.end() for one in taken
                ):
                    taken.append(self._phrase(kind, match, text, quoted))
                if len(taken) > _MOST:
                    return [Phrase(Span(0, len(text)), Standing.UNCLEAR)]
        return sorted(taken, key=lambda one: one.span.start)

    def _phrase(self, kind: str, match: re.Match[str], text: str, quoted: list[Span]) -> Phrase:
        """A match with what it means there."""
        span, grammar = Span(*match.span()), self._grammar
        if grammar.bound.search(text[max(0, span.start - _LEFT) : span.start]):
            return Phrase(span, Standing.BOUND)
        names_year = kind in {"iso", "number", "quarter"} or bool(match.groupdict().get("year"))
        is_said = any(one.start < span.start and span.end < one.end for one in quoted)
        is_readable = names_year or (self._base is not None and not is_said)
        if not is_readable or grammar.is_part(text, span, kind):
            return Phrase(span, Standing.UNCLEAR)
        days = _READERS[kind](self, match, grammar.tense(text, span))
        if days is None:
            return Phrase(span, Standing.UNCLEAR)
        standing = Standing.BOUND if kind == "bare_year" else Standing.CLEAR
        return Phrase(span, standing, When(match[0], *days), names_year, kind in {"day", "month"} and not names_year)

    def _parsed(self, words: str, tense: Tense = Tense.PAST) -> date | None:
        """The day that dateparser reads, the first one of a month or a year: the last such one, or the next one."""
        wanted = tense if tense is Tense.FUTURE else Tense.PAST
        if wanted not in self._parsers:
            from dateparser.date import DateDataParser

            options = {
                "RELATIVE_BASE": datetime.combine(self._base or date.max, time.min),
                "PREFER_DATES_FROM": wanted.value,
                "PREFER_DAY_OF_MONTH": "first",
                "PREFER_MONTH_OF_YEAR": "first",
                "TIMEZONE": "UTC",
                "PARSERS": ["relative-time", "absolute-time"],
            }
            self._parsers[wanted] = DateDataParser(languages=[self._language], settings=options)
        try:
            found = self._parsers[wanted].get_date_data(words).date_obj
        except (ValueError, OverflowError):  # before the year 1, after the year 9999
            return None
        return found.date() if found else None

    def _number(self, match: re.Match[str], tense: Tense) -> "_Days":
        """`25/12/2023`, and `03/04/2024` only where the language has one order of day and month."""
        del tense
        first, second, year = (int(match[name]) for name in ("first", "second", "written"))
        if year < _FIRST_YEAR:
            return None
        if not self._grammar.words.month_first:
            return _one_day(year, second, first)
        if first != second and max(first, second) <= _LAST_MONTH:
            return None
        return _one_day(year, min(first, second), max(first, second))

    def _iso(self, match: re.Match[str], tense: Tense) -> "_Days":
        del tense
        return _one_day(*(int(one) for one in match[0].split("-")))

    def _day(self, match: re.Match[str], tense: Tense) -> "_Days":
        """`5 March`, in the past or to come by its tense; a weekday beside it must agree."""
        day, month, year = self._grammar.day(match["day"]), match["month"].rstrip("."), match["year"] or ""
        if not year and tense is Tense.OPEN:
            return None
        found = self._parsed(f"{day} {month} {year}".strip(), tense)
        if found is None or found.day != day:
            return None
        is_other_day = match["beside"] and self._grammar.weekday(match["beside"]) != found.weekday()
        return None if is_other_day else (found, found)

    def _month(self, match: re.Match[str], tense: Tense) -> "_Days":
        """`March 2019`, `in March`."""
        year = match["year"]
        if not year and tense is Tense.OPEN:
            return None
        found = self._parsed(f"{match['month']} {year or ''}".strip(), tense)
        return _span_of("month", found) if found else None

    def _year(self, match: re.Match[str], tense: Tense) -> "_Days":
        del tense
        year = int(match["year"])
        return date(year, 1, 1), date(year, 12, 31)

    def _quarter(self, match: re.Match[str], tense: Tense) -> "_Days":
        del tense
        quarter = next(int(name[1]) for name, found in match.groupdict().items() if found and name[0] == "q")
        month, year = 3 * quarter, int(match["year"])
        return date(year, month - 2, 1), _span_of("month", date(year, month, 1))[1]

    def _weekday(self, match: re.Match[str], tense: Tense) -> "_Days":
        """A weekday: the last one up to the base, or the next one after it, as tense or a word beside it say."""
        base = self._base
        assert base is not None  # noqa: S101 - asked before
        back = timedelta((base.weekday() - self._grammar.weekday(match["weekday"])) % 7)
        if match["gone"]:
            day = base - (back or _WEEK)
        elif tense is Tense.FUTURE or match["coming"]:
            day = base - back + _WEEK
            if not back:
                return None  # today, or a week from now
        elif tense is Tense.PAST:
            day = base - back
        else:
            return None
        return day, day

    def _weekend(self, match: re.Match[str], tense: Tense) -> "_Days":
        """The Saturday and Sunday before the base, or after it; on one of those days it may be either."""
        base = self._base
        assert base is not None  # noqa: S101 - asked before
        if base.weekday() >= _SATURDAY or tense is Tense.OPEN:
            return None
        saturday = base - timedelta(base.weekday() + 2) + (_WEEK if tense is Tense.FUTURE else timedelta())
        del match
        return saturday, saturday + _DAY

    def _span(self, match: re.Match[str], tense: Tense) -> "_Days":
        """`yesterday`, `last week`, `two years ago`: the whole day, week from Monday to Sunday, month or year."""
        base = self._base
        assert base is not None  # noqa: S101 - asked before
        words = match[0].lower().replace("’", "'")
        meant = self._grammar.spans.get(words)
        count, unit = meant or self._counted(match)
        is_nowadays = tense is Tense.OPEN or not self._grammar.words.is_verb_near
        if not count and unit == "day" and is_nowadays:
            return None  # `today` may be any day of our time
        if (unit == "week" and count and base.weekday() == _SUNDAY) or not unit:  # a week may end on Saturday, too
            return None
        if words in self._grammar.words.ago:
            day = base - timedelta(count)
            return day, day
        found = self._parsed(match[0])
        return _span_of(unit, found) if found else None

    def _counted(self, match: re.Match[str]) -> tuple[int, str]:
        """The number and the unit of `two years ago`; a round number has no unit."""
        unit = next(one for one in UNITS if match[f"of_{one}"])
        number = self._grammar.count(match[0])
        return number, unit if number <= _MOST_COUNTED else ""


_Days = tuple[date, date] | None
_READERS: Mapping[str, Callable[[DatePhrases, re.Match[str], Tense], _Days]] = {
    name: getattr(DatePhrases, f"_{name}")
    for name in ("iso", "number", "day", "quarter", "month", "year", "weekday", "weekend", "span")
} | {"bare_year": DatePhrases._year}  # noqa: SLF001


def _one_day(year: int, month: int, day: int) -> _Days:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _span_of(unit: str, day: date) -> tuple[date, date]:
    """The day, or the week, month or year around it."""
    if unit == "week":
        monday = day - timedelta(day.weekday())
        return monday, monday + _WEEK - _DAY
    if unit == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - _DAY
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day
