"""Who was introduced before a window: the people, and the bodies, that a question about it has to name.

A window is read with a few sentences before it. Whoever came in earlier, and stands in it as `she`, `Gomes` or `the
council`, would be guessed at. English only.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from factcheck.text.folding import fold, words
from factcheck.text.people import PRONOUN_OF_PEOPLE, Mention, People
from factcheck.text.titles import OF_BODIES, TITLES

_MOST = 220  # characters, about 60 tokens
_LONGEST_ROLE = 60  # characters
_NEAR = 120  # characters before a name
_KEPT = 8  # articles, whose windows are asked about in turn
_ROLE_BEHIND = re.compile(
    r",? (?P<role>(?:\d{1,3}, )?(?:an?|the|who is|who was) [^,.;:()\n“”\"]{2,60}+|\d{1,3})(?=[,.;])"
)
_ROLE_WORD = re.compile(r"[\w.&’'-]++")
_ROLE_WORDS = 8
_OPENING = frozenset(("the", "a", "an"))
_MODIFIERS = 2  # words, as of `the deputy health minister`
_LINKING = frozenset(("of", "for", "and", "the"))
_BODY = re.compile(r"(?:[A-Z][\w&’'-]{1,30} (?:(?:of|for|and|the|on) ){0,2}){1,6}[A-Z][\w&’'-]{1,30}+")


def introduced(text: str, begin: int, asked: str, shown: str, title: str = "") -> str:
    """Whom the article introduced before `begin`, in its own words, as far as `asked` may speak of them; else nothing.

    Left out is who has a full name in `shown`, the sentences that the question holds, and whom the title names. The
    last named come first where there is no room for all.
    """
    headline = frozenset(words(fold(title)))
    people = [(at, name) for key, at, name in _people_meant(text, begin, asked, shown) if key not in headline]
    told = [*people, *_bodies_meant(text, begin, asked, f"{title} {shown}")]
    kept: list[tuple[int, str]] = []
    for place, words_of_one in told:
        if sum(len(one) + 2 for _, one in kept) + len(words_of_one) <= _MOST:
            kept.append((place, words_of_one))
    return "; ".join(one for _, one in sorted(kept))


def _people_meant(text: str, begin: int, asked: str, shown: str) -> Iterator[tuple[str, int, str]]:
    """Each person's last name, where they were introduced, and how; the last named first."""
    people = _people_of(text)
    before = [one for one in people.mentions if one.start < begin]
    fullest: dict[str, str] = {}
    for one in before:
        fullest[one.key] = max(fullest.get(one.key, ""), one.written, key=len)
    has_pronoun = PRONOUN_OF_PEOPLE.search(asked) is not None
    named = {one.key for one in people.named_in(asked)}
    for key in dict.fromkeys(one.key for one in reversed(before)):
        if fullest[key] not in shown and (has_pronoun or key in named):
            mentions = [one for one in before if one.key == key]
            yield key, mentions[0].start, _in_full(text, fullest[key], mentions)


def _in_full(text: str, name: str, mentions: list[Mention]) -> str:
    """The name with the role that the article first gives with it."""
    for one in mentions:
        role = _role(text, one)
        if role:
            return f"{name}, {role}"
    return name


def _role(text: str, mention: Mention) -> str:
    behind = _ROLE_BEHIND.match(text, mention.start + len(mention.written))
    if behind:
        return behind["role"]
    before = text[max(0, mention.start - _NEAR) : mention.start].removesuffix(" ").removesuffix(",").split()
    said = list(takewhile(_ROLE_WORD.fullmatch, reversed(before[-_ROLE_WORDS:])))
    return _from_title_on(said[::-1])


def _from_title_on(said: list[str]) -> str:
    """The words before a name as far as they are its title: `Health Minister`, `the minister`, none of `met with`."""
    bare = [one.casefold() for one in said]
    titles = [place for place, one in enumerate(bare) if one in TITLES]
    if not titles or not all(one[0].isupper() or one in _LINKING for one in said[titles[-1] + 1 :]):
        return ""
    start = titles[-1]
    while start and bare[start - 1] not in _OPENING and (said[start - 1][0].isupper() or bare[start - 1] in TITLES):
        start -= 1
    opening = [place for place in range(max(0, start - _MODIFIERS - 1), start) if bare[place] in _OPENING]
    start = opening[-1] if opening else start
    role = " ".join((bare[start] if opening else said[start], *said[start + 1 :]))
    return role if len(role) <= _LONGEST_ROLE else ""


def _bodies_meant(text: str, begin: int, asked: str, shown: str) -> Iterator[tuple[int, str]]:
    """Bodies by their full names where the question says `the council`."""
    kinds = {one for one in OF_BODIES if re.search(rf"\bthe {re.escape(one)}\b", asked)}
    if not kinds:
        return
    found: dict[str, tuple[int, str]] = {}
    for one in _BODY.finditer(text, 0, begin):
        for kind in kinds.intersection(words(one[0])):
            found[kind] = (one.start(), one[0].removeprefix("The "))
    yield from (one for one in found.values() if one[1] not in shown)


@lru_cache(_KEPT)
def _people_of(text: str) -> People:
    return People(text)
