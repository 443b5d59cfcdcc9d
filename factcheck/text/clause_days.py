"""The day of a clause beside, told of what a sentence says: `moved before the square was repaved in 1987`. English."""

from collections.abc import Iterator, Sequence

from factcheck.text.folding import words
from factcheck.text.report_days import mentions
from factcheck.text.turns import Difference, Stretch, Turn, stretches
from factcheck.text.verbs import AUXILIARIES, is_past, root

_JOINS = frozenset(("before", "although", "though"))
"""`When` and `as` put two things on one day, and what comes of something `after` it may come at once."""
_APART = frozenset(words("days weeks months years decades decade year month week"))
_NEAR = frozenset(words("shortly just soon moments minutes hours"))
_OF_PEOPLE = frozenset(("who", "whose"))
_CAME_TO_BE = frozenset(map(root, words("""
    open found build establish create launch introduce complete form inaugurate buy acquire make set design publish
""")))  # fmt: skip
"""Of a thing `which` was built on a day; of an event what stands behind `which` may be told of that day itself."""
_HELPERS = AUXILIARIES | frozenset(words("been being had"))


def of_another_clause(claim: str, sentence: str) -> Iterator[Difference]:
    """A day of the claim that the sentence has only in a clause whose verbs are not the claim's."""
    told = _parts(stretches(claim))[1]
    here = _days(told)
    if not here:
        return
    beside, main = _parts(stretches(sentence))
    wrong = max(here & _days(beside) - _days(main), default="", key=len)
    does = _verbs(told)
    if wrong and does and does <= _verbs(main) - _verbs(beside):
        part = next(one for one in beside if wrong in _days([one]))
        yield Difference(Turn.BINDS, " ".join(part), wrong)


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
