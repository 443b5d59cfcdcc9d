"""Where a claim stands in the source of its article."""

from collections.abc import Sequence

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor
from factcheck.domain.sentence import Sentence


def locator_of(article: Article, sentences: Sequence[Sentence], anchor: Anchor) -> str | None:
    """The article's locator of the claim's words, or of its sentence where they were not found; mostly None."""
    if not article.locators:
        return None
    spans = anchor.segments or [one.span for one in sentences if one.position in anchor.sentence_ids]
    return article.locator_at(spans[0].start) if spans else None
