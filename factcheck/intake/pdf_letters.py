"""The letters of a PDF's page, and where they stand, as PDFium tells them."""

from collections import defaultdict
from collections.abc import Sequence
from ctypes import addressof, c_double, c_uint
from dataclasses import dataclass
from math import atan2, copysign, cos, degrees, hypot, radians, sin
from typing import Any, NamedTuple

from pypdfium2 import raw

_NUMBERS = 4  # of a colour or a box
_STROKED = 1  # in every four ways to draw letters
_TURN = 5  # degrees
_NEAR = 0.07  # of the size of letters is nearly the same place
_MOST_NEAR = 1_000  # letters that begin at nearly the same place of their lines
_LAST_LATIN = "\u024f"
_HYPHEN_OF_LINE = "\x02"  # what PDFium has for the hyphen that a line ends with
UNKNOWN = "\ufffd"
"""Stands for a letter that the file does not tell."""


class Box(NamedTuple):
    """An area of the page, in points, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point is in it."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top

    def touches(self, other: "Box") -> bool:
        """Whether there is less than a point between them."""
        beside = self.left < other.right + 1 and other.left < self.right + 1
        return beside and self.bottom < other.top + 1 and other.bottom < self.top + 1


@dataclass(frozen=True, slots=True)
class Look:
    """How one object of the page draws its letters."""

    drawing: int  # which object it is
    size: float  # points
    angle: int  # degrees
    across: float  # its cosine
    up: float  # its sine
    mode: int
    shade: int | None  # of 255 from black to white
    is_embedded: bool  # its font is in the file


class Letter(NamedTuple):
    """What is drawn as one sign, in points: its place along its line, and the height of the line's foot."""

    text: str
    left: float
    right: float
    base: float
    size: float
    look: Look
    box: Box  # of its ink
    is_parted: bool  # from the letter before it, as PDFium guesses
    space: float | None  # where the space before it ends, if one is drawn

    @property
    def is_drawable(self) -> bool:
        """Whether PDFium has its form: what is no Latin letter only if the file brings it."""
        return self.look.is_embedded or self.text <= _LAST_LATIN


def drawn_letters(page: Any) -> list[Letter]:  # noqa: ANN401 - the library is not typed
    """All letters, without the spaces between them, in the order in which they are drawn, as PDFium puts it."""
    told, letters = page.get_textpage(), list[Letter]()
    text = told.raw  # which lives as long as what tells it
    looks: dict[int, Look] = {}
    left, base, bounds, loose = c_double(), c_double(), [c_double() for _ in range(_NUMBERS)], raw.FS_RECTF()
    is_parted, space = False, None
    for at in range(raw.FPDFText_CountChars(text)):
        sign, drawing = chr(raw.FPDFText_GetUnicode(text, at)), raw.FPDFText_GetTextObject(text, at)
        if not drawing:  # it is PDFium's own, for letters that stand apart
            is_parted = True
            continue
        key = addressof(drawing.contents)
        look = looks[key] = looks[key] if key in looks else _look(text, at, drawing)
        raw.FPDFText_GetCharOrigin(text, at, left, base)
        raw.FPDFText_GetCharBox(text, at, *bounds)
        raw.FPDFText_GetLooseCharBox(text, at, loose)
        across, up = look.across, look.up
        begin, height = left.value * across + base.value * up, base.value * across - left.value * up
        end = max(loose.left * across, loose.right * across) + max(loose.bottom * up, loose.top * up)
        last = letters[-1] if letters else None
        if raw.FPDFText_HasUnicodeMapError(text, at) == 1:
            sign = UNKNOWN
        if sign.isspace():
            space = end
        elif last and (last.look.drawing, last.left, last.base) == (key, begin, height):
            # PDFium tells the letters of a ligature one by one, and the halves of a surrogate pair.
            whole = (last.text + sign).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            letters[-1] = last._replace(text=whole, right=max(last.right, end))
        else:
            if sign < " ":
                sign = "-" if sign == _HYPHEN_OF_LINE else UNKNOWN
            ink = Box(bounds[0].value, bounds[2].value, bounds[1].value, bounds[3].value)
            if ink.left >= ink.right or ink.bottom >= ink.top:
                ink = Box(loose.left, loose.bottom, loose.right, loose.top)
            letters.append(Letter(sign, begin, end, height, look.size, look, ink, is_parted, space))
            is_parted, space = False, None
    return letters


def _look(text: Any, at: int, drawing: Any) -> Look:  # noqa: ANN401
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    told_size = raw.FPDFText_GetFontSize(text, at)
    size = abs(told_size) * hypot(matrix.c, matrix.d)
    turned = copysign(1.0, told_size)  # letters of a size below zero go the other way
    angle = round(degrees(atan2(matrix.b * turned, matrix.a * turned)) / _TURN) * _TURN % 360
    mode = raw.FPDFTextObj_GetTextRenderMode(drawing)
    color = [c_uint() for _ in range(_NUMBERS)]
    told = raw.FPDFText_GetStrokeColor if mode % 4 == _STROKED else raw.FPDFText_GetFillColor
    shade = None
    if told(text, at, *color):
        red, green, blue, _ = (one.value for one in color)
        shade = (30 * red + 59 * green + 11 * blue) // 100
    is_embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawing)) == 1
    across, up = cos(radians(angle)), sin(radians(angle))
    return Look(addressof(drawing.contents), size, angle, across, up, mode, shade, is_embedded)


def once(letters: Sequence[Letter]) -> list[Letter]:
    """The letters without those that are drawn once more at nearly the same place, for a shadow or a bold face."""
    order = sorted((one.text, one.left, at) for at, one in enumerate(letters))
    gone: set[int] = set()
    for number, (text, left, at) in enumerate(order, 1):
        one = letters[at]
        near = _NEAR * one.size
        for following in range(number, min(number + _MOST_NEAR, len(order))):
            other_text, other_left, other_at = order[following]
            if other_text != text or other_left - left > near:
                break
            other = letters[other_at]
            if abs(other.base - one.base) <= near and other.look.angle == one.look.angle and _is_same_size(one, other):
                gone.add(max(at, other_at))
    return [one for at, one in enumerate(letters) if at not in gone]


def _is_same_size(one: Letter, other: Letter) -> bool:
    return abs(one.size - other.size) <= _NEAR * one.size


def by_angle(letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters of each angle, the usual one first."""
    found: dict[int, list[Letter]] = defaultdict(list)
    for one in letters:
        found[one.look.angle].append(one)
    return sorted(found.values(), key=len, reverse=True)
