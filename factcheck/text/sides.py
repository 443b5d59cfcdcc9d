"""For or against: a vote, a verdict, a campaign or a protest whose side a claim turns round. English."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

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
_TO_REJECT = frozenset(words("reject oppose block kill"))
_OF_TIME = frozenset(words("first second third last years months weeks days hours decades most more so now once fear"))
_ENDS = frozenset(words("that who which while because but when where if although"))
_ENDS_PHRASE = _ENDS | frozenset(words("by of in on at from with over to and or as after before"))
_REACH = 12


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
    for stretch in stretches(text):
        for at, word in enumerate(stretch):
            if root(word) in _TAKES_SIDES:
                yield from (_Side(word, side, _thing(rest)) for side, rest in _taken(stretch[at + 1 :]))


def _taken(behind: Stretch) -> Iterator[tuple[str, Stretch]]:
    """Each side that follows a verb, with the words behind it."""
    for at, word in enumerate(behind[:_REACH]):
        rest = behind[at + 1 :]
        if word in _ENDS or root(word) in _TAKES_SIDES:
            return
        if word == "against":
            yield _AGAINST, rest
        elif word == "in" and rest[:1] and rest[0] in _FAVOUR:
            yield _FOR, rest[2:]
        elif word == "for" and not _is_of_time(rest):
            yield _FOR, rest
        elif word == "to" and rest[:1] and rest[0] in _TO_ACCEPT | _TO_REJECT:
            yield (_FOR if rest[0] in _TO_ACCEPT else _AGAINST), rest[1:]


def _is_of_time(rest: Sequence[str]) -> bool:
    """`for two years`, `for the first time`."""
    near = [one for one in rest[:3] if one not in DETERMINERS][:2]
    return not near or near[0][0].isdecimal() or not _OF_TIME.isdisjoint(near)


def _thing(rest: Sequence[str]) -> frozenset[str]:
    """The roots of the first noun phrase there."""
    phrase = takewhile(lambda one: one not in _ENDS_PHRASE, rest[:_REACH])
    return frozenset(root(one) for one in phrase if one not in DETERMINERS)
