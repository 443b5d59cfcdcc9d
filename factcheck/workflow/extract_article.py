"""Ask a model for the claims of an article, and write down each answer as it lands."""

from collections.abc import Callable, Sequence

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import ExtractionSummary, Usage, Window
from factcheck.errors import FactcheckError
from factcheck.text.sentences import split_sentences
from factcheck.workflow.ports import Clock, Extractor, Ledger, Progress
from factcheck.workflow.windows import plan_windows


def file_article(article: Article, ledger: Ledger, clock: Clock) -> FiledArticle:
    """Store an article with its sentences; the same text is stored once."""
    return ledger.file_article(article, split_sentences(article.text, article.language), clock())


def extract(
    filed: FiledArticle,
    ledger: Ledger,
    open_extractor: Callable[[], Extractor],
    clock: Clock,
    progress: Progress,
    *,
    size: int,
    retry: bool = False,
) -> ExtractionSummary:
    """Ask about the sentences that nobody asked about yet, `size` a call; with `retry`, those that failed too.

    The extractor is opened only if something is left to ask. Raises ModelError or RecordingError.
    """
    sentences = ledger.sentences(filed.id)
    windows = plan_windows(sentences, size, retry=retry)
    if not windows:
        return ExtractionSummary(filed, sentences, 0, Usage(), None)
    return _ask(filed, windows, ledger, open_extractor(), clock, progress)


def _ask(
    filed: FiledArticle,
    windows: Sequence[Window],
    ledger: Ledger,
    extractor: Extractor,
    clock: Clock,
    progress: Progress,
) -> ExtractionSummary:
    """Store what comes back, one transaction a window.

    Whatever ends the run early, what has landed stays and the run says how it ended.
    """
    run_id = ledger.begin_run(filed.id, extractor.setup, clock())
    new, usage, done, outcome = 0, Usage(), 0, "interrupted"
    try:
        for landed in extractor.outcomes(filed.article, ledger.sentences(filed.id), windows):
            new += ledger.record_outcome(run_id, filed, landed, clock())
            usage += landed.usage
            done += 1
            progress(done, len(windows), usage)
        outcome = "finished"
    except FactcheckError as error:
        outcome = f"stopped: {error}"
        raise
    finally:
        ledger.end_run(run_id, outcome, clock())
    return ExtractionSummary(filed, ledger.sentences(filed.id), new, usage, run_id)
