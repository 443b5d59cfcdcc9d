"""What was found in animals or in a dish, told as if it were found in people, or at all. English."""

import re
from collections.abc import Iterator

from factcheck.text.causes import is_of_cause
from factcheck.text.folding import fold, tokens, words
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_TESTED = (
    r"(?:mice|mouse|rats?|rodents?|monkeys|macaques|primates|pigs|rabbits|hamsters|ferrets|zebrafish|fruit flies|worms"
    r"|dogs|animals|(?:human |lung |liver |cancer |tumou?r )?cells|tissue|cultures|a dish|test tubes"
    r"|the lab(?:oratory)?)"
)
_IN_ANIMALS = re.compile(
    rf"\b(?:(?:in|on|with|among) (?:[\w-]+ ){{0,2}}?{_TESTED}|of (?:the )?(?:mice|rats|monkeys|pigs|rabbits)"
    rf"|(?:stud(?:y|ies)|tests?|trials?|experiments?) of (?:[\w-]+ ){{0,2}}?{_TESTED}"
    r"|(?:animal|laboratory|lab) (?:tests|studies|trials|experiments))\b"
)
_ANIMALS = frozenset(map(root, words("""
    mouse mice rat rats rodent rodents monkey macaque primate pig rabbit hamster ferret zebrafish fly worm dog animal
    animals cell cells tissue culture dish tube lab laboratory vitro
""")))  # fmt: skip
_PEOPLE = frozenset(map(root, words("patient people men women children adults volunteers participants")))
_OF_RESEARCH = re.compile(
    r"\b(?:stud(?:y|ies)|researchers?|scientists?|tests?|trials?|experiments?|vaccines?|drugs?|compounds?|proteins?|genes?"
    r"|molecules?|doses?|injected|extract|treatments?|therapy|antibod(?:y|ies)|gel|diet|laboratory|tumou?rs?|blood|virus)\b"
)


def beyond_animals(claim: str, sentence: str) -> Iterator[Difference]:
    """An effect of the claim that the sentence tells of animals or cells, where the claim has none of those."""
    said = fold(sentence)
    found = _IN_ANIMALS.search(said)
    if found is None or not _OF_RESEARCH.search(said):
        return
    meant = frozenset(map(root, tokens(claim)))
    effects = [one for one in tokens(claim) if is_of_cause(one) and root(one) in set(map(root, tokens(sentence)))]
    is_of_people = bool(meant & _PEOPLE) and _PEOPLE.isdisjoint(map(root, tokens(sentence)))
    if effects and (is_of_people or meant.isdisjoint(_ANIMALS)):
        yield Difference(Turn.DEPENDS, found[0], effects[0])
