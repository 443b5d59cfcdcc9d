"""Gather what a report says, for one article or for the whole desk."""

from factcheck.domain.article import FiledArticle
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.report import Report, ReportedArticle
from factcheck.errors import NotFoundError
from factcheck.workflow.ports import Clock, Ledger, Queue


def build_report(
    ledger: Ledger, queue: Queue, clock: Clock, tool_version: str, article_id: int | None = None
) -> Report:
    """The report on one article, or on all. Raises NotFoundError if there is nothing to report on."""
    filed = [ledger.article(article_id)] if article_id is not None else [one for one, _, _ in ledger.articles()]
    if not filed:
        message = "there is no article to report on; take one in first: factcheck extract SOURCE"
        raise NotFoundError(message)
    return Report(tuple(_reported(one, ledger, queue, clock) for one in filed), tool_version)


def _reported(filed: FiledArticle, ledger: Ledger, queue: Queue, clock: Clock) -> ReportedArticle:
    claims = queue.find(ClaimQuery(article_id=filed.id), clock())
    in_reading_order = sorted(claims, key=lambda one: (one.claim.anchor.sentence_ids or (0,), one.id))
    return ReportedArticle(filed, ledger.sentences(filed.id), tuple(in_reading_order))
