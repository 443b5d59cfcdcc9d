"""A rate of the sentence that the claim has as a plain number: `11 per 100,000` made `11 murders`."""

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from factcheck.text.folding import fold, tokens
from factcheck.text.numbers import Number, placed_numbers
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_THING = (
    r"(?:second|minute|hour|day|night|week|month|quarter|year|season|head|person|passenger|household|child|pupil|student"
    r"|patient|share|barrel|litre|liter|gallon|tonne|ton|kilo|kilogram|kilometre|kilometer|mile|square|acre|hectare"
    r"|megawatt|unit|piece|ticket|visit|room|bottle|vehicle|car|home|family|worker|employee|member|customer|capita)"
)
_BASE_BEHIND = re.compile(
    r"(?:\s?[$€£¥%])?(?:\s(?!(?:and|or|to|in|on|at|of|from|with|a|an)\b)[\w'-]+){0,2}?"
    r"\s(?:(?P<each>a\s?piece|each(?!\s(?:of|other)\b))"
    r"|(?:per(?!\scent\b)|for\severy|for\seach)(?:\s[\d.,]*\d)?\s(?P<thing>[\w-]+)"
    rf"|an?\s(?P<time>{_THING})\b(?!\s(?:ago|earlier|later|before|after|old|or|and\sa\shalf)\b))"
)
_HAS_BASE = re.compile(
    r"\b(?:per|each|every|apiece|piece|daily|weekly|monthly|quarterly|annual|annually|yearly|hourly|nightly|rates?|average"
    rf"|averaged|an?\s{_THING}|km/h|kmh|kph|mph|ratio)\b|/"
)
_SUM = re.compile(r"\b(?:in all|all told|in total|total|together|altogether|combined|overall)\b")
"""By these a claim adds up what each got; without them it may be of one of those."""
_EACH = re.compile(
    r"\b(?:each|apiece|per head|jeweils|je|pro kopf|cada un[oa]|por cabeza|chacune?|par personne|ciascun[oa]?|cada uma?"
    r"|elk)\b"
)
_IN_ALL = re.compile(
    r"\b(?:in all|in total|a total|altogether|together|combined|zusammen|insgesamt|gemeinsam|en total|un total"
    r"|en conjunto|au total|ensemble|totale|complessivamente|no total|in totaal|samen)\b"
)
_MARK = re.compile(r"[,;:.!?](?=\s|$)")
_NEAR = 45
"""Characters around a number in which `each` may stand."""
_MOST = 50


def rate_as_amount(claim: str, sentence: str) -> Iterator[Difference]:
    """A number of the claim that the sentence only has with `per`, `each` or `a week` behind it."""
    meant, said = fold(claim), fold(sentence)
    here = [number for number, _, _ in placed_numbers(meant) if number.is_sure and number.readings]
    if not here or _HAS_BASE.search(meant):
        return
    there = list(placed_numbers(said))[:_MOST]
    for mine in here:
        ends = [end for one, _, end in there if not one.readings.isdisjoint(mine.readings)]
        based = [_base(_BASE_BEHIND.match(said, end), meant) for end in ends]
        if based and all(based):
            yield Difference(Turn.BINDS, f"{mine.written}{based[0]}", mine.written)
            return


def each_as_sum(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What each got told as what all got together, in several languages."""
    meant, said = fold(claim), fold(sentence)
    in_all = _IN_ALL.search(meant)
    if in_all is None or _IN_ALL.search(said) or _EACH.search(meant):
        return
    told = [one for one, _, _ in placed_numbers(meant, language) if one.is_sure]
    for _, each, its in sorted(_got_each(said, language), key=itemgetter(0)):
        if mine := next((one for one in told if not one.readings.isdisjoint(its.readings)), None):
            yield Difference(Turn.BINDS, f"{each} … {its.written}", f"{mine.written} … {in_all[0]}")
            return


def _got_each(said: str, language: str | None) -> Iterator[tuple[int, str, Number]]:
    """The numbers of a text with an `each` near them: how far off it is, as it is written, and the number."""
    for number, at, end in islice(placed_numbers(said, language), _MOST):
        before, behind = _MARK.split(said[max(0, at - _NEAR) : at])[-1], _MARK.split(said[end : end + _NEAR])[0]
        if found := _EACH.search(before):
            yield len(before) - found.end(), found[0], number
        elif found := _EACH.search(behind):
            yield found.start(), found[0], number


def _base(found: re.Match[str] | None, claim: str) -> str:
    """What stands behind a number with a base; empty where it has none, or where the claim is of the base itself."""
    if found is None or (found["each"] and not _SUM.search(claim)):
        return ""
    base = found["thing"] or found["time"]
    is_of_base = bool(base) and root(base) in map(root, tokens(claim))
    return "" if is_of_base else found[0]
