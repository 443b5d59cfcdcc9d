"""Values of a PDF's form and notes of text are seen in every viewer, and are part of its text."""

from io import BytesIO

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from factcheck.intake.pdf_pages import text_of_pdf

LINE = "The river rose by 3 m."
TYPED = "About 300 people left."


def text_with(kind: str, *, flags: int = 4, of_field: int = 0, strikes: bool = False) -> str:
    """The text of a page with something typed into a note or a field; another note may strike its own line out."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    page, content, look = writer.pages[0], StreamObject(), StreamObject()
    resources = page["/Resources"]
    content.set_data(f"BT /F1 12 Tf 72 700 Td ({LINE}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    look.set_data(f"BT /F1 12 Tf 2 4 Td ({TYPED}) Tj ET".encode())
    box = ArrayObject([FloatObject(one) for one in (0, 0, 300, 16)])
    look.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): box})
    look[NameObject("/Resources")] = resources
    note = note_at(kind, (72, 600, 372, 616), flags)
    note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})  # noqa: SLF001
    note[NameObject("/Ff")] = NumberObject(of_field)
    line = note_at("/StrikeOut", (72, 696, 300, 712), 4)
    line[NameObject("/QuadPoints")] = ArrayObject([FloatObject(one) for one in (72, 712, 300, 712, 72, 696, 300, 696)])
    notes = [note, line] if strikes else [note]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(one) for one in notes])  # noqa: SLF001
    out = BytesIO()
    writer.write(out)
    return text_of_pdf(out.getvalue(), "a.pdf").text


def note_at(kind: str, place: tuple[int, ...], flags: int) -> DictionaryObject:
    made = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind)})
    made[NameObject("/Rect")] = ArrayObject([FloatObject(one) for one in place])
    made[NameObject("/F")] = NumberObject(flags)
    return made


@pytest.mark.parametrize("kind", ["/Widget", "/FreeText"])
def test_what_was_typed_is_read(kind: str) -> None:
    assert text_with(kind) == f"{LINE} {TYPED}"


@pytest.mark.parametrize("flags", [1, 2, 32], ids=["invisible", "hidden", "not shown"])
def test_hidden_field_is_not_read(flags: int) -> None:
    assert text_with("/Widget", flags=flags) == LINE


def test_button_is_not_read() -> None:
    assert text_with("/Widget", of_field=1 << 16) == LINE


@pytest.mark.parametrize("kind", ["/Stamp", "/Text", "/Popup"])
def test_other_notes_are_not_read(kind: str) -> None:
    assert text_with(kind) == LINE


def test_words_that_another_note_strikes_out_go() -> None:
    assert text_with("/FreeText", strikes=True) == TYPED
