"""The letters of a PDF's page that are struck out: by a line through their middle, or by a note of that kind."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ByteStringObject, FloatObject

from factcheck.intake.pdf_drawing import Drawing, Run
from factcheck.intake.pdf_fonts import Letter
from factcheck.intake.pdf_space import Box, box_around, dictionary, number_of

_LOWEST, _HIGHEST = 0.15, 0.55  # of their size above the foot of letters goes a line through their middle
_THIN = 0.2  # of their size it is high, at most
_MOST_THIN = 6.0  # points
_LEAST_WIDE = 3.0  # points
_COVERED = 0.7  # of the line has letters, or it is the line of a chart or a table
_NEARLY_ALL, _HARDLY_ANY = 0.8, 0.2  # of the letters of a word, where their widths are guessed
_GAP = 0.2  # of their size stands between two words
_MOST_LINES = 2_000  # on a page
_MOST_LOOKS = 1_000_000
_MOST_NOTES = 1_000
_QUAD = 8  # numbers
_HIDDEN = 2  # among the flags of a note
_THOUSAND = 1_000
_LAST = sys.maxsize  # of all operations; notes lie above the page


def struck_letters(page: PageObject, drawing: Drawing) -> dict[int, frozenset[Letter]]:
    """Which letters are struck out, by the number of the operation that shows them."""
    drawn = [(at, one) for at, one in drawing.lines if _is_line(one)]
    noted = ((_LAST, one) for one in islice(_noted(page), _MOST_LINES))
    lines = [*(drawn if len(drawn) <= _MOST_LINES else ()), *noted]
    level = sorted((run for run in drawing.runs if run.letters and _is_level(run)), key=lambda run: run.matrix[5])
    if not lines or not level:
        return {}
    feet, highest = [run.matrix[5] for run in level], max(run.height for run in level)
    found: dict[int, set[Letter]] = {}
    looks = 0
    for at, line in lines:
        middle = (line.bottom + line.top) / 2
        near = level[bisect_left(feet, middle - _HIGHEST * highest) : bisect_right(feet, middle)]
        looks += sum(len(run.letters) for run in near) + len(drawing.covers)
        if looks > _MOST_LOOKS:
            break
        # What stands on a ground over the line, as a notice over the page's own text, is not struck by it.
        ground = next((above for above, box in drawing.covers if above > at and _covers(box, line)), _LAST)
        for run, letters in _struck_by(line, [run for run in near if run.at < ground and _goes_through(line, run)]):
            found.setdefault(run.at, set()).update(letters)
    runs = {run.at: run for run in level}
    return {at: frozenset(_by_words(runs[at], letters)) for at, letters in found.items()}


def _noted(page: PageObject) -> Iterator[Box]:
    """The lines of the page's notes that strike words out."""
    notes = page.get("/Annots")
    told = notes.get_object() if notes is not None else None
    for one in islice(told, _MOST_NOTES) if isinstance(told, ArrayObject) else ():
        note = dictionary(one)
        quads = note.get("/QuadPoints") if note.get("/Subtype") == "/StrikeOut" else None
        if not isinstance(quads, ArrayObject) or int(number_of(note.get("/F"))) & _HIDDEN:
            continue
        numbers = [number_of(part) for part in quads[: _QUAD * _MOST_NOTES]]
        for at in range(0, len(numbers) - _QUAD + 1, _QUAD):
            box = box_around(list(zip(numbers[at : at + _QUAD : 2], numbers[at + 1 : at + _QUAD : 2], strict=True)))
            middle = (box.bottom + box.top) / 2
            yield Box(box.left, middle, box.right, middle)


def _is_line(box: Box) -> bool:
    return box.top - box.bottom < _MOST_THIN and box.right - box.left > _LEAST_WIDE


def _covers(box: Box, line: Box) -> bool:
    is_wide = box.left <= line.left and line.right <= box.right
    return is_wide and box.bottom <= line.bottom and line.top <= box.top and not _is_line(box)


def _is_level(run: Run) -> bool:
    across, up = abs(run.matrix[0]), abs(run.matrix[1])
    return run.matrix[0] > 0 and up < across / _THOUSAND


def _goes_through(line: Box, run: Run) -> bool:
    above = (line.bottom + line.top) / 2 - run.matrix[5]
    return _LOWEST * run.height <= above <= _HIGHEST * run.height and line.top - line.bottom <= _THIN * run.height


def _struck_by(line: Box, runs: Sequence[Run]) -> list[tuple[Run, list[Letter]]]:
    found = [(run, [one for one in run.letters if line.left <= _middle(run, one) <= line.right]) for run in runs]
    covered = sum((one.end - one.begin) * run.matrix[0] for run, letters in found for one in letters)
    return found if covered >= _COVERED * (line.right - line.left) else []


def _middle(run: Run, letter: Letter) -> float:
    return run.matrix[4] + run.matrix[0] * (letter.begin + letter.end) / 2


def _by_words(run: Run, struck: AbstractSet[Letter]) -> Iterator[Letter]:
    """All letters of a word that is nearly all struck, and none of one that hardly is."""
    word: list[Letter] = []
    for number, letter in enumerate(run.letters):
        word.append(letter)
        following = run.letters[number + 1] if number + 1 < len(run.letters) else None
        if following is None or letter.is_space or following.begin - letter.end > _GAP * run.size:
            among = [one for one in word if one in struck]
            words = sum(not one.is_space for one in word) or 1
            share = sum(not one.is_space for one in among) / words
            yield from word if share >= _NEARLY_ALL else among if share > _HARDLY_ANY else ()
            word = []


def without_letters(shown: object, run: Run, gone: AbstractSet[Letter]) -> ArrayObject:
    """What is shown, as the operand of `TJ`, with a gap in the place of each of the letters."""
    parts: list[Any] = []
    listed = shown if isinstance(shown, list) else [shown]
    letters = iter(run.letters)
    letter = next(letters, None)
    for number, part in enumerate(listed):
        if not isinstance(part, bytes):
            parts.append(part)
        while letter is not None and letter.part == number and isinstance(part, bytes):
            if letter in gone:
                wide = _THOUSAND * (letter.end - letter.begin) / (run.size or 1)
                parts.append(FloatObject(-wide))
            elif parts and isinstance(parts[-1], bytes) and letter.first:
                parts[-1] = ByteStringObject(parts[-1] + part[letter.first : letter.last])
            else:
                parts.append(ByteStringObject(part[letter.first : letter.last]))
            letter = next(letters, None)
    return ArrayObject(parts)
