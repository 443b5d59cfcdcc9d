"""One way in: a path, `-` or a web address becomes an Article."""

import errno
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path

from factcheck.bounded_files import read_bounded
from factcheck.domain.article import Article
from factcheck.domain.evidence import Snapshot, without_trackers
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.about_bounds import within_bounds
from factcheck.intake.fetch import Asking, Limits, fetch
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.readers import article_of_text, articles_in
from factcheck.text.language import detect_language

STDIN = "-"
PASTED = "the text"
"""What a text is called that has no name."""
MAX_BYTES = 20_000_000
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
    only if that is allowed. Raises SourceError, with the source's name and what to do, also where it holds several
    articles; over `limits` ParsingLimitError.
    """
    page = open_source(source, allow_private=allow_private)
    found = list(articles_of(page, source, now, encoding, language, limits=limits))
    if len(found) > 1:
        raise SourceError(f"{source!r} holds {len(found):,} articles; give one of them")
    for article in found:
        if isinstance(article, Article):
            return article
        raise article
    raise SourceError(f"{source!r} holds no article; give a file or page with one")


def open_source(source: str, *, allow_private: bool = False, asking: Asking | None = None) -> Snapshot:
    """What stands in a file, comes in on standard input, or is at an address. Raises SourceError."""
    if is_address(source):
        return fetch_page(source, allow_private=allow_private, asking=asking)
    return Snapshot(local_bytes(source), "")


def is_address(source: str) -> bool:
    """Whether the source is one of the web."""
    return source.lower().startswith(("http://", "https://"))


def articles_of(
    page: Snapshot,
    source: str,
    now: datetime,
    encoding: str | None = None,
    language: str | None = None,
    *,
    limits: ParsingLimits | None = None,
) -> Iterator[Article | SourceError]:
    """As `read_source`, all articles of what was opened, which may hold several; for a broken one its error."""
    for article in articles_in(page, source, now, encoding, limits):
        if isinstance(article, SourceError):
            yield article
            continue
        if not any(char.isalnum() for char in article.text):
            raise SourceError(f"{source!r} holds no text; give a file or page with an article in it")
        address = article.url and without_trackers(article.url)
        told = within_bounds(replace(article, url=address, snapshot=_named(page, source)))
        yield _in_language(told, language)


def read_text(text: str, now: datetime, language: str | None = None) -> Article:
    """An article from the text itself, as `read_source` would read it from a file."""
    return _in_language(within_bounds(article_of_text(text, PASTED, now, Snapshot(b"", ""))), language)


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
    return require_bounded(content, source)


def require_bounded(content: bytes, source: str) -> bytes:
    """The content, if it is no larger than what is read of a file. Raises SourceError."""
    if len(content) > MAX_BYTES:
        raise SourceError(f"{source!r} is larger than {MAX_BYTES:,} bytes; split it")
    return content


def fetch_page(url: str, *, allow_private: bool = False, asking: Asking | None = None) -> Snapshot:
    """What an address answers with. Raises SourceError if it is of no known kind, or late."""
    page = fetch(url, Limits(max_bytes=MAX_BYTES), allow_private=allow_private, asking=asking)
    told = page.media_type if page.content else ""
    # Servers that do not know a file's kind call it a stream of bytes: it is known by what it is.
    if told and not told.startswith(_MEDIA_TYPES) and kind_of(page.content) is Kind.TEXT:
        raise SourceError(f"{url!r} is {told}, not a page, a text or a PDF; save the article as text and give the file")
    return page


def _named(page: Snapshot, source: str) -> Snapshot:
    """What was read, with its kind, and for a file its name: its folders tell where somebody works, and stay here."""
    if page.url is not None:
        return page
    told = {Kind.PDF: "application/pdf", Kind.HTML: "text/html"}.get(kind_of(page.content))
    kind = told or guess_type(source)[0] or "text/plain"
    return replace(page, media_type=kind, name=None if source in {STDIN, PASTED} else Path(source).name)


def _in_language(article: Article, told: str | None) -> Article:
    """The article in the language that the user tells, else the page; where neither does, in what it looks like."""
    named = told or article.language
    return replace(article, language=named, detected_language=None if named else detect_language(article.text))
