"""Ask a model for the claims of articles, and write down each answer as it lands."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import (
    FINISHED,
    AskedArticle,
    ExtractionSetup,
    ExtractionSummary,
    Question,
    Usage,
    WindowOutcome,
)
from factcheck.domain.sentence import count_states
from factcheck.errors import ArticleBusyError, BudgetReachedError, DatabaseError, FactcheckError, HeldByBatchError
from factcheck.workflow.budget import Budget
from factcheck.workflow.link_versions import to_file
from factcheck.workflow.ports import Clock, Extractor, Ledger, Progress
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import Asked, plan_windows


def file_article(
    article: Article, ledger: Ledger, clock: Clock, open_model: Callable[[], object] = lambda: None
) -> FiledArticle:
    """Store an article with its sentences; the same text is stored once, and versions of one article are linked.

    Before a new one that leaves something to ask is stored, the model is opened.
    """
    found = to_file(article, ledger)
    if not found.known and any(not one.entry.state.is_answered for one in found.sentences):
        open_model()
    return ledger.file_article(found.article, found.sentences, clock(), found.lineage)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked: which sentences, and at most how many of them a call."""

    size: int
    asked: Asked = Asked.PENDING


def answered_again(ledger: Ledger, article_id: int, setup: ExtractionSetup, since: datetime) -> frozenset[int]:
    """The positions that need not be asked about again, though everything is to be.

    They are those that broken-off runs of the same kind answered, as far back as the last one that
    was finished; and those that another process has answered `since` this one began.
    """
    answered: set[int] = set()
    for run in reversed(ledger.runs(article_id)):
        if run.setup.is_again:
            if run.was_finished(since) or not run.setup.asks_like(setup):
                break
            said = ledger.answers(run.id).entries
            answered.update(position for position, entry in said.items() if entry.state.is_answered)
    return frozenset(answered)


@dataclass
class Extraction:
    """Asks about articles, many calls at a time, one transaction for each that lands.

    The extractor is opened only if something is left to ask. Whatever ends it early, what has
    landed stays, and each run says how it ended. `pause` is called while another process asks
    about an article, unless nobody `waits_for_others`: then it is only told. A budget stops it before
    a call that might exceed it. What stopped runs have paid for, and could not store, is taken in first.
    `begun` hears the number of each run, which the log says was begun `by` somebody.
    """

    ledger: Ledger
    open_extractor: Callable[[], Extractor]
    clock: Clock
    progress: Progress
    pause: Callable[[], None]
    prices: Prices = field(default_factory=Prices)
    budget: Budget | None = None
    kept: KeptAnswers | None = None
    waits_for_others: bool = True
    begun: Callable[[int], None] = lambda _: None
    by: str | None = None
    _open: dict[int, "_OpenRun"] = field(default_factory=dict)
    _ended: list[ExtractionSummary] = field(default_factory=list)
    _elsewhere: list[int] = field(default_factory=list)
    _waited_for: set[int] = field(default_factory=set)
    _planned: int = 0
    _done: int = 0
    _usage: Usage = field(default_factory=Usage)
    _began: datetime = field(init=False)

    def of(self, article_ids: Iterable[int], plan: Plan) -> Iterator[ExtractionSummary]:
        """What became of each article, as it is done. Raises ModelError or RecordingError."""
        how = "interrupted"
        self._began = self.clock()
        with self.ledger.runs_kept_alive(self.clock):
            try:
                if self.kept is not None:
                    self.kept.take_in()
                yield from self._ask(article_ids, plan)
                while self._elsewhere:
                    self.pause()
                    waiting, self._elsewhere = self._elsewhere, []
                    yield from self._ask(waiting, plan)
            except FactcheckError as error:
                how = f"stopped: {error}"
                raise
            finally:
                self._leave(how)

    def _leave(self, how: str) -> None:
        """End the runs that are open, once all that they were answered is stored."""
        try:
            if self.kept is not None:
                self.kept.settle(self._open)
        except DatabaseError:
            self.progress.kept()
            raise
        for run_id in self._open:
            self.ledger.end_run(run_id, how, self.clock())
        if self.budget is not None:
            self.budget.leave()

    def _ask(self, article_ids: Iterable[int], plan: Plan) -> Iterator[ExtractionSummary]:
        questions = self._questions(article_ids, plan)
        affordable = self.budget.affordable if self.budget else iter
        # What one round left over of the calls' highest prices may pay for another.
        while (first := next(allowed := affordable(questions), None)) is not None:
            with closing(self.open_extractor().outcomes(chain((first,), allowed))) as landing:
                for question, outcome in landing:
                    self._record(question, outcome)
                    yield from self._just_ended()
        if self.budget and self.budget.is_reached:
            for run in tuple(self._open.values()):
                self._end(run.asked, f"stopped: {self.budget.told}")
            yield from self._just_ended()
            raise BudgetReachedError(self.budget.reason)
        yield from self._just_ended()

    def _questions(self, article_ids: Iterable[int], plan: Plan) -> Iterator[Question]:
        for article_id in article_ids:
            asked = self._begun(self.ledger.article(article_id), plan)
            if asked is None:
                continue
            answered: frozenset[int] = frozenset()
            if plan.asked is Asked.ALL:
                answered = answered_again(self.ledger, article_id, self._setup(plan), self._began)
            windows = plan_windows(asked.sentences, plan.size, plan.asked, answered)
            self._open[asked.run_id] = _OpenRun(asked, left=len(windows))
            self._planned += len(windows)
            if not windows:
                self._end(asked)
            yield from (Question(asked, window) for window in windows)

    def _begun(self, filed: FiledArticle, plan: Plan) -> AskedArticle | None:
        """The article with a run of its own, or None if nothing is to be asked now."""
        sentences = self.ledger.sentences(filed.id)
        if not plan_windows(sentences, plan.size, plan.asked):
            self._ended.append(ExtractionSummary(filed, count_states(sentences), 0, Usage(), None, 0.0))
            return None
        try:
            run_id = self.ledger.begin_run(filed.id, self._setup(plan), self.clock(), self.by)
        except HeldByBatchError as held:
            counts = count_states(sentences)
            self._ended.append(ExtractionSummary(filed, counts, 0, Usage(), None, 0.0, held.batch))
            return None
        except ArticleBusyError:
            if not self.waits_for_others:
                self.progress.waits(filed)
                return None
            if filed.id not in self._waited_for:
                self.progress.waits(filed)
            self._waited_for.add(filed.id)
            self._elsewhere.append(filed.id)
            return None
        self.begun(run_id)
        # Another run may have ended between the two: what it has answered is not asked again.
        if self.kept is not None:
            self.kept.take_in(filed.id)
        return AskedArticle(run_id, filed, self.ledger.sentences(filed.id))

    def _setup(self, plan: Plan) -> ExtractionSetup:
        setup = self.open_extractor().setup
        return setup.again() if plan.asked is Asked.ALL else setup

    def _record(self, question: Question, outcome: WindowOutcome) -> None:
        asked = question.asked
        run = self._open[asked.run_id]
        known = self.prices.of_model(self.open_extractor().setup.model)
        price = known.of_outcome(outcome) if known else None
        run.new_claims += self.ledger.record_outcome(asked.run_id, asked.filed, outcome, self.clock(), price)
        if price is not None:
            run.price = (run.price or 0) + price
        if self.budget:
            self.budget.landed(question, price)
        run.usage += outcome.usage
        run.left -= 1
        self._done += 1
        self._usage += outcome.usage
        self.progress.landed(asked.filed, self._done, self._planned, self._usage)
        if not run.left:
            self._end(asked)

    def _end(self, asked: AskedArticle, how: str = FINISHED) -> None:
        run = self._open.pop(asked.run_id)
        if self.kept is not None:
            self.kept.spill.drop(asked.run_id)
        self.ledger.end_run(asked.run_id, how, self.clock())
        counts = count_states(self.ledger.sentences(asked.filed.id))
        price = run.price if run.usage.calls else 0.0
        self._ended.append(ExtractionSummary(asked.filed, counts, run.new_claims, run.usage, asked.run_id, price))

    def _just_ended(self) -> Iterator[ExtractionSummary]:
        while self._ended:
            yield self._ended.pop(0)


@dataclass
class _OpenRun:
    """A run under way: how many of its windows have not landed, and what landed so far."""

    asked: AskedArticle
    left: int
    new_claims: int = 0
    usage: Usage = field(default_factory=Usage)
    price: float | None = None
