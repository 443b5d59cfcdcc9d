"""Whose age it is: `a cyclist struck by a 34-year-old driver` is no 34-year-old cyclist. English."""

import re
from collections.abc import Iterator

from factcheck.text.folding import fold, words
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import is_past, root

_AGED = re.compile(r"\b(?P<age>\d{1,3})-year-old (?P<words>[a-z][\w-]*+(?: [a-z][\w-]*+){0,2})")
_NAMED = re.compile(r"(?<![\w'’-])(?P<name>[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+){0,3}), (?P<age>\d{1,3})(?=,| and\b|\.|$)")
_IS_LINK = re.compile(
    r"(?:,|\b(?:is|was|are|were|as|named|be|been|like)) (?:(?:also|now|only|just) )?(?:(?:an?|the) )?$"
)
_MAY_BE_NEW = re.compile(r"\b(?:an?|one|another) (?:[\w-]++ ){0,2}$")
_APART = re.compile(r"[,;:.](?=\s|$)| and ")
_NOUN_ENDS = frozenset(words("""
    on in at by with from of to for over after who whose and or outside near under driving riding is was has had were
    are as during when while inside that
"""))  # fmt: skip
_NEAR = 40
_DETERMINED = r"(?:a|an|the|his|her|another|one)"


def other_age(claim: str, sentence: str) -> Iterator[Difference]:
    """An age that the claim gives to another one than the sentence does, whom that has too."""
    yield from _of_another_name(claim, sentence)
    meant, said = fold(claim), fold(sentence)
    here = list(_AGED.finditer(meant))
    there = list(_AGED.finditer(said)) if here else []
    for mine in here:
        noun = _nouns(mine)
        same = [one for one in there if one["age"] == mine["age"]]
        if not noun or not same or any({*map(root, _nouns(one))} & {*map(root, noun)} for one in same):
            continue
        if all(_are_two(noun[-1], one, said) for one in same):
            yield Difference(Turn.BINDS, _told(same[0]), _told(mine))
            return


def _of_another_name(claim: str, sentence: str) -> Iterator[Difference]:
    """`Luis Delgado, 34` of Maria Delgado, 34, and Luis, 29: told by the first word of each name."""
    ages = {one["name"].split()[0]: one["age"] for one in _NAMED.finditer(sentence)}
    for mine in _NAMED.finditer(claim):
        given = mine["name"].split()[0]
        if ages.get(given, mine["age"]) != mine["age"] and mine["age"] in ages.values():
            yield Difference(Turn.BINDS, f"{given} … {ages[given]}", mine[0])
            return


def _told(found: re.Match[str]) -> str:
    return found.string[found.start() : found.start("words")] + " ".join(_nouns(found))


def _nouns(found: re.Match[str]) -> list[str]:
    """The words behind an age up to a preposition or a verb."""
    kept: list[str] = []
    for word in found["words"].split():
        if word in _NOUN_ENDS or (kept and is_past(word)):
            break
        kept.append(word)
    return kept


def _are_two(noun: str, aged: re.Match[str], said: str) -> bool:
    """Whether a noun stands in the sentence with a determiner of its own, and none that may be the aged one's."""
    pattern = rf"(?:^|\b{_DETERMINED} (?:[\w-]+ )?)(?P<noun>{re.escape(noun)})s?\b"
    places = [one.span("noun") for one in re.finditer(pattern, said)]
    return bool(places) and not any(_may_be_one(said, place, aged.span()) for place in places)


def _may_be_one(said: str, place: tuple[int, int], aged: tuple[int, int]) -> bool:
    """Whether two nouns are one by `is`, `as` or a comma, or the later one may mean the first: `…, and the man`."""
    (_, end), (second, _) = sorted((place, aged))
    between = said[end:second]
    if _IS_LINK.search(between[-_NEAR:]):
        return True
    is_new = _MAY_BE_NEW.search(between[-_NEAR:]) is not None
    return not is_new and _APART.search(between) is not None
