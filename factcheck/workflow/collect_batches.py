"""Look after the batches that are out: what the server says of each, and the answers of those that are over."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from factcheck.domain.batch import BatchQuestion, BatchState, FiledBatch, ServerBatch
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import ExtractionSetup, ExtractionSummary, Usage, WindowOutcome
from factcheck.domain.sentence import count_states
from factcheck.errors import (
    FactcheckError,
    LateAnswersError,
    ModelServerError,
    NoBatchesError,
    NoServerError,
    NoSuchBatchError,
    OtherServerError,
    RefusedKeyError,
)
from factcheck.workflow.batch_ports import BatchLedger, BatchServer
from factcheck.workflow.extract_batch import BatchProgress
from factcheck.workflow.extract_in_batches import settle
from factcheck.workflow.ports import Clock, Ledger

_MOST_LOOKS_LATE = 10
"""Looks at a batch that is over, before nobody waits any more for answers that its server's files lack."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The batches that were under way, as they stand now; what was collected of them; what was in the way."""

    batches: tuple[FiledBatch, ...]
    summaries: tuple[ExtractionSummary, ...]
    hindrances: tuple[FactcheckError, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing was in the way, and no sentence of what was collected failed."""
        return not self.hindrances and all(one.is_complete for one in self.summaries)


@dataclass
class CollectBatches:
    """Looks after batches. `open_server` opens what has taken a batch, `prices` are those of batches."""

    ledger: Ledger
    batches: BatchLedger
    open_server: Callable[[ExtractionSetup], BatchServer]
    prices: Prices
    clock: Clock
    progress: BatchProgress
    _summaries: list[ExtractionSummary] = field(default_factory=list)
    _hindrances: dict[int, FactcheckError] = field(default_factory=dict)
    _looks_late: Counter[int] = field(default_factory=Counter)

    def look(self, *, is_collecting: bool = True) -> Looked:
        """Ask after every batch under way, and collect those that are over. Raises ModelError where none can be asked.

        What is wrong with one batch is told, and the others are looked after all the same.
        """
        return self._looked(self._open(), is_collecting=is_collecting)

    def wait(self, pause: Callable[[], None]) -> Looked:
        """The same again and again until no batch is out that can be waited for."""
        batches = self._open()
        while True:
            found = self._looked(batches)
            stuck = {number for number, error in self._hindrances.items() if self._is_for_good(number, error)}
            if not any(one.state.is_open and one.id not in stuck for one in found.batches):
                return found
            pause()

    def cancel(self, number: int) -> Looked:
        """Stop a batch. What is answered already is paid, and collected with the rest. Raises NoSuchBatchError.

        One that the server does not know any more is given up: its sentences fail. So are the answers that its files
        lack, of one that the server told to be over before. One of which the server never said whether it has it, and
        says nothing now, is given up too: its sentences are free again.
        """
        batches = [one for one in self._open() if one.id == number]
        if not batches:
            raise NoSuchBatchError(f"no batch {number} is under way")
        server = self._server(batches[0])
        try:
            settle(self.batches, server, batches, self.clock)
        except (NoServerError, RefusedKeyError):
            raise  # another time it may say
        except ModelServerError as error:
            if batches[0].state is not BatchState.PREPARED or batches[0].is_attended:
                raise
            self.batches.drop(batches[0], self.clock())
            why = f"whether the server has it, it does not say, and what it answers may be paid: {error}"
            self.progress.hindered(NoBatchesError(f"batch {number} is given up: {why}"))
        [batch] = self._again(batches)
        if batch.state is BatchState.OUT:
            told = _cancelled(server, str(batch.server_id))
            self.batches.note_told(batch, told)
            if told.is_over:
                self._collect(batch, server, told, is_given_up=batch.was_over)
        return self._result(batches)

    def _looked(self, batches: list[FiledBatch], *, is_collecting: bool = True) -> Looked:
        self._hindrances.clear()
        for one in self._again(batches):
            if one.state.is_open:
                try:
                    self._look_after(one, is_collecting=is_collecting)
                except ModelServerError as error:
                    self.progress.hindered(error)
                    self._hindrances[one.id] = error
        return self._result(batches)

    def _look_after(self, batch: FiledBatch, *, is_collecting: bool) -> None:
        server = self._server(batch)
        settle(self.batches, server, [batch], self.clock)
        [batch] = self._again([batch])
        if batch.state is BatchState.OUT:
            told = server.state(str(batch.server_id))
            self.batches.note_told(batch, told)
            if told.is_over and is_collecting:
                self._collect(batch, server, told)

    def _server(self, batch: FiledBatch) -> BatchServer:
        """What has the batch. Raises OtherServerError: no key goes to an address out of a database."""
        server = self.open_server(batch.setup)
        if server.location != batch.server:
            raise OtherServerError(batch.id, batch.server, server.location)
        return server

    def _collect(self, batch: FiledBatch, server: BatchServer, told: ServerBatch, *, is_given_up: bool = False) -> None:
        """Store what the server's files hold. Raises LateAnswersError where they lack what it says they hold."""
        questions = self.batches.questions(batch)
        answers = server.answers(batch, told, questions, is_given_up=is_given_up)
        lacking = self._store(batch, answers)
        if lacking:
            raise LateAnswersError(batch.id, lacking, batch.requests)
        self.batches.close(batch, self.clock())

    def _store(self, batch: FiledBatch, answers: Iterator[tuple[BatchQuestion, WindowOutcome | None]]) -> int:
        """Store the answers that are there, article by article; returns how many are not."""
        known, done, lacking = self.prices.of_model(batch.setup.model), batch.requests - batch.left, 0
        for about, of_run in groupby(answers, key=lambda one: one[0].question.asked):
            new_claims, usage, price, before = 0, Usage(), 0.0 if known else None, done
            for asked, outcome in of_run:
                if outcome is None:
                    lacking += 1
                    continue
                paid = known.of_outcome(outcome) if known else None
                new = self.batches.store(batch, asked, outcome, self.clock(), paid)
                done += 1
                if new is not None:  # else another process has collected it meanwhile
                    new_claims, usage = new_claims + new, usage + outcome.usage
                    price = None if paid is None or price is None else price + paid
                self.progress.landed(about.filed, done, batch.requests, usage)
            if done == before:
                continue
            counts = count_states(self.ledger.sentences(about.filed.id))
            summary = ExtractionSummary(about.filed, counts, new_claims, usage, about.run_id, price)
            self._summaries.append(summary)
            self.progress.ended(summary)
        return lacking

    def _is_for_good(self, number: int, error: FactcheckError) -> bool:
        """Whether it is of no use to ask again: late answers come within some looks, or not at all."""
        self._looks_late[number] += isinstance(error, LateAnswersError)
        return isinstance(error, NoBatchesError | OtherServerError) or self._looks_late[number] >= _MOST_LOOKS_LATE

    def _open(self) -> list[FiledBatch]:
        return list(self.batches.batches(self.clock()))

    def _again(self, batches: list[FiledBatch]) -> list[FiledBatch]:
        """The same batches as they stand now."""
        numbers = {one.id for one in batches}
        return [one for one in self.batches.batches(self.clock(), only_open=False) if one.id in numbers]

    def _result(self, batches: list[FiledBatch]) -> Looked:
        return Looked(tuple(self._again(batches)), tuple(self._summaries), tuple(self._hindrances.values()))


def _cancelled(server: BatchServer, server_id: str) -> ServerBatch:
    try:
        return server.cancel(server_id)
    except NoBatchesError:  # over already, or unknown
        try:
            return server.state(server_id)
        except NoBatchesError:
            return ServerBatch(server_id, "cancelled")
