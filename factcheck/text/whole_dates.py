"""Whole dates of languages whose other words of time are not read: `5. března 2019`, `2019年3月5日`, as CLDR has it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from factcheck.domain.sentence import Span
from factcheck.domain.when import When
from factcheck.text.calendar_words import date_order, months, weekdays
from factcheck.text.date_grammar import MONTHS, WEEKDAYS
from factcheck.text.date_phrases import Phrase, Standing
from factcheck.text.whole_date_words import END_WORDS, EndWords

_LEFT, _RIGHT = 60, 24  # characters
_LONG = 4  # letters
_IN_ONE = frozenset(("ja", "zh", "ko"))
"""Languages that write a date without blanks, or with what follows it in one."""
_LOCALES = {"no": "nb"}
_QUOTED = re.compile(r"'[^']*'")
_TAIL = re.compile(r"^.*[dMy](?=(?:'[^']*'|[^dMy'])*$)")
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_OTHER_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]\d\d|20\d\d)(?![\d%])")


class WholeDates:
    """Finds the dates of one language that name day, month and year, and tells those that are days of an event."""

    def __init__(self, language: str, words: EndWords) -> None:
        self._weekdays = _names(language, weekdays(language), WEEKDAYS)
        self._months = _names(language, months(language), MONTHS)
        named = _any(self._months)
        edge = r"(?<!\d)" if language in _IN_ONE else r"(?<![\w.,:/–—-])"
        self._date = _compiled(edge + _date_pattern(language, named, words.linked))
        before = r"(?:{})$" if language in _IN_ONE else r"(?<!\w)(?:{})\s+$"
        gap = r"(?:\s+[^\s,;:]{1,20}){0,2}\s+$"
        alone = "(?:{})" if language in _IN_ONE else r"(?<!\w)(?:{})(?!\w)"
        self._ends = _compiled(rf"(?<!\w)(?:{words.ends}|{_week(language)}){gap}|{before.format(words.beside)}")
        self._clause = _compiled(alone.format(words.clause))
        joint = rf"(?:[-–—/~〜～]|(?:至|到|から|부터)|(?:{words.ends}|{words.beside})\s)"
        self._goes_on = _compiled(rf"{words.behind}|\s*{joint}[^\d.,;]{{0,12}}\d")
        self._needed = _compiled(words.needed)
        self._elsewhere = _compiled(rf"\d[.\s]{{0,2}}(?:{named})(?!\w)|(?<!\w)(?:{named})[.\s]{{0,2}}\d")

    def find(self, text: str) -> list[Phrase]:
        """The dates of a short text in one line; one that is unclear if it tells another time beside them."""
        found = [self._phrase(match, text) for match in self._date.finditer(text)]
        if not found or self._clause.search(text) or self._tells_more(text, found):
            return [Phrase(one.span, Standing.UNCLEAR) for one in found]
        return found

    def _phrase(self, match: re.Match[str], text: str) -> Phrase:
        span = Span(*match.span())
        left, right = text[max(0, span.start - _LEFT) : span.start], text[span.end : span.end + _RIGHT]
        if self._ends.search(left):
            return Phrase(span, Standing.BOUND)
        day = self._day(match)
        is_part = bool(re.search(r"\d[^\w]{1,4}$", left) or self._goes_on.match(right))
        if day is None or is_part or not self._needed.match(right) or self._is_other_weekday(left, day):
            return Phrase(span, Standing.UNCLEAR)
        return Phrase(span, Standing.CLEAR, When(match[0], day, day), is_absolute=True)

    def _day(self, match: re.Match[str]) -> date | None:
        try:
            return date(int(match["year"]), self._months[match["month"].casefold()], int(match["day"]))
        except ValueError:
            return None

    def _is_other_weekday(self, left: str, day: date) -> bool:
        """Whether one of the last words before a date is another day of the week."""
        near = (self._weekdays.get(word.strip(",").casefold()) for word in left.split()[-3:])
        return any(one is not None and one != day.weekday() for one in near)

    def _tells_more(self, text: str, found: Iterable[Phrase]) -> bool:
        """Whether years, or days of a month, are left beside the dates."""
        rest, start = [], 0
        for one in found:
            rest.append(text[start : one.span.start])
            start = one.span.end
        rest.append(text[start:])
        return any(_OTHER_YEAR.search(part) or self._elsewhere.search(part) for part in rest)


@cache
def whole_dates_of(language: str) -> WholeDates | None:
    """What finds the whole dates of a language; None where none are read."""
    words = END_WORDS.get(language)
    return WholeDates(language, words) if words else None


def _names(language: str, known: Mapping[str, int], of_dateparser: Sequence[str]) -> Mapping[str, int]:
    """CLDR's names of months or weekdays, and dateparser's cases of them."""
    found = {name.casefold(): number for name, number in known.items()}
    first = len(of_dateparser) // len(MONTHS)  # weekdays count from 0
    cases = _of_dateparser(language)
    for number, name in enumerate(of_dateparser, first):
        found = {case.casefold(): number for case in cases[name] if len(case) >= _LONG or language in _IN_ONE} | found
    return found


def _week(language: str) -> str:
    """The words for a week, as `the week of 5 March` is no day."""
    known = (one for one in _of_dateparser(language)["week"] if len(one) >= _LONG)
    return rf"(?:{_any(known) or '(?!)'})[^\W\d_]{{0,4}}"


def _of_dateparser(language: str) -> Mapping[str, Sequence[str]]:
    from dateparser.languages.loader import default_loader  # noqa: PLC0415 - slow to import

    info: Mapping[str, Sequence[str]] = default_loader.get_locale(_LOCALES.get(language, language)).info
    return info


def _date_pattern(language: str, named: str, linked: str) -> str:
    """CLDR's order of day, month and year, with its sign behind them."""
    order = date_order(language)
    after = "" if language in _IN_ONE else r"(?!\w)"
    fields = {"d": _DAY, "M": rf"(?P<month>{named}){after}", "y": _YEAR}
    gap = rf"[\s.,]{{0,3}}(?:(?:{linked})[\s.,]{{0,2}})?"
    whole = gap.join(fields[one] for one in dict.fromkeys(re.findall("[dMy]", _QUOTED.sub("", order))))
    tail = re.escape(_TAIL.sub("", order).replace("'", "").strip())
    return rf"{whole}(?!\d|[.,–—/-]\d)" + (rf"(?:\s?{tail})?" if tail else "")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s") for one in sorted(words, key=len, reverse=True))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
