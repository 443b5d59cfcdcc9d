"""Parts what a PDF draws beside each other in one go, so that pypdf tells where each piece stands.

It tells the place of a text object's line once, and two columns may be drawn as one object, line by line.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, FloatObject, NameObject

_LETTER = 0.5  # of its size is a letter, on the average, where the font does not tell
_WIDE_LETTER = 0.6  # of a typewriter's
_THOUSAND = 1_000  # parts of the size of letters
_FAR = 1.0  # times the size of the letters is no gap between words
_SHOWS = {b"Tj": 0, b"TJ": 0, b"'": 0, b'"': 2}
"""What shows text, and at which place of its operands that stands."""
_NEXT_LINE = frozenset({b"T*", b"'", b'"'})
_MATRIX = 6  # numbers

Operation = tuple[Any, bytes]
Matrix = tuple[float, ...]
_Widths = tuple[int, list[float]]
"""The first byte whose letter has a width, and the widths from there."""


def part_columns(page: PageObject) -> None:
    """Begin a text object wherever the page's content goes far to the right on the same line."""
    written = page.get("/Contents")
    if written is None:
        return
    found = written.get_object()
    # As pypdf reads it for text: not yet decoded.
    content = found if isinstance(found, ContentStream) else ContentStream(found, page.pdf, "bytes")
    content.operations = list(_parted(content.operations, _widths(page)))
    page[NameObject("/Contents")] = content


def _widths(page: PageObject) -> dict[str, _Widths]:
    """The widths of letters in the fonts that tell them by their bytes."""
    found: dict[str, _Widths] = {}
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for name, font in (fonts.get_object() if fonts is not None else {}).items():
        told = font.get_object()
        if "Courier" in str(told.get("/BaseFont")):
            found[name] = (0, [_WIDE_LETTER * _THOUSAND] * 256)
        elif "/Widths" in told and isinstance(told.get("/FirstChar"), int):
            found[name] = (told["/FirstChar"], [_number(one.get_object()) for one in told["/Widths"].get_object()])
    return found


def _parted(operations: Iterable[Operation], widths: dict[str, _Widths]) -> Iterator[Operation]:
    pen = _Pen(widths)
    for operands, operator in operations:
        yield from pen.before(operands, operator)
        yield operands, operator


class _Pen:
    """About where the letters of a text object come to stand."""

    def __init__(self, widths: dict[str, _Widths]) -> None:
        self._widths = widths
        self._font: _Widths | None = None
        self._size = self._leading = 0.0
        self._begin()

    def _begin(self) -> None:
        self._line: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._end: float | None = None  # of what was shown last on this line
        self._has_moved = True

    def before(self, operands: Any, operator: bytes) -> Iterator[Operation]:  # noqa: ANN401 - as pypdf has it
        """What has to be done before the operation."""
        if operator in {b"BT", b"ET"}:
            self._begin()
        elif operator == b"Tf" and len(operands) > 1:
            self._font, self._size = self._widths.get(operands[0]), abs(_number(operands[1]))
        elif operator == b"Tm" and len(operands) == _MATRIX:
            yield from self._to(tuple(map(_number, operands)))
        elif operator in {b"Td", b"TD"} and len(operands) > 1:
            yield from self._to(self._shifted(_number(operands[0]), _number(operands[1])))
        if operator in {b"TL", b"TD"} and operands:
            self._leading = _number(operands[-1]) * (1 if operator == b"TL" else -1)
        if operator in _NEXT_LINE:
            self._line, self._end = self._shifted(0.0, -self._leading), None
        if operator in _SHOWS and len(operands) > _SHOWS[operator]:
            begun = self._line[4] if self._end is None or self._has_moved else self._end
            self._end = begun + self._size * abs(self._line[0]) * self._width(operands[_SHOWS[operator]])
            self._has_moved = False

    def _to(self, line: Matrix) -> Iterator[Operation]:
        is_same = self._end is not None and abs(self._line[5] - line[5]) < 1
        if is_same and self._end is not None and line[4] > self._end + _FAR * self._size * abs(line[0]):
            yield [], b"ET"
            yield [], b"BT"
            # The move follows, and a relative one goes out from where the line began.
            yield [FloatObject(one) for one in self._line], b"Tm"
        self._line, self._end, self._has_moved = line, self._end if is_same else None, True

    def _width(self, shown: object) -> float:
        """About how wide the text is, as a multiple of its size."""
        parts = shown if isinstance(shown, list) else [shown]
        return sum(self._wide(one) if isinstance(one, bytes) else -_number(one) / _THOUSAND for one in parts)

    def _wide(self, letters: bytes) -> float:
        if self._font is None:
            return _LETTER * len(letters)
        first, widths = self._font
        places = (one - first for one in letters)
        return sum(widths[at] for at in places if 0 <= at < len(widths)) / _THOUSAND

    def _shifted(self, right: float, up: float) -> Matrix:
        a, b, c, d, left, height = self._line
        return (a, b, c, d, left + right * a + up * c, height + right * b + up * d)


def _number(operand: object) -> float:
    return float(operand) if isinstance(operand, int | float) else 0.0
