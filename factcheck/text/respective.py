"""Two rows of names, things or numbers that `respectively` pairs, and a claim that pairs them otherwise. English."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from factcheck.text.folding import fold, tokens, words
from factcheck.text.turns import DETERMINERS, Difference, Turn

_ITEM = r"(?:(?:the|an?|his|her|its) \w[\w-]*+(?: \w[\w-]*+)?|[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+){0,3}|\w[\w-]*+)"
_ROW = re.compile(rf"(?<![\w'’-]){_ITEM}(?:, {_ITEM}){{0,5}}(?:,? and {_ITEM})")
_PAIR = re.compile(
    r"(?<![\w.,])(?P<one>[\w.,]*\w)(?: (?:percent|million|billion|euros|dollars|%))? and (?P<other>[\w.,]*\w)"
)
_PARTS = re.compile(r",? and |, ")
_RESPECTIVELY = re.compile(r",? respectively\b")


def other_shares(claim: str, sentence: str) -> Iterator[Difference]:
    """`A and B got 5 and 7 respectively`: each gets the number that stands at its place."""
    if "respectively" not in (folded := fold(sentence)):
        return
    pairs = [(found["one"], found["other"]) for found in _PAIR.finditer(folded)]
    numbers = [pair for pair in pairs if pair[0][0].isdecimal() and pair[1][0].isdecimal()]
    names = [pair for pair in pairs if not pair[0][0].isdecimal()]
    said = frozenset(words(claim))
    for (one, other), (first, second) in zip(names[:1], numbers[:1], strict=False):
        for who, its, no in ((one, first, second), (other, second, first)):
            if who in said and no in said and not {one, other, its} - {who} & said:
                yield Difference(Turn.BINDS, f"{who} … {its}", f"{who} … {no}")


def paired_otherwise(claim: str, sentence: str) -> Iterator[Difference]:
    """One of the first row with what stands in the second row at another one's place."""
    found = _RESPECTIVELY.search(sentence)
    rows = list(_rows(sentence[: found.start()])) if found else []
    if len(rows) < 2 or _RESPECTIVELY.search(claim):  # noqa: PLR2004 - two rows
        return
    firsts, seconds = rows[-2:]
    said = frozenset(tokens(claim))
    named = [at for at, one in enumerate(firsts) if _key(one) in said]
    if len(firsts) != len(seconds) or len(named) != 1:
        return
    own = seconds[named[0]]
    wrong = [one for one in seconds if one != own and _stands(one, own, said)]
    if wrong and _key(own) not in map(_key, firsts):
        yield Difference(Turn.BINDS, f"{firsts[named[0]]} … {own}", f"{firsts[named[0]]} … {wrong[0]}")


def _stands(item: str, own: str, said: AbstractSet[str]) -> bool:
    """Whether a claim has an item that is no part of what it should have: the slalom of the giant slalom."""
    wanted, right = (frozenset(tokens(one)) - DETERMINERS for one in (item, own))
    return wanted <= said and not wanted <= right <= said


def _rows(text: str) -> Iterator[Sequence[str]]:
    return (_PARTS.split(found[0]) for found in _ROW.finditer(text))


def _key(item: str) -> str:
    """The last word of an item, by which it is known."""
    return next(iter(tokens(item)[-1:]), "")
