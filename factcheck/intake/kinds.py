"""What kind of file content is, told by its bytes and never by its name."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum, auto
from itertools import takewhile

from factcheck.intake.charset import marked, unmarked
from factcheck.intake.html import looks_like_html
from factcheck.intake.pdf import looks_like_pdf


class Kind(StrEnum):
    """A kind of file; `TEXT` is what is none of the others, also where it is binary."""

    TEXT = auto()
    HTML = auto()
    PDF = auto()
    DOCX = auto()
    EMAIL = auto()
    MHTML = auto()
    SRT = auto()
    VTT = auto()
    JSON = auto()
    JSON_LINES = auto()
    FEED = auto()
    SITEMAP = auto()
    ADDRESSES = auto()
    CSV = auto()
    TSV = auto()
    XML = auto()
    RTF = auto()
    ODT = auto()
    OPEN_DOCUMENT = auto()
    EPUB = auto()
    PAGES = auto()
    OLD_OFFICE = auto()
    XLSX = auto()
    PPTX = auto()
    ZIP = auto()
    COMPRESSED = auto()
    ARCHIVE = auto()
    WEB_ARCHIVE = auto()
    IMAGE = auto()
    AUDIO = auto()
    VIDEO = auto()
    SQLITE = auto()
    PARQUET = auto()
    POSTSCRIPT = auto()
    MAILBOX = auto()
    SUBTITLES = auto()
    CALENDAR = auto()


_HEAD = 65_536  # bytes, within which text shows what it is

_STARTS = {
    b"{\\rtf": Kind.RTF, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.OLD_OFFICE, b"%!PS-Adobe": Kind.POSTSCRIPT,
    b"\x1f\x8b": Kind.COMPRESSED, b"\xfd7zXZ\0": Kind.COMPRESSED, b"\x28\xb5\x2f\xfd": Kind.COMPRESSED,
    b"7z\xbc\xaf\x27\x1c": Kind.ARCHIVE, b"Rar!\x1a\x07": Kind.ARCHIVE, b"WARC/1.": Kind.WEB_ARCHIVE,
    b"bplist00": Kind.WEB_ARCHIVE, b"SQLite format 3\0": Kind.SQLITE,
    b"\x89PNG\r\n": Kind.IMAGE, b"\xff\xd8\xff": Kind.IMAGE, b"GIF87a": Kind.IMAGE, b"GIF89a": Kind.IMAGE,
    b"II*\0": Kind.IMAGE, b"MM\0*": Kind.IMAGE, b"8BPS\0": Kind.IMAGE, b"AT&TFORM": Kind.IMAGE,
    b"OggS\0": Kind.AUDIO, b"fLaC\0": Kind.AUDIO, b"#!AMR\n": Kind.AUDIO,
    b"\x1a\x45\xdf\xa3": Kind.VIDEO, b"FLV\x01": Kind.VIDEO, b"\0\0\x01\xba": Kind.VIDEO,
    b"0&\xb2u\x8ef\xcf\x11": Kind.VIDEO,
    b"BEGIN:VCALENDAR": Kind.CALENDAR, b"BEGIN:VCARD": Kind.CALENDAR, b"[Script Info]": Kind.SUBTITLES,
}  # fmt: skip
_PATTERNS = {
    # Words of a language begin so, too ("BMW", "ID3", "BZh"), but go on otherwise.
    re.compile(rb"BM.{4}\0{4}", re.DOTALL): Kind.IMAGE,
    re.compile(rb"\0\0\x01\0[^\0]\0"): Kind.IMAGE,
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL): Kind.IMAGE,
    re.compile(rb".{4}ftyp(?:heic|heix|mif1|msf1|avif)", re.DOTALL): Kind.IMAGE,
    re.compile(rb".{4}ftypM4[AB]", re.DOTALL): Kind.AUDIO,
    re.compile(rb".{4}(?:ftyp|moov|mdat)[\0-\x7f]{4}", re.DOTALL): Kind.VIDEO,
    re.compile(rb"RIFF.{4}WAVE|FORM.{4}AIF|ID3[\x02-\x04]|\xff[\xe2-\xfb][\x10-\xef]", re.DOTALL): Kind.AUDIO,
    re.compile(rb"RIFF.{4}AVI ", re.DOTALL): Kind.VIDEO,
    re.compile(rb"BZh[1-9]1AY&SY"): Kind.COMPRESSED,
    re.compile(rb".{257}ustar[\0 ]", re.DOTALL): Kind.ARCHIVE,
    re.compile(rb"PAR1[^ -~]"): Kind.PARQUET,
}
_ZIPPED = {b"word": Kind.DOCX, b"xl": Kind.XLSX, b"ppt": Kind.PPTX, b"Index": Kind.PAGES}
# A name in the directory of an archive, and the file that must come first, and uncompressed, in some.
_ZIPPED_NAME = re.compile(rb"PK\x01\x02.{42}(word|xl|ppt|Index)/", re.DOTALL)
_ZIPPED_TYPE = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/(epub|vnd\.oasis\.opendocument\.(?:text)?)", re.DOTALL)

_MISC = r"(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<![A-Za-z][^>\[]*+(?:\[[^\]]*+\][^>]*+)?+>)*+"
_ROOT = re.compile(rf"{_MISC}<([A-Za-z_][\w.:-]*+)[\s/>]")
_ROOTS = {
    "html": Kind.HTML, "svg": Kind.IMAGE, "rss": Kind.FEED, "feed": Kind.FEED, "rdf": Kind.FEED,
    "urlset": Kind.SITEMAP, "sitemapindex": Kind.SITEMAP,
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"]++\Z", re.IGNORECASE)

_HEADER = re.compile(r"([!-9;-~]++):(?:[ \t]|\Z)|[ \t]+\S")
_OF_MAIL = frozenset({"from", "to", "subject", "date", "sender", "received", "return-path", "delivered-to", "reply-to"})
# What a program writes; people put the others over a letter, too.
_OF_PROGRAMS = frozenset({
    "mime-version", "message-id", "received", "return-path", "content-type", "content-transfer-encoding",
})  # fmt: skip
_OF_POST = frozenset({"message-id", "received", "return-path"})
_COUNT = re.compile(r"\d{1,9} *\n(?=[A-Za-z-]+:)")  # of bytes, with which Apple's files of messages begin
_RELATED = re.compile(r"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)
_CUE = re.compile(r"(?:\d++[ \t]*+\n)?[ \t]*+\d{1,3}:\d\d(?::\d\d)?[,.]\d{1,3}[ \t]*+-->[ \t]*+\d")
_SBV = re.compile(r"\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}\n")

_TOKEN = re.compile(r"\s*+(?:\"(?:[^\"\\\n]|\\.)*+\"|-?\d[\d.eE+-]*+|true\b|false\b|null\b|[][{},:])")
_BEGUN = re.compile(r"\s*+(?:\"(?:[^\"\\\n]|\\.)*+\\?\Z|[\w.+-]*+\Z)")  # what the head cuts off
_OBJECT = re.compile(r"\s*+\{\s*+(?:\"(?:[^\"\\\n]|\\.)*+\"\s*+:|\})")
_JSON_FEED = re.compile(r"\"version\"\s*+:\s*+\"https?:\\?/\\?/jsonfeed\.org")

_LEAST_ROWS = 2
_LEAST_SPACED = 4
_MOST_RAGGED = 0.05
_MOST_SPACED = 0.1
_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CLOSING = "”’»"
_FIGURE = re.compile(r"\s*+[-+]?\d[\d.]*+\s*+\Z")


def kind_of(content: bytes) -> Kind:
    """The kind of the content, by its bytes. What merely looks a little like another kind is `TEXT`."""
    if looks_like_pdf(content):
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if binary := _kind_of_bytes(content):
        return binary
    if looks_like_html(content):
        return Kind.HTML
    text, is_whole = _head(content)
    return next((kind for look in _LOOKS if (kind := look(text, is_whole))), Kind.TEXT)


def _kind_of_bytes(content: bytes) -> Kind | None:
    bare = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, kind in _STARTS.items():
        if content.startswith(start) or bare.startswith(start):
            return kind
    return next((kind for pattern, kind in _PATTERNS.items() if pattern.match(content)), None)


def _kind_of_zip(content: bytes) -> Kind:
    if typed := _ZIPPED_TYPE.match(content):
        if typed[1] == b"epub":
            return Kind.EPUB
        return Kind.ODT if typed[1].endswith(b"text") else Kind.OPEN_DOCUMENT
    named = _ZIPPED_NAME.search(content)
    return _ZIPPED[named[1]] if named else Kind.ZIP


def _head(content: bytes) -> tuple[str, bool]:
    """The beginning of a text, without a line that is cut off, and whether it is all of it."""
    encoding = marked(content) or unmarked(content) or "utf-8"
    text = content[:_HEAD].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if len(content) <= _HEAD:
        return text, True
    return text.rpartition("\n")[0] or text, False


def _subtitles(text: str, _: bool) -> Kind | None:  # noqa: FBT001 - as the others
    text = text.lstrip()
    if re.match(r"WEBVTT(?:\s|\Z)", text):
        return Kind.VTT
    if _CUE.match(text):
        return Kind.SRT
    return Kind.SUBTITLES if _SBV.match(text) else None


def _mail(text: str, _: bool) -> Kind | None:  # noqa: FBT001
    text = text.lstrip("\n")
    if counted := _COUNT.match(text):
        text = text[counted.end() :]
    first, rest = text.split("\n", 1) if "\n" in text else (text, "")
    envelope = re.match(r"From \S+ .*\d{4}\Z", first)
    lines = (rest if envelope else text).split("\n")
    head = list(takewhile(str.strip, lines))
    found = [_HEADER.match(line) for line in head]
    if not all(found):
        return None
    names = {match[1].lower() for match in found if match and match[1]}
    # A part of a message alone, or a saved page, need not say who sent it.
    if not names & _OF_PROGRAMS or not (names & _OF_MAIL or "mime-version" in names):
        return None
    if envelope:
        return Kind.MAILBOX if re.search(r"\n\nFrom \S+ .*\d{4}\n", rest) else Kind.EMAIL
    if _RELATED.search("\n".join(head)) and not names & _OF_POST:
        return Kind.MHTML
    return Kind.EMAIL


def _json(text: str, is_whole: bool) -> Kind | None:  # noqa: FBT001
    text = text.strip()
    if not text.startswith(("{", "[")):
        return None
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_OBJECT.match(line) and line.endswith("}") for line in lines[:2]):
        return Kind.JSON_LINES
    if _OBJECT.match(text) or re.match(r"\[\s*+\{\s*+\"", text):
        return Kind.FEED if _JSON_FEED.search(text[:2_000]) else Kind.JSON
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
    return Kind.JSON if at == len(text) or (not is_whole and _BEGUN.match(text, at)) else None


def _xml(text: str, _: bool) -> Kind | None:  # noqa: FBT001
    root = _ROOT.match(text)
    if root is None:
        return None
    # What begins with a tag alone may be a fragment of a page, or a text that shows one.
    other = Kind.XML if text.lstrip().startswith("<?xml") else None
    return _ROOTS.get(root[1].rpartition(":")[2].lower(), other)


def _addresses(text: str, _: bool) -> Kind | None:  # noqa: FBT001
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not line.startswith("#")]
    return Kind.ADDRESSES if lines and all(_ADDRESS.match(line) for line in lines) else None


def _table(text: str, _: bool) -> Kind | None:  # noqa: FBT001
    if _is_table(text, "\t"):
        return Kind.TSV
    return Kind.CSV if _is_table(text, ",") or _is_table(text, ";") else None


def _is_table(text: str, delimiter: str) -> bool:
    """Whether the lines are rows of equally many cells, and no sentences."""
    lines = [line for line in text.strip().split("\n") if line.strip("\t ")]
    first = lines[0] if lines else ""
    if len(lines) < _LEAST_ROWS or delimiter not in first.strip(delimiter) or first.startswith("|"):  # of Markdown
        return False
    if delimiter == "," and "," not in _IN_NUMBER.sub("", first) and any(map(str.isalpha, text)):
        return False
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    width, count = Counter(map(len, rows)).most_common(1)[0]
    is_even = width >= _LEAST_ROWS and len(rows) >= _LEAST_ROWS and len(rows) - count <= _MOST_RAGGED * len(rows)
    return is_even and (delimiter == "\t" or not _is_prose(rows))


def _is_prose(rows: list[list[str]]) -> bool:
    """Whether what stands between commas are parts of sentences, or of lists of places, and no cells."""
    cells = [cell for row in rows for cell in row[1:] if cell]
    if any(cell[0] in _CLOSING for cell in cells):  # as of “It rose,” she said
        return True
    if sum(cell[0] == " " for cell in cells) <= _MOST_SPACED * len(cells):
        return False
    # Blanks stand behind the commas of sentences; figures alone stand in columns.
    columns = zip(*rows[1:], strict=False)
    has_figures = any(all(_FIGURE.match(cell) for cell in column) for column in columns)
    return len(rows) < _LEAST_SPACED or not has_figures


_LOOKS: tuple[Callable[[str, bool], Kind | None], ...] = (_subtitles, _mail, _json, _xml, _addresses, _table)
