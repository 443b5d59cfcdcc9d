"""Two rows of names or things that `respectively` pairs, and a claim that pairs them otherwise. English."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from factcheck.text.folding import tokens
from factcheck.text.turns import DETERMINERS, Difference, Turn

_ITEM = r"(?:(?:the|an?|his|her|its) \w[\w-]*+(?: \w[\w-]*+)?|[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+){0,3}|\w[\w-]*+)"
_ROW = re.compile(rf"(?<![\w'’-]){_ITEM}(?:, {_ITEM}){{0,5}}(?:,? and {_ITEM})")
_PARTS = re.compile(r",? and |, ")
_RESPECTIVELY = re.compile(r",? respectively\b")


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
