"""Rows of tables in a PDF: no number comes to stand in another row, below another heading or in a sentence."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from factcheck.intake.pdf_pages import text_of_pdf

PROSE = (
    "The council voted on Monday to close",
    "the old bridge over the river after",
    "it had seen the figures of the year.",
)
CITIES = (("City", "2023", "2024"), ("Leeds", "12", ""), ("York", "", "23"), ("Hull", "31", "34"))


def text_drawn(*pieces: tuple[int, int, str]) -> str:
    """The text of a page with these words, each at its place."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    content = StreamObject()
    drawn = (f"BT /F1 11 Tf 1 0 0 1 {left} {height} Tm ({words}) Tj ET" for left, height, words in pieces)
    content.set_data(" ".join(drawn).encode("cp1252"))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    out = BytesIO()
    writer.write(out)
    return text_of_pdf(out.getvalue(), "a.pdf").text


def lines(left: int, top: int, texts: Sequence[str]) -> list[tuple[int, int, str]]:
    return [(left, top - 14 * number, text) for number, text in enumerate(texts)]


def table(top: int, rows: Sequence[Sequence[str]]) -> list[tuple[int, int, str]]:
    return [
        (72 + 100 * column, top - 16 * number, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]


@pytest.mark.parametrize("is_by_column", [False, True])
def test_empty_cells_keep_their_place(is_by_column: bool) -> None:  # noqa: FBT001 - a case
    cells = table(700, CITIES)
    drawn = sorted(cells) if is_by_column else cells
    assert text_drawn(*drawn).split("\n\n") == ["City | 2023 | 2024", "Leeds | 12", "York | | 23", "Hull | 31 | 34"]


def test_table_within_prose_is_no_part_of_it() -> None:
    drawn = [*lines(72, 740, PROSE), *table(680, CITIES), *lines(72, 600, PROSE)]
    parts = text_drawn(*drawn).split("\n\n")
    assert (parts[0], parts[-1], len(parts)) == (" ".join(PROSE), " ".join(PROSE), 6)


def test_lines_of_a_cell_stay_together() -> None:
    rows = [
        [lines(72, 700, ["The new bridge", "over the river"]), lines(250, 700, ["45 million euros", "in two years"])],
        [lines(72, 664, ["The tunnel"]), lines(250, 664, ["90 million euros", "in four years"])],
    ]
    assert text_drawn(*(piece for row in rows for cell in row for piece in cell)).split("\n\n") == [
        "The new bridge over the river | 45 million euros in two years",
        "The tunnel | 90 million euros in four years",
    ]


def test_cell_in_the_middle_of_its_row_is_of_that_row() -> None:
    drawn = [
        *lines(72, 700, ["The new bridge", "over the river"]), (250, 693, "45"), (350, 693, "12"),
        *lines(72, 664, ["The tunnel", "Below the hill"]), (250, 657, "90"), (350, 657, "25"),
    ]  # fmt: skip
    expected = ["The new bridge over the river | 45 | 12", "The tunnel Below the hill | 90 | 25"]
    assert text_drawn(*drawn).split("\n\n") == expected


def test_heading_of_several_columns_stands_in_each() -> None:
    rows = [("City", "Men", "Women", "Men", "Women"), ("Leeds", "12", "14", "15", "16"), ("York", "", "22", "23", "")]
    assert text_drawn((225, 716, "2023"), (425, 716, "2024"), *table(700, rows)).split("\n\n") == [
        "| 2023 | 2023 | 2024 | 2024",
        "City | Men | Women | Men | Women",
        "Leeds | 12 | 14 | 15 | 16",
        "York | | 22 | 23",
    ]


def test_numbers_beside_prose_stand_in_no_sentence() -> None:
    column = [*PROSE, *PROSE]
    facts = ("Facts", "45 dead in 1931", "12 hurt in 2002")
    assert text_drawn(*lines(72, 700, column), *lines(330, 700, facts)).split("\n\n")[-3:] == list(facts)


def test_names_of_speakers_stay_with_what_they_say() -> None:
    said = [
        ("MAYOR", "We close the bridge in 2027", "and open it in 2029."),
        ("SMITH", "You said so in 2019", "or before."),
    ]
    drawn = [
        piece
        for number, (name, *words) in enumerate([*said, *said])
        for piece in [(72, 700 - 28 * number, name), *lines(160, 700 - 28 * number, words)]
    ]
    expected = [f"{name} | {' '.join(words)}" for name, *words in said]
    assert text_drawn(*drawn).split("\n\n") == [*expected, *expected]


def test_numbers_of_items_are_no_cells() -> None:
    items = ["A boat sank", "A bridge fell", "A house burnt"]
    drawn = [*lines(72, 700, ["1.", "2.", "3."]), *lines(110, 700, items)]
    assert text_drawn(*drawn) == "\n\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def test_words_set_far_apart_are_no_cells() -> None:
    drawn = [(72, 700, "transportation"), (72, 686, "tra"), (121, 686, "tion"), (72, 672, "transportation")]
    assert text_drawn(*drawn) == "transportation tra tion transportation"
