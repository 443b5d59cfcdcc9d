"""PDFs: which content is one, and their article and text, read within bounds."""

import re
from dataclasses import replace
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.domain.evidence import PageText
from factcheck.domain.parsing import LONGEST, ParsingLimits
from factcheck.intake.parsing import parsed
from factcheck.intake.plain import article_from_text

_HEAD = 1024
_BARS = 2  # between the cells of a row, which is no headline
_TIMES = 3
_BEGINS_LATER = re.compile(rb"[\r\n]%PDF-\d\.\d")
_BEFORE_PDF = b"\xef\xbb\xbf\0 \t\r\n"


def looks_like_pdf(content: bytes) -> bool:
    """Whether the content begins as a PDF does, or behind lines of the program that made it, and ends as one."""
    head = content[:_HEAD]
    if head.lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return True
    return bool(_BEGINS_LATER.search(head)) and b"%%EOF" in content[-_HEAD:]


def article_from_pdf(
    content: bytes, source: str, now: datetime, url: str | None = None, limits: ParsingLimits | None = None
) -> Article:
    """The article of a PDF: its pages as one text. Raises SourceError if it holds no text that can be read."""
    pdf = read_pdf(content, source, limits)
    found = article_from_text(pdf.text, now, url)
    is_row = (found.title or "").count(" | ") >= _BARS
    return replace(found, title=pdf.title or (None if is_row else found.title))


def read_pdf(content: bytes, source: str, limits: ParsingLimits | None = None) -> PageText:
    """The text and title of a PDF. Its pages are drawn to tell what is seen, for which it is given more time.

    Raises SourceError where it is encrypted, broken, too long or without text, and ParsingLimitError.
    """
    allowed = limits or ParsingLimits()
    longer = replace(allowed, seconds=min(_TIMES * allowed.seconds, LONGEST))
    found: PageText = parsed("pdf_pages:text_of_pdf", source, content, source, limits=longer)
    return found
