"""Words of a PDF that are struck out are none of its text."""

from io import BytesIO
from time import process_time

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from factcheck.intake.pdf_pages import text_of_pdf

PIECES = "BT /F1 12 Tf 72 700 Td (He said ) Tj (900) Tj ( 45 people died.) Tj ET "
IN_ONE = "BT /F1 12 Tf 72 700 Td (He said 900 45 people died.) Tj ET "
IN_PARTS = "BT /F1 12 Tf 72 700 Td [(He ) 0 (said 9) 10 (00) -300 (45 people died.)] TJ ET "
BELOW = "BT /F1 12 Tf 14 TL 72 714 Td (He said 900 45 people died.) ' ET "
BEGIN, END = 116.0, 136.0  # of the number


def text_drawn(operators: str, quad: tuple[float, ...] = ()) -> str:
    """The text of a page that is drawn by these, with a note that strikes out what stands in the quad."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    page, content = writer.pages[0], StreamObject()
    content.set_data(operators.encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    if quad:
        note = DictionaryObject({NameObject("/Subtype"): NameObject("/StrikeOut")})
        note[NameObject("/QuadPoints")] = ArrayObject([FloatObject(one) for one in quad])
        page[NameObject("/Annots")] = ArrayObject([note])
    out = BytesIO()
    writer.write(out)
    return " ".join(text_of_pdf(out.getvalue(), "a.pdf").text.split())


@pytest.mark.parametrize("drawn", [PIECES, IN_ONE, IN_PARTS, BELOW])
@pytest.mark.parametrize(
    "line",
    [
        f"0.7 w {BEGIN} 703.5 m {END} 703.5 l S ",
        f"{BEGIN} 703 {END - BEGIN} 0.8 re f ",
        f"{BEGIN} 703 m {END} 703 l {END} 703.8 l {BEGIN} 703.8 l h f ",
    ],
    ids=["line", "rectangle", "outline"],
)
def test_number_that_is_struck_out_goes(drawn: str, line: str) -> None:
    assert text_drawn(line + drawn) == text_drawn(drawn + line) == "He said 45 people died."


def test_words_under_a_note_that_strikes_them_out_go() -> None:
    quad = (BEGIN, 711, END, 711, BEGIN, 697, END, 697)
    assert text_drawn(IN_ONE, quad) == "He said 45 people died."


@pytest.mark.parametrize(
    "line",
    [
        f"0.7 w {BEGIN} 698.5 m {END} 698.5 l S",
        f"0.7 w {BEGIN} 710 m {END} 710 l S",
        "0.7 w 40 703.5 m 540 703.5 l S",
        f"0.8 g {BEGIN} 698 {END - BEGIN} 12 re f 0 g",
        f"1 1 1 rg {BEGIN} 703 {END - BEGIN} 0.8 re f 0 g",
    ],
    ids=["underline", "line above", "line of a chart", "ground", "white"],
)
def test_other_lines_strike_nothing_out(line: str) -> None:
    assert text_drawn(f"{line} {IN_ONE}") == "He said 900 45 people died."


def test_line_below_a_notice_strikes_nothing_out_of_it() -> None:
    line = f"0.7 w {BEGIN} 703.5 m {END} 703.5 l S "
    ground = "1 1 1 rg 60 690 400 40 re f 0 g "

    assert text_drawn(line + ground + IN_ONE) == "He said 900 45 people died."
    assert text_drawn(ground + line + IN_ONE) == "He said 45 people died."


def test_many_lines_are_looked_at_within_bounds() -> None:
    lines = "".join(f"72 {700 + n % 7} 9 0.5 re f " for n in range(1_900))
    began = process_time()

    text_drawn(lines + PIECES * 1_000)
    assert process_time() - began < 10
