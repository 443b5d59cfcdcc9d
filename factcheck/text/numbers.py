"""Numbers by value, however they are spelled: `1,000`, `1.000`, `1 000`, `one thousand`, `1千`, `10³`.

Values are compared, so `20%` and `twenty percent` are alike, and `3 million` and `3` are not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from factcheck.text.folding import MARKS, UNBROKEN, fold
from factcheck.text.number_words import PLACES, Number, Scale, Vocabulary, numbers_of_words, vocabulary
from factcheck.text.numerals import HANGUL, KOREAN, NUMERAL, WEIGHTS, WHOLE, of_korean, of_numeral
from factcheck.text.romans import romans

__all__ = ["Number", "find_numbers"]

_WEIGHT = re.compile(rf"[{''.join(WEIGHTS)}]|(?:{'|'.join(HANGUL)}){WHOLE}")
# Letters right behind figures may be units as well, unless the figures are money: `30m`.
_LETTERS = {"k": 3, "m": 6, "mm": 6, "b": 9, "t": 12, "tr": 12, "l": 5}
_MONEY = re.compile(r"(?:[$€£¥₹₩₽₺₴₪]|\b(?:rs|usd|eur|gbp|inr|us)\.?) ?$")
_MONEY_BEHIND = re.compile(r" ?(?:[$€£¥₹₩₽]|(?:euro|dollar|pound|rupee)s?\b)")

_LETTER = rf"[^\W\d_{UNBROKEN}]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{MARKS}]|'(?={_LETTER}))*")
_FIGURES = r"(?:(?<![\w.,])\.\d+(?!\w|[.,]\d)|\d{1,3}(?:[ ']\d{3}){1,12}(?![\d'])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_JAMO = r"(?=[\u1100-\u11ff])"  # as folding takes Korean letters apart; other words are not tried for them
_NUMBER = re.compile(
    rf"(?P<figures>{_FIGURES})|(?P<numeral>{NUMERAL})|(?P<korean>{_JAMO}{KOREAN})|(?P<word>{_WORD.pattern})"
)
_LONGEST_ROW = 16  # words
_GROUPED = re.compile(r"[1-9]\d{0,2}([ ',.])\d{3}(?:\1\d{3})*|[1-9]\d?(,)\d\d(?:,\d\d)*,\d{3}")

_BETWEEN_GROUPS, _SIGN = re.compile("[ ']"), re.compile("[.,]")
_LAST_SIGN = re.compile(r"(.*?)(?:([.,])(\d+))?$", re.DOTALL)
_ROW_OF_DIGITS = re.compile(r"\d+")

_LETTERS_BEHIND = re.compile(r"[a-z]{1,2}(?!\w)")
_WEIGHTS_BEHIND = re.compile(rf" ?(?P<weights>(?:{_WEIGHT.pattern}){{1,6}})")
_UNBROKEN_BEHIND = re.compile(rf" ?(?P<words>[{UNBROKEN}{MARKS}]{{1,12}})")
_FIGURES_BEHIND = re.compile(rf"(?P<blank> ?)(?P<figures>{_FIGURES})")
_HALF_BEHIND = re.compile(r" (?:and a half|et demie?|y medi[oa]|e (?:mezz[oa]|mei[oa])|i mig)(?!\w)")
_RANGE_BEHIND = re.compile(
    rf" ?(?:-|to|or|and|bis|und|oder|a|à|ou|et|o|y|e|en|of|tot|till|til|och|og|do|i|до|и) ?(?P<figures>{_FIGURES})"
)
_PERCENT_BEHIND = re.compile(r" ?per ?cent\b")
_POWER_BEHIND = re.compile(r"(?: ?[x×*·⋅] ?(?P<ten>10)\^|(?P<raised>\^)|e\+?)(?P<power>-?\d{1,2})(?!\w)")
_DECADE_BEHIND = re.compile(r"(?:'?s|er)(?!\w)")
_FRACTION = re.compile(r"(?:(?P<whole>\d{1,4}) )?(?P<upper>\d{1,2})/(?P<lower>[2-9]|10|16|100)(?![\d/])")
_CLOCK = re.compile(r"(?P<hours>[0-2]?\d)(?::|h| uhr )(?P<minutes>[0-5]\d)(?!\d|[.,]\d)")
_HALF_HOUR, _HALF_PAST = re.compile("[点點时時]半"), Decimal("0.30")
_MOST_RAISED = 1000

_PART_SIGNS = "".join(c for c in map(chr, range(0xBC, 0x218A)) if 0 < unicodedata.numeric(c, 0) < 1)
_PART_SIGN = re.compile(rf"(?:(?<=\d) )?[{_PART_SIGNS}]")
_RAISED_SIGNS = re.compile("(?P<base>\\d?)(?P<power>[⁰¹²³⁴-⁹]+)")
_KEPT, _SHORT = 1_000, 1_000  # texts, characters of one

_Whole = tuple[int, frozenset[Decimal]]


def find_numbers(text: str, language: str | None = None) -> Iterator[Number]:
    """The numbers of a text in reading order, Roman ones last; words are read in its language and in English.

    Where the language is not known, words of the others count if several of them make a large number. Many gates ask
    about the same claim and sentence, so what short texts hold is kept for a while.
    """
    return iter(_kept(text, language)) if len(text) <= _SHORT else _found(text, language)


def placed_numbers(text: str, language: str | None = None) -> Iterator[tuple[Number, int, int]]:
    """The numbers of a text in reading order, each with where it begins and ends, as it is written."""
    end = 0
    for number in find_numbers(text, language):
        at = text.find(number.written, end)
        if at >= 0:
            end = at + len(number.written)
            yield number, at, end


@lru_cache(_KEPT)
def _kept(text: str, language: str | None) -> tuple[Number, ...]:
    return tuple(_found(text, language))


def _found(text: str, language: str | None) -> Iterator[Number]:
    known = vocabulary(language)
    folded = fold(_plain_signs(text))
    at = 0
    before: re.Match[str] | None = None
    whole: _Whole = (0, frozenset())
    while match := _NUMBER.search(folded, at):
        at = match.end()
        if match["word"]:
            numbers, at = _of_words(folded, match, known)
            yield from numbers
        elif match["numeral"]:
            number = of_numeral(match["numeral"])
            yield replace(number, readings=number.readings | _counted_as(folded, at, number.readings))
        elif match["korean"]:
            yield from of_korean(match["korean"])
        else:
            if match.start() >= whole[0]:
                whole = _whole(folded, match) or whole
            number, at = _of_figures(folded, match, known)
            parts = whole[1] if match.end() <= whole[0] else frozenset[Decimal]()
            season = _season(folded, before, match)
            if season or parts:
                number = replace(number, readings=number.readings | season, parts=number.parts | parts)
            yield number
            before = match
    for roman in romans(text):
        yield Number(roman.written, frozenset([roman.value]), is_sure=roman.is_sure)


def _plain_signs(text: str) -> str:
    """A text without signs for parts and powers, which no text of ASCII has."""
    return text if text.isascii() else _RAISED_SIGNS.sub(_raised, _PART_SIGN.sub(_decimals, text))


def _decimals(sign: re.Match[str]) -> str:
    """`½` as `.5`, which folding would make `1⁄2`."""
    digits = f"{unicodedata.numeric(sign[0][-1]):.{PLACES}f}".rstrip("0")
    follows_digit = sign.start() > 0 and sign.string[sign.start() - 1].isdecimal()
    return digits[1:] if follows_digit else digits


def _raised(sign: re.Match[str]) -> str:
    """`10³` as `10^3`, which folding would make `103`; behind other than figures it is a note or a unit's."""
    return f"{sign['base']}^{unicodedata.normalize('NFKC', sign['power'])}" if sign["base"] else ""


def _of_words(folded: str, match: re.Match[str], known: Vocabulary) -> tuple[list[Number], int]:
    """The numbers of a row of words, and where they end."""
    if not known.may_begin(_plain(match[0])):
        return [], match.end()
    words, ends = [_plain(match[0])], [match.end()]
    while len(words) < _LONGEST_ROW and folded[ends[-1] : ends[-1] + 1] in {" ", "-"}:
        following = _WORD.match(folded, ends[-1] + 1)
        if not following or not known.may_hold(_plain(following[0])):
            break
        words.append(_plain(following[0]))
        ends.append(following.end())
    numbers, length = numbers_of_words(words, known)
    return numbers, ends[max(length, 1) - 1]


def _plain(word: str) -> str:
    """The word without what is elided before it, as in `d'un million`."""
    if "'" not in word:
        return word
    elided, _, rest = word.partition("'")
    return rest if rest and len(elided) == 1 and elided.isascii() else word


def _counted_as(folded: str, end: int, values: frozenset[Decimal]) -> frozenset[Decimal]:
    """What Chinese and Japanese make of a number by a sign behind it: tenths, as percent, and half past an hour."""
    if folded.startswith("割", end):
        return frozenset(value * 10 for value in values)
    return frozenset(value + _HALF_PAST for value in values) if _HALF_HOUR.match(folded, end) else frozenset()


def _of_figures(folded: str, match: re.Match[str], known: Vocabulary) -> tuple[Number, int]:
    """Figures with the scale, the power or the half that follows, and where they end."""
    figures, end = match[0], match.end()
    if half := _HALF_BEHIND.match(folded, end):
        end = half.end()
    if scale := _scale_behind(folded, end, known):
        return _scaled(folded, match, scale, known, half=Decimal("0.5") if half else Decimal(0))
    value = _value(figures, "." if _PERCENT_BEHIND.match(folded, end) else None)
    parts = frozenset(map(Decimal, _ROW_OF_DIGITS.findall(figures)))
    if value is None:
        return Number(figures, frozenset(), parts), end
    if half:
        return Number(folded[match.start() : end], frozenset([value + Decimal("0.5")])), end
    if power := _POWER_BEHIND.match(folded, end):
        readings = _raised_to(value, int(power["power"]), is_factor=not power["raised"])
        return Number(folded[match.start() : power.end()], readings), power.end()
    readings = frozenset([value, *_decade(folded, match), *_of_range(folded, match, value, known)])
    readings |= _counted_as(folded, end, readings)
    return Number(figures, readings, parts if " " in figures else frozenset()), end


def _scaled(folded: str, match: re.Match[str], scale: Scale, known: Vocabulary, *, half: Decimal) -> tuple[Number, int]:
    """Figures times what follows, `30m` perhaps as mere metres; with what is told behind it: `3億5千万`."""
    value = _value(match[0], known.decimal or scale.decimal) or Decimal(0)
    first = (value + half) * scale.factor
    components, end, last = [first], scale.end, scale
    if half_behind := _HALF_BEHIND.match(folded, end):
        components[0] += scale.factor / 2
        end = half_behind.end()
    while more := _FIGURES_BEHIND.match(folded, end):
        following = _scale_behind(folded, more.end(), known)
        below = _value(more["figures"], following.decimal if following else None)
        if below is None or not _goes_on(last, following, below, has_blank=bool(more["blank"])):
            break
        components.append(below * (following.factor if following else 1))
        end = following.end if following else more.end()
        if not following:
            break
        last = following
    readings = {sum(components, Decimal(0))}
    if last.is_weight and last.factor > _MOST_RAISED and components[-1] < 10:  # noqa: PLR2004 - one figure: `3万2`
        readings.add(sum(components[:-1], components[-1] * last.factor / 10))
    is_money = _MONEY.search(folded, max(0, match.start() - 5), match.start()) or _MONEY_BEHIND.match(folded, end)
    if scale.is_letter and not is_money:
        readings.add(value)
    parts = frozenset(components) if len(components) > 1 else frozenset[Decimal]()
    return Number(folded[match.start() : end], frozenset(readings), parts), end


def _goes_on(last: Scale, following: Scale | None, below: Decimal, *, has_blank: bool) -> bool:
    """Whether figures are the rest of a number whose greater part stands before them."""
    if following:
        return following.factor < last.factor and not last.is_letter and below * following.factor < last.factor
    return last.is_weight and not has_blank and below < last.factor


def _scale_behind(folded: str, at: int, known: Vocabulary) -> Scale | None:
    """What multiplies the figures that end at a place, and where it ends."""
    if weights := _WEIGHTS_BEHIND.match(folded, at):
        factor = Decimal(1)
        for weight in _WEIGHT.findall(weights["weights"]):
            factor *= WEIGHTS.get(weight) or HANGUL[weight]
        return Scale(factor, ".", weights.end(), is_weight=True)
    letters = _LETTERS_BEHIND.match(folded, at)
    if letters and letters[0] in _LETTERS:
        return Scale(Decimal(10) ** _LETTERS[letters[0]], ".", letters.end(), is_letter=True)
    if unbroken := _UNBROKEN_BEHIND.match(folded, at):
        longest = next(
            (end for end in range(len(unbroken["words"]), 1, -1) if unbroken["words"][:end] in known.scales), 0
        )
        factor, decimal = known.scales.get(unbroken["words"][:longest], (Decimal(0), ""))
        return Scale(factor, decimal, unbroken.start("words") + longest) if longest else None
    found: Scale | None = None
    while word := _word_behind(folded, found.end if found else at):
        factor, decimal = known.scales.get(word[0], (Decimal(0), ""))
        # `3 mil millones` and `3 lakh crore`; what is less begins something else.
        if not factor or (found and factor <= found.factor):
            break
        found = Scale(factor * (found.factor if found else 1), decimal, word.end())
    return found


def _word_behind(folded: str, at: int) -> re.Match[str] | None:
    return _WORD.match(folded, at + (folded[at : at + 1] in {" ", "-"}))


def _value(figures: str, decimal: str | None) -> Decimal | None:
    """The one value of figures: `1,000` and `1.000` are a thousand unless it is known which is the decimal sign."""
    whole = _BETWEEN_GROUPS.sub("", figures)
    if _GROUPED.fullmatch(figures) and (decimal is None or _SIGN.findall(figures) != [decimal]):
        return Decimal(_SIGN.sub("", whole))
    if figures.startswith("."):
        return Decimal(f"0{figures}")  # `.5`
    head, separator, tail = _LAST_SIGN.match(whole).groups("")  # type: ignore[union-attr]  # anything fits
    if _SIGN.search(head) and (separator in head or not _GROUPED.fullmatch(head)):
        return None
    return Decimal(_SIGN.sub("", head) + ("." + tail if tail else ""))


def _raised_to(value: Decimal, power: int, *, is_factor: bool) -> frozenset[Decimal]:
    """`1.5 × 10^6` and `10^6`; a small figure behind another number may be a note's, too."""
    if is_factor or value == 10:  # noqa: PLR2004 - a power of ten
        return frozenset([(value if is_factor else 1) * Decimal(10) ** power])
    return frozenset([value, value**power] if value < _MOST_RAISED and 0 < power < 10 else [value])  # noqa: PLR2004


def _decade(folded: str, match: re.Match[str]) -> Iterator[Decimal]:
    """The years that `90s` and `'90` may begin with."""
    is_short = len(match[0]) == 2 and match[0].endswith("0")  # noqa: PLR2004 - two figures
    if is_short and (_DECADE_BEHIND.match(folded, match.end()) or folded.endswith("'", 0, match.start())):
        yield from (century + Decimal(match[0]) for century in (1900, 2000))


def _of_range(folded: str, match: re.Match[str], value: Decimal, known: Vocabulary) -> Iterator[Decimal]:
    """What `3` may be in `3 to 4 million`."""
    later = _RANGE_BEHIND.match(folded, match.end())
    scale = _scale_behind(folded, later.end(), known) if later else None
    if scale:
        yield value * scale.factor


def _season(folded: str, before: re.Match[str] | None, match: re.Match[str]) -> frozenset[Decimal]:
    """The year that `20` stands for in `2019-20`."""
    lengths = (len(before[0]) if before else 0, len(match[0]))
    if not before or lengths != (4, 2) or folded[before.end() : match.start()] not in {"-", "/"}:
        return frozenset()
    return frozenset([Decimal(before[0][:2] + match[0])])


def _whole(folded: str, match: re.Match[str]) -> _Whole | None:
    """The one value that figures may be told for, and where they end: `9 1/2`, or `10:30` for `10.30`."""
    if fraction := _FRACTION.match(folded, match.start()):
        upper, lower = Decimal(fraction["upper"]), Decimal(fraction["lower"])
        if upper < lower and not folded.endswith("/", 0, match.start()):
            return fraction.end(), frozenset([Decimal(fraction["whole"] or 0) + round(upper / lower, PLACES)])
    clock = _CLOCK.match(folded, match.start())
    if clock:
        return clock.end(), frozenset([Decimal(f"{clock['hours']}.{clock['minutes']}")])
    return None
