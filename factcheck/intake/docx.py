"""Word documents (DOCX): the text that its reader sees, tracked changes accepted. Run within bounds.

Read from its XML and not by a library: those for Python leave out insertions and fields, or keep what is hidden.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree

from factcheck.domain.article import Article, BlockKind
from factcheck.errors import SourceError
from factcheck.intake.authors import names_apart
from factcheck.intake.docx_formulas import FORMULAS, formula_on_one_line
from factcheck.intake.docx_runs import Piece, Raising, joined, raising_of
from factcheck.intake.docx_signs import as_drawn, sign
from factcheck.intake.docx_tables import Cell, cell_of, lines_of, row_of
from factcheck.intake.docx_xml import attribute, is_on, tag_of, value_of
from factcheck.intake.joiners import without_marks
from factcheck.intake.page_blocks import Words, with_blocks
from factcheck.intake.plain import article_from_text, reads_like_title

_MAX_PART = 50_000_000  # bytes of XML, out of which a hundredth is text
_MAX_CHARS = 3_000_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, LookupError, NotImplementedError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What zipfile and lxml raise over files that are not what they say."""

_WORD = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
# Deleted and moved away, a second form of a drawing for old programs, instructions of fields, marks of notes.
_UNSEEN = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "endnoteReference", "annotationRef",
    "footnoteRef", "endnoteRef", "rt", "rPr", "pPr", "tblPr", "sdtPr",
})  # fmt: skip
_SAID: "Mapping[str, Callable[[etree._Element], str]]" = {
    "t": lambda one: one.text or "",
    "sym": sign,
    "tab": lambda _: "\t",
    "ptab": lambda _: "\t",
    "br": lambda _: "\n",
    "cr": lambda _: "\n",
    "noBreakHyphen": lambda _: "\u2011",
}
"""What the elements of a run say."""

_KINDS = {
    "subtitle": BlockKind.STANDFIRST,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTE,
    "intense quote": BlockKind.QUOTE,
}
"""By the name of a style, which is alike in all languages of the program."""
_OUTLINED = frozenset("012345678")
_WHITE = "FFFFFF"
_MOST_OF_HINT = 200  # characters of what a form asks for
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|index \d")
_TINY = 2  # halves of a point
# What programs write where nobody has.
_NO_AUTHOR = frozenset({
    "python-docx", "apache poi", "microsoft office user", "windows user", "windows-benutzer", "utilisateur windows",
    "openxml", "unknown", "user", "admin", "administrator", "author", "un-named", "libreoffice", "google docs",
})  # fmt: skip
_NO_TITLE = re.compile(
    r"(?:word|microsoft word)\s.{0,60}|document\d{0,3}|untitled.{0,20}|.{0,200}\.docx?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of the words in it; `name` is alike in all languages of the program."""

    name: str
    is_hidden: bool | None
    based_on: str | None
    raising: Raising | None


def article_of_docx(
    content: bytes, source: str, now: datetime, encoding: str | None, header: str | None, url: str | None
) -> Article:
    """The paragraphs and rows of a document, a blank line between them.

    Raises SourceError where it is broken or too large. Of `encoding` and `header` XML has no need.
    """
    del encoding, header
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = _part(archive, _main_part(archive), source)
            styles = _styles(_part(archive, "word/styles.xml", source, is_needed=False))
            core = _core(_part(archive, "docProps/core.xml", source, is_needed=False))
    except _BROKEN as error:
        why = str(error)[:200] or type(error).__name__
        raise SourceError(f"{source!r} cannot be read as DOCX: {why}; save it again, or give its text") from error
    if body is None or body.find("{*}body") is None:
        raise SourceError(f"{source!r} cannot be read as DOCX: it has no text part; save it again, or give its text")
    reader = _Reader(styles, source)
    text, blocks = with_blocks(list(reader.blocks(body.find("{*}body"))))
    found = article_from_text(text, now, url)
    return Article(
        text=found.text,
        blocks=blocks,
        retrieved_at=now,
        title=reader.title or core.get("title") or found.title,
        url=url,
        authors=tuple(name for one in core.get("creator", "").split(";") if one.strip() for name in names_apart(one)),
        language=core.get("language"),
    )


def _main_part(archive: zipfile.ZipFile) -> str:
    root = _part(archive, "_rels/.rels", "", is_needed=False)
    for one in () if root is None else root:
        if one.get("Type") in {_OFFICE, _STRICT_OFFICE} and one.get("Target"):
            return str(one.get("Target")).lstrip("/")
    return _WORD


def _part(archive: zipfile.ZipFile, name: str, source: str, *, is_needed: bool = True) -> "etree._Element | None":
    """A part of the document as a tree, without anything that it names outside. Raises SourceError."""
    if not is_needed and name not in archive.NameToInfo:
        return None
    with archive.open(name) as file:
        written = file.read(_MAX_PART + 1)
    if len(written) > _MAX_PART:
        raise SourceError(f"{source!r} unpacks to more than {_MAX_PART:,} bytes of text and form; divide it")
    if b"<!DOCTYPE" in written[:2_000] or b"<!ENTITY" in written:
        raise SourceError(f"{source!r} defines entities, which no Word document does; save it again, or give its text")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(written, parser)


def _styles(root: "etree._Element | None") -> Mapping[str, _Style]:
    if root is None:
        return {}
    found = {}
    for one in root.iterfind("{*}style"):
        name, based = one.find("{*}name"), one.find("{*}basedOn")
        vanish = one.find("{*}rPr/{*}vanish")
        named = value_of(name) or ""
        raising = raising_of(one.find("{*}rPr"))
        found[attribute(one, "styleId") or ""] = _Style(named.lower(), is_on(vanish), value_of(based), raising)
    return found


def _core(root: "etree._Element | None") -> dict[str, str]:
    """What the document says of itself, where a person has said it."""
    if root is None:
        return {}
    told = {tag_of(one): " ".join(without_marks(one.text or "").split()) for one in root.iterchildren(etree.Element)}
    if told.get("creator", "").lower() in _NO_AUTHOR or "@" in told.get("creator", ""):
        del told["creator"]
    if _NO_TITLE.fullmatch(told.get("title", "")):
        del told["title"]
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", told.get("language", "")):
        told.pop("language", None)
    return {name: value for name, value in told.items() if value}


class _Reader:
    """Reads the body of a document block by block."""

    def __init__(self, styles: Mapping[str, _Style], source: str) -> None:
        self._styles, self._source = styles, source
        self._chars = 0
        self.title: str | None = None

    def blocks(self, container: "etree._Element") -> Iterator[Words]:
        """The paragraphs of a container, a line for each row of its tables; boxes of text behind their paragraph."""
        _join_paragraphs(container)
        for one in container.iterchildren(etree.Element):
            tag = tag_of(one)
            if tag == "p":
                yield from self._paragraph(one)
            elif tag == "tbl":
                rows = "\n".join(self._lines(one))
                if rows:
                    yield Words(BlockKind.TABLE, rows)
            elif not _is_unsaid(one):  # a control, or what was put in or moved here
                yield from self.blocks(one)

    def _rows(self, table: "etree._Element") -> Iterator["etree._Element"]:
        for one in table.iterchildren(etree.Element):
            if tag_of(one) == "tr" and one.find("{*}trPr/{*}del") is None:
                yield one
            elif tag_of(one) != "tr" and not _is_unsaid(one):
                yield from self._rows(one)

    def _lines(self, table: "etree._Element") -> Iterator[str]:
        """The rows of a table as lines; its look tells whether the first one holds headings."""
        look = table.find("{*}tblPr/{*}tblLook")
        has_head = look is None or attribute(look, "firstRow") not in {"0", "false", "off"}
        rows = enumerate(self._rows(table))
        return lines_of(row_of(one, self._cells(one), is_first=has_head and not at) for at, one in rows)

    def _cells(self, row: "etree._Element") -> list[Cell]:
        own = (cell for cell in row.iter("{*}tc") if _row_around(cell) is row)
        return [cell_of(one, " ".join(" ".join(words.text for words in self.blocks(one)).split())) for one in own]

    def _paragraph(self, paragraph: "etree._Element") -> Iterator[Words]:
        boxes: list[etree._Element] = []
        style = value_of(paragraph.find("{*}pPr/{*}pStyle"))
        if any(_CONTENTS.fullmatch(one.name) for one in self._styles_of(style)):
            return
        written = joined(self._inline(paragraph, self._hides(style), boxes))
        lines = (line.replace("\t", " ").strip() for line in written.split("\n"))
        words = without_marks("\n".join(filter(None, lines)))
        if words:
            self._chars += len(words)
            if self._chars > _MAX_CHARS:
                raise SourceError(f"{self._source!r} holds more text than {_MAX_CHARS:,} characters; divide it")
            kind = self._kind(paragraph, style, words)
            if kind is BlockKind.HEADLINE:
                self.title = " ".join(words.split())
            yield Words(kind, words)
        for box in boxes:
            yield from self.blocks(box)

    def _kind(self, paragraph: "etree._Element", style: str | None, words: str) -> BlockKind:
        """What a paragraph is by its style, or by one that this is based on, and by its numbering."""
        names = [one.name for one in self._styles_of(style)]
        level = value_of(paragraph.find("{*}pPr/{*}outlineLvl")) or ""
        if self.title is None and "title" in names:
            return BlockKind.HEADLINE
        # Some give a whole text the form of a heading.
        if reads_like_title(words) and (level in _OUTLINED or any(one.startswith("heading ") for one in names)):
            return BlockKind.HEADING
        named = next((_KINDS[one] for one in names if one in _KINDS), BlockKind.PARAGRAPH)
        number = value_of(paragraph.find("{*}pPr/{*}numPr/{*}numId"))
        is_item = number not in {None, "0"} or any(one.startswith("list") for one in names)
        return BlockKind.ITEM if is_item and named is BlockKind.PARAGRAPH else named

    def _inline(self, element: "etree._Element", is_hidden: bool, boxes: list["etree._Element"]) -> Iterator[Piece]:  # noqa: FBT001 - passed down
        for one in element.iterchildren(etree.Element):
            tag = tag_of(one)
            if tag == "txbxContent":
                boxes.append(one)
            elif tag == "r":
                yield from self._run(one, is_hidden, boxes)
            elif tag in FORMULAS:
                yield Piece(self._formula(one, is_hidden, boxes), is_formula=True)
            elif tag in _SAID and not is_hidden:
                yield Piece(_SAID[tag](one))
            elif not _is_unsaid(one):
                yield from self._inline(one, is_hidden, boxes)

    def _run(self, run: "etree._Element", is_hidden: bool, boxes: list["etree._Element"]) -> Iterator[Piece]:  # noqa: FBT001
        about = next(run.iterchildren("{*}rPr", reversed=True), None)  # in formulas there are two
        style = None if about is None else value_of(about.find("{*}rStyle"))
        if about is not None:
            own = is_on(about.find("{*}vanish"))
            is_hidden = own if own is not None else is_hidden or self._hides(style) or _is_unseen(run, about)
        raising = raising_of(about)
        raising = self._raising(style) if raising is None else raising
        for one in self._inline(run, is_hidden, boxes):
            yield replace(one, text=as_drawn(one.text, about), raising=raising)

    def _formula(self, element: "etree._Element", is_hidden: bool, boxes: list["etree._Element"]) -> str:  # noqa: FBT001
        parts = []
        for one in element.iterchildren(etree.Element):
            tag = tag_of(one)
            if tag in FORMULAS:
                parts.append((tag, self._formula(one, is_hidden, boxes)))
            elif tag == "r":
                parts.append((tag, joined(self._run(one, is_hidden, boxes))))
            elif not _is_unsaid(one):
                parts.append((tag, joined(self._inline(one, is_hidden, boxes))))
        return formula_on_one_line(element, parts)

    def _raising(self, style: str | None) -> Raising | None:
        return next((one.raising for one in self._styles_of(style) if one.raising is not None), None)

    def _hides(self, style: str | None) -> bool:
        return next((one.is_hidden for one in self._styles_of(style) if one.is_hidden is not None), False)

    def _styles_of(self, style: str | None) -> Iterator[_Style]:
        """A style, and those that it is based on."""
        for _ in range(10):  # a style may be based on itself
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = found.based_on


def _join_paragraphs(container: "etree._Element") -> None:
    """Put a paragraph whose end is deleted, or moved away, at the beginning of the next."""
    for one in list(container.iterchildren("{*}p")):
        marks, behind = one.find("{*}pPr/{*}rPr"), one.getnext()
        is_gone = marks is not None and any(marks.find(f"{{*}}{name}") is not None for name in ("del", "moveFrom"))
        if is_gone and behind is not None and tag_of(behind) == "p":
            at = 1 if behind.find("{*}pPr") is not None else 0
            behind[at:at] = [part for part in one if tag_of(part) != "pPr"]


def _is_unseen(run: "etree._Element", about: "etree._Element") -> bool:
    """Whether the letters are struck out, white on white, or as small as dust."""
    if is_on(about.find("{*}strike")) or is_on(about.find("{*}dstrike")):
        return True
    size = value_of(about.find("{*}sz")) or ""
    if size.isdigit() and int(size) <= _TINY:
        return True
    is_white = (value_of(about.find("{*}color")) or "").upper() == _WHITE
    if not is_white or about.find("{*}shd") is not None or about.find("{*}highlight") is not None:
        return False
    # Cells, boxes and whole pages have colours, which styles give them, too.
    around = ("{*}tbl", "{*}txbxContent")
    is_plain = next(run.iterancestors(*around), None) is None and run.find("../{*}pPr/{*}shd") is None
    return is_plain and run.getroottree().getroot().find("{*}background") is None


def _is_unsaid(element: "etree._Element") -> bool:
    """Whether it holds nothing that the writer says, as a table of contents, or a hint what to fill in."""
    tag = tag_of(element)
    if tag != "sdt":
        return tag in _UNSEEN
    about = element.find("{*}sdtPr")
    if about is None:
        return False
    if value_of(about.find("{*}docPartObj/{*}docPartGallery")) == "Table of Contents":
        return True
    if not is_on(about.find("{*}showingPlcHdr")):
        return False
    return sum(len(one.text or "") for one in element.iter("{*}t")) < _MOST_OF_HINT


def _row_around(cell: "etree._Element") -> "etree._Element | None":
    return next(cell.iterancestors("{*}tr"), None)
