"""Numbers in signs of their own: `三百二十万`, `伍仟`, `삼백만`, and `两三`, which are two or three.

Chinese and Japanese share most of them; those of accounts, which nobody can make into others, are known by Unicode.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from factcheck.text.folding import fold
from factcheck.text.number_words import Number

_DIGITS = {char: value % 10 for value, char in enumerate("〇一二三四五六七八九零")} | {"两": 2, "兩": 2}
WEIGHTS = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_OF_ACCOUNTS = {char: int(unicodedata.numeric(char)) for char in "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"}
_PLAIN = "".join((*_DIGITS, *WEIGHTS))
# One of those of accounts alone is mostly a word: `陆` of `大陆`.
NUMERAL = rf"[{''.join(_OF_ACCOUNTS)}][{''.join(_OF_ACCOUNTS)}万萬亿億零]{{1,20}}|[{_PLAIN}]{{1,20}}"

HANGUL = {fold(char): 10**zeros for char, zeros in {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}.items()}
_HANGUL_DIGITS = {fold(char): value for value, char in enumerate("일이삼사오육칠팔구", start=1)}
# Folding takes a Korean syllable apart: behind a whole one stands no further consonant.
WHOLE = r"(?![\u11a8-\u11ff])"
_SYLLABLE = rf"(?:{'|'.join((*_HANGUL_DIGITS, *HANGUL))}){WHOLE}"
_COUNTERS = "|".join(map(fold, ("명", "원", "달러", "번째", "년", "개", "건", "가구")))
KOREAN = rf"(?<!\w)(?:{_SYLLABLE}){{1,16}}(?=(?:{_COUNTERS})|\b)"
_SYLLABLES = re.compile(_SYLLABLE)

_VALUES = _DIGITS | _OF_ACCOUNTS
_BY_VALUE = "一二三四五六七八九"
_ROUGH = re.compile(
    rf"(?<![{''.join(_DIGITS)}])(?:{'|'.join(map(''.join, pairwise(_BY_VALUE)))}|[两兩]三)"
    rf"(?![{''.join(_DIGITS)}])"
)
_SMALL = 10
_MYRIAD = 10**4
_YEAR = 3  # signs; two digits alone are seldom one number


def of_numeral(numeral: str) -> Number:
    """A numeral such as `三百二十万`, or a year such as `二〇二六`; a lone sign may be a mere word.

    `两三` are two or three and `三四十` thirty or forty; `三万二` is 32,000 to a Chinese reader, 30,002 to a Japanese.
    """
    is_sure = len(numeral) > 1 and numeral[0] not in "百千万萬亿億兆"
    rough = _ROUGH.search(numeral)
    if rough and (len(numeral) == len(rough[0]) or not WEIGHTS.keys().isdisjoint(numeral)):
        one, other = (numeral[: rough.start()] + sign + numeral[rough.end() :] for sign in rough[0])
        return Number(
            numeral, frozenset([_value(one), _value(other)]), is_sure=is_sure and len(numeral) > len(rough[0])
        )
    if not any(_weight(sign) for sign in numeral):
        value = Decimal("".join(str(_VALUES[sign]) for sign in numeral))
        return Number(numeral, frozenset([value]), is_sure=is_sure and len(numeral) >= _YEAR)
    value, last = _value(numeral), _VALUES.get(numeral[-1], _SMALL)
    readings = {value}
    if last < _SMALL and _weight(numeral[-2]) > _SMALL:
        readings.add(value - last + last * _weight(numeral[-2]) // _SMALL)
    return Number(numeral, frozenset(readings), is_sure=is_sure)


def of_korean(numeral: str) -> Iterator[Number]:
    """A numeral such as `삼백만`; none of what is a word: `만일`, `조사`. `구조` and `이만` may be words, too."""
    signs: Sequence[str] = _SYLLABLES.findall(numeral)
    big = {sign for sign in signs if HANGUL.get(sign, 0) >= _MYRIAD}
    if signs[0] in big or not any(sign in HANGUL for sign in signs):
        return
    is_sure = len(signs) > 1 and not (len(signs) == 2 and big)  # noqa: PLR2004 - a digit and its weight
    yield Number(numeral, frozenset([_sum(signs, _HANGUL_DIGITS, HANGUL)]), is_sure=is_sure)


def _weight(sign: str) -> int:
    return WEIGHTS.get(sign) or (_OF_ACCOUNTS.get(sign, 0) if _OF_ACCOUNTS.get(sign, 0) >= _SMALL else 0)


def _value(numeral: str) -> Decimal:
    return _sum(numeral, _VALUES, {sign: weight for sign in numeral if (weight := _weight(sign))})


def _sum(signs: Sequence[str], digits: Mapping[str, int], weights: Mapping[str, int]) -> Decimal:
    """What digits and weights add up to."""
    total = section = digit = 0
    for sign in signs:
        weight = weights.get(sign)
        if weight is None:
            digit = digits[sign]
        elif weight < _MYRIAD:
            section, digit = section + (digit or 1) * weight, 0
        else:
            total, section, digit = (total + section + digit or 1) * weight, 0, 0
    return Decimal(total + section + digit)
