"""Roman numbers, and what they number: `Louis XIV`, `XIXe siècle`, `XX век`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.folding import fold

_BLANK = r"[ \u00a0]"
_ROMAN = re.compile(
    rf"(?:\b(?P<before>[^\W\d_][\w'’-]{{1,30}}){_BLANK})?(?<![\w.'’-])(?P<roman>[IVXL]{{1,8}})"
    rf"(?P<ordinal>(?:er|re|e|ème|ᵉ|º|ª)(?!\w))?(?![\w'’]|[.-]\w)(?={_BLANK}(?P<behind>[^\W\d_]\w{{2,30}})|)"
)
_VALID = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50}
_NONE = frozenset(("XL", "LI"))  # sizes and names


@dataclass(frozen=True, slots=True)
class Roman:
    """A Roman number, and the word that tells what it numbers: the one before it, or behind it if that is no name."""

    written: str
    value: Decimal
    of: frozenset[str]
    is_sure: bool


def romans(text: str) -> Iterator[Roman]:
    """The Roman numbers of a text; one is sure behind a name or as an ordinal, if it is no lone letter."""
    if not any(letter in text for letter in _LETTERS):
        return  # as of every folded text
    for match in _ROMAN.finditer(text):
        roman, before = match["roman"], match["before"] or ""
        if not _VALID.fullmatch(roman) or roman in _NONE or (match["ordinal"] and roman[0] == "L"):
            continue  # `Le` is no 50th
        is_name = before[:1].isupper()
        things = [before] if is_name or len(roman) == 1 else [before, match["behind"] or ""]
        values = [_LETTERS[letter] for letter in roman]
        signed = [-one if one < max(values[place:]) else one for place, one in enumerate(values)]
        is_sure = len(roman) > 1 and (is_name or bool(match["ordinal"]))
        yield Roman(roman, Decimal(sum(signed)), frozenset(fold(thing) for thing in things if thing), is_sure)


def numbered(text: str) -> Mapping[str, frozenset[Decimal]]:
    """What a text numbers with Roman numbers, each with its numbers."""
    found: dict[str, frozenset[Decimal]] = {}
    for roman in romans(text):
        for thing in roman.of:
            found[thing] = found.get(thing, frozenset()) | {roman.value}
    return found


def renumbered(claim: str, things: Mapping[str, frozenset[Decimal]]) -> Iterator[Roman]:
    """The Roman numbers of a claim that are not sure by themselves, of what another text numbers otherwise.

    `siglo XX` where that has `siglo XIX` only, `Paul I` where it has `Paul II`; but not the `I` of whoever speaks.
    """
    for roman in romans(claim):
        told = [things[thing] for thing in roman.of if thing in things]
        if told and not roman.is_sure and all(roman.value not in one for one in told):
            yield roman
