"""What may be a date in one language: patterns made of dateparser's words and of the small words around them."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any

from factcheck.domain.sentence import Span
from factcheck.text.date_words import DATE_WORDS, DateWords
from factcheck.text.number_table import days_in_words

UNITS = ("day", "week", "month", "year")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)(?![\w%]|[.,]\d|[-–—/]\d)"
_DAY = r"(?<![\w.,:/–—-])(?P<day>[12]\d|3[01]|0?[1-9])(?:{})?(?![\w%]|[.,:]\d)"
_DAY_BEFORE_HYPHEN = r"(?<![\w.,:/–—-])(?P<day>[12]\d|3[01]|0?[1-9])"
_FULL = 4  # letters; shorter words are short for a month or a weekday, but for `May`, and often another word
_AROUND = 60  # characters
_NUMBER = r"(\d++[.,]?\d*+)"
_ERAS = r"\s*(?:b\.?c\.?|bce|v\. ?chr|a\.? ?c\b|av\. ?j)"


class Tense(Enum):
    """Whether the words around a date speak of what was or of what is to come; OPEN if that cannot be told."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


class DateGrammar:
    """The patterns of one language, by what they find, the surer ones first."""

    def __init__(self, words: DateWords, names: dict[str, Any], days: Mapping[str, int]) -> None:
        """`names` are dateparser's data of the language, `days` the words for the first to the thirty-first."""
        self.words = words
        self._days = days
        self.spans = _spans(names, words)
        simpler = (pair for one in names.get("simplifications", ()) for pair in one.items())
        self.numbers = {word: number for word, number in simpler if number.isdigit() and word.isalpha()}
        self._weekdays = {word.lower(): day for day, name in enumerate(WEEKDAYS) for word in names[name]}
        months = [word for name in MONTHS for word in names[name]]
        month = _any(word for word in months if len(word) >= _FULL or word.lower() in {"may", "mai"})
        short_month = rf"{_any(months)}\.?"
        weekday = _any(word for word in self._weekdays if len(word) >= _FULL)
        self.patterns = [
            (kind, re.compile(rf"(?<!\w){pattern}", re.IGNORECASE))
            for kind, pattern in self._patterns(month, short_month, weekday, names)
        ]
        filler = r"\d[\d.,]*\s*%?|the|at|least|end|early|late|mid|beginning|start|inclusive|einschließlich"
        filler = rf"{filler}|{words.linked}|{words.within}|{words.on}"
        self.bound = _compiled(rf"(?<!\w)(?:(?:{words.bound})(?:\s+(?:{filler}))*\s*|(?:{words.sequel})\b[^,;:–—()]*)$")
        self._bare = _compiled(rf"\d|(?:{short_month}|{weekday})(?!\w)")
        self._article = _compiled(rf"(?<!\w)(?:{words.article})\s+$")
        self.apart = _compiled(rf"(?<!\w)(?:{words.apart})(?!\w)")
        self._verb = _compiled(
            rf"(?<!\w)(?:(?P<future>{words.future})|(?P<open>{words.open})|(?P<past>{words.past}))(?!\w)"
        )
        day = rf"(?:\d(?:st|nd|rd|th|er|º|°|ª|\.)?|(?<!\w){_any(days)})"
        joint = rf"\s*(?:-|–|—|/|&|(?:{words.chained})\b)\s*(?:(?:{words.within}|{words.on})\s+)?"
        self._goes_on = {
            "day": _compiled(rf"{joint}(?:\d{{1,2}}(?!\d)|{month})|\s*,\s*{month}"),
            "month": _compiled(rf"{joint}(?:\d{{4}}|{month})|\s*,\s*{month}|\s+\d|['’]s"),
            "year": _compiled(rf"{joint}\d{{4}}(?!\d)|{_ERAS}|['’]s"),
            "weekday": _compiled(rf"{joint}{weekday}|\s*,\s*{weekday}|['’]s|-"),
        }
        counted = rf"(?<!\w)(?:{words.within})\s+$" if words.month_first else "(?!)"  # `in March 5 people`
        near = rf"(?<!\w)(?:{words.near})\s+$"
        self._began = {
            "day": _compiled(
                rf"{day}\s*(?:(?:-|–|—|/|,|&)\s*|(?:{words.chained})\s+(?:[^\W\d_]{{1,3}}(?:\s+|['’]))?)$|{counted}|{near}"
            ),
            "month": _compiled(rf"{day}\s+(?:(?:{words.linked})\s+)?$|(?<!\w)(?:{words.part})\s+$"),
            "span": _compiled(rf"{day}\s+of\s+$|(?<!\w)(?:{words.part})\s+$"),
            "number": _compiled(near),
            "iso": _compiled(near),
            "weekday": _compiled(rf"(?<!\w)(?:{words.unclear})\s+$|{near}"),
        }

    def weekday(self, word: str) -> int:
        """The number of a weekday, Monday is 0."""
        return self._weekdays[word.lower().rstrip(".")]

    def day(self, word: str) -> int:
        """The number of a day of the month, in figures or in words."""
        return int(word) if word.isdecimal() else self._days[" ".join(word.lower().replace("-", " ").split())]

    def is_spelled(self, match: re.Match[str]) -> bool:
        """Whether months and weekdays begin with a capital, where the language writes them so: `may` is none."""
        named = ("month", "weekday", "beside")
        found = (match.groupdict().get(name) for name in named) if self.words.is_capital else ()
        return all(one[0].isupper() for one in found if one)

    def is_part(self, text: str, span: Span, kind: str) -> bool:
        """Whether the date is only a part of something: of several days, of a name, of a number of things."""
        left, right = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
        goes_on, began = self._goes_on.get(kind), self._began.get(kind)
        # Without a preposition: `a 26 December 2019 ruling`, `Sunday Times`; but `he said Friday`.
        is_bare = bool(self._bare.match(text, span.start))
        if kind == "month" and not is_bare:
            began = None
        if (goes_on and goes_on.match(right)) or (began and began.search(left)):
            return True
        if is_bare and self._article.search(left) and re.match(r"\s+[^\W\d_]", right):
            return True
        if is_bare and kind == "weekday":
            return bool(re.match(r"\s+[^\W\d_a-zß-ÿ]", right) or re.search(r"(?<![\w’'])[A-Z][\w’']*+\s{1,3}$", left))
        is_round = kind == "year" and not 1900 < int(text[span.end - 4 : span.end]) % 10_000 < 2100  # noqa: PLR2004
        is_round = is_round or (kind == "year" and text[span.end - 2 : span.end] == "00")
        return is_round and bool(re.match(r"\s+\w{4,}", right))  # `in 2000 households`

    def tense(self, text: str, span: Span) -> Tense:
        """The tense of the verb that the date stands with."""
        left, right = text[: span.start], text[span.end :]
        if not self.words.is_verb_near:
            told = {Tense(one.lastgroup or "") for part in (left, right) for one in self._verb.finditer(part)}
            return told.pop() if len(told) == 1 else Tense.OPEN
        before = [*self._verb.finditer(left)]
        if before:
            return Tense(before[-1].lastgroup)
        after = self._verb.search(right)
        # `The court on Friday ruled`; but `the court meets on Friday, a lawyer said`.
        if after and (not re.search(r"\w", left) or not re.search(r"\w", right[: after.start()])):
            return Tense(after.lastgroup)
        return Tense.OPEN

    def count(self, words: str) -> int:
        """The number in `two years ago`, `il y a un an`."""
        counted = (self.numbers.get(one, one) for one in words.lower().split())
        return next((int(one) for one in counted if one.isdigit()), 1)

    def _patterns(self, month: str, short_month: str, weekday: str, names: dict[str, Any]) -> Iterable[tuple[str, str]]:
        words = self.words
        linked, comma = rf"(?:\s+(?:{words.linked}))?\s+", r"\s*,?\s+"
        year = rf"(?:(?:\s*,|\s+(?:{words.linked}))?\s+{_YEAR})?"
        hours = rf"(?:\s+(?:{words.hours}))?"
        beside = rf"(?:(?:(?:{words.on})\s+)?(?P<beside>{weekday}){hours}\s*,?\s+(?:the\s+|le\s+|den\s+|dem\s+)?)?"
        yield "iso", r"(?<![\d/-])\d{4}-\d{2}-\d{2}(?![\d/-])"
        yield "number", r"(?<![\d./])(?P<first>\d{1,2})[./](?P<second>\d{1,2})[./](?P<written>\d{4}|\d\d)(?![\d/]|\.\d)"
        for at, ordinal in enumerate(words.quarters, 1):
            yield "quarter", rf"(?:(?:{words.within})\s+(?:the\s+)?)?(?P<q{at}>{ordinal}){linked}{_YEAR}"
        day = _DAY.format("st|nd|rd|th" if words.month_first else r"er|º|°|ª|\.")
        day_first = rf"(?P<month>{short_month})(?!\w){year}"
        on = rf"(?:(?:{words.on})\s+(?:the\s+)?)?"
        yield "day", rf"{on}{beside}{day}{linked}{day_first}"
        if words.month_first:
            yield "day", rf"{on}{beside}(?P<month>{short_month})\s+{day}{year}"
        yield "day", rf"{on}{beside}{_DAY_BEFORE_HYPHEN}-(?P<month>{short_month})-{_YEAR}"
        # Without a year, the Fourth of July and the Cinco de Mayo are feasts.
        told = rf"(?P<day>{_any(self._days)})"
        month_year = rf"(?P<month>{short_month})(?:(?:\s*,|\s+(?:{words.linked}))?\s+{_YEAR})"
        if words.month_first:
            yield "day", rf"{on}{beside}{told}\s+of\s+{month_year}"
            yield "day", rf"{on}{beside}(?P<month>{short_month})\s+(?:the\s+)?{told}\s*,?\s+{_YEAR}"
        else:
            yield "day", rf"{on}{beside}{told}{linked}{month_year}"
        within = rf"(?:(?:{words.within})\s+(?:early\s+|late\s+|mid[- ])?)"
        yield "month", rf"{within}?(?P<month>{month})(?:{comma}|{linked}){_YEAR}"
        yield "month", rf"{within}(?P<month>{month})(?!\w)(?P<year>)"
        yield "span", rf"(?:{_any(self.spans)}|{'|'.join(self._counted(names))})(?!\w)"
        yield "weekend", rf"(?:{words.weekend})(?!\w)"
        beside_on = rf"(?:(?:{words.on})\s+)" + ("?" if words.is_bare else "")
        gone, coming = words.gone, words.coming
        modified = rf"(?:(?:{words.on})\s+)?(?:(?P<gone>{gone})|(?P<coming>{coming}))\s+(?P<weekday>{weekday})"
        yield "weekday", rf"{modified}(?!\w)"
        yield (
            "weekday",
            rf"{beside_on}(?P<weekday>{weekday})(?!\w)(?:\s+(?:(?P<gone>{gone})|(?P<coming>{coming}))(?!\w))?",
        )
        yield "year", rf"{within}{_YEAR}"
        yield "bare_year", rf"(?<![.,/–—-]){_YEAR}"

    def _counted(self, names: dict[str, Any]) -> Iterable[str]:
        """`two years ago` for each unit, in a group of its own."""
        number = rf"(?:\d{{1,3}}|{_any(self.numbers)})"
        for unit in UNITS:
            forms = names.get("relative-type-regex", {}).get(rf"\1 {unit} ago", [])
            long = [one for one in forms if not re.search(r"\)\s*[^\W\d_](?:\s|$)", one)]
            whole = "|".join(sorted((one.replace(_NUMBER, number) for one in long), key=len, reverse=True))
            yield rf"(?P<of_{unit}>{whole or '(?!)'})"


@cache
def grammar_of(language: str) -> DateGrammar | None:
    """The grammar of a language; None where dates are not read. It loads dateparser, which takes its time."""
    from dateparser.languages.loader import default_loader

    words = DATE_WORDS.get(language)
    return DateGrammar(words, default_loader.get_locale(language).info, days_in_words(language)) if words else None


def _spans(names: dict[str, Any], words: DateWords) -> dict[str, tuple[int, str]]:
    """`yesterday`, `last week`: how many of which unit it is away."""
    found = {one: (days, "day") for one, days in words.ago.items()}
    for meaning, phrases in names["relative-type"].items():
        away = re.fullmatch(rf"(?:in )?(\d+) ({'|'.join(UNITS)})(?: ago)?", meaning)
        if away:
            known = (one.lower() for one in phrases if not re.fullmatch(words.homonyms, one, re.IGNORECASE))
            found |= {one: (int(away[1]), away[2]) for one in known if len(one) >= _FULL}
    return found


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first; blanks and apostrophes of any kind."""
    longest = sorted(set(words), key=len, reverse=True)
    written = "|".join(re.escape(one).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for one in longest)
    return rf"(?:{written or '(?!)'})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
