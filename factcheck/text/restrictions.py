"""What holds `only for` somebody, or `only if`, told as if it held at all. English."""

from collections.abc import Iterator
from itertools import takewhile

from factcheck.text.folding import words
from factcheck.text.turns import DAYS_AND_MONTHS, DETERMINERS, Difference, Stretch, Turn, stretches
from factcheck.text.verbs import AUXILIARIES, is_adverb, root

_LINKS = frozenset(words("for to if when in on at during between"))
_PRESENT = frozenset(words("is are can may must will"))
_PERMITS = frozenset(map(root, words("""
    allow permit available valid legal apply impose pay open admit accept use eligible entitle
""")))  # fmt: skip
"""By these a rule is told, which holds for those alone."""
_SMALL = DETERMINERS | AUXILIARIES | _LINKS | frozenset(words("who which that of and or be been being"))
_NARROWS = frozenset(words("only some certain limited partly solely exclusively just"))
_ENDS = frozenset(words("and but while whereas although"))
_NO_PLURAL = frozenset(("people", "women", "men", "children", "those"))
_REACH = 12


def unrestricted(claim: str, sentence: str) -> Iterator[Difference]:
    """What the sentence restricts by `only`, where the claim has the verb and nothing of the restriction."""
    said = frozenset(word for stretch in stretches(claim) for word in stretch)
    roots = frozenset(map(root, said))
    if said & _NARROWS:
        return
    for verb, restriction in _restrictions(sentence):
        own = frozenset(root(one) for one in restriction if one not in _SMALL) - {"only"}
        if own and root(verb) in roots and not own & roots:
            yield Difference(Turn.DEPENDS, " ".join((verb, *restriction)), verb)
            return


def _restrictions(sentence: str) -> Iterator[tuple[str, Stretch]]:
    """The words from each `only` that restricts, with the word that they restrict."""
    for stretch in stretches(sentence):
        for at, word in enumerate(stretch[:-2]):
            verb = next((one for one in reversed(stretch[:at]) if one not in _SMALL and not is_adverb(one)), "")
            if word == "only" and verb and stretch[at - 1] != "not" and _restricts(stretch, at):
                yield verb, tuple(takewhile(lambda one: one not in _ENDS, stretch[at : at + _REACH]))


def _restricts(stretch: Stretch, at: int) -> bool:
    """Whether `only` tells for whom, where or when alone something holds; what was once done was done all the same."""
    link, first, before = stretch[at + 1], stretch[at + 2], stretch[:at]
    if link not in _LINKS or (_PRESENT.isdisjoint(before) and _PERMITS.isdisjoint(map(root, before))):
        return False
    if link == "to":  # `returned only to find`
        return first in DETERMINERS | _NO_PLURAL or first.endswith("s")
    return not first[0].isdecimal() and first not in DAYS_AND_MONTHS
