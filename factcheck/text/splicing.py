"""What a claim takes from another sentence than its own: `… and saw crowds running` out of the sentence before."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from factcheck.domain.sentence import Sentence
from factcheck.text.folding import fold, words
from factcheck.text.inference import content_words, stem

_JOINS = frozenset(("and", "but", "then", "while", "whereas"))
_IN_A_ROW = 3
"""So many words of another sentence, none of them a name or its own: what 0.1 % of 2,061 people's claims hold."""

_Row = tuple[str, ...]


class Splices:
    """The words of one article's sentences as they follow each other. Reading it once makes each claim cheap."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._words = {one.position: words(one.span.cut(text)) for one in sentences}
        self._places: dict[_Row, list[int]] = {}
        for position, said in self._words.items():
            for row in _rows(said):
                self._places.setdefault(row, []).append(position)

    def taken(self, claim: str, positions: Sequence[int]) -> tuple[str, int] | None:
        """Words that an English claim joins to its own, and the other sentence that says them in a row; or None."""
        said = words(claim)
        for at in range(1, len(said)):
            if said[at - 1] in _JOINS and (found := self._longest(said[at:], positions)):
                row, position = found
                if len(content_words(" ".join(row)) - self._own(claim, positions)) >= _IN_A_ROW:
                    return _as_written(row, claim), position
        return None

    def _own(self, claim: str, positions: Iterable[int]) -> AbstractSet[str]:
        """What a claim may join to without another sentence: the words of its own ones, and its names."""
        names = {stem(word) for one in claim.split() if one[:1].isupper() for word in words(fold(one))}
        return content_words(" ".join(word for one in positions for word in self._words[one])) | names

    def _longest(self, said: Sequence[str], positions: Iterable[int]) -> tuple[_Row, int] | None:
        """The words at the start that another sentence has in a row, and that sentence."""
        rows = _rows(said)
        places = set(self._places.get(rows[0], ())).difference(positions) if rows else set()
        length = _IN_A_ROW
        for row in islice(rows, 1, None):
            if not (further := places.intersection(self._places.get(row, ()))):
                break
            places, length = further, length + 1
        return (tuple(said[:length]), min(places)) if places else None


def _as_written(row: _Row, claim: str) -> str:
    found = re.search(r"\W+".join(map(re.escape, row)), claim, re.IGNORECASE)
    return found[0] if found else " ".join(row)


def _rows(said: Sequence[str]) -> list[_Row]:
    return [tuple(said[at : at + _IN_A_ROW]) for at in range(len(said) - _IN_A_ROW + 1)]
