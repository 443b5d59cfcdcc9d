"""A claim of two facts taken apart where its own words do it: each half has a subject and a verb, and hangs on nothing.

English only.
"""

import re
from collections.abc import Iterator, Sequence

from factcheck.text.folding import fold, words
from factcheck.text.names import may_be_name
from factcheck.text.sayings import is_verb_of_saying
from factcheck.text.verbs import AUXILIARIES, PASTS, root

_LONGEST = 400  # characters
_JOINT = re.compile(r"(?:,| –| —|;) (?:and|but|while|whereas|yet) |; ")
_JOINT_OF_VERBS = re.compile(
    r",? (?:and|but) (?=(?:(?:also|then|later) )?"
    r"(?:is|was|are|were|has|had|will|went|became|won|left|made|took|gave|wrote|ran|led|met|began|fell|rose|grew|sold"
    r"|bought|built|lost|died|[a-z]{3,}ed) (?!by\b))"
)
_FINITE = AUXILIARIES.union(PASTS, ("saw", "said"))
_REACH = 8
"""So many words behind a half's begin its verb stands at the latest."""
_DETERMINERS = frozenset(words("the a an this these those some many most few all both several no every"))
_PERSONAL = frozenset(("he", "she"))
_HANGING = frozenset(words("""
    if unless because although though since whether that who which whom whose when where until before after as than
    either neither or nor so it its they them their theirs him his her hers this that these those former latter other
"""))  # fmt: skip
"""A half with one of these may hang on the other, or both on a third."""
_OVER_ALL = frozenset(map(root, words("""
    believe think suspect fear hope assume expect predict estimate claim allege report know find reckon suppose imagine
    reportedly allegedly apparently supposedly presumably purportedly according
""")))  # fmt: skip
"""What is said under one of these is said so of all that follows."""
_OWN_PASTS = AUXILIARIES.union(PASTS, ("died",))
"""These need no `was` of the verb before them."""
_OVER_VERBS = frozenset(words("not never no nor may might could would should must can cannot hardly barely"))
_OPENING = re.compile(
    r"(?:(?:In|Under|At|On|By|With|Without|For|During|Despite|Since|As|From|Among|Through|Throughout|After|Before|Had"
    r"|Were|Should|Because|While|When|If|Unlike|Like|Per|Over|Within)\b|[A-Z]\w+ly\b)[^,]*,"
)
"""What opens a sentence holds for all of it: `In the film, …`."""
_BEHIND_A_VERB = frozenset(words("on to in at for from with the a an its his her no"))
_CLAUSE_WORDS = 3


def split_facts(claim: str) -> tuple[str, ...]:
    """The claims of one fact that an English claim is made of; the claim alone where that cannot be told for sure.

    The words stay, but for `he` or `she` at a half's begin, which becomes the name that begins the claim.
    """
    found = next(_splits(claim), None) if len(claim) <= _LONGEST and not _is_under_one_word(claim) else None
    return (claim,) if found is None else tuple(one for half in found for one in split_facts(half))


def _is_under_one_word(claim: str) -> bool:
    """Whether all of an English claim stands under what opens it, or under somebody's word or doubt."""
    return bool(opening(claim)) or any(map(holds_for_what_follows, words(fold(claim))))


def opening(claim: str) -> str:
    """What opens an English claim and holds for all of it, as `In the film,`; often nothing."""
    found = _OPENING.match(claim)
    return found[0] if found else ""


def holds_for_what_follows(word: str) -> bool:
    """Whether a folded English word is one of saying or doubt, under which all that follows is said."""
    return root(word) in _OVER_ALL or is_verb_of_saying(word)


def _splits(claim: str) -> Iterator[tuple[str, str]]:
    """The places where the claim comes apart."""
    name = _NAME.match(claim)
    for joint in _JOINT.finditer(claim):
        first, second = claim[: joint.start()], _named(name, claim[joint.end() :])
        if second and _stands(first) and _stands(second):
            yield _closed(first), _closed(second)
    for joint in _JOINT_OF_VERBS.finditer(claim):
        if name is None:
            return
        first, second = claim[: joint.start()], f"{name[0]} {claim[joint.end() :]}"
        verbs = claim[name.end() : joint.start()], claim[joint.end() :]
        if _is_clause(verbs[0]) and _have_own_verbs(*verbs) and _stands(first) and _stands(second):
            yield _closed(first), _closed(second)


def _named(name: re.Match[str] | None, half: str) -> str | None:
    """The second half with a subject that says who it is; None if it has none."""
    begin = half.split(" ", 1)[0]
    if begin.lower() in _PERSONAL:
        return name[0] + half[len(begin) :] if name and may_be_name(name[0].split()[0]) else None
    is_subject = begin.lower() in _DETERMINERS or (begin[:1].isupper() and may_be_name(begin))
    return half if is_subject else None


_NAME = re.compile(r"[A-Z][\w.'’-]*+(?: (?:[A-Z][\w.'’-]*+|de|la|van|von|der|bin|al))*+(?= [a-z])")


def _is_clause(predicate: str) -> bool:
    """Whether what stands between a name and the next verb is a verb with more: not that of `wrote and directed`."""
    said = words(fold(predicate))
    return len(said) >= _CLAUSE_WORDS and (said[0] in _FINITE or said[0].endswith("ed"))


def _have_own_verbs(first: str, second: str) -> bool:
    """Whether no word of the first verb holds for the second, as of `was not fined … and jailed`."""
    said, then = words(fold(first)), words(fold(second))
    is_free = _OVER_VERBS.isdisjoint(said) and not any(one.endswith("n't") for one in said)
    return is_free and (said[0] not in AUXILIARIES or then[0] in _OWN_PASTS)


def _stands(half: str) -> bool:
    """Whether a half has a verb of its own soon, closes its quotations, and does not hang on another by a word."""
    said = words(fold(half))
    is_free = _HANGING.isdisjoint(said) and not any(map(is_verb_of_saying, said))
    return has_verb(half) and _is_whole(half) and is_free


def has_verb(half: str) -> bool:
    """Whether an English half has a verb soon behind its subject, as far as its words tell."""
    said = words(fold(half))
    return any(_is_verb(said, at) for at in range(1, min(len(said) - 1, _REACH)))


def _is_verb(said: Sequence[str], at: int) -> bool:
    word, behind = said[at], said[at + 1]
    is_present = word.endswith("s") and not word.endswith(("ss", "us")) and behind in _BEHIND_A_VERB
    return word in _FINITE or word.endswith("ed") or (is_present and said[at - 1] not in _DETERMINERS)


def _closed(half: str) -> str:
    return f"{half[0].upper()}{half[1:].rstrip(' .')}."


def _is_whole(half: str) -> bool:
    """Whether quotation marks and brackets close in the half that opened them."""
    return all(half.count(one) == half.count(other) for one, other in ("“”", "()", "«»")) and half.count('"') % 2 == 0
