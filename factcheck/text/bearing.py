"""The sentences of a page that speak of a claim, picked by their words: BM25 within the page (Robertson and Zaragoza).

A sentence is picked for what those before it have not said: the first few tell as much of the claim as they can.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.domain.sentence import Sentence, SentenceState, Span
from factcheck.text.folding import words
from factcheck.text.inference import stem
from factcheck.text.names import name_tokens
from factcheck.text.numbers import find_numbers
from factcheck.text.sentences import split_sentences
from factcheck.text.stop_words import stop_words

_LOOKED_AT = 400_000  # characters of a page
_LONGEST = 1_000  # characters of a sentence; what is longer is a list or a table without marks
_SATURATION, _LENGTH = 1.2, 0.3  # BM25's k1 and b
_NUMBER, _NAME = 1.5, 1.3
_NEIGHBOUR = 0.2  # of a sentence's own weight goes to the one beside it, which it may explain
_SAID_BEFORE = 0.6
_FIGURES = 10  # a number in words says something from here on: `one` stands everywhere


@dataclass(frozen=True, slots=True)
class Bearing:
    """A sentence that speaks of the claim, with the ones beside it, as places in the page's text."""

    span: Span
    before: Span | None
    after: Span | None
    weight: float


def bearing_on(claim: str, text: str, language: str | None = None, most: int = 3) -> tuple[Bearing, ...]:
    """The sentences of the page that speak of the claim, the best first, at most so many; none where none does."""
    text = text[:_LOOKED_AT]
    sentences = [one for one in split_sentences(text, language) if _may_speak(one)]
    picked = ranked(claim, [one.span.cut(text) for one in sentences], language, most)
    spans = [one.span for one in sentences]
    return tuple(
        Bearing(spans[at], spans[at - 1] if at else None, spans[at + 1] if at + 1 < len(spans) else None, weight)
        for at, weight in picked
    )


def ranked(claim: str, sentences: Sequence[str], language: str | None = None, most: int = 3) -> list[tuple[int, float]]:
    """The places of the sentences that speak of the claim, the best first, each with its weight."""
    page = _Page(claim, sentences, language)
    unsaid = dict.fromkeys(page.wanted, 1.0)
    left = [at for at, found in enumerate(page.shared) if found and at not in page.mere_names]
    picked: list[tuple[int, float]] = []
    while left and len(picked) < most:
        own = [sum(weight * unsaid[term] for term, weight in found.items()) for found in page.shared]
        beside = [max(own[max(at - 1, 0) : at] + own[at + 1 : at + 2], default=0.0) for at in range(len(own))]
        best = max(left, key=lambda at: (own[at] + _NEIGHBOUR * beside[at], -at))
        picked.append((best, own[best]))
        left.remove(best)
        for term in page.shared[best]:
            unsaid[term] *= _SAID_BEFORE
    return picked


class _Page:
    """The terms of a claim, and for each sentence those that it shares, with what they weigh in it.

    `mere_names` are the places of those that say a name of the claim and nothing of it, as headings do.
    """

    def __init__(self, claim: str, sentences: Sequence[str], language: str | None) -> None:
        stop = stop_words(language)
        self.wanted = set(_terms(claim, stop, language))
        names = {term for one in name_tokens(claim) if one.is_capital for term in _terms(one.word, stop, language)}
        bags = [Counter(_terms(one, stop, language)) for one in sentences]
        self.mere_names = {at for at, bag in enumerate(bags) if names.issuperset(bag)}
        usual = sum(one.total() for one in bags) / len(bags) if bags else 1.0
        frequency = Counter(term for bag in bags for term in bag)
        weights = {term: _rarity(frequency[term], len(bags)) * _told(term, names) for term in self.wanted}
        self.shared = [dict(self._weighed(bag, weights, usual or 1.0)) for bag in bags]

    def _weighed(self, bag: Counter[str], weights: dict[str, float], usual: float) -> Iterator[tuple[str, float]]:
        length = 1 - _LENGTH + _LENGTH * bag.total() / usual
        for term in sorted(self.wanted & bag.keys()):  # in order, so that equal sums are equal to the last figure
            yield term, weights[term] * bag[term] * (_SATURATION + 1) / (bag[term] + _SATURATION * length)


def _may_speak(sentence: Sentence) -> bool:
    is_long = sentence.span.end - sentence.span.start > _LONGEST
    return not is_long and sentence.entry.state is not SentenceState.NOT_CHECKABLE


def _rarity(found_in: int, many: int) -> float:
    return math.log(1 + (many - found_in + 0.5) / (found_in + 0.5))


def _told(term: str, names: set[str]) -> float:
    if term.startswith("#"):
        return _NUMBER
    return _NAME if term in names else 1.0


def _terms(text: str, stop: frozenset[str], language: str | None) -> Iterator[str]:
    """The stems of a text's words without those that say nothing, and its numbers by their value, as `#107`."""
    for word in words(text):
        if word not in stop and not word[0].isdecimal():
            yield stem(word)
    for number in find_numbers(text, language):
        if number.is_sure:
            for value in sorted(number.readings):
                if value >= _FIGURES or any(map(str.isdecimal, number.written)):
                    yield f"#{value.normalize()}"
