"""How wide the letters of a PDF's fonts are, and which of them is the space between words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from factcheck.intake.pdf_space import dictionary, number_of

_USUAL = 500.0  # thousandths of its size is a letter, where a font does not tell
_MOST_WIDTHS = 5_000  # that are read of one font
_MOST_OF_MAP = 1_000_000  # bytes of what tells a font's letters
_SPACE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*(?:<[0-9A-Fa-f]{4}>\s*)?<0020>")
_WIDTHS_OF_HELVETICA = {
    222: "'ijl", 278: " !,./:;I[\\]ft|", 333: "()-`r", 389: "*", 500: "Jckvsxyz", 556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W",
}  # fmt: skip
_HELVETICA = {ord(letter): float(width) for width, letters in _WIDTHS_OF_HELVETICA.items() for letter in letters}
_SUFFIX = re.compile(r"(?<=[^/.])\.[\w.]{1,60}\Z")
_TYPEWRITER = 600.0
_THOUSAND = 1_000.0
_COLLECTIONS = frozenset({"Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR"})


class Letter(NamedTuple):
    """A letter of what one operation shows: where its bytes stand in which part, and where it begins and ends."""

    part: int
    first: int
    last: int
    begin: float
    end: float
    is_space: bool


@dataclass(frozen=True)
class PdfFont:
    """The widths of a font's letters, in thousandths of their size."""

    widths: Mapping[int, float] = field(default_factory=dict)
    usual: float = _USUAL
    bytes_each: int = 1
    spaces: frozenset[int] = frozenset({32})
    is_picture: bool = False  # its letters are drawings, and its sizes tell nothing
    is_cipher: bool = False  # it tells nobody which letters it draws

    def codes(self, shown: bytes) -> Iterator[tuple[int, int, float, bool]]:
        """Of each letter where its bytes begin and end, its width, and whether it is a space."""
        for at in range(0, len(shown), self.bytes_each):
            code = int.from_bytes(shown[at : at + self.bytes_each], "big")
            yield at, at + self.bytes_each, self.widths.get(code, self.usual), code in self.spaces


class Fonts:
    """The fonts of a page, each read when it is first asked for."""

    def __init__(self, resources: DictionaryObject) -> None:
        fonts = resources.get("/Font")
        self._told = fonts.get_object() if fonts is not None else {}
        self._read: dict[str, PdfFont] = {}

    def named(self, name: str) -> PdfFont:
        """The font that the page's content calls so; a usual one where there is none."""
        if name not in self._read:
            told = self._told.get(name) if isinstance(self._told, DictionaryObject) else None
            font = told.get_object() if told is not None else None
            self._read[name] = _read(font) if isinstance(font, DictionaryObject) else PdfFont()
        return self._read[name]


def _read(font: DictionaryObject) -> PdfFont:
    _cut_suffixes(font)
    name, kind = str(font.get("/BaseFont")), font.get("/Subtype")
    if kind == "/Type0":
        return _composite(font)
    widths, first = font.get("/Widths"), font.get("/FirstChar")
    found = widths.get_object() if widths is not None else None
    if isinstance(found, ArrayObject) and isinstance(first, int):
        told = {first + at: number_of(one) for at, one in enumerate(islice(found, 256))}
        return PdfFont(told, is_picture=kind == "/Type3")
    if "Courier" in name:
        return PdfFont(usual=_TYPEWRITER)
    return PdfFont(_HELVETICA, is_picture=kind == "/Type3")


def _cut_suffixes(font: DictionaryObject) -> None:
    """Call glyphs by what they mean, whatever their form is: `two.tnum` is a `two`. pypdf does not know such names."""
    encoding = dictionary(font.get("/Encoding"))
    names = encoding.get("/Differences")
    told = names.get_object() if names is not None else None
    if isinstance(told, ArrayObject):
        cut = [NameObject(_SUFFIX.sub("", one)) if isinstance(one, NameObject) else one for one in told]
        encoding[NameObject("/Differences")] = ArrayObject(cut)


def _composite(font: DictionaryObject) -> PdfFont:
    """A font whose letters have two bytes each, in nearly all files."""
    below = font.get("/DescendantFonts")
    parts = below.get_object() if below is not None else None
    inner = parts[0].get_object() if isinstance(parts, ArrayObject) and parts else None
    inner = inner if isinstance(inner, DictionaryObject) else DictionaryObject()
    letters = font.get("/ToUnicode")
    told = letters.get_object() if letters is not None else None
    data = told.get_data()[:_MOST_OF_MAP] if isinstance(told, StreamObject) else b""
    spaces = frozenset(int(found[1], 16) for found in islice(_SPACE.finditer(data), 10))
    # Numbers of glyphs, which mean letters to the one who made the file; of Asian collections they are known.
    is_cipher = (
        not isinstance(told, StreamObject | NameObject)
        and str(font.get("/Encoding")).startswith("/Identity")
        and not _is_of_collection(inner)
    )
    usual = number_of(inner.get("/DW")) or _THOUSAND
    return PdfFont(dict(islice(_wide(inner), _MOST_WIDTHS)), usual, 2, spaces, is_cipher=is_cipher)


def _is_of_collection(font: DictionaryObject) -> bool:
    return str(dictionary(font.get("/CIDSystemInfo")).get("/Ordering")) in _COLLECTIONS


def _wide(font: DictionaryObject) -> Iterator[tuple[int, float]]:
    """The widths that `/W` tells: `first [width, width]`, or `first last width`."""
    told = font.get("/W")
    found = told.get_object() if told is not None else None
    waiting: list[int] = []
    for one in found if isinstance(found, ArrayObject) else ():
        part = one.get_object()
        if isinstance(part, ArrayObject) and waiting:
            yield from ((waiting[0] + at, number_of(width)) for at, width in enumerate(part))
            waiting = []
        elif len(waiting) > 1:
            last = min(waiting[1], waiting[0] + _MOST_WIDTHS)
            yield from ((code, number_of(part)) for code in range(waiting[0], last + 1))
            waiting = []
        else:
            waiting.append(int(number_of(part)))
