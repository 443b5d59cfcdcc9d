"""The columns, heads and headlines of a PDF, told by where its letters stand and how large they are."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from factcheck.intake.pdf_pages import text_of_pdf

LEFT = (
    "The council voted on Monday to close",
    "the old bridge over the river after its",
    "engineers found cracks in two of its",
    "four piers. Repairs cost 5 million",
    "dollars.",
)
RIGHT = (
    "The mayor said the tunnel will open in",
    "2030 and carry 20,000 cars a day. Shop",
    "owners fear a loss of a third of their",
    "customers in the first year of it, and",
    "they want to be paid for that.",
)
BY_COLUMNS = f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def pdf_drawn(*pages: str) -> bytes:
    """A PDF whose pages are drawn by these operators."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(*pages))))
    for page, operators in zip(writer.pages, pages, strict=True):
        content = StreamObject()
        content.set_data(operators.encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def text_drawn(*pages: str) -> str:
    return text_of_pdf(pdf_drawn(*pages), "a.pdf").text


def at(left: int, height: int, words: str, size: int = 11) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {left} {height} Tm ({words}) Tj ET "


def column(left: int, lines: Sequence[str]) -> str:
    return "".join(at(left, 700 - 14 * number, line) for number, line in enumerate(lines))


ROWS = list(zip(LEFT, RIGHT, strict=True))
ROW_BY_ROW = "".join(at(72, 700 - 14 * n, one) + at(310, 700 - 14 * n, other) for n, (one, other) in enumerate(ROWS))
IN_ONE_GO = "".join(f"({one}) Tj 238 0 Td ({other}) Tj -238 -14 Td " for one, other in ROWS)
BY_MATRIX = "".join(
    f"1 0 0 1 72 {700 - 14 * n} Tm ({one}) Tj 1 0 0 1 310 {700 - 14 * n} Tm ({other}) Tj "
    for n, (one, other) in enumerate(ROWS)
)


@pytest.mark.parametrize(
    "drawn",
    [
        column(72, LEFT) + column(310, RIGHT),
        column(310, RIGHT) + column(72, LEFT),
        ROW_BY_ROW,
        f"BT /F1 11 Tf 72 700 Td {IN_ONE_GO} ET",
        f"BT /F1 11 Tf {BY_MATRIX} ET",
    ],
    ids=["in order", "right one first", "row by row", "rows in one go", "rows placed one by one"],
)
def test_columns_are_read_one_after_the_other(drawn: str) -> None:
    assert text_drawn(drawn) == BY_COLUMNS


def test_three_lines_beside_three_others_are_columns() -> None:
    drawn = "".join(at(72, 700 - 14 * n, LEFT[n]) + at(310, 700 - 14 * n, RIGHT[n]) for n in range(3))
    assert text_drawn(drawn) == " ".join([*LEFT[:3], *RIGHT[:3]])


@pytest.mark.parametrize(("left", "right"), [(700, 728), (700, 695), (728, 700)])
def test_columns_need_not_begin_on_one_height(left: int, right: int) -> None:
    lines = [(72, left, LEFT), (310, right, RIGHT)]
    drawn = "".join(at(x, top - 14 * n, line) for x, top, column in lines for n, line in enumerate(column))
    assert text_drawn(drawn) == BY_COLUMNS


def test_lines_of_prose_in_capitals_are_columns() -> None:
    columns = [[line.capitalize() for line in some] for some in (LEFT, RIGHT)]
    drawn = column(72, columns[0]) + column(310, columns[1])
    assert text_drawn(drawn) == "\n\n".join(" ".join(lines) for lines in columns)


def test_paragraphs_of_one_column_are_read_downwards() -> None:
    first, second = column(72, LEFT), "".join(at(72, 600 - 14 * n, line) for n, line in enumerate(RIGHT))
    assert text_drawn(second + first) == text_drawn(first + second)


def test_paragraphs_beside_each_other_are_not_mixed() -> None:
    right = at(310, 700, "The tunnel opens in 2030.") + at(310, 686, "It is long.")
    left = at(72, 707, "The bridge was") + at(72, 693, "closed.")
    assert text_drawn(right + left) == "The bridge was closed. | The tunnel opens in 2030. It is long."


def test_line_over_both_columns_comes_first() -> None:
    across = "This story is about the bridge and about the tunnel, and about whoever pays for them both."
    assert text_drawn(ROW_BY_ROW + at(72, 720, across)) == f"{across} {BY_COLUMNS}"


def test_rows_of_a_table_are_no_columns() -> None:
    cells = [("Bridge over the river", "Closed since Monday"), ("Tunnel under the hill", "Opens in the year 2030")] * 3
    drawn = "".join(at(72, 700 - 14 * n, one) + at(310, 700 - 14 * n, two) for n, (one, two) in enumerate(cells))
    rows = [f"{one} | {two}" for one, two in cells]
    assert text_drawn(drawn) == "\n\n".join(rows)


def test_words_in_another_font_are_no_column() -> None:
    lines = [f"{line} with a" for line in LEFT]
    drawn = "".join(
        at(72, 700 - 28 * n, f"{line} and another one of") + at(200 + 9 * n, 700 - 28 * n, "word in the middle of it")
        for n, line in enumerate(lines)
    )
    text = text_drawn(drawn)
    assert text.index("word in the middle") < text.index(LEFT[1])


def test_headline_is_a_block_and_the_title() -> None:
    headline = at(72, 760, "River rises in the old", 24) + at(72, 732, "town of Stand", 24)
    read = text_of_pdf(pdf_drawn(headline + column(72, LEFT)), "a.pdf")

    assert read.title == "River rises in the old town of Stand"
    assert read.text == f"{read.title}\n\n{' '.join(LEFT)}"


def test_kicker_is_not_the_title() -> None:
    drawn = at(72, 790, "Region and town", 9) + at(72, 760, "River rises", 24) + column(72, LEFT)
    assert text_of_pdf(pdf_drawn(drawn), "a.pdf").title == "River rises"


PROSE = [*LEFT, *RIGHT, *LEFT]


def numbered(lines: Sequence[str], *numbers: int) -> str:
    """Lines with a number in the margin beside some of them."""
    counts = {number: at(72 - 6 * len(str(number)), 700 - 14 * (number - 1), str(number), 8) for number in numbers}
    return "".join(f"{counts.get(n, '')}{at(90, 700 - 14 * (n - 1), line)}" for n, line in enumerate(lines, 1))


@pytest.mark.parametrize("numbers", [range(1, 16), range(5, 16, 5)])
def test_numbers_of_lines_go(numbers: Sequence[int]) -> None:
    assert text_drawn(numbered(PROSE, *numbers)) == text_drawn(numbered(PROSE))


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["Riverton, on the lower Stand", "Old Mill, near the border", "Stand, where it all began"] * 3, range(1, 10)),
        (PROSE, (2, 3, 5, 8, 10, 13)),
        (PROSE, (5, 10)),
    ],
    ids=["ranks", "no count", "few"],
)
def test_other_numbers_in_the_margin_stay(lines: Sequence[str], numbers: Sequence[int]) -> None:
    assert {str(one) for one in numbers} <= set(text_drawn(numbered(lines, *numbers)).split())


@pytest.mark.parametrize("grey", ["0.8 g ", ""])
@pytest.mark.parametrize("place", [".707 .707 -.707 .707 120 200", "1 0 0 1 60 660", ".5 .866 -.866 .5 300 100"])
def test_stamp_over_the_page_is_left_out(place: str, grey: str) -> None:
    stamp = f"q {grey}BT /F1 90 Tf {place} Tm (DRAFT) Tj ET Q "
    text = at(72, 760, "River rises", 24) + column(72, LEFT)
    for drawn in (stamp + text, text + stamp):
        read = text_of_pdf(pdf_drawn(drawn), "a.pdf")
        assert (read.title, read.text) == ("River rises", f"River rises\n\n{' '.join(LEFT)}")


@pytest.mark.parametrize(
    "words",
    [
        at(72, 730, "River rises", 90),
        "BT /F1 90 Tf 0 1 -1 0 560 100 Tm (River rises) Tj ET ",
        "BT /F1 14 Tf .707 .707 -.707 .707 120 200 Tm (River rises) Tj ET ",
    ],
)
def test_large_or_slanted_words_beside_the_text_stay(words: str) -> None:
    assert "River rises" in text_drawn(words + column(72, LEFT))


def test_large_first_letter_is_no_headline() -> None:
    drawn = at(72, 700, "T", 40) + "".join(at(100, 700 - 14 * n, one) for n, one in enumerate(("he dam", *LEFT)))
    assert text_of_pdf(pdf_drawn(drawn), "a.pdf").title is None


def test_note_below_the_text_is_a_block() -> None:
    assert text_drawn(column(72, LEFT) + at(72, 600, "2 City archive, 1931.", 8)).endswith("\n\n2 City archive, 1931.")


@pytest.mark.parametrize("is_last", [False, True])
def test_running_head_goes_wherever_it_is_drawn(is_last: bool) -> None:  # noqa: FBT001 - a case
    def page(number: int, lines: Sequence[str]) -> str:
        head = at(72, 790, "11/29/26, 11:45 AM", 8) + at(308, 790, "River rises in the old town", 8)
        foot = at(24, 17, "https://example.org/river", 8) + at(575, 17, f"{number}/2", 8)
        drawn = [head, foot, column(72, lines)]
        return "".join(drawn[::-1] if is_last else drawn)

    assert text_drawn(page(1, LEFT), page(2, RIGHT)) == BY_COLUMNS


def test_heads_of_left_and_right_pages_go() -> None:
    pages = [
        at(72, 790, f"{number} The Daily Stand-in" if number % 2 else f"Region {number}", 8)
        + column(72, [f"{number} {line}" for line in LEFT])
        for number in range(231, 236)
    ]
    text = text_drawn(*pages)
    assert "Daily" not in text
    assert "Region" not in text


def test_headline_stays_where_later_pages_repeat_it() -> None:
    first = at(72, 790, "River rises in Stand", 24) + column(72, LEFT)
    others = [at(72, 790, "River rises in Stand", 8) + column(72, RIGHT) for _ in range(2)]
    text = text_drawn(first, *others)
    assert text.startswith("River rises in Stand\n\n")
    assert text.count("River rises in Stand") == 1


@pytest.mark.parametrize(("height", "outer"), [(700, "1 0 0 1 0 0"), (-92, "1 0 0 -1 0 792"), (0, "1 0 0 1 0 700")])
def test_sign_is_raised_in_any_space(height: int, outer: str) -> None:
    turned = -1 if outer.startswith("1 0 0 -1") else 1
    place = height if turned > 0 else 92
    drawn = (
        f"q {outer} cm BT /F1 12 Tf 1 0 0 {turned} 72 {place} Tm (a load of 10) Tj ET "
        f"BT /F1 8 Tf 1 0 0 {turned} 140 {place + 5 * turned} Tm (6) Tj ET Q"
    )
    assert text_drawn(drawn) == "a load of 10⁶"


@pytest.mark.parametrize(
    ("size", "matrix"), [(-12, "1 0 0 1"), (12, "-1 0 0 1"), (12, "1 0.3 -0.2 1"), (12, "0 1 1 0")]
)
def test_words_are_read_whichever_way_they_go(size: int, matrix: str) -> None:
    assert text_drawn(f"BT /F1 {size} Tf {matrix} 300 400 Tm (It is 1931 now.) Tj ET") == "It is 1931 now."


def with_initial(letter: str, first: str, *, is_last: bool) -> str:
    """A paragraph whose first letter stands beside its first two lines, drawn before them or behind them."""
    lines = (
        f"{first} of Riverton said on Monday that the bridge",
        "would be closed since its piers were weak,",
        "he said.",
    )
    drawn = "".join(at(100 if n < 2 else 72, 700 - 14 * n, line) for n, line in enumerate(lines))
    initial = at(72, 684, letter, 40)
    return drawn + initial if is_last else initial + drawn


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize(
    ("letter", "first", "begins"),
    [
        ("T", "he mayor", "The mayor of Riverton said"),
        ("A", "mayor", "A mayor of Riverton said"),
        ("A", "fter the fire, the mayor", "After the fire, the mayor"),
        ("I", "n May the mayor", "In May the mayor of"),
        ("I", "met the mayor", "I met the mayor of"),
        ("“T", "he mayor", "“The mayor of Riverton"),
    ],
)
def test_large_first_letter_goes_back_to_its_word(letter: str, first: str, begins: str, *, is_last: bool) -> None:
    assert text_drawn(with_initial(letter, first, is_last=is_last)).startswith(begins)
