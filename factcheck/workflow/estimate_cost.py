"""What extracting articles would take, before anything is asked or filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import ExtractionSetup, Window
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import Plan, answered_again
from factcheck.workflow.ports import Estimator, Ledger
from factcheck.workflow.windows import Asked, plan_windows

_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ArticleEstimate:
    """The calls that an article still needs. `article_id` is None if it is not in the database."""

    article: Article
    article_id: int | None
    sentences: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """Tells what articles would take. `setup` is what would ask, None if no model is named."""

    ledger: Ledger
    estimator: Estimator
    setup: ExtractionSetup | None = None

    def of_read(self, article: Article, plan: Plan) -> ArticleEstimate:
        """Of an article that was read: if it is in the database, only what is left to ask counts."""
        known = self.ledger.known_article(article.sha256)
        if known is not None:
            return self.of_filed(known, plan)
        windows = plan_windows(split_sentences(article.text, article.read_as), plan.size, plan.asked)
        return self._of(article, None, windows)

    def of_filed(self, filed: FiledArticle, plan: Plan) -> ArticleEstimate:
        """Of an article in the database."""
        answered: frozenset[int] = frozenset()
        if plan.asked is Asked.ALL and self.setup is not None:
            answered = answered_again(self.ledger, filed.id, self.setup.again(), _EVER)
        windows = plan_windows(self.ledger.sentences(filed.id), plan.size, plan.asked, answered)
        return self._of(filed.article, filed.id, windows)

    def _of(self, article: Article, article_id: int | None, windows: Sequence[Window]) -> ArticleEstimate:
        asked = sum(len(window.sentences) for window in windows)
        total = sum((self.estimator.estimate(article, window) for window in windows), Estimate())
        return ArticleEstimate(article, article_id, asked, total)
