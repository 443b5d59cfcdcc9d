"""What a sentence binds together and a claim binds otherwise: a number and its unit, a verb and its place. English."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from factcheck.text.amounts import MOST_AMOUNTS, NEAR, Amount, amounts, way
from factcheck.text.folding import fold, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.numbers import Number, placed_numbers
from factcheck.text.respective import other_shares
from factcheck.text.turns import DAYS_AND_MONTHS, Difference, Stretch, Turn, stretches
from factcheck.text.until import are_other_ways
from factcheck.text.verbs import is_past, is_superlative, root

_MINUS_BEFORE = re.compile(r"(?:(?:^|[\s(])-|\bminus\s)[$€£¥₹]?$")
_BELOW = frozenset(map(root, words("""
    fall drop decline decrease shrink contract lose loss losses deficit down below negative minus under short cut lower
    freeze freezing frost shortfall debt dip plunge slump slip
""")))  # fmt: skip
"""By these a text says in words what a sign says."""
_STEPS_OF_AMOUNTS = frozenset(("by", "to", "from"))
_PREPOSITIONS = frozenset(words("in on at by from to for with against under of"))
_DETERMINERS = frozenset(words("the a an his her its their early late"))
_ENDS_PHRASE = _PREPOSITIONS | frozenset(words("and or but while who which that as after before when where because"))

_PARTS_OF_PLACES = frozenset(words("""
    north south east west northern southern eastern western central northeastern northwestern southeastern southwestern
    latin sub-saharan continental mainland
"""))  # fmt: skip
_REACH = 10
_OF_WHOLE = re.compile(
    r"(?:(?<![\w.,])(?P<part>\w{1,12}(?:[.,]\w{1,12}){0,3}) (?:out )?|^)of (?:all )?(?:the|its|their|his|her) "
    r"(?P<whole>\d[\d.,]{0,12} [\w-]+)"
)


def misbound(claim: str, sentence: str, language: str | None = None) -> Iterator[Difference]:
    """What the claim binds together otherwise than the sentence does."""
    yield from _other_amounts(claim, sentence, language)
    yield from _other_signs(claim, sentence)
    yield from _other_days(claim, sentence)
    yield from _other_scopes(stretches(claim), stretches(sentence))
    yield from other_shares(claim, sentence)
    yield from _whole_for_part(claim, sentence)
    yield from _other_places(stretches(claim), stretches(sentence))


def _other_amounts(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    here = amounts(claim)
    there = amounts(sentence) if here else ()
    for one in here:
        same = [other for other in there if not one.readings.isdisjoint(other.readings)]
        for mine, theirs in _parts(one, same):
            if mine and theirs and all(theirs) and mine not in theirs:
                yield Difference(Turn.BINDS, f"{same[0].written} … {theirs[0]}", f"{one.written} … {mine}")
        mine, theirs = way(one, language), [way(other, language) for other in same]
        if mine and theirs and all(_are_other_ways(mine, other, is_year=one.is_year) for other in theirs):
            yield Difference(Turn.BINDS, f"{theirs[0]} {same[0].written}", f"{mine} {one.written}")


def _parts(one: Amount, same: Sequence[Amount]) -> Iterator[tuple[str, Sequence[str]]]:
    """What the claim's number is counted in, of which country that is, and how often, each beside the sentence's."""
    yield one.unit, [other.unit for other in same]
    yield one.country, [other.country for other in same]
    yield one.period, [other.period for other in same]


def _other_signs(claim: str, sentence: str) -> Iterator[Difference]:
    """`2.3 percent` of what was `-2.3 percent`."""
    if not any("-" in folded or "minus" in folded for folded in map(fold, (claim, sentence))):
        return
    here, there = _signed(claim), _signed(sentence)
    if not any(is_below for _, is_below in (*here, *there)):
        return
    for number, is_below in here:
        signs = {other for same, other in there if not same.readings.isdisjoint(number.readings)}
        in_words = claim if signs == {True} else sentence
        if signs == {not is_below} and _BELOW.isdisjoint(map(root, words(in_words))):
            signed = f"-{number.written}", number.written
            yield Difference(Turn.BINDS, *(signed[::-1] if is_below else signed))


def _signed(text: str) -> list[tuple[Number, bool]]:
    """The numbers of a text, each with whether it is below nothing."""
    folded = fold(text)
    placed = islice(placed_numbers(folded), MOST_AMOUNTS)
    return [(one, bool(_MINUS_BEFORE.search(folded[max(0, at - NEAR) : at]))) for one, at, _ in placed]


def _are_other_ways(one: str, other: str, *, is_year: bool) -> bool:
    if is_year:
        return are_other_ways(one, other)
    return one != other and {one, other} <= _STEPS_OF_AMOUNTS


def _other_days(claim: str, sentence: str) -> Iterator[Difference]:
    """`until Friday` is not `from Friday`."""
    there = _steps_to_days(sentence)
    for step, day in _steps_to_days(claim):
        steps = [other for other, same in there if same == day]
        if steps and all(are_other_ways(step, other) for other in steps):
            yield Difference(Turn.BINDS, f"{steps[0]} {day}", f"{step} {day}")


@kept_of_short
def _steps_to_days(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read_steps_to_days(text))


def _read_steps_to_days(text: str) -> Iterator[tuple[str, str]]:
    for stretch in stretches(text):
        for at, word in enumerate(stretch):
            if word in _DETERMINERS or word.isdecimal():
                continue
            before = next((one for one in reversed(stretch[:at]) if one not in _DETERMINERS), "")
            if word in DAYS_AND_MONTHS or before in {"since", "until", "till", "before", "after", "during"}:
                yield ("in" if before in {"on", "in"} else before), word


def _other_places(claim: Sequence[Stretch], sentence: Sequence[Stretch]) -> Iterator[Difference]:
    """`born in Naples` of who was `born in Genoa and died in Naples`."""
    there = list(_phrases(sentence))
    here = list(_phrases(claim))
    if not here or not there:
        return
    every = {root(word) for stretch in claim for word in stretch}
    for verb, preposition, phrase in here:
        own = [other for one, link, other in there if (root(one), link) == (root(verb), preposition)]
        others = [(one, other) for one, link, other in there if link == preposition and other[:1] == phrase[:1]]
        if not own or any(phrase[0] in one for one in own) or not others:
            continue
        if all(root(one) not in every for one, _ in others) and all(root(one[0]) not in every for one in own):
            yield Difference(
                Turn.BINDS, f"{verb} {preposition} {' '.join(own[0])}", f"{verb} {preposition} {' '.join(phrase)}"
            )


def _phrases(said: Sequence[Stretch]) -> Iterator[tuple[str, str, Stretch]]:
    """Each verb that a preposition follows at once, with the words behind that."""
    for stretch in said:
        for at, word in enumerate(stretch[:-2]):
            if not is_past(word) or stretch[at + 1] not in _PREPOSITIONS:
                continue
            first = at + 2 + (stretch[at + 2] in _DETERMINERS)
            end = next((one for one in range(first, len(stretch)) if stretch[one] in _ENDS_PHRASE), len(stretch))
            if first < end:
                yield word, stretch[at + 1], stretch[first:end]


def _other_scopes(claim: Sequence[Stretch], sentence: Sequence[Stretch]) -> Iterator[Difference]:
    """`the largest in Europe` is not the largest in the world, nor the largest of all."""
    there = {word for stretch in sentence for word in stretch}
    scopes = dict(_scopes(sentence))
    for most, scope in _scopes(claim):
        other = scopes.get(most)
        if not other:
            continue
        roots, others = ({root(one) for one in words_of if one not in _DETERMINERS} for words_of in (scope, other))
        is_wider = bool(roots) and roots.isdisjoint(map(root, there))
        is_cut = (
            bool(roots)
            and roots < others
            and not _PARTS_OF_PLACES.isdisjoint(other)
            and _PARTS_OF_PLACES.isdisjoint(scope)
        )
        if is_wider or is_cut:
            yield Difference(Turn.BINDS, f"{most} … {' '.join(other)}", f"{most} … {' '.join(scope)}".rstrip(" …"))


def _scopes(said: Sequence[Stretch]) -> Iterator[tuple[str, Stretch]]:
    """Each superlative with the words behind its `in` or `of`; none where it has no such."""
    for stretch in said:
        for at, word in enumerate(stretch):
            if is_superlative(word):
                behind = stretch[at + 1 : at + 1 + _REACH]
                first = next((place for place, one in enumerate(behind) if one in {"in", "of", "among", "on"}), None)
                scope = (
                    () if first is None else tuple(takewhile(lambda one: one not in _ENDS_PHRASE, behind[first + 1 :]))
                )
                yield word, scope


def _whole_for_part(claim: str, sentence: str) -> Iterator[Difference]:
    """`300 workers went on strike` where 40 of the 300 did."""
    folded, meant = fold(sentence), fold(claim)
    done = frozenset(map(root, words(sentence)))
    for found in _OF_WHOLE.finditer(folded):
        behind = re.search(
            rf"(?<!\bof )(?<!\bof the ){re.escape(found['whole'])} (?:(?:was|were) )?(?P<does>[a-z]+)", meant
        )
        is_of_part = found["part"] and re.search(rf"\b{re.escape(found['part'])}\b", meant)
        which = next(iter(words(folded[found.end() : found.end() + NEAR])), "")
        is_of_whole = behind and root(behind["does"]) == root(which)  # `of the 240 wells tested`
        if behind and not is_of_part and not is_of_whole and is_past(behind["does"]) and root(behind["does"]) in done:
            yield Difference(Turn.COUNTS, found[0], found["whole"])
