"""What extraction by batches needs from the outside."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from factcheck.domain.batch import BatchQuestion, FiledBatch, PlannedArticle, ServerBatch
from factcheck.domain.extraction import ExtractionSetup, Question, WindowOutcome
from factcheck.errors import ConflictError


class BatchServer(Protocol):
    """A server that answers a file of requests within a day. Everything raises ModelError."""

    setup: ExtractionSetup
    """What is written down beside the claims of a run."""

    @property
    def location(self) -> str:
        """Its base url, with no password in it."""

    def body(self, question: Question) -> bytes:
        """The JSON that a call of its own would send."""

    def upload(self, key: str, requests: Iterable[tuple[str, bytes]]) -> str:
        """Send names and bodies as a file, and return what the server calls it. Nothing is paid by that."""

    def create(self, key: str, input_file: str) -> ServerBatch:
        """Let the server take an uploaded file as a batch with our key in its metadata; tried once.

        Raises UnsureBatchError where the server may have taken it and has not said so.
        """

    def find(self, batches: Collection[FiledBatch]) -> Mapping[str, ServerBatch]:
        """Those of the batches that the server has, by our key."""

    def state(self, server_id: str) -> ServerBatch:
        """What the server says of a batch."""

    def cancel(self, server_id: str) -> ServerBatch:
        """Stop a batch; what is answered already stays, and is paid."""

    def answers(
        self, batch: FiledBatch, told: ServerBatch, questions: Iterable[BatchQuestion], *, is_given_up: bool = False
    ) -> Iterator[tuple[BatchQuestion, WindowOutcome | None]]:
        """The outcome of each question, in their order; one without an answer has its sentences failed.

        Where the server's files tell of fewer requests than the server does, what they lack may come yet: None, unless
        it is given up.
        """


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """A batch that stands in the database, None if nothing is in it, with its questions, and what was not taken.

    `refused` says by article why not: HeldByBatchError, or ArticleBusyError where another run asks, or has asked.
    """

    batch: FiledBatch | None
    questions: tuple[BatchQuestion, ...]
    refused: Mapping[int, ConflictError]


class BatchLedger(Protocol):
    """Batches, and which windows of which runs each holds. Such a run stays open until its last answer is stored."""

    def prepare(self, key: str, server: str, planned: Sequence[PlannedArticle], now: datetime) -> PreparedBatch:
        """Write a batch down before anything is sent, with a run for each article, in one transaction."""

    def note_upload(self, batch: FiledBatch, input_file: str) -> None:
        """Write what the server calls the file of a batch."""

    def note_submitted(self, batch: FiledBatch, told: ServerBatch, now: datetime) -> bool:
        """Write that the server has the batch; False if it was dropped meanwhile, or is another one there."""

    def note_told(self, batch: FiledBatch, told: ServerBatch) -> None:
        """Write what the server says of a batch."""

    def drop(self, batch: FiledBatch, now: datetime) -> None:
        """Give a batch up that the server never had: its sentences are free again."""

    def store(
        self, batch: FiledBatch, asked: BatchQuestion, outcome: WindowOutcome, now: datetime, price: float | None
    ) -> int | None:
        """Store an outcome in one transaction; returns how many claims were new, None if it was stored already.

        The run ends with its last outcome.
        """

    def close(self, batch: FiledBatch, now: datetime) -> None:
        """Write that a batch is collected, if no question of it waits any more."""

    def batches(self, now: datetime, *, only_open: bool = True) -> tuple[FiledBatch, ...]:
        """Those under way, or all, oldest first."""

    def questions(self, batch: FiledBatch) -> Iterator[BatchQuestion]:
        """The questions of a batch that wait for their outcome, article by article."""
