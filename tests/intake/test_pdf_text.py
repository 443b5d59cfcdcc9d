"""Raised signs and rows of a PDF, told by where they stand."""

from io import BytesIO

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from factcheck.errors import SourceError
from factcheck.intake.pdf_pages import text_of_pdf


def text_drawn(operators: str) -> str:
    """The text of a page that is drawn by these."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    content = StreamObject()
    content.set_data(operators.encode("cp1252"))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    return text_of(writer)


def text_of(writer: PdfWriter) -> str:
    out = BytesIO()
    writer.write(out)
    return text_of_pdf(out.getvalue(), "a.pdf").text


def font_of(writer: PdfWriter) -> DictionaryObject:
    resources = writer.pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    font = fonts["/F1"].get_object()
    assert isinstance(font, DictionaryObject)
    return font


@pytest.mark.parametrize(
    ("base", "sign", "written"), [("built in 1931", "2", "built in 1931"), ("a load of 10", "6", "a load of 10⁶")]
)
def test_sign_raised_by_text_rise(base: str, sign: str, written: str) -> None:
    drawn = f"BT /F1 12 Tf 72 700 Td ({base}) Tj 4 Ts /F1 7 Tf ({sign}) Tj 0 Ts /F1 12 Tf ( tons.) Tj ET"
    assert text_drawn(drawn).strip() == f"{written} tons."


@pytest.mark.parametrize("matrix", ["1 0 0 1 72 700", "0 1 -1 0 300 72", "0 -1 1 0 300 700", "-1 0 0 -1 500 700"])
def test_sign_is_raised_on_a_page_that_is_drawn_sideways(matrix: str) -> None:
    drawn = f"BT /F1 12 Tf {matrix} Tm (A load of 10) Tj /F1 7 Tf 4 Ts (6) Tj 0 Ts /F1 12 Tf ( tons in 1931) Tj"
    assert text_drawn(f"{drawn} /F1 7 Tf 4 Ts (2) Tj ET").strip() == "A load of 10⁶ tons in 1931"


@pytest.mark.parametrize(("rise", "written"), [(4, "A load of 10⁶"), (-3, "A load of 106"), (0, "A load of 106")])
def test_only_raised_signs_are_exponents(rise: int, written: str) -> None:
    assert text_drawn(f"BT /F1 12 Tf 72 700 Td (A load of 10) Tj {rise} Ts /F1 7 Tf (6) Tj ET").strip() == written


@pytest.mark.parametrize(
    ("slash", "lower"),
    [
        ("/F1 12 Tf (/) Tj", "-2 Ts /F1 7 Tf (2) Tj"),
        ("/F1 12 Tf (/) Tj", "/F1 7 Tf (2) Tj"),
        ("/F1 7 Tf (/2) Tj", ""),
    ],
    ids=["lowered", "small", "in one piece"],
)
@pytest.mark.parametrize(("before", "written"), [("rose by 5", "rose by 5 1/2"), ("a share of ", "a share of 1/2")])
def test_numerator_of_a_fraction_stays(before: str, written: str, slash: str, lower: str) -> None:
    raised = f"({before}) Tj 4 Ts /F1 7 Tf (1) Tj 0 Ts"
    drawn = f"BT /F1 12 Tf 72 700 Td {raised} {slash} {lower} 0 Ts /F1 12 Tf ( of it.) Tj ET"
    assert text_drawn(drawn).strip() == f"{written} of it."


def test_mark_before_a_slash_goes() -> None:
    drawn = "BT /F1 12 Tf 72 700 Td (in 2023) Tj 4 Ts /F1 7 Tf (1) Tj 0 Ts /F1 12 Tf (/24 alone) Tj ET"
    assert text_drawn(drawn).strip() == "in 2023/24 alone"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("<45> <FB03> <44> <FB02>", "The office was flooded ."),
        ("<45> <D83DDE00> <44> <00660066>", "The o\U0001f600ce was ffooded ."),
    ],
)
def test_signs_of_several_letters_are_written_as_letters(told: str, read: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("The oEce was Dooded ."))))
    letters = StreamObject()
    letters.set_data(f"begincmap 2 beginbfchar {told} endbfchar endcmap".encode())
    font = font_of(writer)
    font[NameObject("/ToUnicode")] = writer._add_object(letters)  # noqa: SLF001 - as above
    assert text_of(writer) == read


@pytest.mark.parametrize("ordering", ["Identity", "Japan1"])
def test_letters_that_no_font_tells_are_refused(ordering: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("!a!b!c!d"))))
    font = font_of(writer)
    told = {"/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/Helvetica"}
    inner = DictionaryObject({NameObject(key): NameObject(value) for key, value in told.items()})
    system: dict[PdfObject, PdfObject] = {NameObject("/Ordering"): TextStringObject(ordering)}
    system |= {NameObject("/Registry"): TextStringObject("Adobe"), NameObject("/Supplement"): NumberObject(2)}
    inner[NameObject("/CIDSystemInfo")] = DictionaryObject(system)
    font.update({NameObject("/Subtype"): NameObject("/Type0"), NameObject("/Encoding"): NameObject("/Identity-H")})
    font[NameObject("/DescendantFonts")] = ArrayObject([inner])
    out = BytesIO()
    writer.write(out)
    if ordering == "Identity":
        with pytest.raises(SourceError, match=r"'a\.pdf' does not tell which letters its fonts draw; run text"):
            text_of_pdf(out.getvalue(), "a.pdf")
    else:
        assert text_of_pdf(out.getvalue(), "a.pdf").text


def test_forms_of_a_digit_are_the_digit() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("In 12 years"))))
    font = font_of(writer)
    names = ArrayObject([NumberObject(49), NameObject("/one.oldstyle"), NameObject("/two.tnum")])
    font[NameObject("/Encoding")] = DictionaryObject({NameObject("/Differences"): names})
    assert text_of(writer).strip() == "In 12 years"


def test_cells_of_a_row_stand_together() -> None:
    cells = [(72, 700, "Year"), (172, 700, "Cars"), (72, 686, "2019"), (172, 686, "14,000")]
    drawn = "".join(f"BT /F1 11 Tf 13 TL 1 0 0 1 {x} {y} Tm ({word}) Tj T* ET " for x, y, word in cells)
    assert text_drawn(drawn).split("\n\n") == ["Year | Cars", "2019 | 14,000"]


def test_words_of_a_form_stand_where_it_is_drawn() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    page, content, form = writer.pages[0], StreamObject(), StreamObject()
    content.set_data(b"BT /F1 12 Tf 72 700 Td (A load of 10) Tj ET q 1 0 0 1 140 704 cm /Form Do Q")
    form.set_data(b"q q BT /Own 7 Tf (6) Tj ET")  # whose states are never given back
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    own = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Own"): fonts["/F1"]})})
    box = ArrayObject([NumberObject(one) for one in (-300, -800, 600, 800)])
    form.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/Resources"): own, NameObject("/BBox"): box})
    drawings = {NameObject("/Form"): writer._add_object(form)}  # noqa: SLF001 - as below
    resources[NameObject("/XObject")] = DictionaryObject(drawings)
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    assert text_of(writer).strip() == "A load of 10⁶"


HEBREW = {"a": "\u05d0", "b": "\u05d1", "g": "\u05d2", "d": "\u05d3"}


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("dg ba", "\u05d0\u05d1 \u05d2\u05d3"),
        ("gd 12 ba", "\u05d0\u05d1 12 \u05d3\u05d2"),
        ("3.5%-b", "\u05d1-3.5%"),
        (".(12 ab) gd", "\u05d3\u05d2 (\u05d1\u05d0 12)."),
        (".)12 ab( gd", "\u05d3\u05d2 (\u05d1\u05d0 12)."),
    ],
    ids=["words", "number", "share", "brackets as written", "brackets as seen"],
)
def test_hebrew_stands_in_the_order_of_reading(drawn: str, read: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(drawn))))
    letters = StreamObject()
    told = " ".join(f"<{ord(code):02X}> <{ord(letter):04X}>" for code, letter in HEBREW.items())
    letters.set_data(f"begincmap {len(HEBREW)} beginbfchar {told} endbfchar endcmap".encode())
    font_of(writer)[NameObject("/ToUnicode")] = writer._add_object(letters)  # noqa: SLF001 - as above
    assert text_of(writer) == read


@pytest.mark.parametrize(
    "drawn", ["(E L E C T I O N   D A Y) Tj", "8 Tc (ELECTION DAY) Tj", "20 Tc (ELECTION DAY) Tj"], ids=str
)
def test_spaced_letters_are_words(drawn: str) -> None:
    assert text_drawn(f"BT /F1 24 Tf 72 700 Td {drawn} ET") == "ELECTION DAY"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("(1 2 3 4 5) Tj", "1 2 3 4 5"),
        ("(1) Tj 20 0 Td (2) Tj 20 0 Td (3) Tj", "1 2 3"),
        ("10 Tc (12,500) Tj", "12,500"),
    ],
)
def test_only_spaced_digits_of_one_number_are_joined(drawn: str, read: str) -> None:
    assert text_drawn(f"BT /F1 24 Tf 72 700 Td {drawn} ET") == read


def test_what_is_told_in_the_place_of_letters_is_not_read() -> None:
    drawn = "BT /F1 12 Tf 72 700 Td /Span <</ActualText (900 people)>> BDC (12 people) Tj EMC ( died.) Tj ET"
    assert text_drawn(drawn) == "12 people died."


def test_letter_that_the_file_does_not_tell_is_marked() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("It was 15 degrees"))))
    names = ArrayObject([NumberObject(49), NameObject("/g7")])
    font_of(writer)[NameObject("/Encoding")] = DictionaryObject({NameObject("/Differences"): names})
    assert text_of(writer) == "It was \ufffd5 degrees"
