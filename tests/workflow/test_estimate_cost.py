import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import Window
from factcheck.workflow.estimate_cost import CostEstimate
from factcheck.workflow.extract_article import Plan, file_article
from factcheck.workflow.ports import Clock, Ledger
from factcheck.workflow.windows import Asked

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday."


class CountingEstimator:
    """Serves the Estimator port: ten tokens a sentence."""

    def estimate(self, article: Article, window: Window) -> Estimate:
        del article
        return Estimate(1, 10 * len(window.sentences))


ESTIMATOR = CountingEstimator()


@pytest.fixture
def rain(clock: Clock) -> Article:
    """An article of three sentences, read and not filed."""
    return Article(TEXT, clock())


def test_read_article_counts_whole(rain: Article, ledger: Ledger) -> None:
    found = CostEstimate(ledger, ESTIMATOR).of_read(rain, Plan(size=2))

    assert (found.article_id, found.sentences, found.estimate) == (None, 3, Estimate(2, 30))


def test_estimating_files_nothing(rain: Article, ledger: Ledger) -> None:
    CostEstimate(ledger, ESTIMATOR).of_read(rain, Plan(size=2))

    assert list(ledger.articles()) == []


def test_answered_sentences_cost_nothing_more(extracted: object, rain: Article, ledger: Ledger) -> None:
    assert callable(extracted)
    filed: FiledArticle = extracted(TEXT, frozenset({3}))

    found = CostEstimate(ledger, ESTIMATOR).of_read(rain, Plan(size=2))

    assert (found.article_id, found.sentences, found.estimate) == (filed.id, 0, Estimate())
    assert CostEstimate(ledger, ESTIMATOR).of_filed(filed, Plan(2, Asked.UNANSWERED)).sentences == 1


def test_asking_again_counts_everything(rain: Article, ledger: Ledger, clock: Clock) -> None:
    filed = file_article(rain, ledger, clock)

    assert CostEstimate(ledger, ESTIMATOR).of_filed(filed, Plan(1, Asked.ALL)).estimate == Estimate(3, 30)
