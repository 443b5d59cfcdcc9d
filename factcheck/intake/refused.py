"""Files that hold no article: what they are, and what to save them as."""

from factcheck.errors import SourceError
from factcheck.intake.kinds import Kind

_AS_LINES = 'save the text of its articles as JSON lines ({"text": …, "title": …} a line), and give that'
_AS_DOCX = "save it as DOCX, PDF or text, and give that"
_AS_TEXT = "give the article as text, a page or a PDF"
_UNPACKED = "unpack it, and give the articles that are in it"
_WRITTEN_DOWN = "give its words as text, or as subtitles (SRT, VTT), whose times are kept"

_REFUSED = {
    Kind.CSV: ("a table (CSV)", _AS_LINES),
    Kind.TSV: ("a table (TSV)", _AS_LINES),
    Kind.XLSX: ("a workbook (XLSX)", _AS_LINES),
    Kind.SQLITE: ("a database (SQLite)", _AS_LINES),
    Kind.PARQUET: ("a table (Parquet)", _AS_LINES),
    Kind.XML: ("XML", _AS_TEXT),
    Kind.FEED: ("a feed", "give the addresses of its articles"),
    Kind.SITEMAP: ("a sitemap", "give the addresses of its articles"),
    Kind.ADDRESSES: ("a list of addresses", "give the addresses themselves"),
    Kind.RTF: ("rich text (RTF)", _AS_DOCX),
    Kind.ODT: ("an OpenDocument text (ODT)", _AS_DOCX),
    Kind.OPEN_DOCUMENT: ("an OpenDocument file, and no text", _AS_TEXT),
    Kind.EPUB: ("a book (EPUB)", "save the chapter as text or as a page, and give that"),
    Kind.PAGES: ("a document of Apple's (iWork)", "export it as DOCX or PDF, and give that"),
    Kind.OLD_OFFICE: ("an old Office file (such as .doc or .msg), or one with a password", _AS_DOCX),
    Kind.PPTX: ("slides (PPTX)", "save them as PDF, and give that"),
    Kind.ZIP: ("an archive (ZIP)", _UNPACKED),
    Kind.ARCHIVE: ("an archive (tar, 7z or RAR)", _UNPACKED),
    Kind.COMPRESSED: ("compressed (gz, bz2, xz or zstd)", "unpack it, and give what is in it"),
    Kind.WEB_ARCHIVE: ("a web archive (WARC or Safari's)", "save the page as HTML or MHTML, and give that"),
    Kind.IMAGE: ("a picture", "run text recognition (OCR) on it, and give its text"),
    Kind.AUDIO: ("a sound recording", _WRITTEN_DOWN),
    Kind.VIDEO: ("a film", _WRITTEN_DOWN),
    Kind.POSTSCRIPT: ("PostScript", "save it as PDF, and give that"),
    Kind.MAILBOX: ("a mailbox of several messages", "save the messages that matter one by one (.eml), and give those"),
    Kind.SUBTITLES: ("subtitles in a form of their own", "save them as SRT or VTT, and give that"),
    Kind.CALENDAR: ("a calendar or a visiting card", _AS_TEXT),
}


def refuse(kind: Kind, source: str) -> None:
    """Raise SourceError if files of this kind hold no article that can be read."""
    if kind in _REFUSED:
        what, instead = _REFUSED[kind]
        raise SourceError(f"{source!r} is {what}, not an article; {instead}")
