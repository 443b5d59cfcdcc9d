"""Ask about articles by batches: written down, sent, and left to the server until they are collected."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from factcheck.domain.article import FiledArticle
from factcheck.domain.batch import BatchQuestion, BatchState, FiledBatch, PlannedArticle, ServerBatch
from factcheck.domain.cost import dollars
from factcheck.domain.extraction import AskedArticle, ExtractionSummary, Question, Usage
from factcheck.domain.sentence import count_states
from factcheck.errors import ArticleTooLongError, BudgetReachedError, FactcheckError, SourceError, UnsureBatchError
from factcheck.workflow.batch_ports import BatchLedger, BatchServer, PreparedBatch
from factcheck.workflow.extract_article import answered_again
from factcheck.workflow.extract_batch import BatchProgress, Wanted
from factcheck.workflow.listing_ports import Visits
from factcheck.workflow.plan_extraction import BatchSession
from factcheck.workflow.ports import Clock, Ledger, Spill
from factcheck.workflow.read_sources import ReadSources
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import Asked, plan_windows

_MOST_REQUESTS, _MOST_BYTES = 2_000, 32_000_000
"""Of a batch of several articles. OpenAI takes 50,000 requests and 200 MB, of what an account may queue in tokens."""
_UTMOST_REQUESTS, _UTMOST_BYTES = 40_000, 160_000_000
"""Of a batch of one article, whose windows stay together."""
_BYTES_AROUND = 200  # of a request's line


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of articles that were to be asked about by batches."""

    summaries: tuple[ExtractionSummary, ...]
    unread: tuple[SourceError, ...]
    is_cut_short: bool

    @property
    def is_complete(self) -> bool:
        """Whether every article that was asked for is in a batch of this command, or answered already."""
        return (
            not self.unread
            and not self.is_cut_short
            and all(one.run_id is not None or one.is_complete for one in self.summaries)
        )


@dataclass(frozen=True, slots=True)
class _Planned:
    """An article with the bodies of its requests."""

    planned: PlannedArticle
    questions: tuple[Question, ...]
    bodies: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies)) + _BYTES_AROUND * len(self.bodies)


@dataclass
class ExtractInBatches:
    """Sends articles to a server by batches, each written down before it is sent, so that none is paid for twice.

    `new_key` makes the name by which a batch is found at the server if this process dies before it is told the
    server's own. `pause` is called while another process asks about an article, or has died over a batch just now.
    What stopped runs have paid for, and could not store, is taken in from the `spill` first.
    """

    ledger: Ledger
    batches: BatchLedger
    clock: Clock
    progress: BatchProgress
    pause: Callable[[], None]
    new_key: Callable[[], str]
    spill: Spill | None = None
    visits: Visits | None = None
    _summaries: list[ExtractionSummary] = field(default_factory=list)
    _waited_for: set[int] = field(default_factory=set)
    _is_cut_short: bool = False

    def run(self, opening: AbstractContextManager[BatchSession], wanted: Wanted) -> Submitted:
        """Send what is to be asked about every article that can be read.

        Raises NotFoundError for an article that is not in, what opening the session raises, and ModelError.
        """
        for number in (*wanted.articles, *wanted.retried):
            self.ledger.article(number)
        unread: list[SourceError] = []
        with opening as session, self.ledger.runs_kept_alive(self.clock):
            sources = ReadSources(session, self.progress, self.visits, wanted.choice, unread)
            read = [*sources.filed(wanted.sources, self.ledger, self.clock, session.batch_server, again=wanted.again)]
            asked = dict.fromkeys((*read, *wanted.articles), wanted.asked)
            more = {} if wanted.again else dict.fromkeys(wanted.retried, Asked.UNANSWERED)
            try:
                self._submit(session, dict.fromkeys(wanted.retried, Asked.UNANSWERED) | asked | more)
            except BudgetReachedError as error:
                self._hindered(error)
        return Submitted(tuple(self._summaries), tuple(unread), self._is_cut_short)

    def _submit(self, session: BatchSession, wanted: Mapping[int, Asked]) -> None:
        waiting = dict(wanted)
        while waiting:
            server = session.batch_server()
            settle(self.batches, server, self.batches.batches(self.clock()), self.clock)
            self._take_in(session)
            waiting = {number: wanted[number] for number in self._round(session, waiting)}
            if waiting:
                self.pause()

    def _take_in(self, session: BatchSession) -> None:
        if self.spill is not None:
            told = self.clock, self.progress, session.read_kept, session.call_prices
            KeptAnswers(self.spill, self.ledger, *told).take_in()

    def _keeping(self) -> set[int]:
        """The articles whose runs live, and keep answers that they have not stored yet."""
        kept = set(self.spill.runs()) if self.spill is not None else set[int]()
        return {run.article_id for run in self.ledger.runs() if run.id in kept} if kept else set()

    def _round(self, session: BatchSession, wanted: Mapping[int, Asked]) -> list[int]:
        """Send what can be sent now; returns the articles that somebody else asks about."""
        busy: list[int] = []
        server = session.batch_server()
        held = {number: one for one in self.batches.batches(self.clock()) for number in one.articles}
        free, keeping = {}, self._keeping()
        for number, asked in wanted.items():
            batch = held.get(number)
            if number in keeping:
                self._wait(number, busy)
            elif batch is None:
                free[number] = asked
            elif batch.state is BatchState.PREPARED and batch.server == server.location:
                self._wait(number, busy)
            else:
                self._end(self.ledger.article(number), batch.id)
        for articles in _together(self._planned(session, free)):
            busy += self._send(session, articles)
        return busy

    def _planned(self, session: BatchSession, wanted: Mapping[int, Asked]) -> Iterator[_Planned]:
        for number, asked in wanted.items():
            planned = self._plan(session, number, asked)
            if not planned.windows:
                self._end(planned.filed)
                continue
            about = AskedArticle(0, planned.filed, planned.sentences)
            questions = tuple(Question(about, window) for window in planned.windows)
            bodies = tuple(map(session.batch_server().body, questions))
            one = _Planned(planned, questions, bodies)
            if len(bodies) > _UTMOST_REQUESTS or one.size > _UTMOST_BYTES:
                told = f"article {number} takes {len(bodies):,} calls and {one.size:,} bytes, too many for a batch"
                self._hindered(ArticleTooLongError(told))
            elif session.budget and not session.budget.holds(questions):
                raise BudgetReachedError(
                    f"{session.budget.told}: article {number} does not fit into it any more, if its answers get as "
                    f"long as they may; {dollars(session.budget.spent)} is set aside for what is sent"
                )
            else:
                yield one

    def _plan(self, session: BatchSession, number: int, asked: Asked) -> PlannedArticle:
        filed, setup = self.ledger.article(number), session.batch_server().setup
        runs = self.ledger.runs(number)  # first: what changes from here on is seen
        sentences = self.ledger.sentences(number)
        answered: frozenset[int] = frozenset()
        if asked is Asked.ALL:
            setup = setup.again()
            answered = answered_again(self.ledger, number, setup, self.clock())
        windows = plan_windows(sentences, session.plan.window, asked, answered)
        return PlannedArticle(filed, sentences, windows, setup, runs)

    def _send(self, session: BatchSession, articles: list[_Planned]) -> list[int]:
        """Prepare, send and note a batch; returns the articles that are not in it, since others ask about them."""
        server, busy = session.batch_server(), list[int]()
        key = self.new_key()
        prepared = self.batches.prepare(key, server.location, [one.planned for one in articles], self.clock())
        for one in articles:
            if one.planned.filed.id in prepared.refused:
                self._wait(one.planned.filed.id, busy)
                if session.budget:
                    session.budget.let_go(one.questions)
        if prepared.batch is None:
            return busy
        told = self._sent(server, prepared, prepared.batch, articles)
        if not self.batches.note_submitted(prepared.batch, told, self.clock()):
            # Another process took this one for dead, and may have sent the same in a batch of its own.
            server.cancel(told.id)
            return [*busy, *prepared.batch.articles]
        for about in dict.fromkeys(one.question.asked for one in prepared.questions):
            self._end(about.filed, prepared.batch.id, about.run_id)
        return busy

    def _sent(
        self, server: BatchServer, prepared: PreparedBatch, batch: FiledBatch, articles: Iterable[_Planned]
    ) -> ServerBatch:
        input_file = None
        try:
            input_file = server.upload(batch.key, _requests(prepared.questions, articles))
            self.batches.note_upload(batch, input_file)
            return server.create(batch.key, input_file)
        except UnsureBatchError:
            found = server.find([replace(batch, input_file=input_file)]).get(batch.key)
            if found is None:  # it may come yet: the next command looks for it again
                raise
            return found
        except FactcheckError:
            self.batches.drop(batch, self.clock())
            raise

    def _wait(self, number: int, busy: list[int]) -> None:
        if number not in self._waited_for:
            self.progress.waits(self.ledger.article(number))
        self._waited_for.add(number)
        busy.append(number)

    def _end(self, filed: FiledArticle, batch: int | None = None, run_id: int | None = None) -> None:
        counts = count_states(self.ledger.sentences(filed.id))
        summary = ExtractionSummary(filed, counts, 0, Usage(), run_id, 0.0, batch)
        self._summaries.append(summary)
        self.progress.ended(summary)

    def _hindered(self, error: FactcheckError) -> None:
        self.progress.hindered(error)
        self._is_cut_short = True


def settle(batches: BatchLedger, server: BatchServer, filed: Iterable[FiledBatch], clock: Clock) -> None:
    """Find out about batches that were being sent when their process died: the server has them, or never had them.

    A batch whose process lives, or died so lately that the server may take it yet, is left as it is. Raises ModelError.
    """
    prepared = [one for one in filed if one.state is BatchState.PREPARED and one.server == server.location]
    found = server.find(prepared) if prepared else {}
    for one in prepared:
        if one.key in found:
            batches.note_submitted(one, found[one.key], clock())
        elif not one.is_attended:
            batches.drop(one, clock())


def _together(articles: Iterable[_Planned]) -> Iterator[list[_Planned]]:
    """Articles in lists that each make a batch; what was planned before an error is a list, too."""
    gathered: list[_Planned] = []
    requests = size = 0
    try:
        for one in articles:
            if gathered and (requests + len(one.bodies) > _MOST_REQUESTS or size + one.size > _MOST_BYTES):
                yield gathered
                gathered, requests, size = [], 0, 0
            gathered.append(one)
            requests, size = requests + len(one.bodies), size + one.size
    except BudgetReachedError:
        if gathered:
            yield gathered
        raise
    if gathered:
        yield gathered


def _requests(questions: Iterable[BatchQuestion], articles: Iterable[_Planned]) -> Iterator[tuple[str, bytes]]:
    """The name and the body of each request."""
    bodies = {one.planned.filed.id: iter(one.bodies) for one in articles}
    for one in questions:
        yield one.name, next(bodies[one.question.asked.filed.id])
