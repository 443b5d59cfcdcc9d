"""Several superlatives, of which one has a rank: `the longest in Norway and the third longest in Europe`. English."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from factcheck.text.folding import words
from factcheck.text.turns import DETERMINERS, Difference, Turn, stretches
from factcheck.text.verbs import is_superlative, root

_RANKS = frozenset(words("second third fourth fifth sixth seventh eighth ninth tenth joint"))
_ENDS = frozenset(words("and but while although behind after with"))
_BEGINS = frozenset(words("in of on among by for at ever within across outside since this"))
_SMALL = DETERMINERS | frozenset(words("in of on at by for to from among is was were are be been"))


@dataclass(frozen=True, slots=True)
class _Superlative:
    """A superlative with its rank, empty where it has none, and the roots of the words by which it is bounded."""

    word: str
    rank: str
    scope: frozenset[str]


def unranked(claim: str, sentence: str) -> Iterator[Difference]:
    """A superlative without a rank in the claim, in a scope where the sentence has it with one."""
    here = [one for one in _superlatives(claim) if not one.rank]
    there = list(_superlatives(sentence)) if here else []
    for mine in here:
        same = [one for one in there if one.word == mine.word]
        plain = frozenset[str]().union(*(one.scope for one in same if not one.rank))
        ranked = [one for one in same if one.rank and mine.scope & one.scope - plain]
        if ranked and not mine.scope & plain - ranked[0].scope:
            scope = " ".join(sorted(mine.scope & ranked[0].scope))
            yield Difference(Turn.COUNTS, f"{ranked[0].rank} {mine.word} … {scope}", f"{mine.word} … {scope}")
            return


def _superlatives(text: str) -> Iterator[_Superlative]:
    for stretch in stretches(text):
        for at, word in enumerate(stretch):
            if is_superlative(word):
                until = takewhile(lambda one: one not in _ENDS, stretch[at + 1 :])
                behind = dropwhile(lambda one: one not in _BEGINS, until)
                before = stretch[at - 1] if at else ""
                scope = frozenset(root(one) for one in behind if one not in _SMALL)
                yield _Superlative(word, before if before in _RANKS else "", scope)
