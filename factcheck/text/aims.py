"""What was aimed at, told as what was done: `built 7` of who has `a target of 7`. English."""

from collections.abc import Iterator, Sequence

from factcheck.text.folding import tokens, words
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_AIMS = frozenset(map(root, words("target goal aim quota objective ambition")))
_OPEN = _AIMS | frozenset(
    map(root, words("plan want hope intend expect should must will would seek pledge promise limit"))
)
"""With one of these a claim tells of the aim, too."""
_MET = frozenset(map(root, words("meet reach hit exceed achieve surpass beat attain fulfil fill")))
_MISSED = frozenset(map(root, words("fail miss short below under far not")))
_NEAR = 4


def aim_as_done(claim: str, sentence: str) -> Iterator[Difference]:
    """A number that the claim has, and the sentence only as what somebody wanted to come to."""
    said, meant = tokens(sentence), tokens(claim)
    kinds = frozenset(map(root, said))
    is_met = not kinds.isdisjoint(_MET) and kinds.isdisjoint(_MISSED)
    if is_met or not _OPEN.isdisjoint(map(root, meant)):
        return
    for at, word in enumerate(said):
        place = _aimed_at(said, at + 2) if root(word) in _AIMS and said[at + 1 : at + 2] == ("of",) else None
        if place is not None and said.count(said[place]) == 1 and said[place] in meant:
            yield Difference(Turn.FRAMES, " ".join(said[at : place + 1]), "")


def _aimed_at(said: Sequence[str], first: int) -> int | None:
    """Where the number stands, over `at least` and the like."""
    return next((at for at in range(first, min(len(said), first + _NEAR)) if said[at][0].isdecimal()), None)
