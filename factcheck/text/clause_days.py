"""The day of a clause beside, told of what a sentence says: `moved before the square was repaved in 1987`. English."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from factcheck.text.folding import words
from factcheck.text.report_days import mentions
from factcheck.text.turns import Difference, Stretch, Turn, stretches
from factcheck.text.verbs import AUXILIARIES, is_adverb, is_past, root

_JOINS = frozenset(("before", "although", "though"))
"""`When` and `as` put two things on one day, and what comes of something `after` it may come at once."""
_APART = frozenset(words("days weeks months years decades decade year month week"))
_NEAR = frozenset(words("shortly just soon moments minutes hours"))
_SPANS = {
    "day": ("day", "days", "night"),
    "month": ("week", "weeks", "fortnight", "month", "months", "year", "years", "decade", "decades"),
    "year": ("year", "years", "decade", "decades"),
}
"""What sets two things apart enough for them to be on different weekdays, in different months, or years."""
_SETS = frozenset(map(root, words("call set schedule plan slate book announce fix order summon adjourn postpone")))
_OPEN = frozenset(words("will would shall may might could can should must be is are to"))
_OF_PEOPLE = frozenset(("who", "whose"))
_CAME_TO_BE = frozenset(map(root, words("""
    open found build establish create launch introduce complete form inaugurate buy acquire make set design publish
""")))  # fmt: skip
"""Of a thing `which` was built on a day; of an event what stands behind `which` may be told of that day itself."""
_ALSO = frozenset(("and", "but", "while"))
_FAR = 4
"""A day that opens a clause stands so near its beginning."""
_HELPERS = AUXILIARIES | frozenset(words("been being had"))


def of_another_clause(claim: str, sentence: str) -> Iterator[Difference]:
    """A day of the claim that the sentence has only in a clause whose verbs are not the claim's."""
    if not _days(stretches(claim)):
        return
    yield from _set_for(stretches(claim), stretches(sentence))
    told = _parts(stretches(claim))[1]
    here = _days(told)
    if not here:
        return
    beside, main = _parts(stretches(sentence))
    wrong = max(here & _days(beside) - _days(main), default="", key=len)
    does = _verbs(told)
    if wrong and does and does <= _verbs(main) - _verbs(beside):
        own = next(one for one in beside if wrong in _days([one]))
        yield Difference(Turn.BINDS, " ".join(own), wrong)
        return
    said = stretches(sentence)
    for part, days, clause, rest in (*_participial(said), *_set_apart(said), *_joined(said)):
        wrong = max(here & days, default="", key=len)
        is_of_clause = does <= _verbs([clause]) - _verbs(rest)
        if wrong and does and is_of_clause:
            yield Difference(Turn.BINDS, " ".join(part), wrong)
            return


def _kind(day: str) -> str:
    """Whether it is a day of the week, a month or its day, or a year."""
    if day.isdecimal():
        return "year"
    return "day" if day.endswith("day") or day[0].isdecimal() else "month"


_Apart = tuple[Stretch, AbstractSet[str], Stretch, Sequence[Stretch]]
"""Words to be shown, days that are not those of a clause, that clause, and what is left of the sentence."""


def _set_apart(said: Sequence[Stretch]) -> Iterator[_Apart]:
    """Each clause from its `before` or `after`, with a span of time before that: the days of the rest are not its."""
    for nth, stretch in enumerate(said):
        for at, word in enumerate(stretch):
            span = stretch[at - 1] if at else ""
            if word in {"before", "after"} and span in _SPANS["day"] + _SPANS["month"]:
                clause, rest = stretch[at:], (*said[:nth], stretch[:at], *said[nth + 1 :])
                days = {day for day in _days(rest) - _days([clause]) if span in _SPANS[_kind(day)]}
                yield stretch[at - 1 :], days, clause, rest


def _participial(said: Sequence[Stretch]) -> Iterator[_Apart]:
    """Each part that only tells more of something, as `built in 1888 and restored in 2004`: its days are its alone."""
    for nth, stretch in enumerate(said):
        rest = (*said[:nth], *said[nth + 1 :])
        first = next((one for one in stretch if not is_adverb(one)), "")
        if is_past(first):
            clause = tuple(word for other in rest for word in other)
            yield stretch, _days([stretch]) - _days(rest), clause, [stretch]


def _joined(said: Sequence[Stretch]) -> Iterator[_Apart]:
    """What stands before `and in July`, with the days of what follows, which has a verb of its own."""
    for nth, stretch in enumerate(said):
        opens = stretch[0] in _ALSO and next((one.begin for one in mentions(stretch)), _FAR) < _FAR
        before, behind = said[:nth], said[nth:]
        if nth and opens and _verbs(behind):
            yield stretch, _days(behind) - _days(before), tuple(chain.from_iterable(before)), behind


def _set_for(claim: Sequence[Stretch], said: Sequence[Stretch]) -> Iterator[Difference]:
    """`Dissolved on 9 May` of who dissolved it and called elections for that day."""
    does = _verbs(claim)
    if not does or any(word in _OPEN for stretch in claim for word in stretch):
        return
    for stretch in said:
        for mention in mentions(stretch):
            before = stretch[: mention.begin]
            sets = next((at for at in range(len(before) - 1, -1, -1) if root(before[at]) in _SETS), None)
            if before[-1:] != ("for",) or sets is None:
                continue
            told = frozenset(map(root, before[sets:]))
            others = _days([one if one is not stretch else stretch[: mention.begin] for one in said])
            if mention.days & _days(claim) - others and does.isdisjoint(told):
                yield Difference(Turn.BINDS, " ".join(stretch[sets : mention.end]), " ".join(sorted(mention.days)))
                return


def _days(parts: Sequence[Stretch]) -> frozenset[str]:
    return frozenset(day for part in parts for mention in mentions(part) for day in mention.days)


def _verbs(parts: Sequence[Stretch]) -> frozenset[str]:
    return frozenset(root(word) for part in parts for word in part if is_past(word) and word not in _HELPERS)


def _parts(said: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """The clauses beside that have a verb of their own, and what is left."""
    beside, main = list[Stretch](), list[Stretch]()
    for stretch in said:
        at = _join(stretch)
        if at is not None and _has_verb(stretch[at + 1 :]):
            beside.append(stretch[at:])
            main.append(stretch[:at])
        else:
            main.append(stretch)
    return beside, main


def _join(stretch: Stretch) -> int | None:
    """Where a clause beside begins; None where none does, or none of another day."""
    if stretch[0] in _OF_PEOPLE or (stretch[0] == "which" and not _CAME_TO_BE.isdisjoint(map(root, stretch))):
        return 0
    for at, word in enumerate(stretch):
        before = stretch[at - 1] if at else ""
        if (word in _JOINS and before not in _NEAR) or (word == "after" and before in _APART):
            return at
    return None


def _has_verb(clause: Stretch) -> bool:
    """Whether a verb stands before any day: `since Monday` is no clause."""
    end = next((mention.begin for mention in mentions(clause)), len(clause))
    return any(is_past(one) or one in AUXILIARIES for one in clause[:end])
