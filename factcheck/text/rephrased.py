"""What may have been done, or was only planned, told as done in another verb. English.

`Discussed the cuts` of who `likely raised the cuts` shares no verb with its sentence, so that nothing is compared at
the verb; it is known by what stands around it, and by a verb of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile

from factcheck.text.folding import words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.turns import Difference, Stretch, Turn, stretches
from factcheck.text.unreal import governed_verbs, opening
from factcheck.text.verb_groups import FORMS_OF_BE, PREPOSITIONS
from factcheck.text.verbs import is_adverb, is_past, root

_HEDGES = frozenset(words("""
    likely reportedly allegedly potentially possibly perhaps probably apparently supposedly purportedly presumably
    seemingly may might could
"""))  # fmt: skip
_LEFT_OPEN = frozenset(map(root, words("""
    possible potential plan planned hope aim attempt effort step will intend seek want
    interested willing ready due future proposal proposed bid yet target goal
"""))) | _HEDGES  # fmt: skip
"""With one of these a claim need not say that it was done."""
_BINDING = frozenset(map(root, words("agree order must oblige")))
"""`Agreed to pay` is as good as a deed where it is told in other words."""
_ENDS = frozenset(words("that who which whose and but or because when while as if whether after before until since"))
_NOTHING = PASSED_OVER | PREPOSITIONS | frozenset(words("into to such own under after before between without"))
_HELPERS = FORMS_OF_BE | {"have", "has", "had", "not"}
_REACH = 4
_LEAST = 2
"""So many words behind the verb must be the claim's too, and half of them."""


def rephrased_as_done(claim: str, sentence: str) -> Iterator[Difference]:
    """A verb that the sentence leaves open, and the claim's own one in its place, which says it outright."""
    said, meant = stretches(sentence), stretches(claim)
    flat = tuple(chain.from_iterable(meant))
    kinds = [root(one) for one in flat]
    is_open = any(opening(claim)) or any(any(governed_verbs(one)) for one in meant)
    if is_open or not _LEFT_OPEN.isdisjoint(kinds):
        return
    every = Counter(root(one) for stretch in said for one in stretch)
    for stretch in said:
        for at, written in chain(_hedged(stretch), governed_verbs(stretch)):
            if root(written.partition(" ")[0]) in _BINDING:
                continue
            shared = [one for one in _behind(stretch, at) if one in kinds and every[one] == 1]
            own = (
                _own_verb(written.partition(" ")[0], flat, kinds, shared, every)
                if root(stretch[at]) not in kinds
                else ""
            )
            if own and _is_most(shared, _behind(stretch, at)):
                yield Difference(Turn.HEDGES, written, own)
                return


def _hedged(stretch: Stretch) -> Iterator[tuple[int, str]]:
    """Where a verb stands behind each hedge, over what helps it, with the words from the hedge to it."""
    for at, word in enumerate(stretch):
        if word not in _HEDGES:
            continue
        between = list(takewhile(lambda one: one in _HELPERS or is_adverb(one), stretch[at + 1 : at + _REACH]))
        place = at + 1 + len(between)
        if place < len(stretch) and stretch[place] not in _NOTHING:
            yield place, " ".join(stretch[at : place + 1])


def _behind(stretch: Stretch, at: int) -> list[str]:
    """The roots of what stands behind a verb in its clause and means something."""
    clause = takewhile(lambda one: one not in _ENDS, stretch[at + 1 :])
    return [root(one) for one in clause if one not in _NOTHING]


def _is_most(shared: Sequence[str], behind: Sequence[str]) -> bool:
    return 2 * len(shared) >= len(behind) and (len(shared) >= _LEAST or len(shared) == len(behind) == 1)


def _own_verb(hedge: str, flat: Stretch, kinds: Sequence[str], shared: Sequence[str], every: Counter[str]) -> str:
    """The claim's verb before the first shared word, where the sentence has none such."""
    first = min((kinds.index(one) for one in shared), default=0)
    before = [at for at in range(first) if flat[at] not in _NOTHING]
    if not before:
        return ""
    at = before[-1]
    states = [one for one in flat[at + 1 : first] if one in FORMS_OF_BE]
    if states and kinds[at] in every:
        return states[0] if hedge in _HEDGES else ""  # `will stay closed` is closed
    is_verb = is_past(flat[at]) or flat[at].endswith("s")
    return flat[at] if is_verb and at and kinds[at] not in every else ""
