"""Gives each row of a table as many cells as its columns, so that a figure stays below its heading."""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement

_ROWS = ("thead", "tbody", "tfoot")
_ROLES = {
    "rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th",
}  # fmt: skip
_BLOCKS = ("p", "div", "ul", "ol", "dl", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "img", "form")
MOST_CHARS = 100  # of a cell that is said again
MOST_SPANNED = 60  # rows or columns of one cell
MOST_CELLS = 20_000  # of a table that is filled
_WHOLE = re.compile(r"\s*+\+?(?:0*+([1-9][0-9]{0,3})|0)")


def make_tables(page: HtmlElement) -> None:
    """Make a table of what is one by its roles alone, in boxes of rows and cells."""
    for box in page.iterfind(".//*[@role='table']"):
        parts = {one: _ROLES[one.get("role", "")] for one in box.iterdescendants() if one.get("role") in _ROLES}
        cells = [one for one, tag in parts.items() if tag in {"td", "th"}]
        if box.tag != "table" and cells and all(parts.get(one.getparent()) == "tr" for one in cells):
            box.tag = "table"
            for one, tag in parts.items():
                one.tag = tag


def unwrap_cells(page: HtmlElement) -> None:
    """Take a short cell's words out of boxes inside it: one that is all link would go as if it led elsewhere."""
    for cell in page.iter("td", "th"):
        boxes = list(cell.iterdescendants("div"))
        is_plain = boxes and not any(True for _ in cell.iterdescendants(*(set(_BLOCKS) - {"div"}), "table"))
        if is_plain and len(" ".join(str(cell.text_content()).split())) < MOST_CHARS:
            for one in boxes:
                one.text, one.tail = f" {one.text or ''}", f" {one.tail or ''}"
                one.drop_tag()


def fill_tables(page: HtmlElement) -> None:
    """Say what spans rows in each of them, and a heading that spans columns above each of these; other cells stay."""
    for table in page.iter("table"):
        if table.find(".//table") is None and _spans(table):
            for rows in _groups(table):
                _fill(rows)


def _spans(table: HtmlElement) -> bool:
    cells = sum(_number(one, "rowspan") * _number(one, "colspan") for one in table.iter("td", "th"))
    own = sum(1 for _ in table.iter("td", "th"))
    return own < cells <= MOST_CELLS


def _groups(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The rows of the table, of its head, its bodies and its foot: no cell reaches from one into the next."""
    yield list(table.iterchildren("tr"))
    for one in table.iterchildren(*_ROWS):
        yield list(one.iterchildren("tr"))


def _fill(rows: list[HtmlElement]) -> None:
    hanging: dict[int, tuple[HtmlElement, int]] = {}
    """By column, the cell that reaches down into rows below, and into how many."""
    for row in rows:
        own = list(row.iterchildren("td", "th"))
        is_title = len(own) == 1 and not hanging  # it stands above all columns
        filled: list[HtmlElement] = []
        while own or len(filled) in hanging:
            held, left = hanging.pop(len(filled), (None, 0))
            cells = [_again(held)] if held is not None else _columns(own[0], is_title=is_title)
            if held is None:
                left = _number(own.pop(0), "rowspan")
            if left > 1:
                hanging.update({len(filled) + place: (one, left - 1) for place, one in enumerate(cells)})
            filled += cells
        for one in list(row.iterchildren("td", "th")):
            row.remove(one)
        row.extend(filled)
    for one in (cell for row in rows for cell in row.iterchildren("td", "th")):
        for name in ("colspan", "rowspan"):
            one.attrib.pop(name, None)


def _columns(cell: HtmlElement, *, is_title: bool) -> list[HtmlElement]:
    """What stands in each column of a cell: a heading again, and nothing beside a figure."""
    wide = 1 if is_title else _number(cell, "colspan")
    return [cell, *(_again(cell) if cell.tag == "th" else cell.makeelement("td") for _ in range(wide - 1))]


def _again(cell: HtmlElement) -> HtmlElement:
    """The cell once more, where it is a word or two: tables that lay out a page have whole articles in theirs."""
    is_short = len(str(cell.text_content())) < MOST_CHARS and not any(True for _ in cell.iterdescendants(*_BLOCKS))
    return deepcopy(cell) if is_short else cell.makeelement("td")


def _number(cell: HtmlElement, name: str) -> int:
    """As browsers read it: what follows the number is of no account, and no rows are all that are left."""
    told = _WHOLE.match(cell.get(name, ""))
    number = int(told[1] or 0) if told else 1
    return min(number or (MOST_SPANNED if name == "rowspan" else 1), MOST_SPANNED)
