"""What each word of a language does in a number, out of `number_words.json`.

`tests/tables/number_words.py` makes that from CLDR, simplemma and num2words; what stands here besides are words that
count without being numbers.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from factcheck.text.folding import fold

ENGLISH = "en"
HUNDRED = 2
"""Its power of ten."""
_BEGINNING = frozenset((HUNDRED, 3))
_TABLE = Path(__file__).with_name("number_words.json")

Kind = Literal["value", "ordinal", "scale", "half", "part", "decade", "oh", "point", "ahead", "and", "link"]

MERE_WORDS = {
    "no": 0, "none": 0, "nobody": 0, "nothing": 0, "once": 1, "couple": 2, "pair": 2, "both": 2, "twice": 2,
    "double": 2, "doubled": 2, "thrice": 3, "triple": 3, "tripled": 3,
}  # fmt: skip
DOZEN = 12
_DOZENS = {
    "en": "dozen", "de": "dutzend", "fr": "douzaine douzaines", "es": "docena docenas", "it": "dozzina dozzine",
    "pt": "dúzia dúzias", "nl": "dozijn", "sv": "dussin", "da": "dusin", "nb": "dusin", "fi": "tusina tusinaa",
    "cs": "tucet tucty tuctů", "pl": "tuzin tuziny tuzinów", "ru": "дюжина дюжину дюжины дюжин",
    "uk": "дюжина дюжину дюжини дюжин",
}  # fmt: skip
_WITHOUT_ARTICLES = frozenset(("fi", "cs", "pl", "ru", "uk"))
MERE_KOREAN = frozenset(fold("한 두 세 네 열").split())
"""Words for one to four and ten that are other words as often."""
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
    "nl": "een",
}  # fmt: skip
_CARDINAL_DAYS = {"fr": "premier", "es": "primero uno", "it": "primo", "pt": "primeiro", "nl": "eerste"}
_DAYS, _HOURS = range(1, 32), range(1, 13)


@dataclass(frozen=True, slots=True)
class Word:
    """What a word does in a number; `is_own` unless it is of a language that the text need not be in."""

    kind: Kind
    value: Decimal = Decimal(0)
    is_own: bool = True
    language: str = ""
    may_begin: bool = False
    """Whether a number may begin with this scale, as with `mille`, but not with `million`."""


def days_in_words(language: str) -> Mapping[str, int]:
    """The words that tell the day of a month: `fourteenth`; `primo` and `cinque` where only the first has a rank."""
    row = rows()[language]
    days = row["ordinals"]
    if language in _CARDINAL_DAYS:
        several = {word: value for word, value in row["words"].items() if value > 1}
        days = dict.fromkeys(_CARDINAL_DAYS[language].split(), 1) | several
    # Folding takes letters and their accents apart.
    return {normalize("NFC", word): int(value) for word, value in days.items() if value in _DAYS}


def hours_in_words(language: str) -> Mapping[str, int]:
    """The words for the hours of a clock, as texts are folded."""
    return {word: int(value) for word, value in rows()[language]["words"].items() if value in _HOURS}


@cache
def rows() -> dict[str, dict[str, Any]]:
    """The words of each language by what they do."""
    found: dict[str, dict[str, Any]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return found


def words_of(language: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """What each word of a language does; of two lines on one word the later holds."""
    yield from _small_words(language, row)
    for word, value in row["words"].items():
        yield word, Word("half" if value == 0.5 else "value", Decimal(str(value)))  # noqa: PLR2004 - a half
    for word, power in row["declined"].items():
        yield word, Word("scale", Decimal(10) ** power)
    for word, power in row["scales"].items():
        may_begin = (power in _BEGINNING and language != ENGLISH) or word in row.get("one", ())
        yield word, Word("scale", Decimal(10) ** power, may_begin=may_begin)
    for word in fold(_DOZENS.get(language, "")).split():
        yield word, Word("scale", Decimal(DOZEN), may_begin=language in _WITHOUT_ARTICLES)
    if language == ENGLISH:
        yield from _more_english(row["words"])


def _small_words(language: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """What joins numbers and parts of them, and ordinals."""
    yield from dict.fromkeys(fold(_LINKS.get(language, "")).split(), Word("link")).items()
    yield from dict.fromkeys(row["and"], Word("and")).items()
    yield from dict.fromkeys(row.get("points", ()), Word("point")).items()
    for word, value in row.get("ahead", {}).items():
        yield word, Word("ahead", Decimal(str(value)))
    for value, names in enumerate(fold(_PARTS.get(language, "")).split(), start=2):
        yield from dict.fromkeys(names.split("|"), Word("part", Decimal(value))).items()
    for word, value in row.get("ordinals", {}).items():
        yield word, Word("ordinal", Decimal(value))
    yield from dict.fromkeys(row.get("days", ()), Word("link")).items()


def _more_english(words: Mapping[str, int]) -> Iterator[tuple[str, Word]]:
    """What no library lists: `both`, the `nineties` and the `oh` of `twenty oh five`."""
    for word, value in MERE_WORDS.items():
        yield word, Word("value", Decimal(value))
    for word, value in words.items():
        if value >= 20 and word.endswith("ty"):  # noqa: PLR2004 - tens
            yield f"{word[:-1]}ies", Word("decade", Decimal(value))
    yield "oh", Word("oh")
