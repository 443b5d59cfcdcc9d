"""What the use cases need to know of articles as they are filed, and of their versions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from factcheck.domain.article import Article, ArticleSource, FiledArticle
from factcheck.domain.sentence import Sentence
from factcheck.domain.versions import Lineage, PlacedClaim, StandingClaim


class VersionLedger(Protocol):
    """Articles with where they were read, and what they have of one another."""

    def file_article(
        self, article: Article, sentences: Sequence[Sentence], now: datetime, lineage: Lineage | None = None
    ) -> FiledArticle:
        """Store the article, or find the one with the same text; what it was read from is kept.

        What a better source of that text tells fills what was empty; an address is kept as it was first.
        """

    def sources(self, article_id: int) -> tuple[ArticleSource, ...]:
        """Where an article was read, the first place first; the queue has the snapshots."""

    def kin(self, sketch: Collection[int], addresses: Collection[str]) -> tuple[FiledArticle, ...]:
        """Articles that may be versions of one: of these addresses, or with much of this sketch; the last one first."""

    def claims_standing_in(self, article_id: int) -> tuple[StandingClaim, ...]:
        """The claims that stand in an article, its own and those of earlier versions, but for vanished ones."""

    def places(self, article_id: int) -> tuple[PlacedClaim, ...]:
        """The claims of other versions that stand in an article."""

    def newest_places(self) -> Mapping[int, int]:
        """By its number, each claim that stands in several articles, and the one of these that was read last."""

    def later_versions(self, article_id: int) -> tuple[int, ...]:
        """Numbers of the articles that were filed as the version after this one."""
