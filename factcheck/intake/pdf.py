"""Text and metadata out of a PDF, by pypdf, with bounds on pages, size and time."""

import io
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from factcheck.domain.article import Article
from factcheck.domain.evidence import PageText
from factcheck.errors import SourceError
from factcheck.intake.plain import article_from_text
from factcheck.intake.reflow import reflowed

MAX_PAGES = 500
_MAX_CHARS = 3_000_000
_SECONDS = 60.0  # a small file may draw the same page over and over
_BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What pypdf raises over files that are not what they say; it does not promise to raise its own errors."""

# UTF-8 cannot write half a character, and many programs end a text at a NUL.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Many files name the program that made them, or the file that they were made from, as their title.
_MADE_BY = re.compile(r"^Microsoft (?:Word|PowerPoint) - |\.(?:docx?|odt|pptx?|indd|pdf)$", re.IGNORECASE)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would print what hostile files say on stderr


def article_from_pdf(content: bytes, source: str, now: datetime, url: str | None = None) -> Article:
    """The article of a PDF: its pages as one text. Raises SourceError if it holds no text that can be read."""
    pdf = read_pdf(content, source)
    found = article_from_text(pdf.text, now, url)
    return replace(found, title=pdf.title or found.title)


def read_pdf(content: bytes, source: str) -> PageText:
    """The text and title of a PDF. Raises SourceError where it is encrypted, broken, too long or without text."""
    encrypted = f"{source!r} is encrypted; save a copy without a password, and give that"
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):  # many are encrypted only against changes
            raise SourceError(encrypted)
        text = reflowed([_UNSTORABLE.sub("\ufffd", page) for page in _pages(reader, source)])
        title = " ".join(_UNSTORABLE.sub("", str((reader.metadata and reader.metadata.title) or "")).split())
    except DependencyError as error:
        raise SourceError(encrypted) from error
    except _BROKEN as error:
        message = f"{source!r} cannot be read as a PDF: {str(error)[:200] or type(error).__name__}; give its text"
        raise SourceError(message) from error
    if not any(char.isalnum() for char in text):
        raise SourceError(f"{source!r} is a PDF without text, perhaps scanned; run text recognition (OCR) on it first")
    names_article = re.search(r"\w\W+\w", title) and not _MADE_BY.search(title)  # and not a file, or a program
    return PageText(text=text, body=text, title=title if names_article else None)


def _pages(reader: PdfReader, source: str) -> Iterator[str]:
    if len(reader.pages) > MAX_PAGES:
        message = f"{source!r} has {len(reader.pages):,} pages, more than {MAX_PAGES}; give the pages that matter"
        raise SourceError(message)
    chars, deadline = 0, time.monotonic() + _SECONDS
    for page in reader.pages:
        text = page.extract_text()
        yield text
        chars += len(text)
        if chars > _MAX_CHARS or time.monotonic() > deadline:
            message = f"{source!r} holds more text than {_MAX_CHARS:,} characters or {_SECONDS:.0f} s allow; divide it"
            raise SourceError(message)
