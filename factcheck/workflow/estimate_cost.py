"""What extracting articles would take, before anything is asked or filed."""

from collections.abc import Sequence
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
from factcheck.workflow.ports import Ledger
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
    """What a batch would ask, article by article; sources are read, and nothing is filed. Raises NotFoundError.

    Of an article that is in the database only what is left to ask counts.
    """
    found: list[ArticleEstimate] = []
    unread: list[SourceError] = []
    with opening as session:
        try:
            setup, no_model = session.plan.setup(), None
        except ModelSetupError as error:
            setup, no_model = None, error
        plan, retried = (Plan(session.plan.window, asked) for asked in (wanted.asked, Asked.UNANSWERED))
        for source in wanted.sources:
            try:
                article = session.read(source)
            except SourceError as error:
                unread.append(error)
                continue
            known = ledger.known_article(article.sha256)
            if known:
                windows = _windows(ledger, known, plan, setup)
            else:
                windows = plan_windows(split_sentences(article.text, article.read_as), plan.size, plan.asked)
            found.append(_estimate(article, known, windows, session))
        numbers = [(one, plan) for one in wanted.articles] + [(one, retried) for one in wanted.retried]
        for number, how in numbers:
            filed = ledger.article(number)
            found.append(_estimate(filed.article, filed, _windows(ledger, filed, how, setup), session))
        model = setup.model if setup else None
        price = session.prices.of_model(model) if model else None
    # The same article may be named twice, as a source and by its number; it is asked about once.
    distinct = {one.article.sha256: one for one in found}
    return BatchEstimate(tuple(distinct.values()), tuple(unread), model, no_model, price)


def _windows(ledger: Ledger, filed: FiledArticle, plan: Plan, setup: ExtractionSetup | None) -> Sequence[Window]:
    """What is left to ask about an article; `setup` is what would ask, None if no model is named."""
    answered: frozenset[int] = frozenset()
    if plan.asked is Asked.ALL and setup is not None:
        answered = answered_again(ledger, filed.id, setup.again(), _EVER)
    return plan_windows(ledger.sentences(filed.id), plan.size, plan.asked, answered)


def _estimate(
    article: Article, filed: FiledArticle | None, windows: Sequence[Window], session: ExtractionSession
) -> ArticleEstimate:
    total = sum((session.estimator().estimate(article, window) for window in windows), Estimate())
    asked = sum(len(window.sentences) for window in windows)
    return ArticleEstimate(article, filed.id if filed else None, asked, total)
