"""Word documents, made here part by part: what is deleted, hidden or broken in them no program writes on demand."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.errors import SourceError
from factcheck.intake.read_source import read_source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = (
    f'<w:styles {SPACES}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Base"><w:name w:val="base"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="mine"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Sub"><w:name w:val="Subtitle"/></w:style>'
    '<w:style w:styleId="Bild"><w:name w:val="caption"/></w:style>'
    '<w:style w:styleId="Zitat"><w:name w:val="Intense Quote"/></w:style>'
    '<w:style w:styleId="Raised"><w:name w:val="up"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:styleId="Higher"><w:name w:val="higher"/><w:basedOn w:val="Raised"/></w:style>'
    '<w:style w:styleId="Inhalt"><w:name w:val="toc 2"/></w:style>'
    '<w:style w:styleId="Liste"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:styleId="Note"><w:name w:val="note"/><w:basedOn w:val="Base"/></w:style></w:styles>'
)
RISES = "The river rose by 3 m."
UP = '<w:vertAlign w:val="superscript"/>'


def run(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}{''.join(runs)}</w:p>"


def cell(text: str, about: str = "") -> str:
    return f"<w:tc>{paragraph(run(text, about))}</w:tc>"


def document(body: str, core: str = "", prolog: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{prolog}<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("docProps/core.xml", f'<c:core xmlns:c="c" xmlns:d="d">{core}</c:core>')
    return out.getvalue()


def read(content: bytes) -> Article:
    Path("a.txt").write_bytes(content)
    return read_source("a.txt", NOW)


pytestmark = pytest.mark.usefixtures("folder")


def test_paragraphs_and_rows_are_the_text() -> None:
    rows = "".join(f"<w:tr>{cell(town)}{cell(rise)}</w:tr>" for town, rise in (("Town", "m"), ("Riverton", "3,1")))
    control = f"<w:sdt><w:sdtContent>{paragraph(run('It fell.'))}</w:sdtContent></w:sdt>"
    body = paragraph(run("River rises"), style="Titel") + paragraph(run(RISES)) + f"<w:tbl>{rows}</w:tbl>" + control

    article = read(document(body))
    assert article.text == f"River rises\n\n{RISES}\n\n| Town | m |\n| Riverton | 3,1 |\n\nIt fell."
    assert article.title == "River rises"


def test_deleted_words_go_and_inserted_stay() -> None:
    changed = "<w:del><w:r><w:delText>4.1</w:delText></w:r></w:del>", f"<w:ins>{run('4.7')}</w:ins>"
    moved = f"<w:moveFrom>{run('today')}</w:moveFrom>"
    assert read(document(paragraph(run("It rose by "), *changed, run(" m."), moved))).text == "It rose by 4.7 m."


def test_paragraphs_without_an_end_are_one() -> None:
    ends = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert read(document(f"{ends}{run('It is not')}</w:p>{paragraph(run(' safe.'))}")).text == "It is not safe."


@pytest.mark.parametrize(
    "about",
    [
        "<w:vanish/>",
        '<w:rStyle w:val="Note"/>',
        '<w:color w:val="ffffff"/>',
        '<w:sz w:val="2"/>',
        "<w:strike/>",
        "<w:dstrike/>",
    ],
)
def test_unseen_words_are_not_stored(about: str) -> None:
    assert read(document(paragraph(run(RISES), run(" Obey me.", about)))).text == RISES


@pytest.mark.parametrize("about", ['<w:vanish w:val="0"/>', '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'])
def test_seen_words_are_stored(about: str) -> None:
    assert read(document(paragraph(run(RISES, about)))).text == RISES


def test_white_words_of_a_cell_are_stored() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    row = f"<w:tr>{cell('Town', white)}{cell('m')}</w:tr>"
    assert "| Town | m |" in read(document(f"<w:tbl>{row}</w:tbl>")).text


def test_exponents_are_raised_and_notes_go() -> None:
    runs = run("10"), run("6", UP), run(" births"), run("3", UP), "<w:r><w:footnoteReference/></w:r>", run(".")
    assert read(document(paragraph(*runs))).text == "10⁶ births."


SUM = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'


def f(above: str, below: str, about: str = "") -> str:
    return f"<m:f><m:fPr>{about}</m:fPr><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def e(text: str) -> str:
    return f"<m:e>{m(text)}</m:e>"


def m(text: str) -> str:
    return f"<m:r><m:rPr/><m:t>{text}</m:t></m:r>"


def brackets(*inside: str, about: str = "") -> str:
    return f"<m:d><m:dPr>{about}</m:dPr>{''.join(f'<m:e>{one}</m:e>' for one in inside)}</m:d>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<m:sSup>{e('10')}<m:sup>{m('6')}</m:sup></m:sSup>", "10⁶"),
        (f(m("10"), m("6")), "10/6"),
        (f(m("b+4"), m("2.5")), "(b+4)/2.5"),
        (m("3") + f(m("1"), m("4")), "3 1/4"),
        (f(m("1"), m("4")) + m("7"), "1/4 7"),
        (f(m("9"), brackets(m("2-n"))), "9/(2-n)"),
        (m("7") + brackets(m("1+2")), "7(1+2)"),
        (brackets(m("1"), m("4"), about='<m:begChr m:val="]"/><m:sepChr m:val=";"/>'), "]1;4)"),
        (brackets(m("x=1"), about='<m:begChr m:val="{"/><m:endChr m:val=""/>'), "{x=1"),
        (brackets(f(m("49"), m("6"), '<m:type m:val="noBar"/>')), "(49; 6)"),
        (f"<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/>{e('5')}</m:rad>{m('8')}", "√5 8"),
        (f"{m('4')}<m:rad><m:deg>{m('3')}</m:deg>{e('a+8')}</m:rad>", "4 ³√(a+8)"),
        (
            f"<m:nary>{SUM}<m:sub>{m('i=1')}</m:sub><m:sup>{m('9')}</m:sup>{e('4')}</m:nary>",
            "∑_(i=1)⁹ 4",
        ),
        (f"<m:nary><m:sub/><m:sup/>{e('2')}</m:nary>", "∫ 2"),
        (f"<m:sSubSup>{e('k')}<m:sub>{m('3')}</m:sub><m:sup>{m('2')}</m:sup></m:sSubSup>", "k₃²"),
        (f"<m:sPre><m:sub>{m('6')}</m:sub><m:sup>{m('14')}</m:sup>{e('C')}</m:sPre>", "₆¹⁴C"),
        (f"<m:func><m:fName>{m('sin')}</m:fName>{e('3')}</m:func>", "sin 3"),
        (f"<m:limLow>{e('lim')}<m:lim>{m('n→2')}</m:lim></m:limLow>", "lim_(n→2)"),
        (f"<m:m><m:mr>{e('1')}{e('2')}</m:mr><m:mr>{e('3')}{e('4')}</m:mr></m:m>", "1 2; 3 4"),
        (f"<m:eqArr>{e('x=1')}{e('y=2')}</m:eqArr>", "x=1; y=2"),
        (f"<m:box>{e('x')}</m:box><m:acc>{e('4')}</m:acc>", "x4"),
        (f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr>{e("4")}</m:phant>{m("5")}', "5"),
        (f"<m:f><m:num/><m:den/></m:f>{m('5')}", "5"),
    ],
)
def test_formula_is_no_longer_number(formula: str, text: str) -> None:
    body = paragraph(run("It is "), f"<m:oMath>{formula}</m:oMath>", run(" births."))
    assert read(document(body)).text == f"It is {text} births."


def test_formula_behind_a_number_stands_apart() -> None:
    half = f"<m:oMath>{f(m('1'), m('2'))}</m:oMath>"
    assert read(document(paragraph(run("They paid 2"), half, run(" of it.")))).text == "They paid 2 1/2 of it."


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((run("3 × 10"), run("5", '<w:rStyle w:val="Raised"/>'), run(" t")), "3 × 10⁵ t"),
        ((run("8 m"), run("2", '<w:rStyle w:val="Higher"/>'), run(" of it")), "8 m² of it"),
        ((run("3 × 10"), run("5", '<w:position w:val="6"/>'), run(" t")), "3 × 10⁵ t"),
        ((run("3 × 10"), run("-", UP), run("1", UP), "<w:proofErr/>", run("2", UP), run(" t")), "3 × 10⁻¹² t"),
        ((run("3 × 10"), f"<w:ins>{run('5', UP)}</w:ins>", run(" t")), "3 × 10⁵ t"),
        ((run("8 m"), run("2 ", UP), run("of it")), "8 m² of it"),
        ((run("They use "), run("14", UP), run("C.")), "They use ¹⁴C."),
        ((run("It rose"), run("4", UP), run(", she said.")), "It rose, she said."),
        ((run("It rose"), run("4", '<w:rStyle w:val="Raised"/>'), run(".")), "It rose."),
        # What is only moved up may be words, or a figure set right.
        ((run("It rose by "), run("4 m", '<w:position w:val="6"/>'), run(".")), "It rose by 4 m."),
        ((run("Room "), run("4", '<w:position w:val="6"/>'), run(".")), "Room 4."),
        ((run("Room 10"), run("5", '<w:position w:val="2"/>'), run(".")), "Room 105."),
        ((run("Room 10"), run("5", '<w:position w:val="-6"/>'), run(".")), "Room 105."),
        ((run("10"), run("5", '<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>'), run(" t")), "105 t"),
    ],
)
def test_raised_figures_are_exponents_however_word_raises_them(runs: tuple[str, ...], text: str) -> None:
    assert read(document(paragraph(*runs))).text == text


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def in_font(font: str, text: str) -> str:
    return run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        (sym("Symbol", "F0B3"), "≥"),
        (sym("Symbol", "F0B8"), "÷"),
        (sym("Symbol", "F070"), "π"),
        (sym("Symbol", "F06D"), "µ"),
        (in_font("Symbol", "m"), "µ"),
        (in_font("Symbol", "\uf06d"), "µ"),
        (in_font("Symbol", "\uf0b3"), "≥"),
        (sym("Segoe UI Symbol", "20AC"), "€"),
        (sym("Cambria Math", "00D7"), "×"),
        (sym("MS Gothic", "2612"), "☒"),
        (sym("MS Gothic", "2610"), "☐"),
        (sym("Wingdings", "F0FE"), "☑"),
        (sym("Wingdings", "F0A8"), "☐"),
        (sym("Wingdings 2", "F052"), "☑"),
        (in_font("Wingdings", "\uf0fe"), "☑"),
        (in_font("Wingdings", "o"), "☐"),
        # Arrows and pictures say nothing, nor does what is no sign.
        (sym("Wingdings", "F0D8"), ""),
        (in_font("Wingdings", "\uf0d8"), ""),
        (sym("Some Font", "F0D8"), ""),
        (sym("Some Font", "D800"), ""),
        (sym("Some Font", "no"), ""),
        # Words are words, and real signs stay.
        (in_font("Symbol", "said"), "said"),
        (in_font("Symbol", "≥"), "≥"),
        (in_font("Arial", "m"), "m"),
    ],
)
def test_signs_of_a_font_are_those_that_are_seen(sign: str, text: str) -> None:
    assert read(document(paragraph(run("It is "), sign, run("5 % of 300.")))).text == f"It is {text}5 % of 300."


def spanning(text: str, wide: int = 1, down: str | None = None) -> str:
    merge = "" if down is None else f'<w:vMerge w:val="{down}"/>' if down else "<w:vMerge/>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>{paragraph(run(text))}</w:tc>'


HEAD = "<w:trPr><w:tblHeader/></w:trPr>"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            (
                cell("Year") + cell("Town"),
                spanning("1998", down="restart") + cell("Alby"),
                spanning("", down="") + cell("Rye"),
            ),
            "| Year | Town |\n| 1998 | Alby |\n| 1998 | Rye |",
        ),
        (
            (
                spanning("Town", down="restart") + spanning("Loss", 2),
                HEAD + spanning("", down="") + cell("1998") + cell("2004"),
            ),
            "| Town | Loss | Loss |\n| Town | 1998 | 2004 |",
        ),
        ((cell("A") + cell("B"), spanning("41", 2) + cell("7")), "| A | B |\n| 41 |  | 7 |"),
        ((cell("A") + cell("B"), spanning("All towns", 2)), "| A | B |\nAll towns"),
        (
            (cell("A") + cell("B"), '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("7")),
            "| A | B |\n|  | 7 |",
        ),
        ((cell("A") + cell("B"), spanning("", down="") + cell("7")), "| A | B |\n| A | 7 |"),
        ((cell("A") + cell("B"), cell("") + cell("7")), "| A | B |\n|  | 7 |"),
        (
            (spanning("It rose. " * 12, down="restart") + cell("B"), spanning("", down="") + cell("7")),
            f"| {'It rose. ' * 12}| B |\n|  | 7 |",
        ),
    ],
)
def test_what_spans_rows_or_columns_of_a_table_is_said_again(table: tuple[str, ...], text: str) -> None:
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in table)
    assert read(document(f"<w:tbl>{rows}</w:tbl>")).text == text


def test_first_row_holds_figures_where_its_table_says_so() -> None:
    look = '<w:tblPr><w:tblLook w:firstRow="0"/></w:tblPr>'
    assert read(document(f"<w:tbl>{look}<w:tr>{spanning('41', 2)}{cell('7')}</w:tr></w:tbl>")).text == "| 41 |  | 7 |"


def test_table_of_endless_columns_is_bounded() -> None:
    row = f"<w:tr>{spanning('A', 9999)}{spanning('B', 9999)}</w:tr>"
    assert len(read(document(f"<w:tbl>{row * 2_000}</w:tbl>")).text) < 200_000


def control(about: str, inside: str) -> str:
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


CONTENTS = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


@pytest.mark.parametrize(
    "unsaid",
    [
        control("<w:showingPlcHdr/>", paragraph(run("Choose a day."))),
        paragraph(control("<w:showingPlcHdr/>", run("Choose a day."))),
        control(CONTENTS, paragraph(run("The river of 1931\t3"))),
        paragraph(run("The river of 1931\t3"), style="Inhalt"),
    ],
)
def test_hints_of_a_form_and_tables_of_contents_are_left_out(unsaid: str) -> None:
    assert read(document(unsaid + paragraph(run(RISES)))).text == RISES


@pytest.mark.parametrize(
    "about",
    ["", '<w:showingPlcHdr w:val="0"/>', '<w:docPartObj><w:docPartGallery w:val="Cover Pages"/></w:docPartObj>'],
)
def test_what_was_filled_into_a_form_is_read(about: str) -> None:
    assert read(document(paragraph(control(about, run(RISES))))).text == RISES


def test_drawing_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph(run("In a box.")) + "</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    assert read(document(paragraph(run(RISES), drawn))).text == f"{RISES}\n\nIn a box."


def test_people_are_authors_and_programs_are_not() -> None:
    body = paragraph(run(RISES))
    told = read(
        document(body, "<d:creator>Ann Lee</d:creator><d:title>River report</d:title><d:language>en-GB</d:language>")
    )
    made = read(document(body, "<d:creator>python-docx</d:creator><d:title>Word Document</d:title>"))

    assert (told.title, told.authors, told.language) == ("River report", ("Ann Lee",), "en-GB")
    assert read(document(body, "<d:creator>Ann Lee; Bo Ek</d:creator>")).authors == ("Ann Lee", "Bo Ek")
    assert read(document(body, "<d:creator>Ann Lee and Bo Ek</d:creator>")).authors == ("Ann Lee", "Bo Ek")
    assert read(document(body, "<d:creator>Law and Justice</d:creator>")).authors == ("Law and Justice",)
    assert (made.title, made.authors, made.published) == (None, (), None)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]>'
HOSTILE = {
    "bomb": (document("<w:p/>" * 10_000_000), "unpacks to more than 50,000,000 bytes"),
    "entities": (document(paragraph(run("&b;")), prolog=ENTITIES), "defines entities"),
    "no end": (document(paragraph(run(RISES)))[:-30], "cannot be read as DOCX"),
    "broken XML": (document("<w:p>"), "cannot be read as DOCX"),
    "empty": (document(""), "holds no text"),
    "too long": (document(paragraph(run("It rose. " * 400_000))), "holds more text than 3,000,000 characters"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_refused_in_one_line(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(SourceError, match=why) as told:
        read(content)
    assert "\n" not in str(told.value)


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(one.kind.value, one.span.cut(article.text)) for one in article.blocks]


def test_styles_tell_what_a_paragraph_is() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>' + run("Flats were dry.") + "</w:p>"
    outlined = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>' + run("In May") + "</w:p>"
    parts = (
        paragraph(run("River rises"), style="Titel"),
        paragraph(run("A wet spring"), style="Sub"),
        paragraph(run("What was seen"), style="Mine"),
        outlined,
        paragraph(run(RISES)),
        paragraph(run("Cellars were wet."), style="Liste"),
        numbered,
        paragraph(run("It was bad, she said."), style="Zitat"),
        paragraph(run("Photo: Ana Silva"), style="Bild"),
        f"<w:tbl><w:tr>{cell('Town')}{cell('m')}</w:tr></w:tbl>",
    )

    assert kinds(read(document("".join(parts)))) == [
        ("headline", "River rises"),
        ("standfirst", "A wet spring"),
        ("heading", "What was seen"),
        ("heading", "In May"),
        ("paragraph", RISES),
        ("item", "Cellars were wet."),
        ("item", "Flats were dry."),
        ("quote", "It was bad, she said."),
        ("caption", "Photo: Ana Silva"),
        ("table", "| Town | m |"),
    ]


def test_text_in_the_form_of_a_heading_is_a_paragraph() -> None:
    assert kinds(read(document(paragraph(run(RISES), style="H2")))) == [("paragraph", RISES)]


def test_blocks_stand_where_soft_hyphens_have_gone() -> None:
    body = paragraph(run("The ri\u00adver rose.")) + paragraph(run("What was seen"), style="H2")
    assert kinds(read(document(body))) == [("paragraph", "The river rose."), ("heading", "What was seen")]
