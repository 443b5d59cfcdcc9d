"""Serves the Sources port: pages of the web and files, with what can be read in them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from typing_extensions import override

from factcheck.domain.article import Article
from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import EncodingError, ParsingLimitError, SourceError
from factcheck.intake.charset import decoded_page
from factcheck.intake.fetch import fetch
from factcheck.intake.html import looks_like_html, read_html
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.pdf import looks_like_pdf, read_pdf
from factcheck.intake.plain import as_text
from factcheck.intake.read_source import local_bytes, require_bounded
from factcheck.intake.readers import articles_in
from factcheck.text.versions import are_copies
from factcheck.workflow.ports import Sources

_PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
_FOR_PROGRAMS = frozenset({"text/css", "text/javascript", "application/javascript", "application/x-javascript"})
"""Whatever stands in such a file, no reader sees it."""
_DOCUMENTS = frozenset({Kind.DOCX, Kind.EMAIL, Kind.MHTML, Kind.SRT, Kind.VTT})
_MARKED_UP = frozenset({Kind.XML, Kind.FEED, Kind.SITEMAP})
_AS_WRITTEN = _MARKED_UP | {Kind.TEXT, Kind.JSON, Kind.JSON_LINES, Kind.CSV, Kind.TSV, Kind.ADDRESSES}
"""What its readers see as it is written; no article is made of most of it."""
_UNTYPED = frozenset({"", "application/octet-stream"})
_TAG = re.compile(rb"\s*<[a-z!]", re.IGNORECASE)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSources(Sources):
    """Fetches pages, and asks an archive to save them if one is named by an address with `{url}` in it."""

    allow_private: bool
    archive_save: str | None = None
    limits: ParsingLimits = field(default_factory=ParsingLimits)

    @property
    @override
    def archives(self) -> bool:
        return self.archive_save is not None

    @override
    def fetch(self, url: str) -> Snapshot:
        return fetch(url, allow_private=self.allow_private)

    @override
    def open_file(self, path: str) -> Snapshot:
        return self.as_file(local_bytes(path), Path(path).name)

    @override
    def as_file(self, content: bytes, name: str) -> Snapshot:
        require_bounded(content, name)
        picture = next((kind for start, kind in _PICTURES.items() if content.startswith(start)), None)
        kind = picture or guess_type(name)[0] or "application/octet-stream"
        if looks_like_pdf(content):
            kind = "application/pdf"
        elif looks_like_html(content):
            kind = "text/html"
        return Snapshot(content, kind, name=name)

    @override
    def read(self, snapshot: Snapshot) -> PageText:
        if snapshot.media_type in _FOR_PROGRAMS:
            return PageText()
        kind, name = kind_of(snapshot.content), snapshot.url or snapshot.name or "the file"
        if kind is Kind.HTML or _is_told_to_be_page(snapshot, kind):
            # What reads pages takes a small piece of one for none.
            is_piece = kind is Kind.TEXT and _TAG.match(snapshot.content)
            content = b"<html><body>" + snapshot.content if is_piece else snapshot.content
            return read_html(content, snapshot.url, snapshot.charset, source=name, limits=self.limits)
        try:
            if kind is Kind.PDF:
                return read_pdf(snapshot.content, name, self.limits)
            if kind in _DOCUMENTS:
                return self._as_article(snapshot, name)
        except ParsingLimitError:
            raise
        except SourceError:  # a scan, and what is broken or holds no text, is evidence all the same
            return PageText()
        return _as_written(snapshot, name, kind) if kind in _AS_WRITTEN else PageText()

    def _as_article(self, snapshot: Snapshot, name: str) -> PageText:
        """What the reader of articles makes of a document, a message or subtitles."""
        found = next(iter(articles_in(snapshot, name, datetime.now(UTC), None, self.limits)), None)
        if not isinstance(found, Article):
            return PageText()
        day = found.published.isoformat() if found.published else None
        body = " ".join(found.text.split())
        return PageText(found.text, body, title=found.title, publisher=found.publisher, published=day)

    @override
    def archive(self, url: str, said: str) -> str:
        asked = (self.archive_save or "").replace("{url}", quote(url, safe=""))
        saved = fetch(asked, allow_private=self.allow_private)
        if saved.url is None or saved.url == asked:
            raise SourceError(f"{asked!r} led to no saved page")
        if not (_names(saved.url, url) or are_copies(said, self.read(saved).text)):
            raise SourceError(f"{asked!r} led to {saved.url!r}, which is no copy of the page")
        return saved.url


def _is_told_to_be_page(snapshot: Snapshot, kind: Kind) -> bool:
    """Whether a server calls it a page, or names no kind of what looks like a piece of one; a document is none."""
    if "html" in snapshot.media_type:
        return kind is not Kind.PDF and kind not in _DOCUMENTS
    return kind is Kind.TEXT and snapshot.media_type in _UNTYPED and bool(_TAG.match(snapshot.content))


def _as_written(snapshot: Snapshot, name: str, kind: Kind) -> PageText:
    """A text as it is written, decoded as articles are; where it says to be text, also in the encoding that fits."""
    try:
        text = as_text(snapshot.content, name, None, snapshot.charset)
    except EncodingError:
        if not snapshot.media_type.startswith("text/"):
            return PageText()
        text = decoded_page(snapshot.content, name, header=snapshot.charset).text
    except SourceError:  # it is binary
        return PageText()
    if kind in _MARKED_UP or "xml" in snapshot.media_type:
        text = _COMMENTS.sub("", text)
    return PageText(text=text, body=" ".join(text.split()))


def _names(saved: str, url: str) -> bool:
    """Whether the path of the saved page's address holds the address of the page, as those of archives do."""
    path = unquote(urlsplit(saved).path)
    page = unquote(url).partition("://")[2].partition("#")[0].partition("?")[0]
    return page.removeprefix("www.").rstrip("/") in path
