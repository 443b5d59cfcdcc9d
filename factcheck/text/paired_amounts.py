"""Two amounts of one thing, each with its own noun or year, of which a claim gives one what is the other's. English.

Of `14 million on roads and 6 million on libraries` neither amount is told of both. What stands between an amount and
the next one is its own; so only amounts are compared that all have words of their own behind them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, takewhile

from factcheck.text.amounts import Amount, amounts
from factcheck.text.folding import fold, tokens, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.numbers import Number, placed_numbers
from factcheck.text.turns import DAYS_AND_MONTHS, DETERMINERS, Difference, Turn
from factcheck.text.verbs import is_past, root

_YEARS = range(1500, 2200)
_SCALES = frozenset(words("hundred thousand million billion trillion per cent percent"))
_LEADS = frozenset(words("in on at for from to into of by with among between during under against"))
_SMALL = _LEADS | DETERMINERS | frozenset(words("""
    and or but while as than that who which was were is are has have had been more less fewer about over up down around
    nearly almost some only just also another other others one each in total last this year month week per cent percent
    them they he she it not respectively compared when
"""))  # fmt: skip
_END = re.compile(
    r"[;:.!?()](?=\s|$)|,(?=\s)|\s(?:but|while|whereas|before|after|when|which|who|that|because|where|as)\s"
)
_NOUN_OF = re.compile(
    r"\b(?P<noun>[^\W\d_]{3,}) (?:of|worth|totalling|von|de|di|van) "
    r"(?:(?:about|around|nearly|almost|some|just|over|more than|rund|etwa|fast|unos|unas|casi) )?[$€£¥₹]?$"
)
_LONGEST_UNIT = 3
_NEAR = 12
_MOST = 8
"""Amounts of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number, what it counts, empty where a preposition follows at once, and the words behind that by their roots."""

    readings: frozenset[Decimal]
    unit: str
    own: Mapping[str, str]


def crossed_amounts(claim: str, sentence: str) -> Iterator[Difference]:
    """An amount of the claim with the noun or year of another one of the sentence."""
    here = _numbers(fold(claim))
    there = _amounts(fold(sentence)) if here else ()
    said = frozenset(map(_key, tokens(claim)))
    told = {value for number, _, _ in here for value in number.readings}
    for number, _, _ in here:
        mine = [one for one in there if not one.readings.isdisjoint(number.readings)]
        others = [one for one in there if one.readings.isdisjoint(told)]
        if len(mine) == 1 and (wrong := _of_another(mine[0], others, said)):
            yield Difference(Turn.BINDS, _told(number, mine[0].own.values()), _told(number, wrong))
            return


def other_noun_of(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """`A profit of 1.9 billion` where that is the revenue, and the profit another sum; in several languages."""
    here = list(_named(claim, language))
    there = list(_named(sentence, language)) if here else []
    for mine, noun in here:
        same = [its for one, its in there if not one.readings.isdisjoint(mine.readings)]
        own = [one for one, its in there if its == noun and one.readings.isdisjoint(mine.readings)]
        is_alone = sum(not one.readings.isdisjoint(mine.readings) for one in amounts(sentence, language)) == len(same)
        if same and own and noun not in same and is_alone:
            yield Difference(Turn.BINDS, f"{noun} … {own[0].written}", f"{noun} … {mine.written}")
            return


def _named(text: str, language: str | None) -> Iterator[tuple[Amount, str]]:
    """The amounts of a text that stand behind `of` or `worth`, each with the root of the noun before that."""
    for amount in amounts(text, language):
        found = _NOUN_OF.search(amount.before)
        if found and not amount.is_year:
            yield amount, root(found["noun"])


def _of_another(mine: _Amount, others: Sequence[_Amount], said: AbstractSet[str]) -> Sequence[str]:
    """The words that the claim has of another amount of the kind, where it has none of the amount's own."""
    for other in others:
        is_alike = mine.unit == other.unit or not other.unit or not mine.unit
        its, own = other.own.keys() - mine.own.keys(), mine.own.keys() - other.own.keys()
        if is_alike and own and its & said and not own & said:
            return [word for kind, word in other.own.items() if kind in its & said]
    return ()


def _told(number: Number, beside: Iterable[str]) -> str:
    return f"{number.written} … {' '.join(beside)}"


def _key(word: str) -> str:
    return word if word.isdecimal() else root(word)


def _numbers(folded: str) -> list[tuple[Number, int, int]]:
    """The amounts of a text with their places; years and days of a month are none."""
    amounts = (
        found
        for found in placed_numbers(folded)
        if found[0].is_sure and found[0].readings and not _is_name_or_date(*found, folded)
    )
    return list(islice(amounts, _MOST))


def _is_name_or_date(number: Number, at: int, end: int, folded: str) -> bool:
    """`F-16`, a year, or the day of a month."""
    is_year = number.written.isdecimal() and int(number.written) in _YEARS
    is_day = not DAYS_AND_MONTHS.isdisjoint(tokens(folded[end : end + _NEAR])[:1])
    return is_year or is_day or folded[max(0, at - 1) : at] == "-"


@kept_of_short
def _amounts(folded: str) -> tuple[_Amount, ...]:
    found = _numbers(folded)
    ends = [at for _, at, _ in found[1:]] + [len(folded)] * bool(found)
    parts = [_END.split(folded[end:stop])[0] for (_, _, end), stop in zip(found, ends, strict=True)]
    once = {one for one, times in Counter(map(_key, tokens(folded))).items() if times == 1}
    amounts = []
    for (number, _, _), part in zip(found, parts, strict=True):
        unit, behind = _counted(part)
        own = {_key(word): word for word in behind if word not in _SMALL}
        amounts.append(_Amount(number.readings, unit, {kind: own[kind] for kind in own if kind in once}))
    return tuple(amounts)


def _counted(behind: str) -> tuple[str, Sequence[str]]:
    """What a number counts, by its root, and the phrase of the preposition that follows that; none without one."""
    said = [one for one in tokens(behind) if one not in _SCALES]
    lead = next((at for at, one in enumerate(said[: _LONGEST_UNIT + 1]) if one in _LEADS), None)
    if lead is None:
        return "", ()
    phrase = list(takewhile(lambda one: one not in {"and", "or"} and not is_past(one), said[lead:]))
    # Of `tonnes of silver in 1950` the silver is what is counted.
    further = next((at for at, one in enumerate(phrase) if at and one in _LEADS), 0) if phrase[:1] == ["of"] else 0
    return "".join(map(root, said[max(0, lead - 1) : lead])), phrase[further:]
