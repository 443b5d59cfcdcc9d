"""Who does what in a long sentence, and a claim that says it of another one of the same sentence. English.

`The actor, whose father was jailed` was not jailed, and `a van driven by a man struck a cyclist` does not tell that she
struck him.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from factcheck.text.clauses import PREPOSITIONS, Clause, Named, clauses
from factcheck.text.folding import words
from factcheck.text.heads import Word, read_words
from factcheck.text.noun_phrases import is_plural_word
from factcheck.text.people import OF_BODIES
from factcheck.text.roles import SYMMETRIC
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import is_past, root

_BODIES = frozenset(map(root, OF_BODIES))
_MEMBERS = frozenset(map(root, words("""
    officers members officials troops soldiers lawmakers agents detectives investigators staff workers employees
    officer member official agent judges players
""")))  # fmt: skip
"""Those by whom a body acts: `police said officers had shot`."""


def given_to_another(claim: str, sentence: str, *, is_put_so: bool = False) -> Iterator[Difference]:
    """What the claim says that one did, or that was done to one, and the sentence says of another one.

    Of another language put so that this can be read only relative clauses with a subject of their own are looked at.
    """
    said, here = read_words(sentence), clauses(claim)
    there = clauses(sentence) if here else ()
    known = frozenset(root(one.bare) for one in said)
    small = frozenset(root(one.bare) for one in said if one.written[0].islower())
    if "than" in known:  # `grew faster than` of one is `grew more slowly than` of the other
        return
    for mine in here:
        same = [one for one in there if one.verb == mine.verb]
        is_read = len(same) == sum(root(one.low) == mine.verb for one in said)
        for own, its in _sides(mine, same) if same and is_read and mine.verb not in SYMMETRIC else ():
            is_inner = all(one and one.is_inner for one in its)
            if own is None or not _is_somebody(own, said) or (is_put_so and not is_inner):
                continue
            if _is_of_others(own, its, known, small) and not _happened(mine, same, small):
                yield Difference(Turn.ROLES, f"{its[0]} … {same[0].written}", f"{own} … {mine.written}")
                return


def _sides(mine: Clause, same: Sequence[Clause]) -> Iterator[tuple[Named | None, Sequence[Named | None]]]:
    """Who does it in the claim and in the sentence; and to whom, where the claim has a passive."""
    yield mine.doer, [one.doer for one in same]
    if mine.is_passive:
        yield mine.done_to, [one.done_to for one in same]


def _is_of_others(own: Named, its: Sequence[Named | None], known: AbstractSet[str], small: AbstractSet[str]) -> bool:
    """Whether the sentence names the claim's one, and in every place says it of somebody who cannot be that one."""
    if not own.roots or not own.roots <= known:
        return False
    return all(one and own.roots.isdisjoint(one.roots) and not _may_mean(own, one, small) for one in its)


def _is_somebody(own: Named, said: Sequence[Word]) -> bool:
    """Whether the sentence speaks of the claim's one as one, and not as in `set fire to` or `on bail`."""
    if len(own.roots) > 1:
        return True
    behind = [(two, one.low) for one, two in pairwise(said) if root(two.bare) in own.roots]
    is_bare = [
        word.written.islower()
        and not is_plural_word(word.bare)
        and (is_past(before) or before.endswith("ing") or before in PREPOSITIONS)
        for word, before in behind
    ]
    return not is_bare or not all(is_bare)


def _may_mean(own: Named, other: Named, small: AbstractSet[str]) -> bool:
    """Whether `the company` may stand for the name that the claim has, or a body for who acts for it."""
    is_body = not own.roots.isdisjoint(_BODIES) and not other.roots.isdisjoint(_MEMBERS)
    return is_body or (not own.roots <= small and not other.has_name and other.is_definite)


def _happened(mine: Clause, same: Sequence[Clause], small: AbstractSet[str]) -> bool:
    """Whether the claim tells of what happened to one as if that did it: `the door opened`."""
    doer = mine.doer
    if doer is None or mine.done_to is not None:
        return False
    done_to = [one.done_to for one in same if one.done_to]
    return any(not one.roots.isdisjoint(doer.roots) or _may_mean(doer, one, small) for one in done_to)
