"""Read sources, file them, ask about them and about articles that are in already; or tell what that would take."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Protocol

from factcheck.domain.article import Article
from factcheck.domain.cost import Estimate, Price
from factcheck.domain.extraction import ExtractionSetup, ExtractionSummary
from factcheck.errors import BudgetReachedError, ModelSetupError, SourceError
from factcheck.workflow.extract_article import Extraction, Plan, answered_again
from factcheck.workflow.link_versions import ToFile, as_filed, to_file
from factcheck.workflow.listing_ports import ReadingProgress, Visits
from factcheck.workflow.plan_extraction import ExtractionSession
from factcheck.workflow.ports import Clock, Ledger, Progress, Spill
from factcheck.workflow.read_sources import Choice, ReadSources, is_pending
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import Asked, plan_windows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be extracted: sources to read, articles that are in, and those whose failed sentences to ask again.

    `choice` tells what else is read, and what of listings.
    """

    sources: tuple[str, ...]
    articles: tuple[int, ...] = ()
    retried: tuple[int, ...] = ()
    again: bool = False
    choice: Choice = field(default_factory=Choice)

    @property
    def asked(self) -> Asked:
        """Which sentences of sources and articles are asked about."""
        return Asked.ALL if self.again else Asked.PENDING


class BatchProgress(Progress, ReadingProgress, Protocol):
    """Told how a batch gets on."""

    def ended(self, summary: ExtractionSummary) -> None:
        """An article is done, or the budget has stopped it."""


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
    asked before, and after the session is closed, when the file is whole. `pause` is called while another
    process asks about an article, unless it is to be left to that one: `waits_for_others`. Answers are kept in the
    `spill` until they are stored. `begun` hears of each run, which is begun `by` somebody.
    """

    ledger: Ledger
    clock: Clock
    progress: BatchProgress
    recorded: Callable[[], str | None]
    pause: Callable[[], None]
    spill: Spill | None = None
    visits: Visits | None = None
    waits_for_others: bool = True
    begun: Callable[[int], None] = lambda _: None
    by: str | None = None
    _summaries: list[ExtractionSummary] = field(default_factory=list)

    def run(self, opening: AbstractContextManager[ExtractionSession], wanted: Wanted) -> BatchOutcome:
        """Extract every article that can be read; whatever ends it early, the recording is sealed.

        Raises NotFoundError for an article that is not in, before anything is read or opened, then
        what opening the session raises, and ModelError or RecordingError.
        """
        for number in (*wanted.articles, *wanted.retried):
            self.ledger.article(number)
        unread: list[SourceError] = []
        is_cut_short, before = False, self.recorded()
        try:
            with opening as session:
                # All sources are read and filed before anything is paid.
                sources = ReadSources(session, self.progress, self.visits, wanted.choice, unread)
                read = [*sources.filed(wanted.sources, self.ledger, self.clock, session.extractor, again=wanted.again)]
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
                run_ids = {one.run_id for one in self._summaries if one.run_id}
                # Runs that had written the recording before this one went on in it are found in it still.
                if before is not None:
                    run_ids |= {one.id for one in self.ledger.runs() if one.setup.recording_sha256 == before}
                self.ledger.note_recording(sorted(run_ids), sha256, self.clock())
        return BatchOutcome(tuple(self._summaries), tuple(unread), is_cut_short, sha256)

    def _extract(self, session: ExtractionSession, articles: Iterable[int], asked: Asked) -> None:
        told = self.clock, self.progress, self.pause
        kept = None
        if self.spill is not None:
            kept = KeptAnswers(self.spill, self.ledger, self.clock, self.progress, session.read_kept, session.prices)
        how = self.waits_for_others, self.begun, self.by
        extraction = Extraction(self.ledger, session.extractor, *told, session.prices, session.budget, kept, *how)
        for summary in extraction.of(articles, Plan(session.plan.window, asked)):
            self._summaries.append(summary)
            self.progress.ended(summary)


@dataclass(frozen=True, slots=True)
class ArticleEstimate:
    """The calls that an article still needs: none while it is in a `batch`.

    `article_id` is None if it is not in the database. `sentences` are those to ask about, of `total`, and
    `previous_id` is the version before it.
    """

    article: Article
    article_id: int | None
    sentences: int
    estimate: Estimate
    total: int
    previous_id: int | None = None
    batch: int | None = None


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


def estimate_batch(
    ledger: Ledger,
    opening: AbstractContextManager[ExtractionSession],
    wanted: Wanted,
    progress: ReadingProgress,
    visits: Visits | None = None,
    held: Mapping[int, int] = MappingProxyType({}),
) -> BatchEstimate:
    """What a batch would ask, article by article; sources are read, and nothing is filed. Raises NotFoundError.

    Of an article that is in the database only what is left to ask counts, and nothing of one that is `held`: the
    numbers of articles that a server's batch asks about, with that batch's.
    """
    asked: dict[str, tuple[ToFile, Plan]] = {}
    unread: list[SourceError] = []
    with opening as session:
        reading = ReadSources(session, progress, visits, wanted.choice, unread)
        try:
            setup, no_model = session.plan.setup(), None
        except ModelSetupError as error:
            setup, no_model = None, error
        plan, retried = (Plan(session.plan.window, one) for one in (wanted.asked, Asked.UNANSWERED))
        for found in reading.found(wanted.sources):
            if not isinstance(found, int):
                one = to_file(replace(found, snapshot=None), ledger)
                asked[one.article.sha256] = one, plan
            elif wanted.again or is_pending(ledger, found):
                one = as_filed(ledger, found)
                asked[one.article.sha256] = one, plan
        # The same article may be named twice, as a source and by its number; it is asked about once.
        for numbers, how in ((wanted.articles, plan), (wanted.retried, retried)):
            for one in (as_filed(ledger, number) for number in numbers):
                asked[one.article.sha256] = one, how
        articles = tuple(
            ArticleEstimate(one.article, one.known.id, 0, Estimate(), len(one.sentences), batch=held[one.known.id])
            if one.known and one.known.id in held
            else _estimate(session, ledger, setup, one, how)
            for one, how in asked.values()
        )
        model = setup.model if setup else None
        known = session.prices.of_model(model) if model else None
        price = known.at(session.plan.service_tier) if known else None
    return BatchEstimate(articles, tuple(unread), model, no_model, price)


def _estimate(
    session: ExtractionSession,
    ledger: Ledger,
    setup: ExtractionSetup | None,
    one: ToFile,
    plan: Plan,
) -> ArticleEstimate:
    """What is left to ask about an article; `setup` is what would ask, None if no model is named."""
    answered: frozenset[int] = frozenset()
    if plan.asked is Asked.ALL and setup and one.known:
        answered = answered_again(ledger, one.known.id, setup.again(), datetime.max.replace(tzinfo=UTC))
    windows = plan_windows(one.sentences, plan.size, plan.asked, answered)
    total = sum((session.estimator().estimate(one.article, window) for window in windows), Estimate())
    many = sum(len(window.sentences) for window in windows)
    known, before = one.known, one.known.previous_id if one.known else one.lineage.previous_id
    return ArticleEstimate(one.article, known.id if known else None, many, total, len(one.sentences), before)
