"""From one place to another, told the other way round: `from Lyon to Turin` made `from Turin to Lyon`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from factcheck.text.folding import words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.turns import Difference, Stretch, Turn, stretches
from factcheck.text.verbs import root

_FROM_TO = {
    "en": ("from", "to into"),
    "de": ("von aus", "nach zu zum zur"),
    "es": ("de desde", "a al hasta hacia"),
    "fr": ("de du d depuis", "à au vers jusqu"),
    "it": ("da dal dalla", "a al alla verso"),
    "pt": ("de da do", "para a ao até"),
    "nl": ("van uit", "naar"),
}  # fmt: skip
_FROM = {language: frozenset(words(one)) for language, (one, _) in _FROM_TO.items()}
_TO = {language: frozenset(words(other)) for language, (_, other) in _FROM_TO.items()}
_ENDS = frozenset(words("and but or in on at by for with after before when while who which that und y et e en i"))
_REACH, _LONGEST = 6, 4
"""Words between the two links, and of the end."""


@dataclass(frozen=True, slots=True)
class _Route:
    """The words from which and to which something goes, those that mean something by their roots."""

    begin: frozenset[str]
    end: frozenset[str]
    told: str

    def is_turned(self, other: "_Route") -> bool:
        """Whether each begins where the other one ends."""
        return _is_other_end(self.begin, other.end, other.begin) and _is_other_end(self.end, other.begin, other.end)

    def is_along(self, other: "_Route") -> bool:
        """Whether both begin with the same."""
        return bool(self.begin & other.begin)


def turned_way(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """A way of the claim that the sentence only has the other way round."""
    primary = (language or "en").split("-")[0].lower()
    here = list(_routes(stretches(claim), primary))
    there = list(_routes(stretches(sentence), primary)) if here else []
    for mine in here:
        turned = [one for one in there if mine.is_turned(one)]
        if turned and not any(mine.is_along(one) for one in there):
            yield Difference(Turn.ROLES, turned[0].told, mine.told)
            return


def _is_other_end(mine: frozenset[str], its: frozenset[str], apart: frozenset[str]) -> bool:
    return bool(mine & its - apart)


def _routes(said: Sequence[Stretch], language: str) -> Iterator[_Route]:
    begins, ends = _FROM.get(language, frozenset()), _TO.get(language, frozenset())
    for stretch in said:
        for at, word in enumerate(stretch):
            if word not in begins:
                continue
            link = next((to for to in range(at + 2, min(len(stretch), at + 2 + _REACH)) if stretch[to] in ends), None)
            if link is None:
                continue
            begin = _meant(stretch[at + 1 : link])
            behind = list(takewhile(lambda one: one not in _ENDS, stretch[link + 1 : link + 1 + _LONGEST]))
            yield _Route(begin, _meant(behind), " ".join(stretch[at : link + 1 + len(behind)]))


def _meant(part: Sequence[str]) -> frozenset[str]:
    return frozenset(root(one) for one in part if one not in PASSED_OVER and not one[0].isdecimal())
