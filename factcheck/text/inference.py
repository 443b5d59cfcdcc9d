"""Words of a claim that its quote lacks, and numbers that the article lacks."""

import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise
from operator import itemgetter

from factcheck.domain.claim import Anchor, InferredWord
from factcheck.domain.sentence import Sentence
from factcheck.text.clock import times
from factcheck.text.folding import characters, fold, is_unbroken, tokens, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.language import detect_language
from factcheck.text.numbers import find_numbers
from factcheck.text.reckoning import told_in_words, values_told_in_words
from factcheck.text.romans import numbered, renumbered

_FUNCTION_WORDS = frozenset(words("""
    a an the of in on at to for from by with and or but as than that this these those it its is are was were be been
    being has have had do does did will would can could may might not no he she they his her their them him who whom
    which what when where there
"""))  # fmt: skip
_PARTICLES = frozenset(characters(fold("的了是在和与與也就都而及着过被把 はがをにのとでもへだ")))

_CHANCE = 2  # so many characters stand together by chance


class WordSources:
    """Where each word of one article stands, so that inferred words find their sentence."""

    def __init__(self, text: str, sentences: Sequence[Sentence], language: str | None = None) -> None:
        self._places: dict[str, list[int]] = {}
        for sentence in sentences:
            for word in _known(sentence.span.cut(text)):
                self._places.setdefault(word, []).append(sentence.position)
        self._language = language or detect_language(text)
        found = find_numbers(text, self._language)
        self._told = told_in_words(text) if (self._language or "").startswith("en") else frozenset()
        self._numbered = numbered(text)
        self._times = frozenset(one.value for one in times(text, self._language))
        self._numbers = frozenset(value for number in found for value in (*number.readings, *number.parts))

    def inferred(self, claim: str, quote: str, anchor: Anchor) -> tuple[InferredWord, ...]:
        """The content words that `quote` lacks, each with its nearest sentence; stretches in scripts without blanks."""
        quoted = _known(quote)
        home = anchor.sentence_ids[0] if anchor.sentence_ids else 1
        fresh: list[tuple[str, Sequence[int]]] = []
        for token in dict.fromkeys(tokens(claim)):
            if is_unbroken(token):
                for stretch in _fresh_stretches(characters(token), quoted):
                    located = self._located(stretch)
                    fresh += (("".join(piece), places) for piece, places in located if not _PARTICLES.issuperset(piece))
            elif token not in _FUNCTION_WORDS and stem(token) not in quoted:
                fresh.append((token, self._places.get(stem(token), ())))
        # Folding takes letters and their accents apart; people read them in one.
        read = [unicodedata.normalize("NFC", word) for word, _ in fresh]
        nearest = [min(places, key=lambda at: (abs(at - home), at), default=None) for _, places in fresh]
        return tuple(dict.fromkeys(map(InferredWord, read, nearest)))

    def unsupported_numbers(self, claim: str) -> tuple[str, ...]:
        """Numbers of the claim that stand nowhere in the article, in whatever spelling."""
        sure = (number for number in find_numbers(claim, self._language) if number.is_sure)
        told = {one.told for one in times(claim, self._language) if one.value in self._numbers | self._times}
        known = self._numbers | values_told_in_words(claim, self._told) | told | {one for one in self._times if one % 1}
        unread = (number for number in sure if number.readings.isdisjoint(known))
        # Parts are the figures one by one: `3 400 people` may stand as `3` and as `400`.
        parts = self._numbers | self._times | told
        missing = [one.written for one in unread if not one.parts or not one.parts <= parts]
        return (*missing, *(one.written for one in renumbered(claim, self._numbered) if one.value not in known))

    def _located(self, stretch: list[str]) -> Iterator[tuple[list[str], Sequence[int]]]:
        """The stretch cut into the longest pieces of which each stands in a sentence, or in none.

        Beside lost characters two found ones prove nothing: `国总` of `法国总统` stands in `德国总理`.
        """
        pieces = list(self._pieces(stretch))
        around = [True, *(bool(places) or _PARTICLES.issuperset(piece) for piece, places in pieces), True]
        lost: list[str] = []
        for at, (piece, places) in enumerate(pieces):
            if places and (len(piece) > _CHANCE or (around[at] and around[at + 2])):
                if lost:
                    yield lost, ()
                lost = []
                yield piece, places
            else:
                lost += piece
        if lost:
            yield lost, ()

    def _pieces(self, stretch: list[str]) -> Iterator[tuple[list[str], Sequence[int]]]:
        """The stretch in pieces, each as long as one sentence holds it pair by pair, with where it stands."""
        while stretch:
            length = 1
            places: Sequence[int] = self._places.get(stretch[0], ())
            for pair in map("".join, pairwise(stretch)):
                shared = self._places.get(pair, ())
                if length > 1:
                    shared = sorted(set(shared).intersection(places))
                if not shared:
                    break
                length, places = length + 1, shared
            yield stretch[:length], places
            stretch = stretch[length:]


@kept_of_short
def content_words(text: str) -> frozenset[str]:
    """The stems of a text's words, function words left out."""
    return frozenset(stem(word) for word in words(text) if word not in _FUNCTION_WORDS)


def shared_words(claim: str, passage: str) -> float:
    """The part of a claim's content words that a passage holds, from 0 to 1; 1 for a claim without any."""
    wanted = content_words(claim)
    return len(wanted & content_words(passage)) / len(wanted) if wanted else 1.0


@kept_of_short
def _known(text: str) -> frozenset[str]:
    """The stems of a text's words; of a script without blanks its characters and their pairs."""
    return frozenset(stem(word) for word in words(text)).union(characters(fold(text)))


def _fresh_stretches(run: Sequence[str], quoted: AbstractSet[str]) -> Iterator[list[str]]:
    """The stretches of characters of which no pair is quoted; a lone character is its own pair."""
    if len(run) == 1:
        known = [run[0] in quoted]
    else:
        whole = [False, *(first + second in quoted for first, second in pairwise(run)), False]
        known = [before or after for before, after in pairwise(whole)]
    for is_known, group in groupby(zip(known, run, strict=True), key=itemgetter(0)):
        if not is_known:
            yield [character for _, character in group]


def stem(word: str) -> str:
    """What is left of a folded word without the commonest English endings."""
    # Rough on purpose: `rose` and `rises` differ, and a word too many is shown where a stemmer would hide one.
    for suffix in ("ing", "ies", "ed", "es", "e", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:  # noqa: PLR2004 - a stem needs three letters
            return word[: -len(suffix)]
    return word
