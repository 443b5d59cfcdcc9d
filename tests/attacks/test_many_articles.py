from collections.abc import Iterable, Iterator
from typing import Any, cast

from factcheck.domain.report import ReportScope
from factcheck.workflow.build_report import Newsroom, reported_articles
from factcheck.workflow.ports import Ledger, Queue


class _LedgerOfOthers:
    def articles(self) -> Iterator[Any]:
        yield "an article without a claim"

    def newest_places(self) -> dict[int, int]:
        return {}

    def filed(self, numbers: Iterable[int]) -> Iterator[Any]:
        assert not list(numbers)
        return iter(())


class _EmptyQueue:
    def articles_of(self, *_: object) -> tuple[int, ...]:
        return ()


def test_report_reads_no_article_without_reported_claim() -> None:
    newsroom = Newsroom(cast("Ledger", _LedgerOfOthers()), cast("Queue", _EmptyQueue()), "1")

    assert list(reported_articles(newsroom, ReportScope())) == []
