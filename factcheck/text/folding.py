"""Text made comparable: case, quotes, dashes, blanks and ligatures folded, offsets kept."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise

from factcheck.domain.sentence import Span
from factcheck.text.keeping import kept_of_short

_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ＇", "'")
    | dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | {"٫": ".", "٬": ",", "٪": "%"}
    | {"ı": "i", "İ": "i"}  # Turkish has both in capitals and small letters, and whoever types may have one only
)
# The vowel signs of Arabic and Hebrew are written in some texts only, and a stroke that lengthens a word says nothing.
_VOWELS = frozenset(map(chr, (*range(0x5B0, 0x5BD), 0x5C1, 0x5C2, 0x640, *range(0x64B, 0x653), 0x670)))
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | _VOWELS
_DOTS_OF_IO = re.compile("(?<=[еЕ])\u0308")  # of a `ё` that is taken apart
_INVISIBLE_SIGN = "\u200b"
_MADE_OF = re.compile(r"LATIN SMALL (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH [A-Z ]{1,60})?")
_STRETCH = re.compile(r"(?P<blanks>\s+)|\S+")

# Thai, Lao, Burmese, Khmer, kana and Chinese characters; for use inside a character class.
UNBROKEN = (
    "\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Accents and vowel signs, which Python counts to no word; for use inside a character class.
MARKS = "".join(
    char for char in map(chr, (*range(0x300, 0x1B00), 0x3099, 0x309A)) if unicodedata.category(char)[0] == "M"
)
_CHARACTER = re.compile(f"[{UNBROKEN}][{MARKS}]*")
_LETTER = rf"[^\W\d_{UNBROKEN}]"
_WORD = re.compile(
    rf"[{UNBROKEN}][{UNBROKEN}{MARKS}]*|\d+(?:[.,]\d+)*|{_LETTER}(?:{_LETTER}|[{MARKS}])*(?:[.']{_LETTER}+)*"
)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text in which each character knows the offset that it came from."""

    text: str
    origins: Sequence[int]

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the source that `[start, end)` of the folded text stands for."""
        return Span(self.origins[start], self.origins[end - 1] + 1)

    def ends_of(self, stretch: Span) -> tuple[int, int]:
        """Where the first folded character at or after each end of a stretch of the source stands."""
        return bisect_left(self.origins, stretch.start), bisect_left(self.origins, stretch.end)

    def halves_character(self, at: int) -> bool:
        """Whether a cut at `at` goes through what is one character in the source, as `½` or `é`."""
        return 0 < at < len(self.origins) and self.origins[at - 1] == self.origins[at]


def fold(text: str) -> str:
    """The folded form of a text, with blanks at neither end."""
    return " ".join(text.translate(_FORMS).split())


def fold_spelling(text: str) -> str:
    """As `fold`, also where one word is written in two ways: `sœur` and `soeur`, `ещё` and `еще`."""
    return " ".join(_DOTS_OF_IO.sub("", text).translate(_FORMS_OF_SPELLING).split())


def plain_letters(folded: str) -> str:
    """A folded text with the letters that Unicode takes apart by their names alone: `ł` is `l`, `æ` is `ae`."""
    return folded.translate(_PLAIN)


def fold_with_offsets(text: str, *, blanks: bool = True) -> FoldedText:
    """Fold a text as `fold_spelling` does, so that a match can be carried back.

    Without `blanks`, `U. S.` and `U.S.` are alike.
    """
    text = _DOTS_OF_IO.sub(_INVISIBLE_SIGN, text)
    folded = StringIO()
    origins = array("I")  # four bytes a character, where a list of a long text's offsets takes nine times as much
    after_blank = not blanks
    for match in _STRETCH.finditer(text):
        if match["blanks"] is None:
            stretch = [at for at, char in enumerate(match[0], match.start()) for _ in _FORMS_OF_SPELLING[ord(char)]]
            origins.extend(stretch)
            folded.write(match[0].translate(_FORMS_OF_SPELLING))
            # Invisible characters alone, as a soft hyphen, leave nothing between two blanks.
            after_blank = not blanks or (after_blank and not stretch)
        elif not after_blank:
            origins.append(match.start())
            folded.write(" ")
            after_blank = True
    return FoldedText(folded.getvalue(), origins)


class _Forms(dict[int, str]):
    """What each character is folded to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _INVISIBLE:
            form = ""
        elif char.isspace():
            form = " "
        elif char.isdecimal():
            form = str(unicodedata.decimal(char))
        else:
            form = unicodedata.normalize("NFKD", char.translate(_FOLDED)).casefold().translate(_FOLDED)
            form = form.replace(" ", "")  # `¨` is a blank with two dots on it
        self[code] = form
        return form


class _Plain(dict[int, int | str]):
    """The letters that each letter is made of, found when it is first met."""

    def __missing__(self, code: int) -> int | str:
        made = _MADE_OF.fullmatch(unicodedata.name(chr(code), ""))
        self[code] = form = made[1].lower() if made else code
        return form


_PLAIN = _Plain({ord("þ"): "th", ord("ð"): "d"})
_FORMS = _Forms()
# Not in `_FORMS`: keys that databases hold are made of what these fold to.
_FORMS_OF_SPELLING = _Forms(str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ё": "е", "Ё": "е"}))


@kept_of_short
def tokens(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, each run of a script without blanks in one piece."""
    return tuple(word.removesuffix("'s") for word in _WORD.findall(fold(text)))


@kept_of_short
def words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text; `1,000.5` and `U.S.` are one word each, `Japan's` is `japan`.

    A script without blanks does not tell where a word ends; its words are taken to be the pairs
    of neighbouring characters, so `访问北京` is `访问`, `问北` and `北京`.
    """
    found: list[str] = []
    for token in tokens(text):
        pairs = map("".join, pairwise(characters(token))) if is_unbroken(token) else ()
        found += list(pairs) or [token]
    return tuple(found)


def is_unbroken(token: str) -> bool:
    """Whether a folded token is of a script that puts no blanks between words."""
    return bool(_CHARACTER.match(token))


def characters(run: str) -> list[str]:
    """The characters of a folded run, each with its marks."""
    return _CHARACTER.findall(run)
