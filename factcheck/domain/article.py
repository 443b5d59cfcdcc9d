"""An article: stored text that never changes, the blocks that it is made of, and where it came from."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Self

from factcheck.domain.block_kind import BlockKind
from factcheck.domain.evidence import Snapshot
from factcheck.domain.sentence import Span

__all__ = ["Article", "Block", "BlockKind", "FiledArticle"]  # a block is spoken of with its kind


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article's text that is of one kind."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a stretch of the text stands in its source: `name` is a time in a recording, such as `00:12:31`."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """The text that every offset points into, in code points, with its metadata.

    `published` is the day that the page itself names, as its readers count days, and `published_at` the moment, None
    where it names no time: aware where it names the zone, which need not be the readers'. `retrieved_at` is in UTC.
    `language` is a BCP 47 tag, None where the source names none; `detected_language` is then what the text looks like,
    None where that cannot be told.
    `blocks` are in reading order and apart; where a source has none, its text alone tells headings and items.
    `snapshot` is what the text has just been read from; None where it came alone, and once it is filed.
    `locators` are in the order of the text and apart; most sources have none.
    `canonical_url` is the address that the page gives as its own, `modified` the day on which it says it was changed.
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
    published_at: datetime | None = None
    canonical_url: str | None = None
    publisher: str | None = None
    subtitle: str | None = None
    modified: date | None = None
    locators: tuple[Locator, ...] = ()
    stub: str | None = field(default=None, compare=False)
    snapshot: Snapshot | None = field(default=None, repr=False, compare=False)
    blocks: tuple[Block, ...] = field(default=(), compare=False)  # kept with the sentences, not with the article

    def __post_init__(self) -> None:
        if any(one.span.end > following.span.start for one, following in pairwise(self.blocks)):
            raise ValueError("the blocks of an article are in reading order and share no character")
        if self.blocks and self.blocks[-1].span.end > len(self.text):
            raise ValueError(f"the last block ends at {self.blocks[-1].span.end}, the text at {len(self.text)}")

    @property
    def read_as(self) -> str | None:
        """The language that the text is read in: what the source names goes before what the text looks like."""
        return self.language or self.detected_language

    def locator_at(self, offset: int) -> str | None:
        """The name of the place in the source where this character of the text stands."""
        at = bisect_right(self.locators, offset, key=lambda one: one.span.start)
        return self.locators[max(at - 1, 0)].name if self.locators else None

    @property
    def published_as(self) -> date | None:
        """When it was published, as exactly as the page tells: the moment, or the day."""
        return self.published_at or self.published

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


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """What the article under check says, and the hashes of its text and of all that it was read from."""

    text: str
    hashes: frozenset[str] = frozenset()
