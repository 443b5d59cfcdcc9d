"""Who only tells of a deed, told as who did it. English.

`The prosecutor said the driver had fled` is no flight of the prosecutor's, and `windows were smashed, police said` does
not tell who smashed them.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from factcheck.text.folding import tokens, words
from factcheck.text.heads import Deed, NounPhrase, deeds
from factcheck.text.titles import OF_BODIES, TITLES
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_ANY_BODY = frozenset(map(root, words("""
    company firm group bank team club party organisation organization agency authority union charity airline carrier
    operator maker retailer lender insurer giant business chain brand unit government ministry department regulator
    council manufacturer developer publisher producer supplier startup broadcaster newspaper platform army
""")))  # fmt: skip
"""`The company` may be what is named before it."""
_HARM = frozenset(map(root, words("""
    smash vandalise vandalize sabotage kill murder loot burn torch beat attack assault injure wound hurt shoot stab
    strangle rob steal destroy damage hack hijack kidnap abduct ransack bomb poison rape threaten deface derail poach
    burgle bully harass mug slash execute behead torture ambush
""")))  # fmt: skip
"""Who tells of one of these done hardly tells that he did it himself; an arrest is told by those who made it."""
_ACCORDING = re.compile(
    r"\baccording to (?:the |an? |his |her |its |their )?(?P<who>[\w'’-]+(?: [\w'’-]+){0,3})", re.IGNORECASE
)
_OF_PEOPLE = re.compile(r",? who\b|, \d{1,2},")
_TITLES, _BODIES = (frozenset(map(root, listed)) for listed in (TITLES, OF_BODIES))


def teller_as_doer(claim: str, sentence: str) -> Iterator[Difference]:
    """Of what the claim says that one did who in the sentence only tells of it."""
    here = [one for one in deeds(claim) if one.doer and not one.is_saying and not one.is_passive]
    there = deeds(sentence) if here else ()
    for deed in here:
        same = [one for one in there if one.verb == deed.verb]
        if deed.doer and same and _tells(deed.doer, there, sentence):
            is_person = _is_person(deed.doer, there, sentence)
            told = _done_by_another(deed.doer, same, claim, is_person=is_person) or _done_by_nobody(deed, same)
            if told:
                yield Difference(Turn.ROLES, told, f"{deed.doer} … {deed.verb}")
                return


def _tells(doer: NounPhrase, there: Sequence[Deed], sentence: str) -> bool:
    """Whether somebody says something in the sentence, and does nothing else."""
    own = _of_one(doer)
    does = [one.is_saying for one in there if one.doer and own <= one.doer.roots]
    is_source = any(own <= set(map(root, tokens(one["who"]))) for one in _ACCORDING.finditer(sentence))
    return all(does) and (bool(does) or is_source)


def _of_one(doer: NounPhrase) -> AbstractSet[str]:
    """The roots of a phrase without titles."""
    return doer.roots - _TITLES or doer.roots


def _is_person(doer: NounPhrase, there: Sequence[Deed], sentence: str) -> bool:
    """Whether the sentence shows that who tells is a person: by a title, an age, `who`, or `her lawyer`."""
    own = _of_one(doer)
    named = [doer, *(one.doer for one in there if one.doer and own <= one.doer.roots)]
    has_title = any(
        (len(own) > 1 or not one.has_name) and own.isdisjoint(_BODIES) and not one.roots.isdisjoint(_TITLES)
        for one in named
    )
    has_people = any(one.doer and one.doer.head[0].low in {"his", "her"} for one in there)
    last = doer.head[-1].written
    return (
        has_title
        or has_people
        or any(one.start() and sentence[: one.start()].endswith(last) for one in _OF_PEOPLE.finditer(sentence))
    )


def _done_by_another(doer: NounPhrase, same: Sequence[Deed], claim: str, *, is_person: bool) -> str:
    """Who does it in the sentence, where that is another one whom the claim does not name."""
    own, said = _of_one(doer), frozenset(map(root, tokens(claim)))
    others = [one.doer for one in same if one.doer]
    if len(others) < len(same) or any(_may_be_one(doer, one, is_person=is_person) for one in others):
        return ""
    every = [root(word.bare) for one in others for part in one.which for word in part.words]
    is_another = all(own.isdisjoint(one.roots) and said.isdisjoint(one.roots) for one in others)
    return f"{others[0]} … {same[0].verb}" if is_another and own.isdisjoint(every) else ""


def _may_be_one(doer: NounPhrase, other: NounPhrase, *, is_person: bool) -> bool:
    """Whether `the company` may stand for the one who tells, or its members for it."""
    is_any_body = not other.has_name and not other.roots.isdisjoint(_ANY_BODY)
    is_its = other.head[0].low in {"its", "their"}
    return is_its or is_any_body or (doer.has_name and not other.has_name and not is_person)


def _done_by_nobody(deed: Deed, same: Sequence[Deed]) -> str:
    """The passive by which the sentence leaves open who did harm."""
    passives = [one.done_to for one in same if one.is_passive and one.done_to and one.doer is None]
    if deed.verb not in _HARM or len(passives) < len(same) or deed.done_to is None:
        return ""
    is_same = any(not one.roots.isdisjoint(deed.done_to.roots) for one in passives)
    return f"{passives[0]} … {deed.verb}" if is_same else ""
