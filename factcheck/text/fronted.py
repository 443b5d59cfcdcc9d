"""What opens a sentence before its subject, told as who did it: `a statement apologised` of `in a statement, X did`.

English. What comes of an event may be told as its doing, `the fire closed the school`, and so may what a text says.
"""

import re
from collections.abc import Iterator, Sequence

from factcheck.text.folding import tokens, words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.sayings import is_verb_of_saying
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verb_groups import FORMS_OF_BE
from factcheck.text.verbs import AUXILIARIES, is_adverb, is_past, root

_OPENED = re.compile(
    r"(?:In|On|At|During|After|Before|With|Under|Amid|For|From|Following|Since|Through|By)\ (?P<front>[^,;:.!?]{3,80}),"
    r"\ (?P<rest>[^;:!?]{3,400})"
)
_FINDS = frozenset(words("found showed shown concluded revealed ruled recommended"))
_NO_NAMES = DETERMINERS | frozenset(words("of and s"))


def fronted_as_doer(claim: str, sentence: str) -> Iterator[Difference]:
    """Who the claim says did it, and the sentence only where, when or with what another one did."""
    found = _OPENED.match(sentence)
    if found is None:
        return
    meant, rest = tokens(claim), tokens(found["rest"])
    front = [root(one) for one in tokens(found["front"]) if one not in _NO_NAMES]
    at = _behind_subject(meant, front)
    verb = _verb(meant, at) if at else None
    place = next((here for here, one in enumerate(rest) if verb and one == verb), 0)
    if verb is None or not place or _is_passive(rest, place) or is_verb_of_saying(verb) or verb in _FINDS:
        return
    doers = [one for one in rest[:place] if one not in PASSED_OVER | AUXILIARIES and not is_adverb(one)]
    is_other = bool(doers) and root(doers[-1]) not in map(root, meant)
    if is_other and not set(front) & set(map(root, rest)):
        yield Difference(Turn.ROLES, f"{doers[-1]} … {verb}", f"{' '.join(meant[:at])} … {verb}")


def _behind_subject(meant: Sequence[str], front: Sequence[str]) -> int:
    """Where the claim's words end that open it and are those of the front, its last one among them; 0 if none do."""
    at = 0
    while at < len(meant) and (meant[at] in _NO_NAMES or root(meant[at]) in front):
        at += 1
    own = [root(one) for one in meant[:at] if one not in _NO_NAMES]
    return at if own and own[-1] == front[-1] else 0


def _verb(meant: Sequence[str], at: int) -> str | None:
    """The verb that stands there, over what helps it; a passive is no deed."""
    while at < len(meant) and (meant[at] in AUXILIARIES - FORMS_OF_BE or is_adverb(meant[at])):
        at += 1
    return meant[at] if at < len(meant) and is_past(meant[at]) else None


def _is_passive(rest: Sequence[str], place: int) -> bool:
    return not FORMS_OF_BE.isdisjoint(rest[max(0, place - 2) : place])
