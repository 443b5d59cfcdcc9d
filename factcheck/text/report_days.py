"""The day on which something was said, taken for the day on which it happened. English.

`Police said on Monday that the man had died` does not tell when he died. A day belongs to a verb of saying that stands
right before it, with a clause behind or before that; where all that a sentence says of a day is so, a claim of what was
said may not have it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.text.folding import words
from factcheck.text.sayings import is_of_saying, is_verb_of_saying
from factcheck.text.turns import DAYS_AND_MONTHS, DETERMINERS, Difference, Stretch, Turn, stretches
from factcheck.text.unreal import open_words
from factcheck.text.verbs import AUXILIARIES, is_adverb, is_past, root

_BE = frozenset(("is", "are", "was", "were"))
_SPEAKS = frozenset(map(root, words("""
    call condemn criticise criticize respond vow defend praise blame welcome apologise apologize back comment speak
    talk express statement announcement put name appoint nominate endorse approve resign quit withdraw suspend cancel
    postpone lift remain stay still keep
""")))  # fmt: skip
"""A claim with one of these may be of what was said that day, was done by saying so, or was so on it."""
_BEFORE = frozenset(words("on in late early last this of"))
_LEADS = frozenset(words("in at to during via through before"))
_TOLD = frozenset(("told", "tells"))
_PLAIN = frozenset(("say", "says", "said")) | _TOLD
"""Behind these a clause may follow the day without `that`."""
_PARTS_OF_DAYS = frozenset(words("morning afternoon evening night"))
_NO_SUBJECT = frozenset(words("that which who whom whose and but or as when while because if where"))
_COUNTED = frozenset(("st", "nd", "rd", "th", "of"))
_SAME_DAY = re.compile(
    r"\b(?:(?:that|this|the same) (?:day|morning|afternoon|evening|night|week|month|year)|today|overnight|earlier"
    r"|(?:minutes|hours) (?:earlier|before|ago))\b",
    re.IGNORECASE,
)
"""By these a sentence may put what happened on the day on which it was told."""
_YEAR = 4  # figures
_REACH = 7


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of a stretch that name a day, a month or a year: `[begin, end)`, and each of them by itself."""

    begin: int
    end: int
    days: frozenset[str]


def said_that_day(claim: str, sentence: str) -> Iterator[Difference]:
    """A day of the claim that the sentence has only for what was said."""
    here = stretches(claim)
    there = stretches(sentence) if any(mentions(one) for one in here) else ()
    if not there or _SAME_DAY.search(sentence) or _may_be_said(here):
        return
    of_reports, others = dict[str, str](), set[str]()
    for at, stretch in enumerate(there):
        for mention in mentions(stretch):
            report = "" if _is_going_on(there[at:], here) else _report(there, at, mention)
            if not report:
                others |= mention.days
            of_reports |= dict.fromkeys(mention.days, report)
    for stretch in here:
        for mention in mentions(stretch):
            told = max(mention.days & of_reports.keys() - others, default="", key=len)
            if told and (not mention.begin or stretch[mention.begin - 1] in _BEFORE):
                yield Difference(Turn.BINDS, of_reports[told], " ".join(_written(stretch, mention)))
                return


def _may_be_said(claim: Sequence[Stretch]) -> bool:
    """Whether a claim is of what was said, or of a state, which holds on the day of the report too."""
    is_of_speech = any(is_of_saying(word) or root(word) in _SPEAKS for stretch in claim for word in stretch)
    is_state = any(
        word in _BE and not any(map(is_past, stretch[at + 1 : at + 3]))
        for stretch in claim
        for at, word in enumerate(stretch)
    )
    return is_of_speech or is_state or bool(open_words(claim))


def _is_going_on(said: Sequence[Stretch], claim: Sequence[Stretch]) -> bool:
    """Whether the claim's verb is told as going on: who says that he is leaving leaves that day, as it may be."""
    does = {root(word) for stretch in claim for word in stretch}
    pairs = (pair for stretch in said for pair in pairwise(stretch))
    return any(one in _BE and other.endswith("ing") and root(other) in does for one, other in pairs)


def mentions(stretch: Stretch) -> list[Mention]:
    """The days, months and years that a stretch names, in its order."""
    if DAYS_AND_MONTHS.isdisjoint(stretch) and not any(one[0].isdecimal() for one in stretch):
        return []  # as most do
    found, at = list[Mention](), 0
    while at < len(stretch):
        end = at
        while end < len(stretch) and (stretch[end] in DAYS_AND_MONTHS or stretch[end][0].isdecimal()):
            end += 1
            while end < len(stretch) and stretch[end] in _COUNTED and stretch[end - 1][0].isdecimal():
                end += 1
        if end > at and (days := _days(stretch[at:end])):
            found.append(Mention(at, end, days))
        at = max(end, at + 1)
    return found


def _days(told: Stretch) -> frozenset[str]:
    """The day, month and year, each as one word; a month's day goes with it."""
    numbers = [one for one in told if one.isdecimal()]
    day = next((one for one in numbers if len(one) < _YEAR - 1), "")
    names = [one for one in told if one in DAYS_AND_MONTHS]
    is_month = [not one.endswith("day") for one in names]
    dated = [f"{day} {one}" if day and month else one for one, month in zip(names, is_month, strict=True)]
    years = [one for one in numbers if len(one) == _YEAR and one[0] in "12"]
    return frozenset((*dated, *years))


def _report(said: Sequence[Stretch], at: int, mention: Mention) -> str:
    """The words from the verb of saying to the day that is its; empty where the day may be of something else."""
    stretch, behind = said[at], said[at][mention.end :]
    verb = _verb_before(stretch, mention)
    if verb is None:
        return _report_behind(said, at, mention)
    is_clause = any(is_past(one) or one in AUXILIARIES for one in behind)
    if behind[:1] == ("that",):
        is_report = True
    elif not is_clause:
        is_report = at > 0 and (not behind or behind[0] in _LEADS) and _NO_SUBJECT.isdisjoint(stretch[:verb])
    else:
        is_report = stretch[verb] in _PLAIN and behind[0] not in _PARTS_OF_DAYS and behind[0] not in _NO_SUBJECT
    return " ".join(stretch[verb : mention.end]) if is_report else ""


def _verb_before(stretch: Stretch, mention: Mention) -> int | None:
    """Where the verb of saying stands that a day follows, with at most a circumstance or who is told between them."""
    last = mention.begin - 1
    while last >= 0 and stretch[last] in _BEFORE:
        last -= 1
    for verb in range(last, max(-1, last - _REACH), -1):
        word, between = stretch[verb], stretch[verb + 1 : last + 1]
        if is_verb_of_saying(word):
            is_next = not between or between[0] in _LEADS or word in _TOLD or not verb
            return verb if is_next else None
        if is_past(word) or word in AUXILIARIES or word in _NO_SUBJECT:
            return None
    return None


def _report_behind(said: Sequence[Stretch], at: int, mention: Mention) -> str:
    """`On Monday the police said that …`: the day stands before who says it."""
    if any(one not in _BEFORE for one in said[at][: mention.begin]):
        return ""
    rest = said[at][mention.end :] or (said[at + 1] if at + 1 < len(said) else ())
    verb = next((place for place, one in enumerate(rest) if is_past(one) or one in AUXILIARIES), 0)
    is_report = verb and is_verb_of_saying(rest[verb]) and (rest[verb + 1 : verb + 2] == ("that",))
    return " ".join((*said[at][: mention.end], "…", *rest[: verb + 1])) if is_report else ""


def _written(stretch: Stretch, mention: Mention) -> Stretch:
    """The day with the verb before it."""
    first = mention.begin
    while (
        first
        and mention.begin - first < _REACH // 2
        and (stretch[first] in _BEFORE or is_adverb(stretch[first]) or first == mention.begin)
    ):
        first -= 1
    return stretch[first + (stretch[first] in DETERMINERS) : mention.end]
