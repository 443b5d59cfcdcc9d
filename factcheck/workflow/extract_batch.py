"""Read sources, file them, ask about them and about articles that are in already: one session, one outcome."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from factcheck.domain.article import Article
from factcheck.domain.extraction import ExtractionSummary
from factcheck.errors import BudgetReachedError, FactcheckError, SourceError
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.plan_extraction import ExtractionSession
from factcheck.workflow.ports import Clock, Ledger, Progress
from factcheck.workflow.windows import Asked


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be extracted: sources to read, articles that are in, and those whose failed sentences to ask again."""

    sources: tuple[str, ...]
    articles: tuple[int, ...] = ()
    retried: tuple[int, ...] = ()
    again: bool = False

    @property
    def asked(self) -> Asked:
        """Which sentences of sources and articles are asked about."""
        return Asked.ALL if self.again else Asked.PENDING


class BatchProgress(Progress, Protocol):
    """Told how a batch gets on."""

    def ended(self, summary: ExtractionSummary) -> None:
        """An article is done, or the budget has stopped it."""

    def hindered(self, error: FactcheckError) -> None:
        """A source cannot be read, or the budget is reached; the rest of the batch is not lost."""


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a batch. `recording_sha256` is None if nothing was recorded."""

    summaries: tuple[ExtractionSummary, ...]
    unread: tuple[SourceError, ...]
    is_cut_short: bool
    recording_sha256: str | None

    @property
    def is_complete(self) -> bool:
        """Whether every source was read and every sentence has its answer."""
        return not self.unread and not self.is_cut_short and all(one.is_complete for one in self.summaries)


@dataclass
class ExtractBatch:
    """Extracts several articles, many calls at a time.

    `recorded` tells the hash of the recording that the session has made, None if it made none; it is
    asked after the session is closed, when the file is whole. `pause` is called while another
    process asks about an article.
    """

    ledger: Ledger
    clock: Clock
    progress: BatchProgress
    recorded: Callable[[], str | None]
    pause: Callable[[], None]
    _summaries: list[ExtractionSummary] = field(default_factory=list)

    def run(self, opening: AbstractContextManager[ExtractionSession], wanted: Wanted) -> BatchOutcome:
        """Extract every article that can be read; whatever ends it early, the recording is sealed.

        Raises NotFoundError for an article that is not in, before anything is read or opened, then
        what opening the session raises, and ModelError or RecordingError.
        """
        for number in (*wanted.articles, *wanted.retried):
            self.ledger.article(number)
        unread: list[SourceError] = []
        is_cut_short = False
        try:
            with opening as session:
                # All sources are read and filed before anything is paid.
                read = [file_article(one, self.ledger, self.clock).id for one in self._read(session, wanted, unread)]
                self._extract(session, dict.fromkeys((*read, *wanted.articles)), wanted.asked)
                if wanted.retried:
                    self._extract(session, wanted.retried, Asked.UNANSWERED)
        except BudgetReachedError as error:
            self.progress.hindered(error)
            is_cut_short = True
        finally:
            # Also after an error: what was recorded until then can be played.
            sha256 = self.recorded()
            if sha256 is not None:
                run_ids = [one.run_id for one in self._summaries if one.run_id]
                self.ledger.note_recording(run_ids, sha256, self.clock())
        return BatchOutcome(tuple(self._summaries), tuple(unread), is_cut_short, sha256)

    def _read(self, session: ExtractionSession, wanted: Wanted, unread: list[SourceError]) -> Iterator[Article]:
        for source in wanted.sources:
            try:
                yield session.read(source)
            except SourceError as error:
                self.progress.hindered(error)
                unread.append(error)

    def _extract(self, session: ExtractionSession, articles: Iterable[int], asked: Asked) -> None:
        told = self.clock, self.progress, self.pause
        extraction = Extraction(self.ledger, session.extractor, *told, session.prices, session.budget)
        for summary in extraction.of(articles, Plan(session.plan.window, asked)):
            self._summaries.append(summary)
            self.progress.ended(summary)
