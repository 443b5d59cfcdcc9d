"""Whom a verb is done to: `fined A and cleared B` told as a fine of B. English, and what is put so.

Each verb has an object of its own. A claim that gives one verb the object of another one of its sentence is doubted,
unless that may be the same one in other words: `bought Alder Trust and renamed the company`.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from factcheck.text.clauses import Clause, Named, clauses
from factcheck.text.folding import fold, words
from factcheck.text.heads import read_words
from factcheck.text.roles import SYMMETRIC
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verb_groups import PREPOSITIONS
from factcheck.text.verbs import root

_ENDS_OBJECT = PREPOSITIONS | frozenset(words("after before until because that than when where who which while"))
_RENAMES = frozenset(map(root, words("rename name call dub elect appoint declare make consider")))
"""Behind these stands what their object is."""


def done_to_another(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says was done to one to whom its sentence says that something else was done."""
    here = [one for one in clauses(claim) if one.done_to and one.verb not in SYMMETRIC]
    there = clauses(sentence) if here else ()
    said = [root(one.low) for one in read_words(sentence)] if there else []
    own_verbs = {one.verb for one in here} | _RENAMES
    for mine in here:
        same = [one for one in there if one.verb == mine.verb]
        if not same or len(same) != said.count(mine.verb):
            continue
        others = [one for one in there if one.verb not in own_verbs and _are_joined(one, same)]
        if mine.done_to and (other := _of_other_verb(mine.done_to, same, others)):
            told = f"{same[0].written} … {other.written} {other.done_to}"
            yield Difference(Turn.ROLES, told, f"{mine.written} {mine.done_to}")
            return


def _are_joined(other: Clause, same: Sequence[Clause]) -> bool:
    """Whether one does both to somebody, as in `fined A and cleared B`."""
    doer = other.doer
    return not other.is_passive and all(
        doer and one.doer and not one.is_passive and not doer.roots.isdisjoint(one.doer.roots) for one in same
    )


def _of_other_verb(own: Named, same: Sequence[Clause], others: Sequence[Clause]) -> Clause | None:
    """The other verb that has the claim's object, where none of its own verb's objects can be that."""
    its = [one.done_to for one in same if one.done_to]
    known = frozenset[str]().union(*(one.roots for one in its))
    for other in others:
        told = other.done_to
        if told is None or len(its) < len(same) or not _is_rather(own, told.roots - known, known - told.roots):
            continue
        if own.has_name or (set(_head(own)) <= set(_head(told)) and not any(_may_be_same(one, told) for one in its)):
            return other
    return None


def _is_rather(own: Named, crossed: Container[str], straight: Container[str]) -> bool:
    """Whether the first word of the claim's object that only one of two objects has is the other one's."""
    return next((one in crossed for one in _head(own) if one in crossed or one in straight), False)


def _may_be_same(one: Named, other: Named) -> bool:
    """Whether a noun may stand for what has a name, and another verb is done to: `the company` for `Alder Trust`."""
    return other.is_definite and one.has_name and one.first < other.first


def _head(named: Named) -> list[str]:
    """The roots of the words of an object up to what tells more of it."""
    said = fold(named.written).split()
    begin = next((at for at, one in enumerate(said) if one not in DETERMINERS), len(said))
    noun = takewhile(lambda one: one not in _ENDS_OBJECT | DETERMINERS and not one[0].isdecimal(), said[begin:])
    return [one for one in map(root, noun) if one in named.roots]
