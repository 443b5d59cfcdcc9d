"""Makes tables of those that are typed with blanks, in `pre`: a cell that is empty keeps its place in the row."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.page_outline import INLINE

_LEAST_ROWS = 2
_LEAST_COLUMNS = 2
_LEAST_GAP = 2  # blanks, which stand below each other in all rows
_LEAST_FIGURES = 0.5  # of the cells behind the first of each row below the headings
_MOST_CHARS = 20_000


def make_typed_tables(page: HtmlElement) -> None:
    """Make a table of each `pre` whose lines are rows of one, and nothing else."""
    for element in page.iter("pre"):
        if all(one.tag in INLINE for one in element.iterdescendants(etree.Element)):
            typed = str(element.text_content())
            rows = _rows(typed) if len(typed) <= _MOST_CHARS else []
            if rows:
                element.clear(keep_tail=True)
                element.tag = "table"
                for row in rows:
                    line = etree.SubElement(element, "tr")
                    for words in row:
                        etree.SubElement(line, "td").text = words


def _rows(typed: str) -> list[list[str]]:
    """The cells of each line; none where it is no table of figures."""
    lines = [one for one in typed.expandtabs().splitlines() if one.strip()]
    cuts = list(_cuts(lines)) if len(lines) >= _LEAST_ROWS else []
    if len(cuts) < _LEAST_COLUMNS:
        return []
    rows = [[line[begin:end].strip() for begin, end in cuts] for line in lines]
    cells = [cell for row in rows[1:] for cell in row[1:]]
    figures = sum(any(map(str.isdigit, cell)) for cell in cells)
    is_filled = all(row[0] for row in rows[1:]) and figures >= _LEAST_FIGURES * len(cells)
    return rows if is_filled else []


def _cuts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where columns begin and end: no word of any line reaches over the blanks between them."""
    taken = {at for line in lines for at, char in enumerate(line) if not char.isspace()}
    begin, width = 0, max(map(len, lines))
    for is_taken, places in groupby(range(width), taken.__contains__):
        gap = list(places)
        if not is_taken and len(gap) >= _LEAST_GAP and gap[0] > begin:
            yield begin, gap[0]
            begin = gap[-1] + 1
    yield begin, width
