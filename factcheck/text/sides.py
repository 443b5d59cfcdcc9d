"""For or against: a vote, a verdict, a campaign or a protest whose side a claim turns round. English."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from factcheck.text.asides import without_asides
from factcheck.text.folding import words
from factcheck.text.marked import denies
from factcheck.text.turns import DETERMINERS, Difference, Stretch, Turn, stretches
from factcheck.text.verbs import root

_TAKES_SIDES = frozenset(map(root, words("""
    vote testify rule campaign protest argue demonstrate march rally lobby decide find speak advise appeal strike fight
    judgment judgement ruling verdict evidence
""")))  # fmt: skip
_AGAINST, _FOR = "against", "for"
_FAVOUR = frozenset(("favour", "favor", "support"))
_TO_ACCEPT = frozenset(words("approve adopt pass back support accept ratify endorse"))
_TO_REJECT = frozenset(words("reject oppose block kill keep continue stay remain retain"))
_DECIDES = frozenset(map(root, ("vote", "decide", "rule")))
"""Who does so to do something is for that; who campaigns to do something does not yet say against what he is."""
_PROPOSED = frozenset(
    words("plan plans proposal proposals motion motions bill bills move idea resolution call calls measure")
)
_OF_TIME = frozenset(words("first second third last years months weeks days hours decades most more so now once fear"))
_ENDS = frozenset(words("that who which while because but when where if although"))
_ENDS_PHRASE = _ENDS | frozenset(words("by of in on at from with over to and or as after before"))
_HOW = re.compile(r",\s(?:by|on|in|at|after|with)\s[^,;:.!?]{1,40},")
"""`, by 14 votes to 9,` parts no verb from its side."""
_REACH, _LEAD = 12, 4


@dataclass(frozen=True, slots=True)
class _Side:
    """A verb, the side that is taken with it, and the roots of the words that it is taken for or against."""

    verb: str
    side: str
    thing: frozenset[str]

    def is_of(self, other: "_Side") -> bool:
        """Whether both are of one verb."""
        return root(self.verb) == root(other.verb)

    def __str__(self) -> str:
        return f"{self.verb} … {self.side}"


def turned_side(claim: str, sentence: str) -> Iterator[Difference]:
    """A side that the claim has somebody take, where the sentence has the same verb only with the other side."""
    here = list(_sides(claim))
    there = list(_sides(sentence)) if here else []
    if _is_denied(claim) or _is_denied(sentence):
        return
    for mine in here:
        same = [one for one in there if one.is_of(mine)]
        if any(one.thing & mine.thing for one in same) and all(one.side != mine.side for one in same):
            yield Difference(Turn.POINTS, str(same[0]), str(mine))
            return


def _is_denied(text: str) -> bool:
    return any(denies(word) for stretch in stretches(text) for word in stretch)


def _sides(text: str) -> Iterator[_Side]:
    for stretch in stretches(without_asides(_HOW.sub(" ", text))):
        for at, word in enumerate(stretch):
            if root(word) in _TAKES_SIDES:
                may_be_done = root(word) in _DECIDES
                taken = _taken(stretch[at + 1 :], may_be_done=may_be_done)
                yield from (_Side(word, side, _thing(rest)) for side, rest in taken)


def _taken(behind: Stretch, *, may_be_done: bool) -> Iterator[tuple[str, Stretch]]:
    """Each side that follows a verb, with the words behind it."""
    is_taken = False
    for at, word in enumerate(behind[:_REACH]):
        rest = behind[at + 1 :]
        if word in _ENDS or root(word) in _TAKES_SIDES:
            return
        if word == "against":
            is_taken = True
            yield _AGAINST, rest
        elif word == "in" and rest[:1] and rest[0] in _FAVOUR:
            yield _FOR, rest[2:]
        elif word == "for" and not _is_of_time(rest):
            yield _FOR, rest
        elif word == "to" and rest[:1] and rest[0] in _TO_ACCEPT | _TO_REJECT:
            yield (_FOR if rest[0] in _TO_ACCEPT else _AGAINST), rest[1:]
            return
        elif (
            word == "to"
            and may_be_done
            and not is_taken
            and rest[:1]
            and rest[0].isalpha()
            and rest[0] not in DETERMINERS
        ):
            yield _FOR, rest
            return


def _is_of_time(rest: Sequence[str]) -> bool:
    """`for two years`, `for the first time`."""
    near = [one for one in rest[:3] if one not in DETERMINERS][:2]
    return not near or near[0][0].isdecimal() or not _OF_TIME.isdisjoint(near)


def _thing(rest: Stretch) -> frozenset[str]:
    """The roots of the first noun phrase there, or of what a plan or motion is for."""
    proposed = [at for at, one in enumerate(rest[:_LEAD]) if one in _PROPOSED]
    if proposed and rest[proposed[0] + 1 : proposed[0] + 2] in {("to",), ("for",), ("of",)}:
        rest = rest[proposed[0] + 2 :]
    phrase = takewhile(lambda one: one not in _ENDS_PHRASE, rest[:_REACH])
    return frozenset(root(one) for one in phrase if one not in DETERMINERS)
