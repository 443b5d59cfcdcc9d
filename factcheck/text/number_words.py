"""Numbers in letters: `one hundred and five`, `tremila`, `zwei Drittel`, `полтора миллиона`.

The words of each language are in `number_words.json`, which `tests/tables/number_words.py` makes from
CLDR, simplemma and num2words; what stands here besides are words that count without being numbers.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from factcheck.text.folding import fold

_ENGLISH = "en"
_READ_UNASKED = ("en", "de")
PLACES = 6
"""Decimal places of a value such as two thirds."""
_LARGEST = 10**18  # nobody tells more in words
_HUNDRED = 2  # its power of ten
_THOUSAND = 3
_BEGINNING = frozenset((_HUNDRED, _THOUSAND))
_SHORT = 3  # letters; a stranger's abbreviation may be a unit here, as `min` and `km` are

_Kind = Literal["value", "ordinal", "scale", "half", "part", "decade", "oh", "and", "link"]

_MERE_WORDS = {
    "no": 0, "none": 0, "nobody": 0, "nothing": 0, "once": 1, "couple": 2, "pair": 2, "both": 2, "twice": 2,
    "double": 2, "doubled": 2, "thrice": 3, "triple": 3, "tripled": 3,
}  # fmt: skip
_PARTS = {
    "en": "halves third|thirds quarter|quarters|fourth|fourths fifth|fifths sixth|sixths seventh|sevenths "
          "eighth|eighths ninth|ninths tenth|tenths",
    "de": "hälfte drittel|dritteln viertel|vierteln fünftel sechstel siebtel achtel neuntel zehntel",
    "fr": "moitié tiers quart|quarts cinquième|cinquièmes",
    "es": "mitad tercio|tercios cuarto|cuartos quinto|quintos",
    "pt": "metade terço|terços quarto|quartos quinto|quintos",
    "it": "metà terzo|terzi quarto|quarti quinto|quinti",
    "nl": "helft derde kwart vijfde",
}  # fmt: skip
_LINKS = {
    "en": "a an of", "de": "ein eine einen einer eines", "fr": "de d", "es": "de", "pt": "de", "it": "di", "ru": "с",
}  # fmt: skip
# Words of these are written in one: `zweitausend`, `полмиллиона`.
_GLUED = frozenset(("de", "nl", "it", "sv", "da", "nb", "fi", "hu", "tr", "ru", "pl", "cs", "uk"))
_CARDINAL_DAYS = {"fr": "premier", "es": "primero uno", "it": "primo", "pt": "primeiro", "nl": "eerste"}
_DAYS = range(1, 32)
_GLUED_LETTERS = range(6, 61)
_LONGEST_ATOM = 24
_LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and the values that it may have.

    `parts` are values that stand for it together: the figures one by one of `in 3 400 people` and
    `3.5.2020`, the year of `nineteen` `eighty-four`. A number that is not `is_sure` may be a mere
    word, as `one` is.
    """

    written: str
    readings: frozenset[Decimal]
    parts: frozenset[Decimal] = frozenset()
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word does in a number; `is_own` unless it is of a language that the text need not be in."""

    kind: _Kind
    value: Decimal = Decimal(0)
    is_own: bool = True
    language: str = ""
    may_begin: bool = False
    """Whether a number may begin with this scale, as with `mille`, but not with `million`."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The number words of a text: those of its language and of English, or of all where it is unknown."""

    words: Mapping[str, _Word]
    atoms: Mapping[str, _Word]
    """Words that others may be made of."""
    scales: Mapping[str, tuple[Decimal, str]]
    """What may follow figures: a factor, and the decimal sign of those who write so."""
    decimal: str | None
    """The decimal sign of the text's own language, if that is known."""
    tokens: frozenset[str]

    def may_begin(self, word: str) -> bool:
        """Whether a number may begin with the word."""
        what = self.words.get(word)
        if what and what.kind in {"scale", "and"}:
            return what.may_begin
        return self.may_hold(word)

    def may_hold(self, word: str) -> bool:
        """Whether the word may be one of a number's."""
        return word in self.tokens or (len(word) in _GLUED_LETTERS and _is_glued(word, self))


@dataclass(frozen=True, slots=True)
class Scale:
    """What multiplies figures, and where it ends in its text."""

    factor: Decimal
    decimal: str
    end: int
    is_letter: bool = False
    is_weight: bool = False


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The words by which a text in that language tells numbers; None for one whose language is unknown."""
    table = _table()
    own = [language, _ENGLISH] if language else _READ_UNASKED
    # The first language that has a word decides what it means.
    words: dict[str, _Word] = {}
    atoms: dict[str, _Word] = {}
    for one in (*own, *(() if language else table)):
        if row := table.get(one):
            of_language = {word: replace(what, is_own=one in own, language=one) for word, what in _words_of(one, row)}
            words = of_language | words
            if one in _GLUED:
                whole = {
                    word: what
                    for word, what in of_language.items()
                    if " " not in word and what.kind not in {"and", "link"}
                }
                atoms = whole | atoms
    decimal = table[language]["decimal"] if language in table else None
    return Vocabulary(words, atoms, _scales(own), decimal, frozenset(token for word in words for token in word.split()))


def days_in_words(language: str) -> Mapping[str, int]:
    """The words that tell the day of a month: `fourteenth`; `primo` and `cinque` where only the first has a rank."""
    row = _table()[language]
    days = row["ordinals"]
    if language in _CARDINAL_DAYS:
        several = {word: value for word, value in row["words"].items() if value > 1}
        days = dict.fromkeys(_CARDINAL_DAYS[language].split(), 1) | several
    # Folding takes letters and their accents apart.
    return {normalize("NFC", word): int(value) for word, value in days.items() if value in _DAYS}


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return table


def _words_of(language: str, row: Mapping[str, Any]) -> Iterator[tuple[str, _Word]]:
    """What each word of a language does; of two lines on one word the later holds."""
    yield from dict.fromkeys(fold(_LINKS.get(language, "")).split(), _Word("link")).items()
    yield from dict.fromkeys(row["and"], _Word("and")).items()
    for value, names in enumerate(fold(_PARTS.get(language, "")).split(), start=2):
        yield from dict.fromkeys(names.split("|"), _Word("part", Decimal(value))).items()
    for word, value in row.get("ordinals", {}).items():
        yield word, _Word("ordinal", Decimal(value))
    yield from dict.fromkeys(row.get("days", ()), _Word("link")).items()
    for word, value in row["words"].items():
        yield word, _Word("half" if value == 0.5 else "value", Decimal(str(value)))  # noqa: PLR2004 - a half
    for word, power in row["declined"].items():
        yield word, _Word("scale", Decimal(10) ** power)
    for word, power in row["scales"].items():
        yield word, _Word("scale", Decimal(10) ** power, may_begin=power in _BEGINNING and language != _ENGLISH)
    if language == _ENGLISH:
        yield from _more_english(row["words"])


def _more_english(words: Mapping[str, int]) -> Iterator[tuple[str, _Word]]:
    """What no library lists: `both`, `dozen`, the `nineties` and the `oh` of `twenty oh five`."""
    for word, value in _MERE_WORDS.items():
        yield word, _Word("value", Decimal(value))
    for word, value in words.items():
        if value >= 20 and word.endswith("ty"):  # noqa: PLR2004 - tens
            yield f"{word[:-1]}ies", _Word("decade", Decimal(value))
    yield "dozen", _Word("scale", Decimal(12))
    yield "oh", _Word("oh")


def _scales(own: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
    """The words behind figures: the text's own first, then those of every other language."""
    table = _table()
    scales = {"dozen": (Decimal(12), ".")}
    often: dict[str, set[str]] = {}
    for language, row in table.items():
        for word in (*row["scales"], *row["declined"]):
            often.setdefault(word, set()).add(language)
    for language in dict.fromkeys((*own, *table)):
        row = table.get(language, {"scales": {}, "declined": {}})
        for word, power in (row["scales"] | row["declined"]).items():
            is_clear = language in own or len(word) > _SHORT or len(often[word]) > 1
            if is_clear and (power > _HUNDRED or word in {"hundred", "hundert"}):
                scales.setdefault(word, (Decimal(10) ** power, row["decimal"]))
    return scales


@dataclass(slots=True)
class _Sum:
    """A number in the making."""

    is_linked: bool = False
    follows_oh: bool = False
    told: list[str] = field(default_factory=list)
    kinds: set[_Kind] = field(default_factory=set)
    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    is_own: bool = True

    @property
    def value(self) -> Decimal:
        """What has been told so far."""
        return self.total + self.section

    def takes(self, word: _Word, links: Sequence[str] = (), *, is_and: bool = False) -> bool:
        """Whether the word goes on the number; otherwise it begins another."""
        if self.kinds & {"ordinal", "decade"} or word.kind in {"decade", "oh"} or self.value > _LARGEST:
            return False
        is_broken = bool(self.kinds & {"half", "part"})
        if word.kind == "scale":
            return not links or is_broken
        if word.kind in {"half", "part"} or self._divides(word):
            return not is_broken and (not links or is_and)
        low = self.section % 100
        # `five and six` are two numbers, as `twenty and five` are; `treinta y una` is one.
        may_end = not low % 10 and low >= 20 and word.value < 10 and links[-1:] not in (["and"], ["und"])  # noqa: PLR2004
        return not is_broken and (not links or (is_and and len(links) == 1)) and (not low or may_end)

    def add(self, written: Sequence[str], word: _Word, *, is_and: bool = False) -> None:
        """Go on with a word."""
        kind = word.kind
        if kind == "scale":
            self._multiply(word.value)
        elif kind in {"half", "part"} or self._divides(word):
            kind = "part"
            part = word.value if word.kind == "half" else 1 / word.value
            if is_and or (word.kind == "half" and self.value > 1):
                # `two and a half million` is told before its scale, `deux millions et demi` behind it.
                self.section, self.total = (
                    (self.section + part, self.total)
                    if self.section
                    else (self.section, self.total + part * self.scale)
                )
            else:
                self.section = (self.section or 1) * part
        else:
            self.section += word.value
        self.told += written
        self.kinds.add(kind)
        self.is_own = self.is_own and word.is_own

    def _divides(self, word: _Word) -> bool:
        """Whether an ordinal is a part here, as in `two fifth`."""
        return word.kind == "ordinal" and self.kinds == {"value"} and 0 < self.section < word.value

    def _multiply(self, scale: Decimal) -> None:
        if scale <= 100:  # noqa: PLR2004 - hundreds and dozens stay below the thousands
            self.section = (self.section or 1) * scale
        elif self.total and scale >= self.scale:
            self.total, self.section, self.scale = self.value * scale, Decimal(0), scale
        else:
            self.total, self.section, self.scale = self.total + (self.section or 1) * scale, Decimal(0), scale

    @property
    def is_long(self) -> bool:
        """Whether it is told by several words of which one is a scale: no other language says that by chance."""
        return "scale" in self.kinds and len(self.kinds) > 1 and self.value >= 1000  # noqa: PLR2004

    def number(self) -> Number:
        """The number as far as it goes."""
        value = round(self.value, PLACES) if self.kinds & {"part", "ordinal"} else self.value
        readings = {value}
        if "decade" in self.kinds:
            readings |= {1900 + value, 2000 + value}
        elif self.kinds == {"ordinal"} and self.is_linked:
            readings |= {round(1 / value, PLACES), round(100 / value, PLACES)}
        elif "part" in self.kinds and "scale" not in self.kinds:
            readings.add(value * 100)  # percent
        is_mere = (
            value in {0, 1}
            or self.kinds == {"part"}
            or (self.kinds == {"ordinal"} and (self.is_linked or value == 2))  # noqa: PLR2004 - `a third`, `a second`
            or (len(self.told) == 1 and self.told[0] in _MERE_WORDS)
        )
        return Number(" ".join(self.told), frozenset(readings), is_sure=not is_mere)


def numbers_of_words(tokens: Sequence[str], known: Vocabulary) -> tuple[list[Number], int]:
    """The numbers at the start of a row of words, and how many words they take: two numbers of `five and six`."""
    sums: list[_Sum] = []
    links: list[str] = []
    is_and = follows_oh = False
    at = end = 0
    while at < len(tokens):
        length, words = _next_word(tokens, at, known)
        written = tokens[at : at + length]
        at += length
        if not words or (words[0].kind == "oh" and not (sums and not links)):
            break
        if words[0].kind in {"and", "link"}:
            links += written
            is_and = is_and or words[0].kind == "and"
        elif words[0].kind == "oh":
            follows_oh = True
        else:
            if follows_oh or not sums or not sums[-1].takes(words[0], links, is_and=is_and):
                if words[0].kind == "scale" and not _may_begin(words[0], links, known):
                    break
                sums.append(_Sum(is_linked=_is_linked(words[0], links, known), follows_oh=follows_oh))
            else:
                sums[-1].told += links
            for place, word in enumerate(words):
                is_joined = is_and and len(sums[-1].told) > 0 and not place
                sums[-1].add(() if place else written, word, is_and=is_joined)
            links, is_and, follows_oh, end = [], False, False, at
    # Links before anything else, as `of a`, need not be read again.
    numbers = [number for one, number in _with_years(sums) if one.is_own or one.is_long]
    return numbers, end if sums else at - 1


def _is_linked(word: _Word, links: Sequence[str], known: Vocabulary) -> bool:
    """Whether links lead up to a word; before an ordinal `a` makes a part in English, but not in `a terceira`."""
    return bool(links) and (word.kind != "ordinal" or known.words[links[-1]].language == word.language)


def _may_begin(scale: _Word, links: Sequence[str], known: Vocabulary) -> bool:
    """Whether a number may begin with its scale, as with `mille` and `a thousand`, but not with `million`."""
    return scale.may_begin or (bool(links) and known.words[links[-1]].kind == "link")


def _next_word(tokens: Sequence[str], at: int, known: Vocabulary) -> tuple[int, Sequence[_Word]]:
    """The longest phrase at a place with the words that it stands for; none if it tells no number."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        if found := known.words.get(" ".join(tokens[at : at + length])):
            return length, [found]
    return 1, _made_of(tokens[at], known.atoms)


@lru_cache(10_000)
def _is_glued(word: str, known: Vocabulary) -> bool:
    """Whether a word is made of several that tell a number; kept, as each word of a text is asked about, often."""
    return bool(_made_of(word, known.atoms))


def _made_of(word: str, atoms: Mapping[str, _Word]) -> Sequence[_Word]:
    """The atoms of a word such as `dreihunderttausend`, none if it is not one number."""
    found = _cut(word, atoms) if len(word) in _GLUED_LETTERS else []
    if not any(atom.kind in {"scale", "half"} for atom in found):
        return ()
    whole = _Sum()
    for atom in found:
        if whole.told and not whole.takes(atom):
            return ()
        whole.add([word], atom)
    return found


def _cut(word: str, atoms: Mapping[str, _Word]) -> list[_Word]:
    """A word cut into atoms, none if something is left."""
    # How each place of the word is reached: from where, and by which atom.
    reached: dict[int, tuple[int, _Word]] = {0: (0, _Word("link"))}
    for start in range(len(word)):
        if start in reached:
            for end in range(start + 2, min(len(word), start + _LONGEST_ATOM) + 1):
                if end not in reached and (atom := atoms.get(word[start:end])):
                    reached[end] = start, atom
    found: list[_Word] = []
    at = len(word) if len(word) in reached else 0
    while at:
        at, atom = reached[at]
        found.append(atom)
    return found[::-1]


def _with_years(sums: Sequence[_Sum]) -> Iterator[tuple[_Sum, Number]]:
    """The numbers of a row; those told figure by figure, as `twenty oh five`, stand for a whole number too."""
    row = 0
    rows: list[int] = []
    for one in sums:
        is_short = one.kinds == {"value"} and one.value < 100  # noqa: PLR2004 - two figures
        row += not is_short or one.is_linked
        rows.append(row)
        row += not is_short
    for _, group in groupby(zip(rows, sums, strict=True), key=lambda pair: pair[0]):
        several = [one for _, one in group]
        whole = "".join(f"{'0' if one.follows_oh else ''}{one.value}" for one in several)
        parts = frozenset([Decimal(whole)] if len(several) > 1 and whole.isdecimal() else ())
        for one in several:
            yield one, replace(one.number(), parts=parts)
