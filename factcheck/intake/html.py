"""Article text and metadata out of a page, by trafilatura."""

import re
from datetime import date, datetime

import trafilatura

from factcheck.domain.article import Article

_LANGUAGE = re.compile(rb"<html[^>]*?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
_START = re.compile(
    rb"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = b"\xef\xbb\xbf\xff\xfe\0"  # byte order marks, and the other half of UTF-16's letters
_HEAD = 4096


def looks_like_html(content: bytes) -> bool:
    """Whether the content begins as a page does."""
    return bool(_START.match(_head(content)))


def article_from_html(content: bytes, url: str | None, now: datetime) -> Article:
    """The article of a page: headline first, then its paragraphs with a blank line between.

    The text is empty where the page holds none.
    """
    found = trafilatura.bare_extraction(
        content, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )
    if found is None:
        return Article(text="", retrieved_at=now, url=url)
    paragraphs = [" ".join(line.split()) for line in (found.text or "").split("\n")]
    title = " ".join((found.title or "").split()) or None
    return Article(
        text="\n\n".join(_with_headline(title, [line for line in paragraphs if line])),
        retrieved_at=now,
        title=title,
        url=url or found.url,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=_day(found.date),
        language=_language(content),
    )


def _with_headline(title: str | None, paragraphs: list[str]) -> list[str]:
    return [title, *paragraphs] if title and paragraphs and title != paragraphs[0].lstrip("# ") else paragraphs


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _language(content: bytes) -> str | None:
    match = _LANGUAGE.search(_head(content))
    return match[1].decode() if match else None


def _head(content: bytes) -> bytes:
    return content[:_HEAD].translate(None, _WIDE)
