"""Word documents (DOCX): the text that its reader sees, tracked changes accepted. Run within bounds.

Read from its XML and not by a library: those for Python leave out insertions and fields, or keep what is hidden.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from factcheck.domain.article import Article, BlockKind
from factcheck.errors import SourceError
from factcheck.intake.joiners import without_marks
from factcheck.intake.page_blocks import Words, with_blocks
from factcheck.intake.plain import article_from_text, reads_like_title
from factcheck.intake.superscripts import RAISED, as_written

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
_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_SYMBOLS = {
    "a3": "≤", "b3": "≥", "b1": "±", "b4": "×", "b0": "°", "6d": "µ", "2d": "−", "ae": "→", "b9": "≠", "bb": "≈",
    "61": "α", "62": "β", "67": "γ", "64": "δ", "44": "Δ", "57": "Ω", "53": "Σ", "a5": "∞", "b7": "·", "a2": "′",
    "b2": "″",
}  # fmt: skip
"""The signs of the font Symbol that stand in numbers, by their codes."""

_KINDS = {
    "subtitle": BlockKind.STANDFIRST,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTE,
    "intense quote": BlockKind.QUOTE,
}
"""By the name of a style, which is alike in all languages of the program."""
_OUTLINED = frozenset("012345678")
_WHITE = "FFFFFF"
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
        authors=tuple(filter(None, [core.get("creator")])),
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
        named = _value(name) or ""
        found[_attribute(one, "styleId") or ""] = _Style(named.lower(), _is_on(vanish), _value(based))
    return found


def _core(root: "etree._Element | None") -> dict[str, str]:
    """What the document says of itself, where a person has said it."""
    if root is None:
        return {}
    told = {_tag(one): " ".join(without_marks(one.text or "").split()) for one in root.iterchildren(etree.Element)}
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
            tag = _tag(one)
            if tag == "p":
                yield from self._paragraph(one)
            elif tag == "tbl":
                rows = list(filter(None, map(self._row, self._rows(one))))
                if rows:
                    yield Words(BlockKind.TABLE, "\n".join(rows))
            elif tag not in _UNSEEN:  # a control, or what was put in or moved here
                yield from self.blocks(one)

    def _rows(self, table: "etree._Element") -> Iterator["etree._Element"]:
        for one in table.iterchildren(etree.Element):
            if _tag(one) == "tr" and one.find("{*}trPr/{*}del") is None:
                yield one
            elif _tag(one) not in _UNSEEN and _tag(one) != "tr":
                yield from self._rows(one)

    def _row(self, row: "etree._Element") -> str:
        own = (cell for cell in row.iter("{*}tc") if _row_of(cell) is row)
        cells = [" ".join(" ".join(one.text for one in self.blocks(cell)).split()) for cell in own]
        return f"| {' | '.join(cells)} |" if len(cells) > 1 and any(cells) else "".join(cells)

    def _paragraph(self, paragraph: "etree._Element") -> Iterator[Words]:
        boxes: list[etree._Element] = []
        style = _value(paragraph.find("{*}pPr/{*}pStyle"))
        written = "".join(self._inline(paragraph, self._hides(style), boxes))
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
        level = _value(paragraph.find("{*}pPr/{*}outlineLvl")) or ""
        if self.title is None and "title" in names:
            return BlockKind.HEADLINE
        # Some give a whole text the form of a heading.
        if reads_like_title(words) and (level in _OUTLINED or any(one.startswith("heading ") for one in names)):
            return BlockKind.HEADING
        named = next((_KINDS[one] for one in names if one in _KINDS), BlockKind.PARAGRAPH)
        number = _value(paragraph.find("{*}pPr/{*}numPr/{*}numId"))
        is_item = number not in {None, "0"} or any(one.startswith("list") for one in names)
        return BlockKind.ITEM if is_item and named is BlockKind.PARAGRAPH else named

    def _inline(self, element: "etree._Element", is_hidden: bool, boxes: list["etree._Element"]) -> Iterator[str]:  # noqa: FBT001 - passed down
        before = ""
        for one in element.iterchildren(etree.Element):
            tag = _tag(one)
            if tag in _UNSEEN:
                continue
            if tag == "txbxContent":
                boxes.append(one)
                continue
            if tag == "t":
                part = "" if is_hidden else one.text or ""
            elif tag == "r":
                part = self._run(one, is_hidden, boxes, before)
            elif tag == "sym":
                part = "" if is_hidden else _symbol(one)
            elif tag in {"sSup", "f"}:  # of formulas, where signs side by side would be one number
                part = self._formula(one, is_hidden, boxes)
            else:
                part = _WRITTEN.get(tag, "") if not is_hidden else ""
                part = part or "".join(self._inline(one, is_hidden, boxes))
            before = (before + part)[-30:]
            yield part

    def _run(self, run: "etree._Element", is_hidden: bool, boxes: list["etree._Element"], before: str) -> str:  # noqa: FBT001
        about = run.find("{*}rPr")
        if about is not None:
            style = self._hides(_value(about.find("{*}rStyle")))
            own = _is_on(about.find("{*}vanish"))
            is_hidden = own if own is not None else is_hidden or style or _is_unseen(run, about)
        written = "".join(self._inline(run, is_hidden, boxes))
        is_raised = about is not None and _value(about.find("{*}vertAlign")) == "superscript"
        return as_written(before, written) if is_raised and written.strip() else written

    def _formula(self, element: "etree._Element", is_hidden: bool, boxes: list["etree._Element"]) -> str:  # noqa: FBT001
        parts = ["".join(self._inline(one, is_hidden, boxes)) for one in element if not _tag(one).endswith("Pr")]
        if len(parts) == 1 + 1 and all(parts):
            low, high = parts
            if _tag(element) == "f":
                return f"{low}/{high}"
            raised = high.translate(RAISED)
            return low + raised if not raised.isascii() else f"{low}^{high}"
        return "".join(parts)

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
        if is_gone and behind is not None and _tag(behind) == "p":
            at = 1 if behind.find("{*}pPr") is not None else 0
            behind[at:at] = [part for part in one if _tag(part) != "pPr"]


def _is_unseen(run: "etree._Element", about: "etree._Element") -> bool:
    """Whether the letters are struck out, white on white, or as small as dust."""
    if _is_on(about.find("{*}strike")) or _is_on(about.find("{*}dstrike")):
        return True
    size = _value(about.find("{*}sz")) or ""
    if size.isdigit() and int(size) <= _TINY:
        return True
    is_white = (_value(about.find("{*}color")) or "").upper() == _WHITE
    if not is_white or about.find("{*}shd") is not None or about.find("{*}highlight") is not None:
        return False
    # Cells, boxes and whole pages have colours, which styles give them, too.
    around = ("{*}tbl", "{*}txbxContent")
    is_plain = next(run.iterancestors(*around), None) is None and run.find("../{*}pPr/{*}shd") is None
    return is_plain and run.getroottree().getroot().find("{*}background") is None


def _symbol(element: "etree._Element") -> str:
    """The letter that a font of signs shows; none for boxes and arrows of other fonts."""
    code = (_attribute(element, "char") or "").lower()
    if (_attribute(element, "font") or "").lower() == "symbol":
        return _SYMBOLS.get(code[-2:], "\ufffd")
    return ""


def _row_of(cell: "etree._Element") -> "etree._Element | None":
    return next(cell.iterancestors("{*}tr"), None)


def _is_on(switch: "etree._Element | None") -> bool | None:
    return None if switch is None else _value(switch) not in {"0", "false", "off"}


def _tag(element: "etree._Element") -> str:
    return str(etree.QName(element).localname)


def _value(element: "etree._Element | None") -> str | None:
    return None if element is None else _attribute(element, "val")


def _attribute(element: "etree._Element", name: str) -> str | None:
    """An attribute by its name alone: two forms of the format name it in two spaces."""
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), None)
