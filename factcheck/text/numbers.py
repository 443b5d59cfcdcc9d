"""Numbers by value, however they are spelled: `1,000`, `1.000`, `1 000`, `one thousand`, `1千`.

Values are compared, so `20%` and `twenty percent` are alike, and `3 million` and `3` are not.
Words are read in English and German, numerals in Chinese and Japanese too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.folding import fold

_ENGLISH = (
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_GERMAN = (
    """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
    achtzehn neunzehn""",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
)
_SMALL = {word: value for names, _ in (_ENGLISH, _GERMAN) for value, word in enumerate(fold(names).split())}
_TENS = {word: 10 * tens for _, names in (_ENGLISH, _GERMAN) for tens, word in enumerate(fold(names).split(), start=2)}
_COMPOUNDS = {
    f"{'ein' if unit == 'eins' else unit}und{ten}": _SMALL[unit] + _TENS[ten]
    for unit in fold(_GERMAN[0]).split()[1:10]
    for ten in fold(_GERMAN[1]).split()
}
_SCALES = {
    word: 10**zeros
    for zeros, names in {
        2: "hundred hundert 百",
        3: "thousand tausend k 千",
        4: "万 萬",
        6: "million millions millionen millones mio mn m",
        8: "亿 億",
        9: "billion billions milliarde milliarden mrd milliards bn",
        12: "trillion trillions billionen billones tn 兆",
    }.items()
    for word in fold(names).split()
} | {"dozen": 12}
_NUMERALS = {char: value % 10 for value, char in enumerate("〇一二三四五六七八九零")} | {"两": 2, "兩": 2}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HALVES = {"¼": ".25", "½": ".5", "¾": ".75"}
_VALUES = {word: Decimal(value) for word, value in (_SMALL | _TENS | _COMPOUNDS).items()} | {"half a": Decimal("0.5")}
_HUNDREDS = frozenset(("hundred", "hundert"))


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_SHORT = {"k", "m"}
_SCALE_WORD = _any_of(_SCALES.keys() - _SHORT - {"mn", "bn", "tn"})
_SCALE = rf"(?: ?(?:{_any_of(_SCALES.keys() - _SHORT)})|[km])(?![a-z])"
_FIGURES = r"(?:\d{1,3}(?:[ ']\d{3})+(?![\d'])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_WORD = _any_of(_VALUES.keys() - {"half a"})
_LATER = rf"(?= ?(?:-|to|or|and|bis|und|oder) ?{_FIGURES}(?P<later>{_SCALE}))"
_NUMBER = re.compile(
    rf"(?P<figures>{_FIGURES})(?:(?P<scale>{_SCALE})|{_LATER})?"
    rf"|(?P<numeral>[{''.join(_NUMERALS)}{''.join(_WEIGHTS)}]{{1,20}})"
    rf"|\b(?P<words>(?:{_WORD}|(?:half )?an? {_SCALE_WORD}|eine? {_SCALE_WORD}|hundert|tausend)"
    rf"(?:(?:[ -]| and )?(?:{_WORD}|{_SCALE_WORD})){{0,15}})\b"
)
_PART = re.compile(rf"{_any_of(_VALUES.keys() | (_SCALES.keys() - _SHORT) | {'and'})}")
_GROUPED = re.compile(r"[1-9]\d{0,2}([ ',.])\d{3}(?:\1\d{3})*|[1-9]\d?(,)\d\d(?:,\d\d)*,\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and the values that it may have.

    `parts` are the values of its figures one by one, for `in 3 400 people` and `3.5.2020`. A
    number that is not `is_sure` may be a mere word, as `one` is.
    """

    written: str
    readings: frozenset[Decimal]
    parts: frozenset[Decimal] = frozenset()
    is_sure: bool = True


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in reading order."""
    # Folding would make `21⁄2` of `2½`.
    with_zeros = re.sub(r"(?<!\d)(?=[¼½¾])", "0", text)
    for match in _NUMBER.finditer(fold(re.sub("[¼½¾]", lambda half: _HALVES[half[0]], with_zeros))):
        if match["figures"]:
            yield _of_figures(match["figures"], match["scale"], match["later"])
        elif match["numeral"]:
            yield _of_numeral(match["numeral"])
        else:
            yield from _of_words(match["words"])


def _of_figures(figures: str, scale: str | None, later: str | None) -> Number:
    """Figures, multiplied if a scale follows; that of `3 to 4 million` may hold for both, `30m` may be metres."""
    parts = frozenset(map(Decimal, re.findall(r"\d+", figures)))
    value = _value(figures, is_scaled=bool(scale))
    if value is None:
        return Number(figures, frozenset(), parts)
    several = parts if " " in figures else frozenset[Decimal]()
    if scale:
        scaled = value * _SCALES[scale.strip()]
        return Number(figures + scale, frozenset([scaled, value] if scale in _SHORT else [scaled]))
    readings = [value, value * _SCALES[later.strip()]] if later else [value]
    return Number(figures, frozenset(readings), several)


def _value(figures: str, *, is_scaled: bool) -> Decimal | None:
    """The one value of figures: `1,000` and `1.000` are a thousand, `1.234 million` is not 1,234 million."""
    whole = re.sub("[ ']", "", figures)
    if _GROUPED.fullmatch(figures) and not (is_scaled and len(re.findall("[.,]", figures)) == 1):
        return Decimal(re.sub("[.,]", "", whole))
    head, separator, tail = re.match(r"(.*?)(?:([.,])(\d+))?$", whole, re.DOTALL).groups("")  # type: ignore[union-attr]
    if re.search("[.,]", head) and (separator in head or not _GROUPED.fullmatch(head)):
        return None
    return Decimal(re.sub("[.,]", "", head) + ("." + tail if tail else ""))


def _of_numeral(numeral: str) -> Number:
    """A numeral such as `三百二十万`, or a year such as `二〇二六`; a lone character may be a mere word."""
    is_sure = len(numeral) > 1 and numeral[0] not in "百千万萬亿億"
    if _WEIGHTS.keys().isdisjoint(numeral):
        value = Decimal("".join(str(_NUMERALS[char]) for char in numeral))
        return Number(numeral, frozenset([value]), is_sure=is_sure and len(numeral) > 2)  # noqa: PLR2004
    total = section = digit = 0
    for char in numeral:
        weight = _WEIGHTS.get(char)
        if weight is None:
            digit = _NUMERALS[char]
        elif weight < 10**4:
            section, digit = section + (digit or 1) * weight, 0
        else:
            total, section, digit = (total + section + digit or 1) * weight, 0, 0
    return Number(numeral, frozenset([Decimal(total + section + digit)]), is_sure=is_sure)


def _of_words(written: str) -> Iterator[Number]:
    """The numbers of words in a row: one for `one hundred and five`, two for `five and six`."""
    parts: list[str] = []
    total = section = Decimal(0)
    for part in _PART.findall(written):
        if part in _VALUES and parts and not _can_follow(section, parts[-1], _VALUES[part]):
            yield _number_of(parts, total + section)
            parts, total, section = [], Decimal(0), Decimal(0)
        parts.append(part)
        if part in _VALUES:
            section += _VALUES[part]
        elif part in _SCALES:
            section = (section or 1) * _SCALES[part]
            if part not in _HUNDREDS:
                total, section = total + section, Decimal(0)
    yield _number_of(parts, total + section)


def _can_follow(section: Decimal, before: str, value: Decimal) -> bool:
    if before == "and" and section % 100:
        return False
    return not section % 100 or (not section % 10 and section % 100 >= 20 and value < 10)  # noqa: PLR2004 - tens, units


def _number_of(parts: list[str], value: Decimal) -> Number:
    written = " ".join(parts).removesuffix(" and")
    return Number(written, frozenset([value]), is_sure=value != 1)
