"""What extracting articles would take, before anything is asked or filed."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.extraction import ExtractionSetup, Window
from factcheck.errors import ModelSetupError, SourceError
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import Plan, answered_again
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.plan_extraction import ExtractionSession
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
class BatchEstimate:
    """What a batch would take. Without a model's name, `model` is None and `no_model` says why."""

    articles: tuple[ArticleEstimate, ...]
    unread: tuple[SourceError, ...]
    model: str | None = None
    no_model: ModelSetupError | None = None
    price: Price | None = None

    @property
    def total(self) -> Estimate:
        """All articles together."""
        return sum((one.estimate for one in self.articles), Estimate())


def estimate_batch(ledger: Ledger, opening: AbstractContextManager[ExtractionSession], wanted: Wanted) -> BatchEstimate:
    """What a batch would ask, article by article; sources are read, and nothing is filed. Raises NotFoundError."""
    unread: list[SourceError] = []
    with opening as session:
        try:
            setup, no_model = session.plan.setup(), None
        except ModelSetupError as error:
            setup, no_model = None, error
        cost = CostEstimate(ledger, session.estimator(), setup)
        found = list(_estimates(cost, session, wanted, unread))
        model = setup.model if setup else None
        price = session.prices.of_model(model) if model else None
    distinct = {one.article.sha256: one for one in found}
    return BatchEstimate(tuple(distinct.values()), tuple(unread), model, no_model, price)


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


def _estimates(
    cost: CostEstimate, session: ExtractionSession, wanted: Wanted, unread: list[SourceError]
) -> Iterator[ArticleEstimate]:
    plan, retried = (Plan(session.plan.window, asked) for asked in (wanted.asked, Asked.UNANSWERED))
    for source in wanted.sources:
        try:
            yield cost.of_read(session.read(source), plan)
        except SourceError as error:
            unread.append(error)
    for number in wanted.articles:
        yield cost.of_filed(cost.ledger.article(number), plan)
    for number in wanted.retried:
        yield cost.of_filed(cost.ledger.article(number), retried)
