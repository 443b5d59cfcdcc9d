"""What a PDF's page draws, and where: its runs of letters, and the boxes that it paints below them and through them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from factcheck.intake.pdf_fonts import Fonts, Letter, PdfFont
from factcheck.intake.pdf_space import (
    MATRIX,
    SAME,
    Box,
    Matrix,
    box_around,
    dictionary,
    moved,
    number_of,
    numbers_of,
    scale_of,
    times,
)

_MOST_STATES = 10_000  # that are kept within each other
_THOUSAND = 1_000  # parts of the size of letters
_WHITE = 0.99  # of the light of paper
_FAINT = 0.02  # of the colour of a letter
_CURVES = {b"c": 6, b"v": 4, b"y": 4}
_PAINTS = {
    b"f": (True, False), b"F": (True, False), b"f*": (True, False), b"S": (False, True), b"s": (False, True),
    b"B": (True, True), b"B*": (True, True), b"b": (True, True), b"b*": (True, True), b"n": (False, False),
}  # fmt: skip
"""Whether the path is filled, and whether it is stroked."""
_SHOWS = {b"Tj": 0, b"TJ": 0, b"'": 0, b'"': 2}
_COLORS = {b"g": 1, b"rg": 3, b"k": 4}
"""How many numbers tell a colour: of light, or, with four of them, of ink."""
_INKS_OF_SPACES = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}
_NUMBERS = {
    b"Tc": ("spacing", 1.0), b"Tw": ("word_spacing", 1.0), b"Tz": ("scale", 0.01), b"TL": ("leading", 1.0),
    b"Ts": ("rise", 1.0), b"Tr": ("mode", 1.0), b"w": ("line_width", 1.0),
}  # fmt: skip
"""What sets which number of the state, and what it is multiplied by."""
_MOST_LAYERS = 1_000  # of a file, and of a group
_FAR = 1e9  # points

Operation = tuple[Any, bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """The letters that one operation shows."""

    at: int  # which operation it is
    shown: bytes
    letters: Sequence[Letter]
    matrix: Matrix  # of its begin
    size: float  # before the matrix
    mode: float
    is_white: bool
    is_off: bool  # as it stands in a layer that is not shown, or lets all through
    is_placed: bool  # and does not go on where the last one ended
    is_picture: bool  # letters that are drawings, of any size
    is_cipher: bool  # letters that nobody can tell
    seen: Box  # where the page is not cut off
    grounds: int  # boxes that were painted before it

    @property
    def height(self) -> float:
        """Of its letters, in points."""
        return self.size * hypot(self.matrix[2], self.matrix[3])

    @property
    def box(self) -> Box:
        """About where it stands, rather too large than too small."""
        size = max(self.size, 1.0 if not self.is_picture else 12.0)
        end = max((one.end for one in self.letters), default=0.0)
        corners = [(x, y) for x in (0.0, end) for y in (-size, size)]
        return box_around([moved(self.matrix, x, y) for x, y in corners])


@dataclass
class Drawing:
    """What a page draws, in the order in which it does."""

    runs: list[Run] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)  # painted in a colour that is not white
    pictures: list[Box] = field(default_factory=list)
    lines: list[tuple[int, Box]] = field(default_factory=list)  # pieces of painted paths, with the operation's number
    covers: list[tuple[int, Box]] = field(default_factory=list)  # filled boxes of any colour, likewise
    unseen: set[int] = field(default_factory=set)  # operations that draw what stands in a layer that is not shown


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    seen: Box
    font: PdfFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0
    line_width: float = 1.0
    fill_is_white: bool = False
    stroke_is_white: bool = False
    is_faint: bool = False


def drawing_of(page: PageObject, operations: Sequence[Operation]) -> Drawing:
    """What the operations draw on the page. What stands in drawings of their own is not looked into."""
    pen = _Pen(dictionary(page.get("/Resources")), _box_of(page), _layers_off(page))
    for at, (operands, operator) in enumerate(operations):
        pen.draw(at, operands, operator)
    return pen.drawing


def _box_of(page: PageObject) -> Box:
    """The part of the page that is shown; without bounds where that is nothing."""
    shown = _corners(page.cropbox).within(_corners(page.mediabox))
    is_page = shown.right - shown.left > 1 and shown.top - shown.bottom > 1
    return shown if is_page else Box(-_FAR, -_FAR, _FAR, _FAR)


def _corners(told: RectangleObject) -> Box:
    return box_around([(float(told[at]), float(told[at + 1])) for at in (0, 2)])


def _layers_off(page: PageObject) -> frozenset[int]:
    """The numbers of the layers that are not shown when the file is opened."""
    root = page.pdf.root_object if page.pdf is not None else None
    layers = dictionary(dictionary(root).get("/OCProperties"))
    shown = dictionary(layers.get("/D"))
    off, on = (_references(shown.get(name)) for name in ("/OFF", "/ON"))
    return _references(layers.get("/OCGs")) - on if shown.get("/BaseState") == "/OFF" else off


def _references(told: object) -> frozenset[int]:
    found = told.get_object() if isinstance(told, PdfObject) else told
    listed = found[:_MOST_LAYERS] if isinstance(found, ArrayObject) else []
    return frozenset(one.idnum for one in listed if isinstance(one, IndirectObject))


class _Pen:
    def __init__(self, resources: DictionaryObject, page: Box, off: frozenset[int]) -> None:
        self.drawing = Drawing()
        self._resources, self._off = resources, off
        self._fonts = Fonts(resources)
        self._state = _State(SAME, page)
        self._states: list[_State] = []
        self._line: Matrix = SAME
        self._pen = 0.0  # from where the line began
        self._is_placed = True
        self._pieces: list[list[tuple[float, float]]] = []  # of a path
        self._clips = False
        self._marks: list[bool] = []  # whether what is marked is not shown
        self._hidden = 0  # of these marks
        self._fill_inks = self._stroke_inks = 0  # numbers of a colour of the space that was chosen, 0 if not known

    def draw(self, at: int, operands: Any, operator: bytes) -> None:  # noqa: ANN401 - as pypdf has it
        """Take down one operation."""
        if operator in _SHOWS:
            self._show(at, operands, operator)
        elif operator in _PAINTS:
            self._paint(at, *_PAINTS[operator])
        elif operator in {b"BMC", b"BDC", b"EMC"}:
            self._mark(operands, operator)
        elif operator in {b"Do", b"INLINE IMAGE", b"BI", b"sh"}:
            self._paint_object(at, operands, operator)
        elif not (self._place(operands, operator) or self._go(operands, operator)):
            self._set(operands, operator)

    def _place(self, operands: Any, operator: bytes) -> bool:  # noqa: ANN401
        """Move to where letters stand."""
        numbers = numbers_of(operands)
        if operator == b"BT":
            self._line = SAME
        elif operator == b"Tm" and len(numbers) == MATRIX:
            self._line = numbers  # type: ignore[assignment] # it has six
        elif operator in {b"Td", b"TD"} and len(numbers) > 1:
            self._line = times((1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1]), self._line)
            if operator == b"TD":
                self._state = replace(self._state, leading=-numbers[1])
        elif operator == b"T*":
            self._line = times((1.0, 0.0, 0.0, 1.0, 0.0, -self._state.leading), self._line)
        else:
            return False
        self._pen, self._is_placed = 0.0, True
        return True

    def _show(self, at: int, operands: Any, operator: bytes) -> None:  # noqa: ANN401
        if operator in {b"'", b'"'}:
            self._place([], b"T*")
        if len(operands) <= _SHOWS[operator]:
            return
        state, shown = self._state, operands[_SHOWS[operator]]
        letters: list[Letter] = []
        pen, written = 0.0, bytearray()
        font = state.font or PdfFont()
        for number, part in enumerate(shown if isinstance(shown, list) else [shown]):
            if isinstance(part, bytes):
                written += part
                for begin, end, width, is_space in font.codes(part):
                    wide = (
                        width * state.size / _THOUSAND + state.spacing + is_space * state.word_spacing
                    ) * state.scale
                    letters.append(Letter(number, begin, end, pen, pen + wide, is_space))
                    pen += wide
            else:
                pen -= number_of(part) * state.size / _THOUSAND * state.scale
        matrix = times(times((1.0, 0.0, 0.0, 1.0, self._pen, state.rise), self._line), state.matrix)
        self.drawing.runs.append(
            Run(
                at, bytes(written), letters, matrix, abs(state.size), state.mode, state.fill_is_white,
                self._is_unseen(), self._is_placed, font.is_picture, font.is_cipher, state.seen,
                len(self.drawing.grounds),
            )
        )  # fmt: skip
        self._pen, self._is_placed = self._pen + pen, False

    def _go(self, operands: Any, operator: bytes) -> bool:  # noqa: ANN401
        """Go along a path."""
        numbers = numbers_of(operands)
        if operator == b"re" and len(numbers) == len(Box._fields):
            x, y, wide, high = numbers
            self._pieces.append([self._point(x + a, y + b) for a in (0, wide) for b in (0, high)])
        elif operator == b"m" and len(numbers) > 1:
            self._pieces.append([self._point(numbers[0], numbers[1])])
        elif operator == b"l" and len(numbers) > 1 and self._pieces:
            self._pieces[-1].append(self._point(numbers[0], numbers[1]))
        elif operator in _CURVES and len(numbers) == _CURVES[operator] and self._pieces:
            self._pieces[-1] += [self._point(*numbers[n : n + 2]) for n in range(0, len(numbers), 2)]
        elif operator in {b"W", b"W*"}:
            self._clips = True
        else:
            return False
        return True

    def _paint(self, at: int, fills: bool, strokes: bool) -> None:  # noqa: FBT001
        """End a path."""
        boxes = [box_around(piece) for piece in self._pieces]
        is_seen = (fills and not self._state.fill_is_white) or (strokes and not self._state.stroke_is_white)
        if is_seen and not self._is_unseen():
            half = abs(self._state.line_width) * abs(scale_of(self._state.matrix)) / 2 if strokes else 0.0
            wider = [Box(one[0] - half, one[1] - half, one[2] + half, one[3] + half) for one in boxes]
            self.drawing.lines += [(at, one) for one in wider]
            self.drawing.grounds += wider
        if fills:
            self.drawing.covers += [(at, one.within(self._state.seen)) for one in boxes]
        if self._clips and self._pieces:
            clip = box_around([point for piece in self._pieces for point in piece])
            self._state = replace(self._state, seen=self._state.seen.within(clip))
        self._pieces, self._clips = [], False

    def _paint_object(self, at: int, operands: Any, operator: bytes) -> None:  # noqa: ANN401
        """A picture, a drawing of its own or a shade: where it stands is taken down, and not what it holds."""
        state, unit = self._state, [self._point(x, y) for x in (0, 1) for y in (0, 1)]
        box, is_picture = box_around(unit), operator != b"sh"
        if operator == b"sh":
            box = state.seen
        elif operator == b"Do":
            found = self._named("/XObject", operands)
            if not isinstance(found, StreamObject):
                return
            if self._is_off(found.get("/OC")) or self._is_unseen():
                self.drawing.unseen.add(at)
                return
            if found.get("/Subtype") == "/Form":
                box, is_picture = self._box_of_form(found), "/XObject" in dictionary(found.get("/Resources"))
                if not box.meets(state.seen):
                    self.drawing.unseen.add(at)
                    return
        box = box.within(state.seen)
        self.drawing.grounds.append(box)
        if is_picture:
            self.drawing.pictures.append(box)

    def _box_of_form(self, form: DictionaryObject) -> Box:
        told, matrix = numbers_of(form.get("/BBox")), numbers_of(form.get("/Matrix"))
        if len(told) != len(Box._fields):
            return self._state.seen
        own: Matrix = matrix if len(matrix) == MATRIX else SAME  # type: ignore[assignment]
        return box_around([moved(times(own, self._state.matrix), x, y) for x in told[::2] for y in told[1::2]])

    def _mark(self, operands: Any, operator: bytes) -> None:  # noqa: ANN401
        if operator == b"EMC":
            if self._marks:
                self._hidden -= self._marks.pop()
        elif len(self._marks) < _MOST_STATES:
            named = operands[1] if operator == b"BDC" and len(operands) > 1 and operands[0] == "/OC" else None
            layers = dictionary(self._resources.get("/Properties"))
            is_off = isinstance(named, str) and named in layers and self._is_off(layers.raw_get(named))
            self._marks.append(is_off)
            self._hidden += is_off

    def _is_unseen(self) -> bool:
        return self._hidden > 0 or self._state.is_faint

    def _is_off(self, layer: object) -> bool:
        """Whether a layer is not shown, or none of a group of them."""
        if isinstance(layer, IndirectObject) and layer.idnum in self._off:
            return True
        group = dictionary(layer)
        if group.get("/Type") != "/OCMD" or "/VE" in group or group.get("/P", "/AnyOn") != "/AnyOn":
            return False
        told = group.raw_get("/OCGs") if "/OCGs" in group else None
        parts = told.get_object() if isinstance(told, IndirectObject) else told
        layers = list(parts)[:_MOST_LAYERS] if isinstance(parts, ArrayObject) else [told]
        return bool(layers) and all(isinstance(one, IndirectObject) and one.idnum in self._off for one in layers)

    def _set(self, operands: Any, operator: bytes) -> None:  # noqa: ANN401
        """Change how letters and paths are drawn."""
        numbers = numbers_of(operands)
        if operator == b"q" and len(self._states) < _MOST_STATES:
            self._states.append(self._state)
        elif operator == b"Q" and self._states:
            self._state = self._states.pop()
        elif operator == b"cm" and len(numbers) == MATRIX:
            self._state = replace(self._state, matrix=times(numbers, self._state.matrix))  # type: ignore[arg-type]
        elif operator == b"Tf" and len(operands) > 1:
            self._state = replace(self._state, font=self._fonts.named(str(operands[0])), size=number_of(operands[1]))
        elif operator == b"gs":
            told = dictionary(self._named("/ExtGState", operands)).get("/ca")
            if told is not None:
                self._state = replace(self._state, is_faint=number_of(told) < _FAINT)
        elif operator in _NUMBERS and numbers:
            name, share = _NUMBERS[operator]
            self._state = replace(self._state, **{name: numbers[0] * share})  # type: ignore[arg-type]
        else:
            self._color(operands, operator)

    def _color(self, operands: Any, operator: bytes) -> None:  # noqa: ANN401
        lower = operator.lower()
        name = "fill" if operator == lower else "stroke"
        if lower in _COLORS:
            is_white = _is_white(numbers_of(operands), _COLORS[lower])
        elif lower == b"cs":
            setattr(self, f"_{name}_inks", self._inks(operands))
            is_white = False
        elif lower in {b"sc", b"scn"}:
            is_white = _is_white(numbers_of(operands), getattr(self, f"_{name}_inks"))
        else:
            return
        self._state = replace(self._state, **{f"{name}_is_white": is_white})  # type: ignore[arg-type]

    def _inks(self, operands: Any) -> int:  # noqa: ANN401
        """How many numbers tell a colour of the space; 0 where they may mean anything."""
        space = self._named("/ColorSpace", operands) or (operands[0] if operands else None)
        if isinstance(space, ArrayObject) and space:
            if space[0] == "/ICCBased" and len(space) > 1:
                return int(number_of(dictionary(space[1]).get("/N")))
            space = space[0]
        return _INKS_OF_SPACES.get(str(space), 0)

    def _named(self, kind: str, operands: Any) -> object:  # noqa: ANN401
        """What the page's resources have under a name."""
        found = dictionary(self._resources.get(kind)).get(operands[0]) if operands else None
        return found.get_object() if found is not None else None

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return moved(self._state.matrix, x, y)


def _is_white(numbers: Sequence[float], count: int) -> bool:
    if not numbers or len(numbers) != count:
        return False
    return max(numbers) <= 1 - _WHITE if count == _COLORS[b"k"] else min(numbers) >= _WHITE
