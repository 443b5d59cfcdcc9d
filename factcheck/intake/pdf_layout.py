"""The order in which a PDF's page is read: column by column, row by row in tables, line by line elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import inf
from statistics import median
from typing import Any

from factcheck.intake.pdf_initials import with_initials_put_back
from factcheck.intake.pdf_letters import UNKNOWN, Box, by_angle, once
from factcheck.intake.pdf_lines import Piece, is_right_to_left, pieces_of
from factcheck.intake.pdf_margins import without_line_numbers
from factcheck.intake.pdf_seen import seen_letters
from factcheck.intake.pdf_stamps import without_stamps

CELL_END = " | "
_LEVEL = 0.35  # of their size pieces of one row differ in height
_GUTTER = 0.35  # of their size, between columns
_CELL_GAP = 2.0  # of their size, between cells that have few others above or below
_LEAST_LINES = 3  # of a column
_MANY_LINES = 6
_EVEN = 1.3  # times the least step between lines of prose is the greatest one
_MOST_GUTTERS = 60  # that are looked at
_IN_LINE = 3.0  # points
_FEW_ROWS = 2  # whose gaps may be above each other by chance
_OVERLAP = 0.9  # of its size is a letter high, with what is above it
_MANY_LETTERS = 30  # of such a line, which is no cell
_LEAST_LETTERS = 15  # of the lines of a column, the middle one; cells of tables are shorter
_LEAST_WIDTH = 90.0  # points
_SMALL = 0.3  # of the lines of prose begin small, at least; cells rather begin large
_LEADING = 2.0  # times its size the next line of a column stands below, on the average and at most
_CELL_LEADING = 1.5  # times its size the next line of a cell stands below
_APART = 1.6  # times its size a running head stands apart from the text
_LARGER = 1.15  # times the size of the letters around it: of another block
_HEADLINE_APART = 1.7  # lines of one headline, as a share of their size
_DROPPED_CAP = 2  # letters
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_MARK = re.compile(r"[^\w\s]{1,2}|[(\[]?\w{1,3}[.)\]]")

Row = list[Piece]
Span = tuple[float, float, float]
"""Where something begins and ends, and its size."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The text of a page, and what stands in its largest letters, None where all are much alike."""

    text: str
    headline: str | None
    cipher: float = 0.0  # the share of letters that nobody can tell


def read_page(page: Any, struck: Sequence[Box] = ()) -> PdfPage:  # noqa: ANN401 - the library is not typed
    """The page's text in the order of its columns, a blank line where the size of its letters changes.

    `struck` is where notes strike words out.
    """
    groups = by_angle(without_stamps(once(seen_letters(page, struck))))
    lines = [
        line
        for letters in groups
        for line in _in_order(without_line_numbers(with_initials_put_back(pieces_of(letters))))
    ]
    usual = Counter[float]()
    for one in lines:
        usual[round(one.size, 1)] += len(one.text)
    body = usual.most_common(1)[0][0] if usual else 0.0
    blocks = _blocks(lines, body)
    largest = max(blocks, key=lambda one: one.size, default=None)
    is_headline = largest is not None and largest.size > _LARGER * body and any(map(str.isalpha, largest.text))
    headline = " ".join(largest.text.split()) if largest and is_headline else None
    letters = [one for group in groups for one in group]
    cipher = sum(one.text == UNKNOWN for one in letters) / (len(letters) or 1)
    return PdfPage("\n".join(one.text for one in blocks), headline, cipher)


def _in_order(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The lines of the page."""
    rows = _rows(pieces)
    begin = 1 if len(rows) > 1 and _is_apart(rows[0], rows[1]) else 0
    end = len(rows) - 1 if len(rows) > begin + 1 and _is_apart(rows[-2], rows[-1]) else len(rows)
    for part in (rows[:begin], rows[begin:end], rows[end:]):
        yield from _read(part)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """What stands on one height, from the highest to the lowest, each from left to right."""
    rows: list[Row] = []
    for one in sorted(pieces, key=lambda one: -one.base):
        if rows and rows[-1][0].base - one.base <= _LEVEL * min(rows[-1][0].size, one.size):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_with_marks(sorted(row, key=lambda one: one.left)) for row in rows]


def _with_marks(row: Row) -> Row:
    """The row, the mark of an item as a part of the item."""
    if len(row) > 1 and _MARK.fullmatch(row[0].text):
        return [replace(row[1], text=f"{row[0].text} {row[1].text}", left=row[0].left), *row[2:]]
    return row


def _is_apart(upper: Row, lower: Row) -> bool:
    return upper[0].base - lower[0].base > _APART * max(one.size for one in (*upper, *lower))


def _read(rows: Sequence[Row]) -> Iterator[Piece]:
    """The lines of a part of the page: what stands beside each other in it, and the rows above and below."""
    edges = Counter((round(row[0].left), round(row[0].right)) for row in rows if len(row) == 1)
    stretched = {one for one, count in edges.items() if count > 1}
    end = 0
    for begin, below in _besides(rows):
        yield from map(_line, rows[end:begin])
        yield from _beside(rows[begin:below], stretched)
        end = below
    yield from map(_line, rows[end:])


def _besides(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Where rows stand that a gutter parts into what is beside each other, the widest parts first chosen."""
    lefts = Counter(round(one.left) for row in rows for one in row)
    found: list[tuple[int, int, int]] = []
    for left, _ in lefts.most_common(_MOST_GUTTERS):
        for is_parted, group in groupby(range(len(rows)), lambda at: _is_parted(rows[at], left)):  # noqa: B023
            at = list(group)
            begin, end = _trimmed(rows, at[0], at[-1] + 1, left)
            before = sum(row[0].left < left - 1 for row in rows[begin:end])
            behind = sum(row[-1].left >= left - 1 for row in rows[begin:end])
            if is_parted and before and behind:
                found.append((min(before, behind), begin, end))
    chosen: list[tuple[int, int]] = []
    for _, begin, end in sorted(found, reverse=True):
        if all(end <= other_begin or other_end <= begin for other_begin, other_end in chosen):
            chosen.append((begin, end))
    return sorted(chosen)


def _is_parted(row: Row, left: float) -> bool:
    """Whether no piece of the row crosses the gutter before this place."""
    return all(one.left >= left - 1 or one.right <= left - _GUTTER * one.size for one in row)


def _trimmed(rows: Sequence[Row], begin: int, end: int, left: float) -> tuple[int, int]:
    """Without rows at the edges that have nothing beside them, and are read before or behind the rest anyway."""
    while end - begin > 1 and rows[begin][-1].left < left - 1 and _is_below(rows[begin], rows[begin + 1]):
        begin += 1
    while end - begin > 1 and _is_apart(rows[end - 2], rows[end - 1]) and not _has_both(rows[end - 1], left):
        end -= 1
    return begin, end


def _has_both(row: Row, left: float) -> bool:
    return row[0].left < left - 1 <= row[-1].left


def _is_below(upper: Row, lower: Row) -> bool:
    return upper[0].base - lower[0].base > _OVERLAP * lower[0].size


def _beside(rows: Sequence[Row], stretched: AbstractSet[tuple[int, int]]) -> Iterator[Piece]:
    """The lines of what stands beside each other: of columns, if they are prose, else of rows of a table."""
    spans = _spans(rows)
    if len(spans) < 2:  # noqa: PLR2004 - nothing is beside anything
        yield from map(_line, rows)
        return
    order = -1 if is_right_to_left("".join(one.text for row in rows for one in row)) else 1
    columns: list[Row] = [[] for _ in spans]
    for one in (one for row in rows for one in row):
        columns[_over(one, spans)[0]].append(one)
    prose = [_rows(column) for column in columns]
    if sum(map(_is_prose, prose)) > 1 or any(_is_long_prose(column, rows) for column in prose):
        last: Piece | None = None
        for column in prose[::order]:
            for number, line in enumerate(_read(column)):
                is_apart = number == 0 and last is not None and _ENDED.search(last.text)
                last = replace(line, text=f"\n{line.text}") if is_apart else line
                yield last
    elif _is_stretched(rows, stretched):
        yield from (replace(row[0], text=" ".join(one.text for one in row)) for row in rows)
    elif _is_by_chance(rows, columns, spans):
        yield from map(_line, rows)
    else:
        yield from _table(rows, spans, order)


def _is_by_chance(rows: Sequence[Row], columns: Sequence[Row], spans: Sequence[Span]) -> bool:
    """Whether small gaps stand above each other on a few lines only, or what is behind them is not in line."""
    gaps = [two[0] - one[1] for one, two in pairwise(spans)]
    overlaps = not all(_is_below(upper, lower) for upper, lower in pairwise(rows))
    is_few = sum(len(row) > 1 for row in rows) <= _FEW_ROWS
    is_narrow = is_few and not overlaps and min(gaps, default=0.0) < _CELL_GAP * rows[0][0].size
    return is_narrow or not all(map(_is_aligned, columns))


def _is_aligned(column: Row) -> bool:
    """Whether most of a column's lines begin, end or have their middle at one place."""
    places = ([one.left for one in column], [one.right for one in column], [one.left + one.right for one in column])
    return any(2 * Counter(round(at / _IN_LINE) for at in some).most_common(1)[0][1] > len(column) for some in places)


def _spans(rows: Sequence[Row]) -> list[Span]:
    """Where columns begin and end. What spans several of those of rows with more cells tells nothing.

    Nor does what stands alone between them, as a heading does.
    """
    spans: list[Span] = []
    for row in sorted(rows, key=len, reverse=True):
        own = [(one.left, one.right, one.size) for one in row if len(_under(one, spans)) <= 1]
        spans = _joined([*spans, *own])
    counts = Counter(_over(one, spans)[0] for row in rows for one in row)
    return [one for at, one in enumerate(spans) if counts[at] > 1 or len(rows) <= _FEW_ROWS]


def _joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for left, right, size in sorted(spans):
        if found and left - found[-1][1] < _GUTTER * size:
            found[-1] = (found[-1][0], max(right, found[-1][1]), max(size, found[-1][2]))
        else:
            found.append((left, right, size))
    return found


def _over(piece: Piece, spans: Sequence[Span]) -> list[int]:
    """The columns above or below of which it stands, or else those on both sides of it, the nearer one first."""
    if found := _under(piece, spans):
        return found
    before = [at for at, (_, right, _) in enumerate(spans) if right <= piece.left][-1:]
    behind = [at for at, (left, _, _) in enumerate(spans) if left >= piece.right][:1]
    return sorted([*before, *behind], key=lambda at: max(piece.left - spans[at][1], spans[at][0] - piece.right))


def _under(piece: Piece, spans: Sequence[Span]) -> list[int]:
    return [at for at, (left, right, _) in enumerate(spans) if piece.left < right and left < piece.right]


def _is_stretched(rows: Sequence[Row], edges: AbstractSet[tuple[int, int]]) -> bool:
    """Whether the rows are lines of prose, set apart so that they end where others do; numbers may rather be cells."""
    parted = [row for row in rows if len(row) > 1]
    are_words = all(_begins_small(one.text) for row in parted for one in row[1:])
    return bool(parted) and are_words and all((round(row[0].left), round(row[-1].right)) in edges for row in parted)


def _is_prose(column: Sequence[Row]) -> bool:
    if len(column) < _LEAST_LINES:
        return False
    texts = [row[0].text.strip() for row in column]
    return (
        max(row[-1].right for row in column) - min(row[0].left for row in column) >= _LEAST_WIDTH
        and median(map(len, texts)) >= _LEAST_LETTERS
        and (sum(map(_begins_small, texts)) >= _SMALL * len(texts) or median(map(len, texts)) >= _MANY_LETTERS)
        and median(_steps(column)) <= _LEADING * median(row[0].size for row in column)
    )


def _is_long_prose(column: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether it is prose whatever stands beside it: not cells of several lines, nor what speakers say."""
    if len(column) < _MANY_LINES or not _is_prose(column):
        return False
    own = {one for row in column for one in row}
    beside = [row for row in rows if not own.issuperset(row)]
    is_labelled = all(any(one in own and not _begins_small(one.text) for one in row) for row in beside)
    return not is_labelled and max(_steps(column)) < _EVEN * min(_steps(column))


def _steps(column: Sequence[Row]) -> list[float]:
    return [upper[0].base - lower[0].base for upper, lower in pairwise(column)]


def _begins_small(text: str) -> bool:
    return text[:1].isalpha() and not text[:1].isupper()


def _table(rows: Sequence[Row], spans: Sequence[Span], order: int) -> Iterator[Piece]:
    """A line for each row of a table, an empty cell in its place; a heading of several columns stands in each."""
    is_head = True
    for found in _table_rows(rows):
        cells = [""] * len(spans)
        for one in found:
            for at in _over(one, spans)[: None if is_head else 1]:
                cells[at] = f"{cells[at]} {one.text}".removeprefix(" ")
        is_head = is_head and not all(cells)
        text = CELL_END.join(cells[::order]).rstrip(CELL_END)
        yield replace(found[0], text=text if len(found) > 1 else found[0].text)


def _table_rows(rows: Sequence[Row]) -> Iterator[Row]:
    """The pieces of each row of a table: what overlaps in height, and lines below it that all begin small."""
    found: Row = []
    last: Row = []
    for row in rows:
        step = last[-1].base - row[0].base if last else inf
        goes_on = step < _CELL_LEADING * row[0].size and all(_begins_small(one.text) for one in row)
        if found and not goes_on and _is_below(last, row):
            yield found
            found = []
        found += row
        last = row
    if found:
        yield found


def _line(row: Row) -> Piece:
    """The row as one line; what stands far apart on it are cells."""
    main = max(row, key=lambda one: len(one.text))
    ordered = row[::-1] if is_right_to_left("".join(one.text for one in row)) else row
    text = ordered[0].text
    for last, one in pairwise(ordered):
        gap = max(one.left - last.right, last.left - one.right)
        text += (CELL_END if gap > _CELL_GAP * main.size else " ") + one.text
    return Piece(text, row[0].left, row[-1].right, main.base, main.size)


def _blocks(lines: Sequence[Piece], body: float) -> list[Piece]:
    """The lines with a blank one where the letters grow or shrink, and those of a headline as one."""
    blocks: list[Piece] = []
    last: Piece | None = None
    for line in lines:
        if last is None or len(last.text.strip()) <= _DROPPED_CAP:
            blocks.append(line)
        elif max(last.size, line.size) > _LARGER * min(last.size, line.size):
            blocks.append(replace(line, text=f"\n{line.text}"))
        elif line.size > _LARGER * body and 0 < last.base - line.base < _HEADLINE_APART * line.size:
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {line.text}")
        else:
            blocks.append(line)
        last = line
    return blocks
