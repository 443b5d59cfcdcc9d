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
    '<w:style w:styleId="Liste"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:styleId="Note"><w:name w:val="note"/><w:basedOn w:val="Base"/></w:style></w:styles>'
)
RISES = "The river rose by 3 m."


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
    raised = '<w:vertAlign w:val="superscript"/>'
    runs = run("10"), run("6", raised), run(" births"), run("3", raised), "<w:r><w:footnoteReference/></w:r>", run(".")
    assert read(document(paragraph(*runs))).text == "10⁶ births."


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<w:sSup><w:e>{}</w:e><w:sup>{}</w:sup></w:sSup>", "10⁶"),
        ("<w:f><w:fPr/><w:num>{}</w:num><w:den>{}</w:den></w:f>", "10/6"),
    ],
)
def test_formula_is_no_longer_number(formula: str, text: str) -> None:
    assert read(document(paragraph(formula.format(run("10"), run("6")), run(" births.")))).text == f"{text} births."


def test_signs_of_a_font_are_kept() -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert read(document(paragraph(sign, run(" 5 % of 300.")))).text == "≥ 5 % of 300."


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
