"""How alike a claim and earlier ones are, in what they agree and what sets them apart, by words alone or with vectors.

What each sign weighs was learnt by logistic regression from queries that people matched with earlier claims, each
asked a second time with its match taken away: once with vectors, which tell how near two texts are in meaning, once
without. tests/benchmarks/learn_alike.py learns what others' checks are ranked by, tests/benchmarks/alike.py measures.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from factcheck.domain.alike import Alike, Apart, Candidate, Contrast
from factcheck.text.folding import fold, words
from factcheck.text.inference import content_words
from factcheck.text.language import detect_language
from factcheck.text.marked import denies
from factcheck.text.meaning import differences
from factcheck.text.names import ArticleNames, name_runs, name_tokens
from factcheck.text.numbers import Number, find_numbers
from factcheck.text.places import countries
from factcheck.text.turns import Turn
from factcheck.text.weights import Weights

Rarity = Callable[[str], float]
"""How rare a word is: the logarithm of how many claims there are for one that has it."""

_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S++")
_TAG = re.compile(r"[#@](\w++)")
_TAG_PART = re.compile(r"[A-Z]{1,40}+(?![a-z])|[^\W\d_][^\W\d_A-Z]*|\d+")
_TELLING = 3
_GRAM = 4
_NEAR = 0.3
_FEW = 10
_FEWEST = 10_000
_SHARED = 6
_DIFFERING = 4
_LONGEST = 2_000
_TURNS = {
    Turn.DENIES: Apart.DENIAL,
    Turn.COUNTS: Apart.QUANTIFIER,
    Turn.HEDGES: Apart.HEDGE,
    Turn.DATES: Apart.OFFICE,
    Turn.POINTS: Apart.DIRECTION,
    Turn.ROLES: Apart.DIRECTION,
}
_YEARS = range(1500, 2200)
_MONTHS = frozenset(words("""
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
    januar februar marz april juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miercoles jueves viernes sabado domingo
"""))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each sign weighs, by words alone and with vectors, and from where on an earlier claim is worth a look.

    That is a likelihood of `least`, and no less than `beside_best` times that of the first; of `least_of_few` where
    little was found, the best of which need not be good. Below `letters` in common, or below `there` with no nearness
    either, two claims have nothing to do with each other.
    """

    by_words: Weights
    with_vectors: Weights
    least: float
    least_of_few: float
    beside_best: float
    letters: float = 0.0
    there: float = 0.0

    def concerns(self, signs: Mapping[str, float]) -> bool:
        """Whether an earlier claim has to do with the claim at all: the best of a small desk may not."""
        return signs["letters"] >= self.letters and (signs["there"] >= self.there or signs["near"] >= _NEAR)


PAST_VERDICTS = Ranking(
    Weights(
        bias=-6.477,
        elsewhere=-6.477,
        signs={"shared": 1.041, "strongest": 4.032, "here": -3.23, "there": 1.111, "letters": 5.59, "many": -1.012},
    ),
    Weights(
        bias=-9.015,
        elsewhere=-9.015,
        signs={
            "shared": 0.856, "strongest": 2.609, "here": -1.594, "there": 0.528, "letters": 2.597, "many": -0.742,
            "near": -0.996, "nearest": 5.633,
        },
    ),
    least=0.05,
    least_of_few=0.05,
    beside_best=0.3,
    letters=0.08,
    there=0.12,
)  # fmt: skip
"""The desk's own, found by BM25 and by vectors."""

OTHERS_CHECKS = Ranking(
    Weights(
        bias=-7.6,
        elsewhere=-7.6,
        signs={"shared": 1.89, "strongest": 4.423, "here": -0.716, "there": 4.109, "letters": 6.688, "many": -0.868},
    ),
    Weights(
        bias=-8.996,
        elsewhere=-8.996,
        signs={
            "shared": 1.886, "strongest": 2.804, "here": -1.366, "there": 2.433, "letters": 2.598, "many": -0.847,
            "near": 3.769, "nearest": 3.271,
        },
    ),
    least=0.025,
    least_of_few=0.1,
    beside_best=0.15,
)  # fmt: skip
"""Those of others, found by an index that reads few rows, however many there are; their headlines count as words."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An earlier claim and how likely it says the same, from 0 to 1."""

    number: int
    text: str
    score: float


@lru_cache(20_000)
def keys(text: str) -> frozenset[str]:
    """What a text is found by: the stems of its words that mean something, those of tags too, and no link."""
    return frozenset(content_words(readable(text)))


def readable(text: str) -> str:
    """A text without links, its tags taken apart: `#DefundTheBBC` as `#DefundTheBBC Defund The BBC`."""
    return _TAG.sub(_untagged, _LINK.sub(" ", text[:_LONGEST]))


def rarity(having: int, total: int) -> float:
    """How rare a word is that so many of all claims have; a desk with few claims tells little, and counts as larger."""
    total = max(total, _FEWEST)
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def rarity_among(found: Sequence[str]) -> Rarity:
    """How rare a word is among some texts that were found for one question, where nobody tells it of all."""
    having = Counter(word for text in found for word in keys(text))
    return lambda word: math.log(1 + (len(found) + 0.5) / (having[word] + 0.5))


def ranked(claim: str, found: Sequence[Candidate], rare: Rarity, by: Ranking = PAST_VERDICTS) -> list[Ranked]:
    """What was found and has something to do with the claim, the likeliest to say the same first.

    Of two that are as likely the one of the lower number comes first.
    """
    if not found:
        return []
    # Whether vectors were there is asked once: what an index found by words alone has none.
    has_vectors = any(one.nearness is not None for one in found)
    weights = by.with_vectors if has_vectors else by.by_words
    made = [
        Ranked(one.number, one.text, weights.likelihood(signs))
        for one, signs in signs_of(claim, found, rare)
        if by.concerns(signs)
    ]
    return sorted(made, key=lambda one: (-one.score, one.number))


def signs_of(claim: str, found: Sequence[Candidate], rare: Rarity) -> Iterator[tuple[Candidate, dict[str, float]]]:
    """What tells how alike each of these is."""
    said, weigh = _said_in(claim), cache(rare)  # candidates share their words with each other
    strongest = max(one.strength for one in found) or 1.0
    nearest = max([1e-9, *((one.nearness or 0.0) for one in found)])
    for one in found:
        signs = _signs(said, _said_in(one.text), weigh)
        near = max(0.0, one.nearness or 0.0)
        signs["strongest"] = one.strength / strongest
        yield one, signs | {"near": near, "nearest": near / nearest}


def offered(best: Sequence[Ranked], most: int, by: Ranking = PAST_VERDICTS) -> Sequence[Ranked]:
    """Those of a ranking that are worth a look: likely enough, and not much less so than the first."""
    least = by.least if len(best) >= _FEW else by.least_of_few
    return [one for one in best[:most] if one.score >= max(least, by.beside_best * best[0].score)]


def compared(here: str, there: str, score: float, rare: Rarity) -> Alike:
    """In what a claim and an earlier one agree, and what sets them apart."""
    names = _shared_names(here, there)
    named = {word for name in names for word in words(name)}
    written = {stem: word for word in words(readable(here)) for stem in content_words(word)}
    values = [number for number in _numbers(here) if any(_same(number, other) for other in _numbers(there))]
    numbers = tuple(dict.fromkeys(number.written for number in values))
    shared = sorted(keys(here) & keys(there), key=lambda stem: (-rare(stem), stem))
    told = [unicodedata.normalize("NFC", written.get(stem, stem)) for stem in shared]
    plain = tuple(word for word in told if fold(word) not in named and word not in numbers)[:_SHARED]
    return Alike(score, plain, names, numbers, tuple(_apart(here, there)))


def telling_words(text: str) -> tuple[str, ...]:
    """A few words of a text, as it spells them, that what says the same in like words holds too.

    They are its numbers, then its names, then its longest words.
    """
    numbers = [one.written for one in _numbers(text) if one.written[:1].isdigit()]
    found = [one for one in name_tokens(readable(text)) if content_words(one.word)]
    found.sort(key=lambda one: (not one.is_capital or one.opens, -len(one.word)))
    return tuple(dict.fromkeys((*numbers, *(one.owner for one in found))))[:_TELLING]


def says_the_same(here: str, there: str) -> bool:
    """Whether two claims have the same words but for small ones, in any order, and no rule tells them apart."""
    return keys(here) == keys(there) and all(one.kind is Apart.WORDS for one in _apart(here, there))


def same_claim(here: str, there: str) -> bool:
    """Whether two claims are the same word for word, but for case, marks and quotation marks."""
    return words(here) == words(there)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text is compared by."""

    keys: frozenset[str]
    grams: frozenset[str]


@lru_cache(20_000)
def _said_in(text: str) -> _Said:
    return _Said(keys(text), _grams(text))


def _signs(said: _Said, other: _Said, rare: Rarity) -> dict[str, float]:
    shared = sum(map(rare, said.keys & other.keys))
    here, there = (sum(map(rare, one.keys)) or 1.0 for one in (said, other))
    grams = len(said.grams & other.grams) / math.sqrt(max(1, len(said.grams) * len(other.grams)))
    many = math.log1p(len(said.keys))
    return {"shared": shared / 10, "here": shared / here, "there": shared / there, "letters": grams, "many": many}


def _grams(text: str) -> frozenset[str]:
    """Four letters in a row, blanks counted: alike in `Baghdadi` and `al-Baghdadi's`, in one language and the next."""
    bare = "".join(one for one in f" {' '.join(words(readable(text)))} " if not unicodedata.combining(one))
    return frozenset(bare[at : at + _GRAM] for at in range(len(bare) - _GRAM + 1))


def _untagged(tag: re.Match[str]) -> str:
    parts = _TAG_PART.findall(tag[1])
    return f"{tag[0]} {' '.join(parts)}" if len(parts) > 1 else tag[0]


def _shared_names(here: str, there: str) -> tuple[str, ...]:
    runs = name_runs(list(name_tokens(here)))
    known = set(words(there))
    found = []
    for run in runs:
        # A capital at the beginning of a sentence tells nothing: `The Kelso` is the name `Kelso`.
        inner = [
            one for one in run if one.is_capital and not (one.opens and (len(run) == 1 or not content_words(one.word)))
        ]
        if inner and all(fold(one.word) in known for one in inner):
            found.append(here[inner[0].span.start : inner[-1].span.end])
    return tuple(dict.fromkeys(found))


def _apart(here: str, there: str) -> Iterator[Contrast]:
    """What sets two claims apart; where no rule tells it, the words that only one of them has, if they are few."""
    found = list(dict.fromkeys([*_other_numbers(here, there), *_turned(here, there), *_other_names(here, there)]))
    only_here, only_there = _only(here, there), _only(there, here)
    days = [[word for word in side if _bare(word) in _MONTHS] for side in (only_here, only_there)]
    if any(days):
        found.append(Contrast(Apart.DATE, " ".join(days[0]), " ".join(days[1])))
    yield from found
    few = max(len(only_here), len(only_there)) <= _DIFFERING
    if not same_claim(here, there) and (few or not found) and not {one.kind for one in found} - {Apart.NAMES}:
        yield Contrast(Apart.WORDS, _some(only_here), _some(only_there))


def _other_numbers(here: str, there: str) -> Iterator[Contrast]:
    mine, theirs = list(_numbers(here)), list(_numbers(there))
    only_here = [one for one in mine if not any(_same(one, other) for other in theirs)]
    only_there = [one for one in theirs if not any(_same(one, other) for other in mine)]
    for kind, is_year in ((Apart.NUMBERS, False), (Apart.DATE, True)):
        sides = [[one.written for one in side if _is_year(one) is is_year] for side in (only_here, only_there)]
        if any(sides):
            yield Contrast(kind, *(", ".join(side) for side in sides))


def _numbers(text: str) -> tuple[Number, ...]:
    cut = text[:_LONGEST]
    return tuple(one for one in find_numbers(cut, detect_language(cut)) if one.is_sure)


def _same(one: Number, other: Number) -> bool:
    return not (one.readings | one.parts).isdisjoint(other.readings | other.parts)


def _is_year(number: Number) -> bool:
    return number.written.isdecimal() and int(number.written) in _YEARS


def _turned(here: str, there: str) -> Iterator[Contrast]:
    """What turns one round against the other: each is looked at as the other's claim."""
    mine, theirs = _denials(here), _denials(there)
    if len(mine) % 2 != len(theirs) % 2 or bool(mine) != bool(theirs):
        yield Contrast(Apart.DENIAL, " ".join(mine), " ".join(theirs))
    mine_first = ((one.turn, one.claim, one.sentence) for one in differences(here, there))
    theirs_first = ((one.turn, one.sentence, one.claim) for one in differences(there, here))
    for turn, said, other in chain(mine_first, theirs_first):
        if turn in _TURNS and turn is not Turn.DENIES:
            yield Contrast(_TURNS[turn], said, other)


def _denials(text: str) -> list[str]:
    return [word for word in words(text[:_LONGEST]) if denies(word) or word == "false"]


def _other_names(here: str, there: str) -> Iterator[Contrast]:
    """The names of either that the other has in no form, where both have such."""
    mine, theirs = _unknown(here, there), _unknown(there, here)
    for kind, is_place in ((Apart.PLACE, True), (Apart.NAMES, False)):
        sides = [[name for name in side if _is_place(name) is is_place] for side in (mine, theirs)]
        if all(sides):
            yield Contrast(kind, *(", ".join(side[:_DIFFERING]) for side in sides))


def _unknown(here: str, there: str) -> tuple[str, ...]:
    return ArticleNames(there[:_LONGEST]).unknown_in(here[:_LONGEST])


def _is_place(name: str) -> bool:
    return bool(countries(fold(name), "en"))


def _only(here: str, there: str) -> list[str]:
    """The words of one that the other has not, or not as often."""
    left = Counter(words(readable(there)))
    only = []
    for word in words(readable(here)):
        if left[word] > 0:
            left[word] -= 1
        else:
            only.append(word)
    return only


def _some(found: Sequence[str]) -> str:
    shown = unicodedata.normalize("NFC", " ".join(found[:_DIFFERING]))
    return f"{shown} …" if len(found) > _DIFFERING else shown


def _bare(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))
