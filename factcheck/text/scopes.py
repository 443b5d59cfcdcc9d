"""Statements that a sentence makes under a condition, a doubt or a denial, and a claim on their own. English.

Of `the plant closes unless the union gives in` neither half is said; of `she denied that he came` the last one is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.folding import tokens, words
from factcheck.text.marked import denies
from factcheck.text.turns import Difference, Turn
from factcheck.text.unreal import may_be_open
from factcheck.text.verbs import root

_IF = re.compile(
    r"(?<!\beven\s)(?<!\bas\s)\b(?:only\s+)?(?P<if>if|unless|provided(?:\s+that)?|as\s+long\s+as|on\s+condition\s+that"
    r"|in\s+case|once)\b(?!\s+(?:not|any|only|again|more|a)\b)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?P<whether>whether"
    r"|den(?:y|ies|ied|ying)(?:\s+\w+){0,2}?\s+that"
    r"|apologi[sz](?:e|es|ed|ing)\s+for\s+(?:saying|claiming|suggesting|writing|alleging)(?:\s+that)?"
    r"|no\s+(?:\w+\s+)?(?:evidence|proof|sign|indication|suggestion|guarantee)(?:\s+\w+){0,2}?\s+that"
    r"|(?:doubt|rumou?r|fear|hope|speculation|suspicion|allegation|accusation|suggestion|claim|assumption|belief|idea|myth"
    r"|conspiracy\s+theor(?:y|ie))s?\s+that"
    r"|(?:doubt|hope|fear|wish|suspect|believe|think|assume|suggest|imagine|speculate|worrie)[sd]?\s+that|thought\s+that"
    r"|(?:hop|fear|wish|suspect|believ|think|assum|suggest|speculat|worry|hint)ing\s+that|(?:hint|suspect|doubt)ed\s+that"
    r")\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?P<except>except(?:\s+for)?|apart\s+from|other\s+than|with\s+the\s+exception\s+of|excluding)\s+"
    r"(?:(?:the|an?|in|on|for|by)\s+)*(?P<who>[\w-]+)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?P<except>unlike|rather\s+than|instead\s+of|as\s+opposed\s+to)\s+(?:(?:the|an?|in|on|for|by)\s+)*(?P<who>[\w-]+)",
    re.IGNORECASE,
)
_EVERY = frozenset(words("""
    all every everyone everybody everything each any always no none nobody entire whole
    alle alles jeder jede todos todas tous toutes tutti tutte
"""))  # fmt: skip
_REFUSALS = frozenset(words("only refused failed"))
_ENDS = re.compile(r"[,;:.!?”\"()–—](?=\s|$)|\s(?:and|but)\s")
_MAIN_BEGINS = re.compile(r"[;:.!?“”\"()–—]|,\s|\b(?:that|who|which|but|because|although|while|where)\s")
_ABOVE = 4 / 5
_FEWEST = 2
_SMALL = frozenset(words("""
    a an the of to in on at by for from with and or but as than that this these those it its is are was were be been
    being has have had do does did will would he she they his her their there which who if
"""))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is not said outright, and the words under which it stands."""

    told: str
    roots: frozenset[str]
    is_condition: bool


def taken_out(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says outright, and the sentence only under a condition, a doubt or a denial."""
    yield from _exceptions(claim, sentence)
    scopes = list(_scopes(sentence))
    if not scopes or may_be_open(claim) or _IF.search(claim) or _WHETHER.search(claim):
        return
    said = [root(word) for word in tokens(claim) if word not in _SMALL]
    for scope in scopes:
        if _is_within(said, scope):
            yield Difference(Turn.DEPENDS, scope.told, "")


def _exceptions(claim: str, sentence: str) -> Iterator[Difference]:
    """`All except one signed` where the claim says that all did, or that this one did, as of `unlike` this one."""
    said, meant = tokens(claim), tokens(sentence)
    if _EXCEPT.search(claim) or _INSTEAD.search(claim):
        return
    exceptions = [] if _EVERY.isdisjoint(meant) else list(_EXCEPT.finditer(sentence))
    for found in (*exceptions, *_INSTEAD.finditer(sentence)):
        without = next(iter(tokens(found["who"])), "")
        is_of_all = found in exceptions and not _EVERY.isdisjoint(said) and without not in said
        is_same = {root(word) for word in said}.issubset(map(root, meant))
        is_of_one = without in said and is_same and not any(denies(one) or one in _REFUSALS for one in (*said, *meant))
        if is_of_all or is_of_one:
            yield Difference(Turn.DEPENDS, " ".join(found[0].split()), "")


def _is_within(said: Sequence[str], scope: _Scope) -> bool:
    """Whether a claim says what stands there; of whom it says it may stand before, or be called by a pronoun."""
    held = [word in scope.roots for word in said]
    if sum(held) < _FEWEST:
        return False
    if sum(held) >= _ABOVE * len(held):
        return True
    first = held.index(True)
    return not scope.is_condition and first <= _FEWEST and all(held[first:])


def _scopes(sentence: str) -> Iterator[_Scope]:
    for found in _WHETHER.finditer(sentence):
        yield _scope(found[0], sentence[found.end() : _end(sentence, found.end())], is_condition=False)
    for found in _IF.finditer(sentence):
        end = _end(sentence, found.end())
        told = " ".join(sentence[found.start() : end].split()[:4])
        yield _scope(told, sentence[found.end() : end], is_condition=True)
        before = sentence[: found.start()]
        if before.strip():
            begins = [one.end() for one in _MAIN_BEGINS.finditer(before.rstrip(" ,"))]
            yield _scope(told, before[begins[-1] if begins else 0 :], is_condition=True)
        elif sentence[end : end + 1] == ",":
            yield _scope(told, sentence[end + 1 : _end(sentence, end + 1)], is_condition=True)


def _scope(told: str, under: str, *, is_condition: bool) -> _Scope:
    roots = frozenset(root(word) for word in tokens(under) if word not in _SMALL)
    return _Scope(" ".join(told.split()), roots, is_condition)


def _end(sentence: str, start: int) -> int:
    found = _ENDS.search(sentence, start)
    return found.start() if found else len(sentence)
