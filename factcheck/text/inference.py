"""Words of a claim that its quote lacks, and numbers that the article lacks."""

import re
from collections.abc import Sequence

from factcheck.domain.claim import Anchor, InferredWord
from factcheck.domain.sentence import Sentence
from factcheck.text.folding import fold, words

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the of in on at to for from by with and or but as than that this these those it its is are was were be been
        being has have had do does did will would can could may might not no he she they his her their them him who whom
        which what when where there
        """,
    ),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class WordSources:
    """Where each word of one article stands, so that inferred words find their sentence."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._sentences: dict[str, list[int]] = {}
        for sentence in sentences:
            for word in set(map(_stem, words(sentence.span.cut(text)))):
                self._sentences.setdefault(word, []).append(sentence.position)
        self._numbers = set(_NUMBER.findall(fold(text)))

    def inferred(self, claim: str, quote: str, anchor: Anchor) -> tuple[InferredWord, ...]:
        """The content words of `claim` that `quote` lacks, each with the nearest sentence."""
        quoted = set(map(_stem, words(quote)))
        home = anchor.sentence_ids[0] if anchor.sentence_ids else 1
        fresh = [
            word for word in dict.fromkeys(words(claim)) if word not in _FUNCTION_WORDS and _stem(word) not in quoted
        ]
        return tuple(InferredWord(word, self._nearest(word, home)) for word in fresh)

    def unsupported_numbers(self, claim: str) -> tuple[str, ...]:
        """Numbers of the claim, written in digits, that stand nowhere in the article."""
        return tuple(number for number in _NUMBER.findall(fold(claim)) if number not in self._numbers)

    def _nearest(self, word: str, home: int) -> int | None:
        places = self._sentences.get(_stem(word), [])
        return min(places, key=lambda place: (abs(place - home), place)) if places else None


def content_words(text: str) -> set[str]:
    """The stems of a text's words, function words left out."""
    return {_stem(word) for word in words(text) if word not in _FUNCTION_WORDS}


def _stem(word: str) -> str:
    for suffix in ("ing", "ies", "ed", "es", "e", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:  # noqa: PLR2004 - a stem needs three letters
            return word[: -len(suffix)]
    return word
