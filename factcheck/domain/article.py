"""An article: stored text that never changes, and where it came from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Article:
    """The text that every offset points into, in code points, with its metadata.

    `published` is the day that the page itself names; `retrieved_at` is in UTC. `language` is a BCP 47 tag, None where
    the source names none; `detected_language` is then what the text looks like, None where that cannot be told.
    `stub` says what the source seems to be instead of a whole article, None where it may be one; it is not stored.
    """

    text: str
    retrieved_at: datetime
    title: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    detected_language: str | None = None
    stub: str | None = field(default=None, compare=False)

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
    """An article in the database, under the number that the commands use."""

    id: int
    article: Article

    @property
    def name(self) -> str:
        """The title, or how the text begins."""
        return self.article.name
