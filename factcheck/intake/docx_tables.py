"""Gives each row of a Word table as many cells as its columns, as `table_cells` does in pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.intake.docx_xml import is_on, value_of
from factcheck.intake.table_cells import MOST_CELLS, MOST_CHARS, MOST_SPANNED

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, how many columns it spans, and whether it goes on from the row above."""

    words: str
    wide: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, whether they are headings, and how many columns it leaves free before them."""

    cells: Sequence[Cell]
    is_head: bool
    indent: int = 0


def cell_of(element: "etree._Element", words: str) -> Cell:
    """A cell by its element."""
    goes_on = element.find("{*}tcPr/{*}vMerge")
    wide = _number(element.find("{*}tcPr/{*}gridSpan"), 1)
    return Cell(words, max(wide, 1), goes_on is not None and value_of(goes_on) != "restart")


def row_of(element: "etree._Element", cells: Sequence[Cell], *, is_first: bool) -> Row:
    """A row by its element; the first one holds the headings, and those that are said again on each page."""
    is_head = is_first or bool(is_on(element.find("{*}trPr/{*}tblHeader")))
    return Row(cells, is_head, _number(element.find("{*}trPr/{*}gridBefore"), 0))


def lines_of(rows: Iterable[Row]) -> Iterator[str]:
    """A line for each row that says anything: what spans rows in each of them, and a heading above all its columns."""
    above: dict[int, str] = {}
    left = MOST_CELLS
    for row in rows:
        cells = [""] * row.indent
        for cell in row.cells:
            words = cell.words or (above.get(len(cells), "") if cell.goes_on else "")
            above[len(cells)] = words if len(words) < MOST_CHARS else ""
            is_said_again = row.is_head and len(words) < MOST_CHARS
            many = min(cell.wide, left) if len(row.cells) > 1 else 1  # one alone stands above all columns
            left -= many
            cells += [words, *([words if is_said_again else ""] * (many - 1))]
        if any(cells):
            yield f"| {' | '.join(cells)} |" if len(cells) > 1 else cells[0]


def _number(element: "etree._Element | None", default: int) -> int:
    told = value_of(element) or ""
    return min(int(told), MOST_SPANNED) if told.isascii() and told.isdigit() and len(told) < len("10000") else default
