"""The initials that stand before a last name, as those of `J. P. Gownder`, asked whether a claim has others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.text.names import Token, name_runs, name_tokens


class Initials:
    """The given names that one text puts before each last name."""

    def __init__(self, text: str) -> None:
        self._known: defaultdict[str, list[_Given]] = defaultdict(list)
        for given, last in _names(text):
            self._known[last.bare].append(given)

    def others_in(self, claim: str) -> Iterator[str]:
        """The claim's names whose initials are others than the text has before that last name.

        Initials where the text has none, or fewer, are no others.
        """
        for given, last in _names(claim):
            known = self._known.get(last.bare, ()) if given.initials else ()
            if any(one.initials for one in known) and not any(given.may_be(one) for one in known):
                yield claim[given.words[0].span.start : last.span.end].removesuffix("'s").removesuffix("’s")


class _Given:
    """The words with capitals before a last name, and those of them that are one letter."""

    def __init__(self, words: Sequence[Token], text: str) -> None:
        self.words = words
        self.letters = [one.bare[:1] for one in words]
        self.initials = [one.bare for one in words if _is_initial(one, text)]

    def may_be(self, other: "_Given") -> bool:
        """Whether the initials of one are among the names of the other, in their order."""
        is_told = bool(other.initials) and _stand_in(other.initials, self.letters)
        return is_told or _stand_in(self.initials, other.letters)


def _names(text: str) -> Iterator[tuple[_Given, Token]]:
    for run in name_runs(name_tokens(text)):
        for place in range(1, len(run)):
            words = _before(run, place)
            if words and not _is_initial(run[place], text):
                yield _Given(words, text), run[place]


def _before(run: Sequence[Token], place: int) -> Sequence[Token]:
    """The words with capitals right before a place that has one itself."""
    first = place
    while first and run[first - 1].is_capital and place - first < _MOST_GIVEN:
        first -= 1
    return run[first:place] if run[place].is_capital else ()


_MOST_GIVEN = 5  # words; a claim in title case must not cost its length squared


def _is_initial(token: Token, text: str) -> bool:
    """Whether a word is one letter that is short for a name; `A` and `I` without a full stop are words."""
    is_dotted = text.startswith(".", token.span.end)
    return len(token.bare) == 1 and (is_dotted or token.word not in {"A", "I"})


def _stand_in(initials: Sequence[str], letters: Sequence[str]) -> bool:
    rest = iter(letters)
    return all(one in rest for one in initials)
