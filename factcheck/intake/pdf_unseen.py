"""Takes out of a PDF's page the letters that nobody sees: white ones, tiny ones, some beyond its edges or cut off.

So do those that are struck out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, FloatObject, NameObject

from factcheck.intake.pdf_drawing import Drawing, Operation, Run, drawing_of
from factcheck.intake.pdf_fonts import Letter
from factcheck.intake.pdf_forms import with_forms
from factcheck.intake.pdf_space import Box
from factcheck.intake.pdf_struck import struck_letters, without_letters

_LEAST_SIZE = 1.0  # points
_LEAST_PART = 1.0  # points of a page that is cut off around letters
_WHOLE_PAGE = 400.0  # points; on smaller pages a point is no measure
_FILLED, _INVISIBLE = 0, 3  # how letters are drawn
_NEAR = 0.07  # of the size of letters is nearly the same place
_NEARLY_ALL = 0.9  # of the letters of a page
_MOST_LOOKS = 1_000_000  # at boxes of one page


def drop_unseen(page: PageObject) -> float:
    """Leave what is seen in the page's content, upright where nearly all of it is drawn sideways.

    Returns the share of its letters that nobody can tell.
    """
    written = page.get("/Contents")
    if written is None:
        return 0.0
    content = ContentStream(written.get_object(), page.pdf, "bytes")  # as pypdf reads it for text: not yet decoded
    operations = with_forms(page, content.operations)
    drawing = drawing_of(page, operations)
    unseen = list(_unseen(drawing, float(page.mediabox.height)))
    unseen += _doubled(drawing, {run.at for run in unseen})
    struck = struck_letters(page, drawing)
    if unseen or struck or drawing.unseen:
        runs = {run.at: run for run in drawing.runs}
        gone = {**struck, **{run.at: frozenset(run.letters) for run in unseen}}
        operations = list(_seen(operations, runs, gone, drawing.unseen))
    content.operations = [*_upright(drawing.runs), *operations]
    page[NameObject("/Contents")] = content
    letters = sum(len(run.letters) for run in drawing.runs)
    return sum(len(run.letters) for run in drawing.runs if run.is_cipher) / (letters or 1)


def _unseen(drawing: Drawing, height: float) -> Iterator[Run]:
    looks = len(drawing.runs) * (len(drawing.grounds) + len(drawing.pictures))
    for run in drawing.runs:
        is_tiny = not run.is_picture and run.height < _LEAST_SIZE and height > _WHOLE_PAGE
        if run.is_off or is_tiny or _is_cut_off(run) or (looks <= _MOST_LOOKS and _is_pale(run, drawing)):
            yield run


def _is_pale(run: Run, drawing: Drawing) -> bool:
    """Whether it is white on white, or not painted at all. Over a picture such letters are what the picture says."""
    if run.mode == _FILLED and run.is_white:
        return not _is_on(run, drawing.grounds[: run.grounds]) and not _is_on(run, drawing.pictures)
    return run.mode == _INVISIBLE and not _is_on(run, drawing.pictures)


def _doubled(drawing: Drawing, unseen: AbstractSet[int]) -> Iterator[Run]:
    """What is drawn once more at nearly the same place, for a shadow or a bold face."""
    places: set[tuple[bytes, int, int, int]] = set()
    is_double = False
    for run in drawing.runs:
        if run.at in unseen or not run.shown.strip() or not run.height:
            continue
        near = _NEAR * run.height
        height, x, y = round(run.height), int(run.matrix[4] // near), int(run.matrix[5] // near)
        around = [(run.shown, height, x + right, y + up) for right in (-1, 0, 1) for up in (-1, 0, 1)]
        # Where it goes on behind other letters its place is counted from their widths, which may be told wrong.
        is_double = (run.is_placed or is_double) and not places.isdisjoint(around)
        if is_double:
            yield run
        else:
            places.add((run.shown, height, x, y))


def _is_cut_off(run: Run) -> bool:
    seen = run.seen
    is_nothing = min(seen.right - seen.left, seen.top - seen.bottom) < _LEAST_PART
    return is_nothing or not run.box.meets(seen)


def _is_on(run: Run, boxes: Sequence[Box]) -> bool:
    box = run.box
    return any(box.meets(one) for one in boxes)


def _upright(runs: Sequence[Run]) -> Iterator[Operation]:
    """What turns the page so that nearly all of its lines go to the right, if they do not yet."""
    ways = Counter[tuple[int, int]]()
    for run in runs:
        right, up = run.matrix[:2]
        is_level = abs(right) >= abs(up)
        ways[(1 if right >= 0 else -1, 0) if is_level else (0, 1 if up > 0 else -1)] += len(run.letters)
    (right, up), count = ways.most_common(1)[0] if ways else ((1, 0), 0)
    if (right, up) != (1, 0) and count >= _NEARLY_ALL * ways.total():
        yield [FloatObject(one) for one in (right, -up, up, right, 0, 0)], b"cm"


def _seen(
    operations: Sequence[Operation],
    runs: Mapping[int, Run],
    gone: Mapping[int, AbstractSet[Letter]],
    unseen: AbstractSet[int],
) -> Iterator[Operation]:
    for at, (operands, operator) in enumerate(operations):
        if at in gone:
            yield from _without(operands, operator, runs[at], gone[at])
        elif at not in unseen:
            yield operands, operator


def _without(operands: Any, operator: bytes, run: Run, gone: AbstractSet[Letter]) -> Iterator[Operation]:  # noqa: ANN401
    """The operation without these letters; words beside them stay apart."""
    if operator == b'"':
        yield operands[:1], b"Tw"
        yield operands[1:2], b"Tc"
    if operator in {b"'", b'"'}:
        yield [], b"T*"
    if len(gone) < len(run.letters) or not run.is_placed:
        yield [without_letters(operands[-1], run, gone)], b"TJ"
