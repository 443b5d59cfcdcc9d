"""Which letters of a PDF's page its readers see.

The page is drawn twice in grey, as it is and without its letters. What differs is seen, whatever hides the rest: its
colour, a box above it, the edge of the page, a layer, or how it is drawn. Lines through letters are in both.
"""

from collections.abc import Iterator, Sequence
from ctypes import addressof
from itertools import groupby
from math import sqrt
from typing import Any

from pypdfium2 import raw

from factcheck.intake.pdf_letters import Box, Letter, drawn_letters

_PIXELS, _MOST_PIXELS = 2.0, 4e6  # in a point, and on a page
_LEAST_SIZE, _WHOLE_PAGE = 1.0, 400.0  # points; on smaller pages a point is no measure
_INVISIBLE = 3  # how letters are drawn
_SHADES = 6  # of 255 are seen
_WHITE = 255
_LINE_SHADES = 30  # of 255 a line differs from what is below and above it
_LOWEST, _HIGHEST = 0.15, 0.55  # of their size above the foot of letters goes a line through their middle
_THIN = 0.2  # of their size it is high, at most
_COVERED = 0.7  # of the line has letters, or it is the line of a chart or a table
_MIDDLE = 0.25  # of a letter on both sides need not be struck
_MOST_NOTES = 1_000
_MOST_LOOKS = 1_000_000


def seen_letters(page: Any, struck: Sequence[Box] = ()) -> list[Letter]:  # noqa: ANN401 - the library is not typed
    """The letters that are seen and not struck out, by a line or in the boxes of notes."""
    page.set_rotation(0)
    # Some programs draw each letter as an object of its own, so that they are looked for once.
    texts, pictures = _objects(page)
    _tell_what_is_drawn(texts)
    picture, drawn = _Picture(page, texts, pictures), drawn_letters(page)
    seen = picture.seen(drawn)
    unseen = {one.look.drawing for one in drawn} - {one.look.drawing for one in seen}
    if unseen:
        # PDFium leaves out what is drawn twice at one place, and the first of both may be the one that nobody sees.
        for one in texts:
            raw.FPDFPageObj_SetIsActive(one, addressof(one.contents) not in unseen)
        seen = picture.seen(drawn_letters(page))
    boxes = struck[: _MOST_LOOKS // (len(seen) or 1)]
    noted = (one for one in seen if any(box.holds(one.box.middle) for box in boxes))
    gone = {id(one) for one in [*picture.struck(seen), *noted]}
    return [one for one in seen if id(one) not in gone]


def _objects(page: Any) -> tuple[list[Any], list[tuple[Any, Any]]]:  # noqa: ANN401
    """What draws letters, and the pictures, each with the drawing of its own that holds it, or itself."""
    texts, pictures = [], []
    outer = None
    for one in page.get_objects():
        outer = one if one.level == 0 else outer
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(one.raw)
        elif one.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append((one, outer))
    return texts, pictures


def _tell_what_is_drawn(texts: Sequence[Any]) -> None:
    """Take away what the file tells in the place of its letters (`ActualText`), which no reader sees."""
    for one in texts:
        for at in reversed(range(raw.FPDFPageObj_CountMarks(one))):
            mark = raw.FPDFPageObj_GetMark(one, at)
            if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING:
                raw.FPDFPageObj_RemoveMark(one, mark)


class _Picture:
    """The page as it is and without its letters, in both of them without pictures."""

    def __init__(self, page: Any, texts: Sequence[Any], pictures: Sequence[tuple[Any, Any]]) -> None:  # noqa: ANN401
        left, bottom, right, top = page.get_bbox()
        self._left, self._top = float(left), float(top)
        self._is_whole = self._top - bottom > _WHOLE_PAGE
        area = max((right - self._left) * (self._top - bottom), 1.0)
        self._scale = min(_PIXELS, sqrt(_MOST_PIXELS / area))
        self._pictures = [Box(*outer.get_bounds()) for _, outer in pictures]
        drawn = [one.raw for one, _ in pictures]
        self._page, self._wide, self._high = self._drawn_without(page, drawn)
        self._ground, _, _ = self._drawn_without(page, [*drawn, *texts])

    def _drawn_without(self, page: Any, left_out: Sequence[Any]) -> tuple[bytes, int, int]:  # noqa: ANN401
        for one in left_out:
            raw.FPDFPageObj_SetIsActive(one, False)  # noqa: FBT003 - a function of C
        drawn = page.render(scale=self._scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        for one in left_out:
            raw.FPDFPageObj_SetIsActive(one, True)  # noqa: FBT003
        return bytes(drawn.buffer), drawn.stride, drawn.height

    def seen(self, letters: Sequence[Letter]) -> list[Letter]:
        """The letters whose own colour stands in their place, where without letters another one does."""
        seen = {id(one): one for one in letters if self._shows(one, one.look.shade)}
        # Of what is filled with a pattern PDFium tells that it is white.
        white = [one for one in letters if id(one) not in seen and one.look.shade == _WHITE and self._shows(one, None)]
        if len(white) * len(seen) <= _MOST_LOOKS:
            alone = [one for one in white if not any(one.box.touches(other.box) for other in seen.values())]
            seen.update((id(one), one) for one in alone)
        return [one for one in letters if id(one) in seen]

    def _shows(self, letter: Letter, shade: int | None) -> bool:
        left, bottom, right, top = letter.box
        if self._is_whole and max(letter.size, top - bottom) < _LEAST_SIZE:
            return False
        # A pixel more on each side, since thin strokes are drawn in whole pixels.
        begin, end = max(self._column(left) - 1, 0), min(self._column(right) + 2, self._wide)
        first, last = max(self._row(top) - 1, 0), min(self._row(bottom) + 2, self._high)
        if begin >= end or first >= last:
            return False
        is_over_picture = any(one.holds(letter.box.middle) for one in self._pictures)
        if letter.look.mode == _INVISIBLE:
            return is_over_picture  # it says what the picture shows
        ground = b""
        middle = (first + last) // 2
        for row in (*range(middle, last), *range(first, middle)):  # most have ink there
            at = slice(row * self._wide + begin, row * self._wide + end)
            page, ground = self._page[at], self._ground[at]
            if not letter.is_drawable:  # PDFium lacks its form, and draws nothing
                page = bytes([shade or 0]) * len(ground)
            if page != ground and _is_inked(page, ground, shade):
                return True
        # White letters may stand on the picture, which is not drawn.
        return is_over_picture and shade is not None and any(abs(one - shade) <= _SHADES for one in ground)

    def struck(self, letters: Sequence[Letter]) -> Iterator[Letter]:
        """The letters that a line goes through which hardly goes beyond them."""
        if self._ground.count(self._ground[:1]) == len(self._ground):
            return
        for (row, _), group in groupby(letters, lambda one: (self._line(one), round(one.base))):
            struck = list(group)
            begin, end = self._column(struck[0].left), self._column(struck[-1].right)
            if row is not None and end - begin >= _COVERED * self._length(row, begin, end, self._thickness(struck[0])):
                yield from struck

    def _line(self, letter: Letter) -> int | None:
        """The row of a thin line through the middle of the letter."""
        margin, thin = _MIDDLE * (letter.right - letter.left), self._thickness(letter)
        begin, end = self._column(letter.left + margin), self._column(letter.right - margin) + 1
        first, last = (self._row(letter.base + share * letter.size) for share in (_HIGHEST, _LOWEST))
        if letter.look.angle or not (0 <= begin < end <= self._wide and thin <= first and last < self._high - thin):
            return None
        around = slice((first - thin) * self._wide + begin, (last + thin + 1) * self._wide, self._wide)
        if len(set(self._ground[around])) == 1:
            return None
        rows = range(first, last + 1)
        return next((row for row in rows if all(self._is_line(row, x, thin) for x in range(begin, end))), None)

    def _is_line(self, row: int, x: int, thin: int) -> bool:
        """Whether the spot is much darker or lighter than those above and below it."""
        here, above, below = (self._ground[(row + step) * self._wide + x] for step in (0, -thin, thin))
        return min(above, below) - here > _LINE_SHADES or here - max(above, below) > _LINE_SHADES

    def _length(self, row: int, begin: int, end: int, thin: int) -> int:
        """How long the line is that goes from begin to end at least."""
        while begin > 0 and self._is_line(row, begin - 1, thin):
            begin -= 1
        while end < self._wide and self._is_line(row, end, thin):
            end += 1
        return end - begin

    def _thickness(self, letter: Letter) -> int:
        return max(round(_THIN * letter.size * self._scale), 2)

    def _column(self, x: float) -> int:
        return int((x - self._left) * self._scale)

    def _row(self, y: float) -> int:
        return int((self._top - y) * self._scale)


def _is_inked(page: bytes, ground: bytes, shade: int | None) -> bool:
    """Whether the page has this shade somewhere where the ground has another one; any other one, if it is not known."""
    if shade is None:
        return any(abs(one - two) > _SHADES for one, two in zip(page, ground, strict=True))
    if shade <= min(page) < min(ground) - _SHADES:
        return True
    return any(abs(two - shade) - abs(one - shade) > _SHADES for one, two in zip(page, ground, strict=True))


def struck_boxes(page: Any) -> list[Box]:  # noqa: ANN401
    """Where notes of the page strike words out."""
    quads: list[Box] = []
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note, quad = raw.FPDFPage_GetAnnot(page, at), raw.FS_QUADPOINTSF()
        is_hidden = raw.FPDFAnnot_GetFlags(note) & raw.FPDF_ANNOT_FLAG_HIDDEN
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT and not is_hidden:
            for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), _MOST_NOTES)):
                raw.FPDFAnnot_GetAttachmentPoints(note, number, quad)
                across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                quads.append(Box(min(across), min(up), max(across), max(up)))
        raw.FPDFPage_CloseAnnot(note)
    return quads
