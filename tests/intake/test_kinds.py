"""What a file is, told by its bytes."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.errors import SourceError
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.read_source import read_source
from factcheck.intake.refused import refuse


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def typed(kind: str) -> bytes:
    """An archive that says what it is in its first file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "x")
    return out.getvalue()


def tape() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


KINDS = {
    "a page": (b"<!doctype html><title>River</title>", Kind.HTML),
    "XHTML": (b'<?xml version="1.0"?><?xml-stylesheet href="a.css"?><html xmlns="x">', Kind.HTML),
    "a PDF": (b"%PDF-1.7\n", Kind.PDF),
    "a document": (zipped("[Content_Types].xml", "word/document.xml"), Kind.DOCX),
    "a workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), Kind.XLSX),
    "slides": (zipped("ppt/presentation.xml"), Kind.PPTX),
    "an archive": (zipped("a.txt"), Kind.ZIP),
    "ODT": (typed("application/vnd.oasis.opendocument.text"), Kind.ODT),
    "ODS": (typed("application/vnd.oasis.opendocument.spreadsheet"), Kind.OPEN_DOCUMENT),
    "EPUB": (typed("application/epub+zip"), Kind.EPUB),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Kind.OLD_OFFICE),
    "RTF": (b"{\\rtf1\\ansi The river rose.}", Kind.RTF),
    "gz": (gzip.compress(b"The river rose."), Kind.COMPRESSED),
    "bz2": (bz2.compress(b"The river rose."), Kind.COMPRESSED),
    "xz": (lzma.compress(b"The river rose."), Kind.COMPRESSED),
    "tar": (tape(), Kind.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", Kind.ARCHIVE),
    "SQLite": (b"SQLite format 3\0", Kind.SQLITE),
    "PNG": (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    "SVG": (b'<?xml version="1.0"?><svg width="1"/>', Kind.IMAGE),
    "sound": (b"ID3\x04\0\0", Kind.AUDIO),
    "film": (b"\0\0\0\x18ftypmp42", Kind.VIDEO),
    "a message": (b"From: a@b.example\nSubject: River\nMIME-Version: 1.0\n\nIt rose.\n", Kind.EMAIL),
    "a saved page": (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=a",
        Kind.MHTML,
    ),
    "a mailbox": (
        b"From a@b.example Thu May  1 10:00:00 2025\nFrom: a\nMessage-ID: <1>\n\nIt rose.\n\n" * 2,
        Kind.MAILBOX,
    ),
    "SRT": (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nIt rose.\r\n", Kind.SRT),
    "VTT": (b"WEBVTT - River\n\n00:01.000 --> 00:02.000\nIt rose.\n", Kind.VTT),
    "JSON": (b'{\n "claim": "It rose."}', Kind.JSON),
    "a list of JSON": (b'["It rose.",\n 3]', Kind.JSON),
    "cut JSON": (b"[" + b'"It rose.", ' * 9_000 + b'"."]', Kind.JSON),
    "JSON lines": (b'{"text": "It rose."}\n{"text": "It fell."}\n', Kind.JSON_LINES),
    "RSS": (b'<?xml version="1.0"?>\n<!-- by us -->\n<rss version="2.0">', Kind.FEED),
    "Atom": (b'<feed xmlns="http://www.w3.org/2005/Atom">', Kind.FEED),
    "RDF": (b'<?xml version="1.0"?><rdf:RDF xmlns="x">', Kind.FEED),
    "a JSON feed": (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.FEED),
    "a sitemap": (b'<?xml version="1.0"?><urlset>', Kind.SITEMAP),
    "NITF": (b'<?xml version="1.0"?><nitf>', Kind.XML),
    "addresses": (b"# of today\nhttps://a.example/1\n\nhttps://a.example/2\n", Kind.ADDRESSES),
    "CSV": (b'claim,label\nIt rose,true\n"It fell, they say",false\n', Kind.CSV),
    "CSV of UTF-16": ("claim,label\nIt rose,true\n".encode("utf-16"), Kind.CSV),
    "CSV of semicolons": (b"id;claim\n1;The Elbe rose, they say.\n", Kind.CSV),
    "CSV with blanks": (b"a, b, c\n1, 2, 3\n4, 5, 6\n7, 8, 9\n", Kind.CSV),
    "TSV": (b"claim\tlabel\nIt rose.\ttrue\n", Kind.TSV),
    "a calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", Kind.CALENDAR),
}

ARTICLES = (
    '"It rose," said Ann Lee, "and it fell"\nThe mayor, she said, was there\n',
    "“It rose,” she said.\n“And then it fell,” he said.\n",
    "River, Riverton, CA\nDam, Damtown, LA\nLake, Laketown, AZ\nSea, Seatown, OR\n",
    "https://a.example/river\nThe river rose by 3 m.\n",
    "Berlin 3,644,826\nHamburg 1,841,179\nMunich 1,512,491\n",
    "Roses, red\nViolets, blue\nSugar, sweet\nAnd so, you\n",
    "[1] The river rose.\n[2] It fell.\n",
    "[Photo: AP] The river rose.\n",
    "{Correction} The river rose by 3 m, not 4.\n",
    "BMW recalls 400 cars, as it says on Friday.",
    "ID3 is a format of tags. RIFF is another one.",
    "To: editors\nFrom: the police\nDate: 3 May 2025\nSubject: river\n\nThe river rose.\n",
    "Subject: river\n\nThe river rose.\n",
    "| Town | m |\n|---|---|\n| Riverton | 3,1 |\n",
    "\tThe river rose.\n\tIt fell.\n\tIt rose again.\n",
    "00:01 The river rose --> and fell.\n",
    "WEBVTTs are files of subtitles.",
    "<p>The river rose.</p>",
    "From here on it rose in 2025\nIt fell.\n",
    "1\nThe river rose.\n2\nIt fell.\n",
)


@pytest.mark.parametrize("name", KINDS)
def test_content_tells_its_kind(name: str) -> None:
    content, kind = KINDS[name]
    assert kind_of(content) == kind


@pytest.mark.parametrize("text", ARTICLES)
def test_similar_text_stays_an_article(text: str) -> None:
    assert kind_of(text.encode()) == Kind.TEXT


READ = {
    Kind.TEXT, Kind.HTML, Kind.PDF, Kind.DOCX, Kind.EMAIL, Kind.MHTML, Kind.SRT, Kind.VTT, Kind.JSON, Kind.JSON_LINES,
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(set(Kind) - READ))
def test_kind_without_article_is_refused(kind: Kind) -> None:
    with pytest.raises(SourceError, match=r"'a\.x' is .+, (?:not an article|and no text)[^;]*; \w.+"):
        refuse(kind, "a.x")


@pytest.mark.parametrize("name", ["CSV", "RTF", "SQLite", "gz", "a picture", "ODT", "old Word"])
def test_refusal_says_what_to_save_it_as(folder: Path, name: str) -> None:
    content = KINDS["PNG" if name == "a picture" else name][0]
    (folder / "article.txt").write_bytes(content)

    with pytest.raises(
        SourceError, match=r"'article\.txt' is .*not an article; (?:save|unpack|run|give|export) "
    ) as told:
        read_source("article.txt", datetime(2026, 3, 1, tzinfo=UTC))
    assert "\n" not in str(told.value)
