"""A number of the other half of a contrast: `A fell 2 percent while B lost 3`, told as a fall of A by 3 percent.

Halves are parted by `while`, `and` before a clause, or by `compared with` and `up from`. A number is of the other half
if nothing else of that half is in the claim, and the claim's own half has a number of its kind that the claim lacks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise, permutations

from factcheck.text.amounts import Amount, amounts
from factcheck.text.folding import fold, tokens, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.marked import PASSED_OVER
from factcheck.text.opposites import MOVES
from factcheck.text.parallels import is_said_of_both, stands_for
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_CONTRAST = re.compile(
    fold(r"\b(?:while|whereas|während|wohingegen|hingegen|mientras(?: que)?|en tanto que|tandis que?|alors que?|mentre")
    + r"|enquanto|terwijl)\b"
)
_JOIN = re.compile(r", (?:and|but|und|aber|y|pero|et|mais|ma|mas|en|maar) |; ")
_SET_AGAINST = re.compile(r", (?:but|aber|pero|mais|ma|mas|maar) |; ")
_PLACED = re.compile(r"[,;] (?=(?:in|en|em|a\u0300|a|nel|nella|na|no|at) [^\W\d_]{3})")
"""Where a half begins with its place: `in Utrecht rents rose, in Groningen they fell`."""
_COMPARED = re.compile(
    r",? (?P<link>(?:as )?compared (?:with|to)|in comparison (?:with|to)|versus|up from|down from|against(?= \S?\d))\b"
)
_ONLY_COMPARES = re.compile(
    r"\b(?:compar\w+|versus|than|from|against|while|whereas|earlier|previous\w*|before|ago|last|prior|formerly"
    r"|had been)\b"
)
_OF_WHOLE = re.compile(
    r"(?:of|von|de|sur|van|dei|degli|delle|dos|das) (?:(?:the|den|los|las|les|de) )?(?P<number>\d[\d.,]*) (?P<what>\w+)"
)
"""How many there are of whom some did one thing and some another."""
_COUNTED = re.compile(r"(?:,|,? (?:and|und|y|e|et|en))(?= )")
_OF_IT = re.compile(
    r"(?<!\S)(?P<what>[^\W\d_]{3,}) (?:of|des|der|de|du|del|della|dei|van|do|da|dos|das)"
    r"(?: (?:the|a|la|los|las|le|les|l|de|het))? (?P<whose>[^\W\d_]{3,})"
)
_MARK = re.compile(r"[;:!?](?=\s|$)")
_COMMA = re.compile(r",(?=\s)")
_SCALES = frozenset(
    words("hundred thousand million billion trillion millionen milliarden millones millions milliards mil")
)
_SHOWN = 5
_MOST_PARTS = 4
_LONGEST = 3
"""Halves of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number by its readings, and what it is counted in, or the root of what it counts; empty if neither is told."""

    written: str
    readings: frozenset[Decimal]
    kind: str

    def is_like(self, other: "_Number") -> bool:
        """Whether both may count the same."""
        return not self.kind or not other.kind or self.kind == other.kind

    def equals(self, other: "_Number") -> bool:
        """Whether both may come to the same."""
        return not self.readings.isdisjoint(other.readings)


@dataclass(frozen=True, slots=True)
class _Half:
    """A part of a sentence: its text and language, the roots of its words, its numbers and its years."""

    text: str
    language: str
    roots: frozenset[str]
    numbers: Sequence[_Number]
    years: frozenset[str]


def of_other_half(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """A number that the claim gives to one half of a contrast, and the sentence to the other half; or such a move."""
    meant, said = fold(claim), fold(sentence)
    here = _half(meant, language)
    if here.numbers:
        yield from chain(_numbered(here, said, language), _parts_of_whole(here, said, language))
    for own, other in chain(*(_pairs(said, language, cuts) for cuts in ((_CONTRAST, _SET_AGAINST), (_PLACED,)))):
        if told := _moved(here, own, other):
            yield Difference(Turn.BINDS, " ".join(own.text.split()[:_SHOWN]), told)
            return
    if here.numbers and _primary(language) == "en" and not _COMPARED.search(claim):
        yield from _of_comparison(here, said)


def _numbered(here: _Half, said: str, language: str | None) -> Iterator[Difference]:
    """A number of the other half, where the claim's own half has one in its place."""
    for own, other in chain(*(_pairs(said, language, cuts) for cuts in ((_CONTRAST, _JOIN), (_PLACED,)))):
        for mine in here.numbers:
            if (its := _beside(mine, own, other, here)) and _is_of(here, own, other):
                yield Difference(Turn.BINDS, f"{its.written} … {mine.written}", mine.written)
                return


def _parts_of_whole(here: _Half, said: str, language: str | None) -> Iterator[Difference]:
    """A number of some of a whole, told of what others of it did: `of the 33 men, 20 voted and four were absent`."""
    if not (whole := _OF_WHOLE.match(said)):
        return
    parts = [_half(one, language) for one in _COUNTED.split(said[whole.end() :])[:_MOST_PARTS]]
    numbered = [one for one in parts if one.numbers]
    told = here.roots - {root(word) for one in here.numbers for word in tokens(one.written)}
    for own, other in permutations(numbered, 2):
        mine = [one for one in here.numbers if any(one.equals(its) for its in other.numbers)]
        is_own = told & own.roots - other.roots and not told & other.roots - own.roots
        if mine and is_own and not any(one.equals(its) for one in here.numbers for its in own.numbers):
            yield Difference(Turn.BINDS, f"{own.numbers[0].written} … {mine[0].written}", mine[0].written)
            return


def _moved(claim: _Half, own: _Half, other: _Half) -> str:
    """What only the other half tells, where the claim's own has no number and a phrase that stands for the other's."""
    is_bare = not own.numbers and not is_said_of_both(own.text)
    if not is_bare or not stands_for(claim.text, own.text, other.text, own.language):
        return ""
    numbers = (one.written for one in claim.numbers if any(one.equals(told) for told in other.numbers))
    moves = (one for one in tokens(claim.text) if root(one) in MOVES & other.roots - own.roots)
    return next(chain(numbers, moves), "")


def _primary(language: str | None) -> str:
    return (language or "en").split("-")[0].lower()


def _pairs(said: str, language: str | None, cuts: Sequence[re.Pattern[str]]) -> Iterator[tuple[_Half, _Half]]:
    """Each half with the one beside it, and the other way round."""
    parts = list(_parted(said, language, cuts))
    for one, other in pairwise(parts):
        yield one, other
        yield other, one


def _parted(said: str, language: str | None, cuts: Sequence[re.Pattern[str]]) -> Iterator[_Half]:
    """A sentence cut at its contrasts; one that begins with `while` is cut at the comma behind it."""
    ends = sorted(found.span() for cut in cuts for found in cut.finditer(said))[:_LONGEST]
    begin = 0
    if ends and not ends[0][0]:
        begin = ends[0][1]
        ends[:1] = [found.span() for found in _COMMA.finditer(said, begin)][:1]
        ends.sort()
    for stop, further in (*ends, (len(said), len(said))):
        yield _half(said[begin:stop], language)
        begin = further


@kept_of_short
def _half(text: str, language: str | None = None) -> _Half:
    found = amounts(text, language)
    years = frozenset(one.written for one in found if one.is_year)
    numbers = [_number(one, text) for one in found if not one.is_year]
    roots = frozenset(root(one) for one in tokens(text) if one not in PASSED_OVER and not one[0].isdecimal())
    return _Half(text, _primary(language), roots, numbers, years)


def _number(amount: Amount, text: str) -> _Number:
    behind = [one for one in tokens(text[amount.place[1] : amount.place[1] + 40]) if one not in _SCALES]
    counted = next(iter(behind), "")
    kind = amount.unit or ("" if counted in PASSED_OVER or not counted.isalpha() else root(counted))
    return _Number(amount.written, amount.readings, kind)


def _beside(mine: _Number, own: _Half, other: _Half, claim: _Half) -> _Number | None:
    """The number of the claim's half in whose place the claim has one of the other half."""
    is_other = any(mine.equals(one) for one in other.numbers) and not any(mine.equals(one) for one in own.numbers)
    like = [one for one in own.numbers if is_other and _is_like_one(one, mine, other)]
    lacking = [one for one in like if not any(one.equals(told) for told in claim.numbers)]
    return lacking[0] if lacking and len(lacking) == len(like) else None


def _is_like_one(one: _Number, mine: _Number, other: _Half) -> bool:
    its = next(told for told in other.numbers if told.equals(mine))
    return one.is_like(its) and one.is_like(mine)


def _is_of(claim: _Half, own: _Half, other: _Half) -> bool:
    """Whether the claim has words of its half alone, and none of the other half alone but those that come to a number.

    `The profit of the group fell by 3 percent` is of a half that has the profit, whichever half has the group.
    """
    mine, its = claim.roots & own.roots - other.roots, claim.roots & other.roots - own.roots - MOVES
    owners = {root(found["whose"]) for found in _OF_IT.finditer(claim.text) if root(found["what"]) in mine}
    is_alone = bool(mine) and its <= owners and not stands_for(claim.text, other.text, own.text, own.language)
    is_own = is_alone or stands_for(claim.text, own.text, other.text, own.language)
    return is_own and not claim.years & other.years - own.years


def _of_comparison(claim: _Half, said: str) -> Iterator[Difference]:
    """A number of what something is compared with, and nothing else of that, or told together with one of its own."""
    for found in _COMPARED.finditer(said):
        own, other = _half(said[: found.start()]), _half(_MARK.split(said[found.end() :])[0])
        for mine in claim.numbers:
            its = _beside(mine, own, other, claim)
            if its and (_is_mixed(claim, own, other) or _is_undated(claim, own, other)):
                yield Difference(Turn.BINDS, f"{its.written} {found['link']} {mine.written}", mine.written)
                return


def _is_mixed(claim: _Half, own: _Half, other: _Half) -> bool:
    """Whether the claim has a number of either side."""
    mine = [one for one in claim.numbers if any(one.equals(told) for told in own.numbers)]
    return any(not any(one.equals(told) for told in other.numbers) for one in mine)


def _is_undated(claim: _Half, own: _Half, other: _Half) -> bool:
    """Whether nothing of the claim tells that it is of the other side."""
    if _ONLY_COMPARES.search(claim.text):
        return False
    if other.years - own.years:
        return not claim.years & other.years and bool(claim.roots & own.roots)
    return _is_of(claim, own, other)
