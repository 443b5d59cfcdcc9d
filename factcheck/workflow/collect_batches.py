"""Look after the batches that are out: what the server says of each, and the answers of those that are over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from factcheck.domain.batch import BatchState, FiledBatch, ServerBatch
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import ExtractionSetup, ExtractionSummary, Usage
from factcheck.domain.sentence import count_states
from factcheck.errors import (
    FactcheckError,
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
            stuck = {number for number, error in self._hindrances.items() if _is_for_good(error)}
            if not any(one.state.is_open and one.id not in stuck for one in found.batches):
                return found
            pause()

    def cancel(self, number: int) -> Looked:
        """Stop a batch. What is answered already is paid, and collected with the rest. Raises NoSuchBatchError.

        One that the server does not know any more is given up: its sentences fail. One of which the server never said
        whether it has it, and says nothing now, is given up too: its sentences are free again.
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
                self._collect(batch, server, told)
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

    def _collect(self, batch: FiledBatch, server: BatchServer, told: ServerBatch) -> None:
        known = self.prices.of_model(batch.setup.model)
        done, answers = batch.requests - batch.left, server.answers(batch, told, self.batches.questions(batch))
        for about, of_run in groupby(answers, key=lambda one: one[0].question.asked):
            new_claims, usage, price = 0, Usage(), 0.0 if known else None
            for asked, outcome in of_run:
                paid = known.of_outcome(outcome) if known else None
                new = self.batches.store(batch, asked, outcome, self.clock(), paid)
                done += 1
                if new is not None:  # else another process has collected it meanwhile
                    new_claims, usage = new_claims + new, usage + outcome.usage
                    price = None if paid is None or price is None else price + paid
                self.progress.landed(about.filed, done, batch.requests, usage)
            counts = count_states(self.ledger.sentences(about.filed.id))
            summary = ExtractionSummary(about.filed, counts, new_claims, usage, about.run_id, price)
            self._summaries.append(summary)
            self.progress.ended(summary)
        self.batches.close(batch, self.clock())

    def _open(self) -> list[FiledBatch]:
        return list(self.batches.batches(self.clock()))

    def _again(self, batches: list[FiledBatch]) -> list[FiledBatch]:
        """The same batches as they stand now."""
        numbers = {one.id for one in batches}
        return [one for one in self.batches.batches(self.clock(), only_open=False) if one.id in numbers]

    def _result(self, batches: list[FiledBatch]) -> Looked:
        return Looked(tuple(self._again(batches)), tuple(self._summaries), tuple(self._hindrances.values()))


def _is_for_good(error: FactcheckError) -> bool:
    """Whether it is of no use to ask again."""
    return isinstance(error, NoBatchesError | OtherServerError)


def _cancelled(server: BatchServer, server_id: str) -> ServerBatch:
    try:
        return server.cancel(server_id)
    except NoBatchesError:  # over already, or unknown
        try:
            return server.state(server_id)
        except NoBatchesError:
            return ServerBatch(server_id, "cancelled")
