"""The columns of a PDF's page, told by where its lines begin: many programs draw them row by row, or in any order."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from statistics import median

_LEAST_LINES = 4  # of a column
_LEAST_LETTERS = 15  # of the lines of a column, the middle one; cells of tables are shorter
_LEAST_WIDTH = 90.0  # points
_NEAR = 2.0  # points, by which the beginnings of a column's lines differ
_LETTER = 0.47  # of its size is a letter's width
_SPANNING = 0.3  # of the next column is passed by a line that belongs to both
_MOST_SPANNING = 0.2  # of the lines beside a column
_LEADING = 2.0  # times its size the next line of a column stands below, on the average and at most
_BESIDE = 0.6  # of the lines of a column have others beside them
_APART = 1.6  # times its size a running head stands apart from the text
_SMALL = 0.3  # of the lines of prose begin small, at least; cells rather begin large
_OVERLAP = 0.5  # of its size a line of one block stands below the next block's, at least
_SAME_LINE = 0.6  # of its size a sign may be raised or lowered


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of letters, in points: their size, where they begin, and how high they stand."""

    text: str
    size: float
    left: float
    height: float

    @property
    def right(self) -> float:
        """About where it ends."""
        return self.left + _LETTER * self.size * len(self.text.strip())


def in_reading_order(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """The chunks column by column, the highest line first and the lowest last; as they are where they come so."""
    words = [one for one in chunks if one.text.strip()]
    head, rest = _edge(words, 1)
    foot, rest = _edge(rest, -1)
    starts = _starts(rest)
    if len(starts) > 1:
        places = list(_places(rest, starts))
        rest = [one for _, one in sorted(zip(places, rest, strict=True), key=lambda pair: pair[0])]
    else:
        rest = _downwards(rest)
    ordered = [*head, *rest, *foot]
    return chunks if ordered == words else list(_on_lines(ordered))


def _downwards(words: Sequence[Chunk]) -> list[Chunk]:
    """The blocks of a single column from the highest to the lowest; as they are where any stand beside each other."""
    blocks: list[list[Chunk]] = []
    for one in words:
        last = blocks[-1][-1] if blocks else None
        step = last.height - one.height if last else 0.0
        if last is None or step < -_SAME_LINE * max(one.size, last.size) or step > _LEADING * max(one.size, last.size):
            blocks.append([])
        blocks[-1].append(one)
    blocks.sort(key=lambda block: -max(one.height for one in block))
    feet = [min(one.height for one in block) for block in blocks]
    tops = [max(one.height + _OVERLAP * one.size for one in block) for block in blocks]
    is_apart = all(foot > top for foot, top in zip(feet, tops[1:], strict=False)) and all(one.size for one in words)
    return [one for block in blocks for one in block] if is_apart else list(words)


def _edge(words: list[Chunk], sign: int) -> tuple[list[Chunk], list[Chunk]]:
    """The line that stands apart at the upper edge of the page, or the lower one (-1), and the rest.

    Running heads are often drawn when all else is, or before it.
    """
    if not words:
        return [], words
    edge = max(words, key=lambda one: sign * one.height)
    line = [one for one in words if abs(one.height - edge.height) < _SAME_LINE * edge.size]
    rest = [one for one in words if abs(one.height - edge.height) >= _SAME_LINE * edge.size]
    is_apart = all(abs(one.height - edge.height) > _APART * edge.size for one in rest)
    return (sorted(line, key=lambda one: one.left), rest) if rest and is_apart else ([], words)


def _starts(words: Sequence[Chunk]) -> list[float]:
    """Where the columns begin, from left to right."""
    starts: list[float] = []
    group: list[Chunk] = []
    lines = sorted(words, key=lambda one: one.left)
    for line, following in zip_longest(lines, lines[1:]):
        group.append(line)
        if following is None or following.left > group[0].left + _NEAR:
            is_apart = not starts or group[0].left >= starts[-1] + _LEAST_WIDTH
            if is_apart and _is_column(group) and (not starts or _is_beside(group, words)):
                starts.append(group[0].left)
            group = []
    return starts


def _is_column(lines: Sequence[Chunk]) -> bool:
    texts = [one.text.strip() for one in lines]
    return (
        len({round(one.height) for one in lines}) >= _LEAST_LINES
        and median(map(len, texts)) >= _LEAST_LETTERS
        and sum(text[0].islower() for text in texts) >= _SMALL * len(lines)
    )


def _is_beside(lines: Sequence[Chunk], words: Sequence[Chunk]) -> bool:
    """Whether they follow each other line by line, and what stands to the left of them seldom goes on beyond."""
    start, heights = lines[0].left, sorted({round(one.height) for one in lines})
    if heights[-1] - heights[0] > _LEADING * median(one.size for one in lines) * (len(heights) - 1):
        return False
    beside = [one for one in words if heights[0] <= one.height <= heights[-1] and one.left < start - _NEAR]
    beyond = sum(one.right > start + _SPANNING * _LEAST_WIDTH for one in beside)
    rows = {round(one.height) for one in beside}
    return len(rows) >= _BESIDE * len(heights) and beyond <= _MOST_SPANNING * len(beside)


def _places(words: Sequence[Chunk], starts: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Of each chunk how many lines above it go over several columns, and the number of its own column."""
    numbers = [max(sum(one.left >= start - _NEAR for start in starts) - 1, 0) for one in words]
    ends = [*starts[1:], float("inf")]
    widths = [end - start for start, end in zip(starts, ends, strict=True)]
    spanning = sorted(
        one.height
        for one, number in zip(words, numbers, strict=True)
        if one.right > ends[number] + _SPANNING * min(widths[number : number + 2])
    )
    for one, number in zip(words, numbers, strict=True):
        yield len(spanning) - bisect_left(spanning, one.height - _SAME_LINE * one.size), number


def _on_lines(words: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks, each line with its end."""
    is_first = True
    for one, following in zip_longest(words, words[1:]):
        text = one.text.strip("\n")
        is_end = following is None or (
            abs(following.height - one.height) > _SAME_LINE * max(one.size, following.size) or following.left < one.left
        )
        yield replace(one, text=(text.lstrip() if is_first else text) + ("\n" if is_end else ""))
        is_first = is_end
