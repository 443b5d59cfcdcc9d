"""Numbers of lines in the margin of a PDF's page, as drafts of laws and records of courts have: no part of the text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from factcheck.intake.pdf_lines import Piece

_NUMBER = re.compile(r"\d{1,3}")  # years have more digits
_STEPS = {1: 5, 5: 3, 10: 3}
"""How lines are counted, and how many numbers there are, at least."""
_IN_LINE = 3.0  # points
_LEVEL = 0.35  # of their size what stands on one line differs in height
_SMALL = 0.3  # of the lines of prose begin small, at least
_LEAST_LETTERS = 15  # of such a line, the middle one


def without_line_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without numbers that count the lines of prose to the right of them; ranks in a table stay."""
    columns: dict[tuple[str, int], list[Piece]] = defaultdict(list)
    for one in pieces:
        if _NUMBER.fullmatch(one.text):
            columns["left", round(one.left / _IN_LINE)].append(one)
            columns["right", round(one.right / _IN_LINE)].append(one)
    numbers = max(columns.values(), key=len, default=[])
    if not _count(numbers):
        return list(pieces)
    own = set(map(id, numbers))
    others = [one for one in pieces if id(one) not in own]
    return others if _are_beside_prose(numbers, others) else list(pieces)


def _count(numbers: Sequence[Piece]) -> bool:
    """Whether they rise from line to line."""
    ordered = sorted(numbers, key=lambda one: -one.base)
    steps = {int(below.text) - int(above.text) for above, below in pairwise(ordered)}
    step = steps.pop() if len(steps) == 1 else 0
    return len(numbers) >= _STEPS.get(step, len(numbers) + 1)


def _are_beside_prose(numbers: Sequence[Piece], others: Sequence[Piece]) -> bool:
    """Whether nothing stands before them, and lines of sentences behind them, one on each height."""
    lowest, highest = min(one.base for one in numbers), max(one.base for one in numbers)
    beside = [one for one in others if lowest - one.size < one.base < highest + one.size]
    edge = max(one.right for one in numbers)
    lines = sorted(beside, key=lambda one: -one.base)
    is_row = any(above.base - below.base < _LEVEL * below.size for above, below in pairwise(lines))
    if len(beside) < len(numbers) or is_row or any(one.left <= edge for one in beside):
        return False
    begin_small = sum(one.text[:1].islower() for one in beside)
    return begin_small >= _SMALL * len(beside) and median(len(one.text) for one in beside) >= _LEAST_LETTERS
