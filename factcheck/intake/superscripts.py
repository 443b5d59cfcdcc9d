"""What a raised sign means: an exponent, which is part of the number, or the mark of a footnote, which is not."""

import re

RAISED = str.maketrans("0123456789+-\u2212n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_NUMBER = re.compile(r"[+\-\u2212]?\d{1,3}")
_CHARGE = re.compile(r"\d?[+\-\u2212]")
_MARK = re.compile(
    r"[*†‡§¶#]{1,3}|[(\[] ?(?:[a-z]{1,6}\.? ?)?\d{1,3} ?[)\]]|[(\[] ?[a-z*†‡] ?[)\]]"
    r"|\d{1,3}(?:[\s,–-]{1,3}\d{1,3}){1,9},?|,"
)
# Bounded, so that no text is walked twice.
_BASE = re.compile(r"(?:(?<![\d.,])\d[\d.,]{0,20}|[^\W\d_]{1,12})\Z")
_LETTER = re.compile("[a-j]")  # of a note; but after short words the letter may be their last one, as in nº
_LONG_BASE = re.compile(r"(?:\d{3}|\d[.,]\d|[^\W\d_]{4})\Z")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
_SUM = re.compile(r"[$£€¥₹]\s?\d[\d.,]{0,20}\Z")
_OF_SUM = re.compile(r"\s?(?:[$£€¥₹]|euros?\b|dollars?\b|pounds?\b|francs?\b|Euro\b|Franken\b|zł\b|Kč\b|kr\b)")
_UNITS = frozenset({"m", "km", "cm", "mm", "dm", "ft", "yd", "mi", "in", "s", "sec", "kg", "mc", "µm", "nm"})
_MOST = 9  # an exponent of a unit or a letter that is written out


def as_written(before: str, sign: str, after: str = "", *, is_link: bool = False, has_note: bool = False) -> str:
    """What stands in the text for a raised sign: superscript digits, nothing for a footnote's mark, else the sign.

    `before` and `after` are the text around it. `is_link` tells that the sign leads to another place on its page, and
    `has_note` that a note with the same sign stands there.
    """
    sign = sign.strip()
    if is_link or _MARK.fullmatch(sign):
        return ""
    if _CHARGE.fullmatch(sign) and before[-1:].isalpha():
        return sign.translate(RAISED)
    if _NUMBER.fullmatch(sign):
        is_power = not has_note and _is_power(before[-24:], sign, after)
        is_power |= not has_note and _is_of_price(before[-24:], sign, after)
        return sign.translate(RAISED) if is_power or _is_power_of_ten(before[-24:], sign) else ""
    if _LETTER.fullmatch(sign) and _LONG_BASE.search(before[-24:]):
        return ""
    if sign == "n" and before[-1:].isalnum():
        return "ⁿ"
    return sign


def raised(digits: str) -> str:
    """Digits and signs as superscripts; empty where something else is among them."""
    written = digits.translate(RAISED)
    return "" if any(one in digits for one in written) else written


def _is_power_of_ten(before: str, sign: str) -> bool:
    found = _BASE.search(before)
    return found is not None and found[0] == "10" and sign != "1"


def _is_of_price(before: str, sign: str, after: str) -> bool:
    """Whether it may be the cents of a price: it stays as it stands there."""
    is_sum = _SUM.search(before) or (_BASE.search(before) and _OF_SUM.match(after))
    return bool(is_sum) and len(sign) == len("99") and sign.isdigit()


def _is_power(before: str, sign: str, after: str) -> bool:
    found = _BASE.search(before)
    if found is None or before[-1:].isspace():
        # As of carbon-14; what else begins with a raised number is the note itself.
        return bool(_ELEMENT.match(after)) and len(sign) > 1
    base, is_negative = found[0], not sign[0].isdigit()
    if base[-1].isdigit():
        # A year, a sum or a decimal is followed by notes; small numbers are raised.
        return is_negative or (base.isdigit() and len(base) == 1 and sign != "1")
    is_small = is_negative or 1 < int(sign) <= _MOST
    is_letter = len(base) == 1 and base not in "aAI"
    return is_small and (base in _UNITS or is_letter)
