"""What a sentence tells of one name beside it, and a claim of another: `Mena, a cousin of Ruiz, and Soto`. English.

An apposition or a clause with `who` belongs to the name right before its comma. `A, the parent company of B` is turned
round as `A's parent company, B`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.text.folding import tokens, words
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import AUXILIARIES, root

_NAME = r"(?<![\w'’-])[A-Z][\w'’-]*+(?: (?:(?:van|von|de|der|den|del|di|da|la|bin|al|of) )?[A-Z][\w'’-]*+){0,4}"
_ASIDE = re.compile(
    rf"(?P<name>{_NAME}), (?P<said>(?:an?|the|his|her|its|their|who|former|then)\b[^,;:!?()]*?)"
    r"(?=[,;:!?()]|\.(?:\s|$)|$)"
)
_PREDICATE = re.compile(rf"^(?:The )?(?P<name>{_NAME}),? (?P<said>[a-z][^,;:!?()]*+)")
_BESIDE = re.compile(rf"(?P<name>{_NAME})(?:,| and| or|, and) (?:the )?$")
_SMALL = DETERMINERS | AUXILIARIES | frozenset(words("""
    of in on at to for from by with and or who whom which as be been being also then now former
"""))  # fmt: skip
_NEAR = 60

_OF_ONE = {
    form: listed.split()[0]
    for listed in (
        "parent father mother owner founder", "child son daughter subsidiary", "uncle aunt", "nephew niece",
        "grandfather grandmother grandparent", "grandson granddaughter grandchild", "successor", "predecessor", "boss",
        "pupil student", "teacher", "stepfather stepmother", "stepson stepdaughter", "godfather godmother", "lawyer",
        "agent", "creator", "creation", "supplier", "capital", "suburb",
    )
    for form in listed.split()
}  # fmt: skip
"""Who is one of these of another is none of them of whose the other is."""
_KIND = "|".join(_OF_ONE)
_RELATED = re.compile(
    rf"(?P<one>{_NAME})(?:,|,? (?:is|was|became)) (?:(?:an?|the|his|her) )?(?:[a-z][\w-]*+ ){{0,2}}?(?P<kind>{_KIND})"
    rf"(?: company)? (?:of|to) (?:the )?(?:[a-z][\w-]*+ ){{0,3}}(?P<other>{_NAME})"
)
_OWNED = re.compile(
    rf"(?P<other>{_NAME})(?<=['’]s) (?:[a-z][\w-]*+ ){{0,2}}?(?P<kind>{_KIND})(?: company)?,? (?P<one>{_NAME})"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a name: the words, and the roots of those that mean something."""

    name: str
    said: str
    roots: frozenset[str]
    begin: int
    end: int


def of_another_name(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim tells of one name, and the sentence of another one right beside that."""
    yield from _turned_round(claim, sentence)
    there = _asides(sentence)
    here = [*_asides(claim), *_predicates(claim)] if there else []
    for mine in here:
        for its in there:
            if mine.roots and mine.roots <= its.roots and _is_of_another(mine, its, sentence):
                yield Difference(Turn.ROLES, f"{its.name}, {its.said}", f"{mine.name} … {mine.said}")
                return


def _asides(text: str) -> list[_Told]:
    return [_told(found) for found in _ASIDE.finditer(text)]


def _predicates(claim: str) -> Iterator[_Told]:
    """What a claim says of the name that it begins with, but for what stands between commas."""
    if found := _PREDICATE.match(_ASIDE.sub(lambda one: one["name"], claim).rstrip(" .")):
        yield _told(found)


def _told(found: re.Match[str]) -> _Told:
    roots = frozenset(root(one) for one in tokens(found["said"]) if one not in _SMALL)
    return _Told(found["name"], found["said"], roots, *found.span())


def _is_of_another(mine: _Told, its: _Told, sentence: str) -> bool:
    """Whether the sentence names the claim's one too, elsewhere and apart, and says that only of the other one."""
    names = frozenset(tokens(mine.name))
    rest = f"{sentence[: its.begin]} {its.name} {sentence[its.end :]}"
    elsewhere = frozenset(tokens(rest))
    is_named = names <= elsewhere and names.isdisjoint(tokens(its.said)) and names.isdisjoint(tokens(its.name))
    before = _BESIDE.search(sentence[max(0, its.begin - _NEAR) : its.begin])
    are_both = before is not None and not names.isdisjoint(tokens(before["name"]))
    return is_named and not are_both and not mine.roots <= frozenset(map(root, elsewhere))


def _turned_round(claim: str, sentence: str) -> Iterator[Difference]:
    """That B is the parent of A, where A is of B."""
    there = list(_related(sentence))
    for one, kind, other, meant in _related(claim) if there else ():
        for first, its, second, told in there:
            is_turned = its == kind and _is_same(one, second) and _is_same(other, first) and not _is_same(one, first)
            if is_turned:
                yield Difference(Turn.ROLES, told, meant)
                return


def _related(text: str) -> Iterator[tuple[str, str, str, str]]:
    for pattern in (_RELATED, _OWNED):
        for found in pattern.finditer(text):
            yield found["one"], _OF_ONE[found["kind"]], found["other"], found[0]


def _is_same(name: str, other: str) -> bool:
    return tokens(name)[-1:] == tokens(other)[-1:]
