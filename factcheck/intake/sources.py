"""Serves the Sources port: pages of the web and files, with what can be read in them."""

from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from typing_extensions import override

from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ParsingLimitError, SourceError
from factcheck.intake.fetch import fetch
from factcheck.intake.html import looks_like_html, read_html
from factcheck.intake.pdf import looks_like_pdf, read_pdf
from factcheck.intake.read_source import local_bytes, require_bounded
from factcheck.workflow.ports import Sources

_PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


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
        name = snapshot.url or snapshot.name
        if looks_like_pdf(snapshot.content):
            try:
                return read_pdf(snapshot.content, name or "a PDF", self.limits)
            except ParsingLimitError:
                raise
            except SourceError:  # a scan is evidence all the same
                return PageText()
        if "html" in snapshot.media_type or looks_like_html(snapshot.content):
            return read_html(snapshot.content, snapshot.url, snapshot.charset, source=name, limits=self.limits)
        if snapshot.media_type.startswith("text/"):
            try:
                text = snapshot.content.decode(snapshot.charset or "utf-8", "replace")
            except LookupError:  # servers name encodings that nobody knows
                text = snapshot.content.decode("utf-8", "replace")
            return PageText(text=text, body=" ".join(text.split()))
        return PageText()

    @override
    def archive(self, url: str) -> str:
        asked = (self.archive_save or "").replace("{url}", quote(url, safe=""))
        saved = fetch(asked, allow_private=self.allow_private).url
        if saved is None or saved == asked:
            raise SourceError(f"{asked!r} led to no saved page")
        return saved
