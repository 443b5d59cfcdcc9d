"""Whose captain, chief or driver somebody is, and a claim that gives that one to another owner. English.

`Sporting, whose captain, Rui Dias` is no Porto's captain, `its chief executive Ann Vogel` is the chief of whoever the
sentence is about, and `the banker's driver, Emil Frey` is no banker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from factcheck.text.clauses import clauses
from factcheck.text.folding import tokens
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import root

_NAME = r"[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+){0,3}"
_NOUN = r"[a-z][\w-]*+(?: [a-z][\w-]*+){0,2}"
_WHO = rf"(?P<noun>{_NOUN}),? (?P<name>{_NAME})"
_OWNER = rf"(?P<owner>(?:[Tt]he )?(?:{_NAME}|(?<=[Tt]he )[a-z][\w-]*+))"
_OF_WHOSE = re.compile(rf"(?<![\w'’-]){_OWNER},? whose {_WHO}")
_OF_OWNER = re.compile(rf"(?<![\w'’-]){_OWNER}(?:['’]s|(?<=['’]s)|(?<=s['’])|(?<=s)['’]) {_WHO}")
_OF_ITS = re.compile(rf"\b[Ii]ts {_WHO} (?:said|told|says|announced|added)\b")
_IS_OF = re.compile(
    rf"(?<![\w'’-])(?P<name>{_NAME})(?:,| is| was|, who is) (?:the |an? )?(?P<noun>{_NOUN}) of (?:the )?"
    rf"(?P<owner>{_NAME}|[a-z][\w-]*+)"
)
_IS = re.compile(rf"^(?:[Tt]he )?(?P<what>[A-Z]?[a-z][\w-]*+) (?:is|was) (?P<name>{_NAME})[.]?$")
_IS_TOO = re.compile(rf"^(?P<name>{_NAME}) (?:is|was) the (?P<what>[a-z][\w-]*+)[.]?$")


@dataclass(frozen=True, slots=True)
class _Owned:
    """Somebody by name, as what, and whose; the words that say so."""

    name: str
    noun: str
    owner: frozenset[str]
    told: str

    def is_same(self, other: "_Owned") -> bool:
        """Whether both speak of one person as the same."""
        is_one = tokens(self.name)[-1:] == tokens(other.name)[-1:]
        return is_one and tokens(self.noun)[-1:] == tokens(other.noun)[-1:]


def of_another_owner(claim: str, sentence: str) -> Iterator[Difference]:
    """Somebody whom the claim gives to another one than the sentence does, or takes for whose that one is."""
    here = [*_owned(claim), *_found(_IS_OF, claim)]
    there = [*_owned(sentence), *_of_its(sentence)] if here else []
    said = _roots(sentence)
    for mine in here:
        same = [one for one in there if one.is_same(mine)]
        is_known = bool(mine.owner) and mine.owner <= said
        if same and is_known and all(one.owner.isdisjoint(mine.owner) for one in same):
            yield Difference(Turn.ROLES, same[0].told, mine.told)
            return
    yield from _taken_for_owner(claim, sentence)


def _owned(text: str) -> Iterator[_Owned]:
    return chain(_found(_OF_WHOSE, text), _found(_OF_OWNER, text))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[_Owned]:
    for found in pattern.finditer(text):
        yield _Owned(found["name"], found["noun"], _roots(found["owner"]), found[0])


def _of_its(sentence: str) -> Iterator[_Owned]:
    """Whose `its chief executive` who speaks at the end of a sentence is: the first subject's."""
    for found in _OF_ITS.finditer(sentence):
        subjects = [one.done_to if one.is_passive else one.doer for one in clauses(sentence)]
        if subjects and subjects[0] and (owner := subjects[0]).first < len(tokens(sentence[: found.start()])):
            yield _Owned(found["name"], found["noun"], owner.roots, f"{owner} … {found[0]}")


def _taken_for_owner(claim: str, sentence: str) -> Iterator[Difference]:
    """That the banker is Emil Frey, of whom the sentence says that he is the banker's driver."""
    for pattern in (_IS, _IS_TOO):
        if found := pattern.match(claim):
            what, name = _roots(found["what"]), tokens(found["name"])[-1:]
            for one in _owned(sentence):
                is_other = what <= one.owner and what.isdisjoint(_roots(one.noun))
                if is_other and tokens(one.name)[-1:] == name and _roots(sentence) >= what:
                    yield Difference(Turn.ROLES, one.told, claim.rstrip("."))
                    return


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(one) for one in tokens(text) if one not in DETERMINERS)
