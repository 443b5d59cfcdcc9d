"""Article text and metadata out of a page, by trafilatura."""

import re
from datetime import date, datetime

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from factcheck.domain.article import Article
from factcheck.domain.snapshot import PageText

_LANGUAGE = re.compile(rb"<html[^>]*?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
_START = re.compile(
    rb"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = b"\xef\xbb\xbf\xff\xfe\0"  # byte order marks, and the other half of UTF-16's letters
_HEAD = 4096  # bytes, within which a page says what it is
_LARGE = 3_000_000  # bytes
_UNSEEN = ("script", "style", "template", "noscript", "svg", "math", "iframe", "object", etree.Comment, etree.PI)
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip


def looks_like_html(content: bytes) -> bool:
    """Whether the content begins as a page does."""
    return bool(_START.match(_head(content)))


def article_from_html(content: bytes, url: str | None, now: datetime) -> Article:
    """The article of a page, headline first, a blank line between paragraphs; its text is empty where there is none."""
    found = _extracted(content, url)
    if found is None:
        return Article(text="", retrieved_at=now, url=url)
    paragraphs = [line for line in map(_line, (found.text or "").split("\n")) if line]
    title = _line(found.title)
    # Many pages say their headline in the article, too.
    if title and paragraphs and title != paragraphs[0].lstrip("# "):
        paragraphs.insert(0, title)
    language = _LANGUAGE.search(_head(content))
    return Article(
        text="\n\n".join(paragraphs),
        retrieved_at=now,
        title=title,
        url=url or found.url,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=_day(found.date),
        language=language[1].decode() if language else None,
    )


def read_html(content: bytes, url: str | None) -> PageText:
    """All that a page says, its article alone unless the page is very large, and what it says of itself."""
    found = _extracted(content, url) if len(content) <= _LARGE else None
    if found is None:
        return PageText(text=_all_text(content))
    return PageText(
        text=_all_text(content),
        body=" ".join((found.text or "").split()),
        title=_line(found.title),
        publisher=_line(found.sitename or found.hostname),
        published=_line(found.date),
        canonical_url=found.url,
    )


def _extracted(content: bytes, url: str | None) -> Document | None:
    return trafilatura.bare_extraction(
        content, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )


def _all_text(content: bytes) -> str:
    """The words of a page in their order, a line for each block; what is never shown is left out."""
    page = trafilatura.load_html(content)
    if page is None:
        return ""
    etree.strip_elements(page, *_UNSEEN, with_tail=False)
    for element in page.iter(etree.Element):
        if element.tag not in _INLINE:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(page.itertext()).split("\n"))
    return "\n".join(filter(None, lines))


def _line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _head(content: bytes) -> bytes:
    return content[:_HEAD].translate(None, _WIDE)
