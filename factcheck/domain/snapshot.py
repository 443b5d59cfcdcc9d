"""A snapshot: the bytes that a page, or a file, was at one moment, and what can be read in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Content with its media type; a page's has its address after redirects, status and headers, a file's its name."""

    content: bytes
    media_type: str
    url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the content, in hex: it names the snapshot for good."""
        return sha256(self.content).hexdigest()

    @property
    def charset(self) -> str | None:
        """The encoding that the server named, if it named one."""
        kind = self.headers.get("content-type", "")
        named = (part.strip() for part in kind.split(";")[1:])
        return next((part[8:].strip("\"' ") for part in named if part.lower().startswith("charset=")), None)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a snapshot says, as text.

    `text` is all of it, for finding quotes; `body` its article alone, for telling whether it changed. `canonical_url`
    is the address that the page gives as its own.
    """

    text: str = ""
    body: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    canonical_url: str | None = None
