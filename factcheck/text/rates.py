"""A rate of the sentence that the claim has as a plain number: `11 per 100,000` made `11 murders`. English."""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold, tokens
from factcheck.text.numbers import placed_numbers
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


def _base(found: re.Match[str] | None, claim: str) -> str:
    """What stands behind a number with a base; empty where it has none, or where the claim is of the base itself."""
    if found is None or (found["each"] and not _SUM.search(claim)):
        return ""
    base = found["thing"] or found["time"]
    is_of_base = bool(base) and root(base) in map(root, tokens(claim))
    return "" if is_of_base else found[0]
