"""One way in: a path, `-` or a web address becomes an Article."""

import errno
import sys
from dataclasses import replace
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path

from factcheck.bounded_files import read_bounded
from factcheck.domain.article import Article
from factcheck.domain.evidence import Snapshot, without_trackers
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.fetch import Limits, fetch
from factcheck.intake.html import article_from_html, looks_like_html
from factcheck.intake.pdf import article_from_pdf, looks_like_pdf
from factcheck.intake.plain import article_from_text, as_text
from factcheck.text.language import detect_language

STDIN = "-"
MAX_BYTES = 20_000_000
PAGE_NAMES = (".html", ".htm", ".xhtml")
_ANY = ("application/octet-stream", "binary/octet-stream", "application/x-pdf", "application/download")
_MEDIA_TYPES = ("text/", "application/xhtml", "application/xml", "application/pdf")


def read_source(
    source: str,
    now: datetime,
    encoding: str | None = None,
    language: str | None = None,
    *,
    allow_private: bool = False,
    limits: ParsingLimits | None = None,
) -> Article:
    """Read an article from a file, from standard input (`-`) or from an http(s) address.

    `encoding` is that of a text that is not UTF-8, and of a page that says a wrong one. Private addresses are fetched
    only if that is allowed. Raises SourceError, with the source's name and what to do; over `limits` ParsingLimitError.
    """
    is_web = source.lower().startswith(("http://", "https://"))
    page = fetch_page(source, allow_private=allow_private) if is_web else Snapshot(local_bytes(source), "")
    if "html" not in page.media_type and looks_like_pdf(page.content):
        article = article_from_pdf(page.content, source, now, page.url, limits)
    elif "html" in page.media_type or looks_like_html(page.content) or source.lower().endswith(PAGE_NAMES):
        told = {"header_encoding": page.charset, "source": source}
        article = article_from_html(page.content, page.url, now, encoding, **told, limits=limits)
    else:
        article = article_from_text(as_text(page.content, source, encoding, page.charset), now, page.url)
    if not any(char.isalnum() for char in article.text):
        raise SourceError(f"{source!r} holds no text; give a file or page with an article in it")
    address = article.url and without_trackers(article.url)
    return _in_language(replace(article, url=address, snapshot=_named(page, source)), language)


def read_text(text: str, now: datetime, language: str | None = None) -> Article:
    """An article from the text itself, as `read_source` would read it from a file."""
    return _in_language(article_from_text(text, now), language)


def local_bytes(source: str) -> bytes:
    """What a file, or standard input, holds. Raises SourceError if it cannot be read or is too large."""
    try:
        if source != STDIN:
            return read_bounded(source, MAX_BYTES)
        if sys.stdin is None:
            raise SourceError("'-' is closed: nothing comes in on standard input")
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise SourceError(f"{source!r} is larger than {MAX_BYTES:,} bytes; split it") from error
        raise SourceError(f"{source!r} cannot be read: {error.strerror}; check the path") from error
    if len(content) > MAX_BYTES:
        raise SourceError(f"{source!r} is larger than {MAX_BYTES:,} bytes; split it")
    return content


def fetch_page(url: str, *, allow_private: bool = False) -> Snapshot:
    """A page, a text or a PDF. Raises SourceError if the address answers with anything else, or not in time."""
    page = fetch(url, Limits(max_bytes=MAX_BYTES), allow_private=allow_private)
    kind = page.media_type
    # Servers that do not know a file's kind call it a stream of bytes.
    if kind and not kind.startswith(_MEDIA_TYPES) and not (kind in _ANY and looks_like_pdf(page.content)):
        raise SourceError(f"{url!r} is {kind}, not a page, a text or a PDF; save the article as text and give the file")
    return page


def _named(page: Snapshot, source: str) -> Snapshot:
    """What was read, with its kind, and for a file its name: its folders tell where somebody works, and stay here."""
    if page.url is not None:
        return page
    kind = "application/pdf" if looks_like_pdf(page.content) else guess_type(source)[0]
    kind = kind or ("text/html" if looks_like_html(page.content) else "text/plain")
    return replace(page, media_type=kind, name=None if source == STDIN else Path(source).name)


def _in_language(article: Article, told: str | None) -> Article:
    """The article in the language that the user tells, else the page; where neither does, in what it looks like."""
    named = told or article.language
    return replace(article, language=named, detected_language=None if named else detect_language(article.text))
