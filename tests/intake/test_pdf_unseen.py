"""Letters of a PDF that nobody sees are no words of it."""

from io import BytesIO

import pytest
from fakes import pdf_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from factcheck.intake.pdf_pages import text_of_pdf

SEEN = "BT /F1 12 Tf 72 700 Td (The bridge was closed.) Tj ET "
FORM = "BT /F1 12 Tf 72 600 Td (It fell.) Tj ET"
LINE = f"{SEEN}{FORM}"


def writer_of(operators: str) -> PdfWriter:
    """One page that is drawn by these; it has a picture, a drawing of its own, a layer and a colour without colour."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    page = writer.pages[0]
    content, form, picture = StreamObject(), StreamObject(), StreamObject()
    content.set_data(operators.encode("cp1252"))
    form.set_data(FORM.encode())
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    picture.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/ColorSpace"): NameObject("/DeviceGray")})
    picture.update({NameObject(one): NumberObject(1) for one in ("/Width", "/Height")})
    picture[NameObject("/BitsPerComponent")] = NumberObject(8)
    picture.set_data(b"\x80")
    box = ArrayObject([NumberObject(one) for one in (0, 0, 595, 842)])
    form.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): box})
    form[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): resources["/Font"]})
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))  # noqa: SLF001 - as below
    shown: dict[PdfObject, PdfObject] = {NameObject("/OCGs"): ArrayObject([layer])}
    shown[NameObject("/D")] = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(shown)
    named: dict[str, tuple[str, PdfObject]] = {
        "/Properties": ("/Layer", layer),
        "/Pattern": ("/P1", shades()),
        "/ExtGState": ("/Clear", DictionaryObject({NameObject("/ca"): FloatObject(0)})),
    }  # fmt: skip
    for kind, (name, found) in named.items():
        resources[NameObject(kind)] = DictionaryObject({NameObject(name): found})
    drawings = {"/Picture": picture, "/Form": form}
    added = {NameObject(name): writer._add_object(found) for name, found in drawings.items()}  # noqa: SLF001 - as below
    resources[NameObject("/XObject")] = DictionaryObject(added)
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - no public name for it
    return writer


def shades() -> DictionaryObject:
    """A pattern that goes from red to blue."""
    function = DictionaryObject({NameObject("/FunctionType"): NumberObject(2), NameObject("/N"): NumberObject(1)})
    told = {"/Domain": (0, 1), "/C0": (1, 0, 0), "/C1": (0, 0, 1)}
    function.update({NameObject(name): ArrayObject(map(NumberObject, some)) for name, some in told.items()})
    shading = DictionaryObject({NameObject("/ShadingType"): NumberObject(2), NameObject("/Function"): function})
    shading[NameObject("/ColorSpace")] = NameObject("/DeviceRGB")
    shading[NameObject("/Coords")] = ArrayObject(map(NumberObject, (0, 0, 595, 0)))
    return DictionaryObject({NameObject("/PatternType"): NumberObject(2), NameObject("/Shading"): shading})


def text_drawn(operators: str) -> str:
    return text_of(writer_of(operators))


def text_of(writer: PdfWriter) -> str:
    out = BytesIO()
    writer.write(out)
    return " ".join(text_of_pdf(out.getvalue(), "a.pdf").text.split())


@pytest.mark.parametrize(
    "drawn",
    [
        f"{SEEN} q 1 1 1 rg {FORM} Q",
        f"{SEEN} q 1 g {FORM} Q",
        f"{SEEN} q 0 0 0 0 k {FORM} Q",
        f"{SEEN} q /DeviceRGB cs 1 1 1 scn {FORM} Q",
        f"1 1 1 rg 0 0 595 842 re f {FORM} 0 g {SEEN}",
        f"{SEEN} q 0 0 1 1 re W n {FORM} Q",
        f"{SEEN} q 3 Tr {FORM} Q",
        f"{SEEN} q /Clear gs {FORM} Q",
        f"{SEEN} /OC /Layer BDC {FORM} EMC",
        f"{SEEN} /OC /Layer BDC /Form Do EMC",
        f"{SEEN} {FORM.replace('12 Tf', '0.5 Tf')}",
        f"{SEEN} {FORM.replace('600 Td', '-90 Td')}",
        f"{SEEN} {FORM.replace('72 600', '700 600')}",
        f"{SEEN} q 1 0 0 1 700 0 cm /Form Do Q",
        f"{SEEN} q 1 1 1 rg /Form Do Q",
        f"{SEEN} {FORM} 0.5 g 60 590 200 30 re f",
        f"{SEEN} q 400 0 0 400 0 400 cm /Picture Do Q /OC /Layer BDC {FORM} EMC",
        f"{SEEN} {FORM} q 1 g 60 590 200 30 re f Q",
        f"{SEEN} q 1 0 0 rg 60 590 200 30 re f {FORM} Q",
        f"{SEEN} q 0.995 g {FORM} Q",
        f"{SEEN} q 1 g {SEEN.replace('The bridge', 'It fell: the bridge')} Q",
        f"{SEEN} q /Clear gs /Form Do Q",
    ],
)
def test_letters_that_nobody_sees_go(drawn: str) -> None:
    assert text_drawn(drawn) == "The bridge was closed."


@pytest.mark.parametrize(
    "drawn",
    [
        f"{SEEN} {FORM}",
        f"{SEEN} q 0 0 1 rg 60 590 200 30 re f 1 1 1 rg {FORM} Q",
        f"{SEEN} q 400 0 0 400 0 400 cm /Picture Do Q 1 1 1 rg {FORM}",
        f"{SEEN} q 3 Tr {FORM} Q q 595 0 0 842 0 0 cm /Picture Do Q",
        f"{SEEN} q /Pattern cs /P1 scn {FORM} Q",
        f"{SEEN} q 0 590 595 30 re W n {FORM} Q",
        f"{SEEN} q 1 1 1 rg 1 Tr {FORM} Q",
        f"{SEEN} /OC /Other BDC {FORM} EMC",
        f"0.5 g 60 590 200 30 re f 0 g {SEEN} {FORM}",
        f"{SEEN} {FORM} 0.5 g 60 500 200 30 re f",
        f"{SEEN} q 0.9 g {FORM} Q",
        f"{SEEN} /Form Do",
        f"{SEEN} q 1 0 0 1 0 -100 cm /Form Do Q",
        f"{SEEN} /Span BMC {FORM} EMC",
        f"{SEEN} q 0.01 0 0 0.01 0 0 cm BT /F1 1200 Tf 7200 60000 Td (It fell.) Tj ET Q",
    ],
)
def test_letters_that_are_seen_stay(drawn: str) -> None:
    assert text_drawn(drawn) == "The bridge was closed. It fell."


def test_letters_outside_the_crop_box_go() -> None:
    writer = writer_of(LINE)
    writer.pages[0].cropbox = RectangleObject((0, 650, 595, 842))
    assert text_of(writer) == "The bridge was closed."


def test_words_beside_unseen_ones_stay_apart() -> None:
    drawn = "BT /F1 12 Tf 72 700 Td (He is) Tj 1 g ( not ) Tj 0 g (guilty.) Tj ET"
    assert text_drawn(drawn) == "He is guilty."


@pytest.mark.parametrize("place", ["72 700", "72.4 700", "72.8 699.2"])
def test_letters_drawn_twice_are_written_once(place: str) -> None:
    pieces = SEEN.replace("bridge", "bridge) Tj (")
    for drawn in (SEEN, pieces):
        assert text_drawn(drawn + drawn.replace("72 700", place)) == "The bridge was closed."


def test_words_that_stand_twice_stay() -> None:
    drawn = "BT /F1 12 Tf 72 700 Td (no ) Tj (no ) Tj 0 -14 Td (no ) Tj 20 0 Td (no) Tj ET"
    assert text_drawn(drawn) == "no no no no"


def test_letters_under_unseen_ones_stay() -> None:
    assert text_drawn(f"1 g {SEEN} 0 g {SEEN}") == "The bridge was closed."


def test_only_the_covered_part_of_a_line_goes() -> None:
    assert text_drawn(f"{SEEN} 0.5 g 131 690 120 25 re f") == "The bridge"
