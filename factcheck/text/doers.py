"""Who does what in a long sentence, and a claim that says it of another one of the same sentence. English.

`The actor, whose father was jailed` was not jailed, and `a van driven by a man struck a cyclist` does not tell that she
struck him.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.text.clauses import Clause, Named, clauses
from factcheck.text.folding import words
from factcheck.text.heads import Word, read_words
from factcheck.text.noun_phrases import is_plural_word
from factcheck.text.roles import SYMMETRIC
from factcheck.text.titles import OF_BODIES, TITLES
from factcheck.text.turns import Difference, Turn
from factcheck.text.verb_groups import PREPOSITIONS
from factcheck.text.verbs import is_past, root

_BODIES = frozenset(map(root, OF_BODIES))
_MEMBERS = frozenset(map(root, words("""
    officers members officials troops soldiers lawmakers agents detectives investigators staff workers employees
    officer member official agent judges players
""")))  # fmt: skip
"""Those by whom a body acts: `police said officers had shot`."""
_TITLES = frozenset(map(root, TITLES))
_LED = frozenset(map(root, words("government administration office campaign team group")))
"""What these do, who leads them does."""
_TURNED_TOO = frozenset(("than", "ahead", "behind"))
"""`A grew faster than B` is `B grew more slowly than A` turned."""
_NEAR = 3


def given_to_another(claim: str, sentence: str, *, is_put_so: bool = False) -> Iterator[Difference]:
    """What the claim says that one did, or that was done to one, and the sentence says of another one.

    Of another language put so that this can be read only relative clauses with a subject of their own are looked at.
    """
    said, here = read_words(sentence), clauses(claim)
    there = clauses(sentence) if here else ()
    if not there or not _TURNED_TOO.isdisjoint(one.low for one in read_words(claim)):
        return
    known = _Known(said)
    for mine in here:
        same = [one for one in there if one.verb == mine.verb]
        is_read = len(same) == sum(root(one.low) == mine.verb for one in said)
        for own, its in _sides(mine, same) if same and is_read and mine.verb not in SYMMETRIC else ():
            is_inner = all(one and one.is_inner for one in its)
            if own is None or (is_put_so and not is_inner):
                continue
            if _is_of_others(own, its, known) and not (
                _happened(mine, same, known) or known.counts_behind(own, its, claim)
            ):
                yield Difference(Turn.ROLES, f"{its[0]} … {same[0].written}", f"{own} … {mine.written}")
                return


def _sides(mine: Clause, same: Sequence[Clause]) -> Iterator[tuple[Named | None, Sequence[Named | None]]]:
    """Who does it in the claim and in the sentence; and to whom, where the claim has a passive."""
    yield mine.doer, [one.doer for one in same]
    if mine.is_passive:
        yield mine.done_to, [one.done_to for one in same]


class _Known:
    """The words of a sentence, asked for those of a claim."""

    def __init__(self, said: Sequence[Word]) -> None:
        self._said = said
        self._places: dict[str, int] = {}
        for at, one in enumerate(said):
            self._places.setdefault(root(one.bare), at)
        self._small = frozenset(root(one.bare) for one in said if one.written[0].islower())

    def names(self, own: Named) -> bool:
        """Whether the sentence speaks of the claim's one too."""
        return bool(own.roots) and own.roots <= self._places.keys()

    def may_mean(self, own: Named, other: Named) -> bool:
        """Whether `the company` may stand for the one of the claim, or who acts for a body for that body."""
        is_body = not own.roots.isdisjoint(_BODIES)
        if is_body and not other.roots.isdisjoint(_MEMBERS):
            return True
        if not own.roots.isdisjoint(_TITLES) and not other.roots.isdisjoint(_BODIES - _LED):
            return False
        is_as_many = is_body or self.is_name(own) or is_plural_word(own.head) == is_plural_word(other.head)
        return is_as_many and not other.has_name and other.is_definite

    def is_name(self, own: Named) -> bool:
        """Whether a word of the claim's one stands in the sentence with a capital alone."""
        return not own.roots <= self._small

    def is_before(self, own: Named, other: Named) -> bool:
        """Whether a word of the claim's one stands before another one."""
        return any(self._places.get(one, other.first) < other.first for one in own.roots)

    def is_somebody(self, own: Named) -> bool:
        """Whether the sentence speaks of the claim's one as one, and not as in `set fire to` or `on bail`."""
        if len(own.roots) > 1:
            return True
        behind = [(two, one.low) for one, two in pairwise(self._said) if root(two.bare) in own.roots]
        is_bare = [
            word.written.islower()
            and not is_plural_word(word.bare)
            and (is_past(before) or before.endswith("ing") or before in PREPOSITIONS)
            for word, before in behind
        ]
        return not is_bare or not all(is_bare)

    def counts_behind(self, own: Named, its: Sequence[Named | None], claim: str) -> bool:
        """Whether a number of the claim stands behind its one, and that one behind the other: `A won 41, B took 17`."""
        place = max((at for at, one in enumerate(self._said) if root(one.bare) in own.roots), default=-1)
        numbers = {one.bare for one in read_words(claim) if one.bare[:1].isdecimal()}
        behind = any(one.bare in numbers for one in self._said[place + 1 :])
        return behind and all(one is not None and one.first < place for one in its)

    def is_compared(self, own: Named) -> bool:
        """Whether it stands behind `than`."""
        thans = [at for at, one in enumerate(self._said) if one.low == "than"]
        return any(at < self._places.get(one, 0) <= at + _NEAR for at in thans for one in own.roots)


def _is_of_others(own: Named, its: Sequence[Named | None], known: _Known) -> bool:
    """Whether the sentence names the claim's one, and in every place says it of somebody who cannot be that one."""
    if not known.names(own) or known.is_compared(own) or not known.is_somebody(own):
        return False
    may_mean = [
        one for one in its if one and not one.is_inner and known.is_before(own, one) and known.may_mean(own, one)
    ]
    is_of_others = all(one and own.roots.isdisjoint(one.roots) and not _is_time(one) for one in its)
    return not may_mean and is_of_others


def _is_time(named: Named) -> bool:
    """Whether what stands before the verb is no doer, as `in the end`."""
    return not named.has_name and named.written.partition(" ")[0].lower() in PREPOSITIONS


def _happened(mine: Clause, same: Sequence[Clause], known: _Known) -> bool:
    """Whether the claim tells of what happened to one as if that did it: `the door opened`."""
    doer = mine.doer
    if doer is None or mine.done_to is not None:
        return False
    done_to = [one.done_to for one in same if one.done_to]
    return any(
        not one.roots.isdisjoint(doer.roots) or (known.is_name(doer) and known.may_mean(doer, one)) for one in done_to
    )
