"""What extracting articles would take, before anything is asked or filed."""

from dataclasses import dataclass

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate
from factcheck.domain.sentence import Sentence
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import Plan
from factcheck.workflow.ports import Estimator, Ledger
from factcheck.workflow.windows import plan_windows


@dataclass(frozen=True, slots=True)
class ArticleEstimate:
    """The calls that an article still needs. `article_id` is None if it is not in the database."""

    article: Article
    article_id: int | None
    sentences: int
    estimate: Estimate


def estimate_read(article: Article, ledger: Ledger, estimator: Estimator, plan: Plan) -> ArticleEstimate:
    """Of an article that was read: if it is in the database, only what is left to ask counts."""
    known = ledger.known_article(article.sha256)
    if known is not None:
        return estimate_filed(known, ledger, estimator, plan)
    return _estimate(article, None, split_sentences(article.text, article.language), estimator, plan)


def estimate_filed(filed: FiledArticle, ledger: Ledger, estimator: Estimator, plan: Plan) -> ArticleEstimate:
    """Of an article in the database."""
    return _estimate(filed.article, filed.id, ledger.sentences(filed.id), estimator, plan)


def _estimate(
    article: Article, article_id: int | None, sentences: tuple[Sentence, ...], estimator: Estimator, plan: Plan
) -> ArticleEstimate:
    windows = plan_windows(sentences, plan.size, plan.asked)
    asked = sum(len(window.sentences) for window in windows)
    total = sum((estimator.estimate(article, window) for window in windows), Estimate())
    return ArticleEstimate(article, article_id, asked, total)
