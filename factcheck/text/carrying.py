"""Which sentence carries a claim: the one that holds the words by which it says something."""

from collections.abc import Iterable, Mapping, Sequence

from factcheck.domain.sentence import Sentence
from factcheck.text.folding import fold, words
from factcheck.text.inference import content_words
from factcheck.text.keeping import kept_of_short

_OF_A_NAME = 0.25
"""What a word of a name weighs: a claim names in full whom its sentence calls `he`."""
_HARDLY, _WELL = 1 / 5, 2 / 3
"""Of 1,537 claims that people made of a sentence, 0.5 % share less than a fifth with it, 1.5 % less than a third."""
_BEHIND = 0.6
"""The part of another sentence's share that a claim's own may have at most. Of 2,061 claims that people made of a
sentence 2.9 % lie behind a neighbour so far, nearly all of them said by the neighbour; 2.6 % where it is a half."""


class Carriers:
    """The words of each sentence of one article."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._words = {one.position: content_words(one.span.cut(text)) for one in sentences}

    def share(self, claim: str, positions: Iterable[int]) -> float:
        """How much of what the claim says in words of its own these sentences hold, from 0 to 1."""
        return self._share(_weights(claim), positions)

    def better(self, claim: str, positions: Iterable[int], others: Iterable[int]) -> int | None:
        """Which of the other sentences carries the claim well, and clearly better than these; None if none does."""
        weights = _weights(claim)
        shares = {one: self._share(weights, (one,)) for one in others}
        best = max(shares, key=lambda one: shares[one], default=None)
        if best is None or shares[best] < _WELL:
            return None
        return best if self._share(weights, positions) <= _BEHIND * shares[best] else None

    def is_astray(self, claim: str, positions: Iterable[int]) -> bool:
        """Whether these sentences hold hardly anything of what the claim says."""
        return self.share(claim, positions) < _HARDLY

    def _share(self, weights: Mapping[str, float], positions: Iterable[int]) -> float:
        held = {word for position in positions for word in self._words[position]}
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in held) / total if total else 1.0


@kept_of_short
def _weights(claim: str) -> Mapping[str, float]:
    """Each content word's weight. The first word of a claim may be written large by its place: it counts as a name."""
    names = {word for written in claim.split() if written[:1].isupper() for word in words(fold(written))}
    stems_of_names = content_words(" ".join(names))
    return {word: _OF_A_NAME if word in stems_of_names else 1.0 for word in content_words(claim)}
