from fakes import FakeSession, HeardProgress

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Estimate
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.extract_batch import ArticleEstimate, Wanted, estimate_batch
from factcheck.workflow.ports import Clock, Ledger

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday."


def estimate(ledger: Ledger, wanted: Wanted, window: int = 2) -> ArticleEstimate:
    """The estimate of the only article; a call takes ten tokens a sentence."""
    session = FakeSession(window=window, sources={"rain.txt": TEXT})
    [found] = estimate_batch(ledger, session, wanted, HeardProgress()).articles
    return found


def test_read_article_counts_whole(ledger: Ledger) -> None:
    found = estimate(ledger, Wanted(("rain.txt",)))

    assert (found.article_id, found.sentences, found.estimate) == (None, 3, Estimate(2, 30))


def test_estimating_files_nothing(ledger: Ledger) -> None:
    estimate(ledger, Wanted(("rain.txt",)))

    assert list(ledger.articles()) == []


def test_answered_sentences_cost_nothing_more(extracted: object, ledger: Ledger) -> None:
    assert callable(extracted)
    filed: FiledArticle = extracted(TEXT, frozenset({3}))

    found = estimate(ledger, Wanted(("rain.txt",)))

    assert (found.article_id, found.sentences, found.estimate) == (filed.id, 0, Estimate())
    assert estimate(ledger, Wanted((), retried=(filed.id,))).sentences == 1


def test_asking_again_counts_everything(ledger: Ledger, clock: Clock) -> None:
    filed = file_article(Article(TEXT, clock()), ledger, clock)

    assert estimate(ledger, Wanted((), (filed.id,), again=True), window=1).estimate == Estimate(3, 30)
