"""An article: stored text that never changes, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Self

from factcheck.domain.evidence import Snapshot


@dataclass(frozen=True, slots=True)
class Article:
    """The text that every offset points into, in code points, with its metadata.

    `published` is the day that the page itself names; `retrieved_at` is in UTC. `language` is a BCP 47 tag, None where
    the source names none; `detected_language` is then what the text looks like, None where that cannot be told.
    `canonical_url` is the address that the page gives as its own, `modified` the day on which it says it was changed.
    `snapshot` is what the text has just been read from; None where it came alone, and once it is filed.
    """

    text: str
    retrieved_at: datetime
    title: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    detected_language: str | None = None
    canonical_url: str | None = None
    publisher: str | None = None
    subtitle: str | None = None
    modified: date | None = None
    snapshot: Snapshot | None = field(default=None, repr=False, compare=False)

    @property
    def read_as(self) -> str | None:
        """The language that the text is read in: what the source names goes before what the text looks like."""
        return self.language or self.detected_language

    @property
    def name(self) -> str:
        """The title, or how the text begins."""
        return self.title or f"{' '.join(self.text[:60].split())} …"

    @property
    def sha256(self) -> str:
        """Hash of the text alone, in hex: the same text is the same article."""
        # Not of its title or address, which a page changes while its words, and every offset, stay.
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FiledArticle:
    """An article in the database, under the number that the commands use; `previous_id` is the version before it."""

    id: int
    article: Article
    previous_id: int | None = None

    @property
    def name(self) -> str:
        """The title, or how the text begins."""
        return self.article.name


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where an article was read, in UTC: the hash of the snapshot, a page's address after redirects, a file's name."""

    sha256: str
    at: datetime
    url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot, at: datetime) -> Self:
        """The source that a snapshot is of."""
        return cls(snapshot.sha256, at, snapshot.url, snapshot.status, snapshot.headers, snapshot.name)
