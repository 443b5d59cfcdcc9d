"""Batches of questions that a server answers within a day, at half the price, and where each of them stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factcheck.domain.article import FiledArticle
from factcheck.domain.extraction import ExtractionSetup, FiledRun, Question, Window
from factcheck.domain.sentence import Sentence

_OVER = frozenset({"completed", "failed", "expired", "cancelled"})
"""A server's words for a batch that it does nothing for any more."""


class BatchState(StrEnum):
    """Where a batch stands at this desk; what the server says of it is its `status`."""

    PREPARED = "prepared"
    """Written down; whether the server has it is not."""
    OUT = "out"
    """The server has it."""
    COLLECTED = "collected"
    """Each of its questions has an outcome in the ledger."""
    DROPPED = "dropped"
    """The server never had it; nothing was paid."""

    @property
    def is_open(self) -> bool:
        """Whether it holds its questions."""
        return self in {BatchState.PREPARED, BatchState.OUT}


@dataclass(frozen=True, slots=True)
class ServerBatch:
    """A batch as its server tells of it. `reason` is why it failed, "" if it did not; files are None until they are."""

    id: str
    status: str
    done: int = 0
    failed: int = 0
    total: int = 0
    answers_file: str | None = None
    errors_file: str | None = None
    reason: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in _OVER

    def answered(self, requests: int) -> int:
        """Of how many of its requests the files are to tell: of all where it is completed, else of those it counts."""
        if self.status == "completed":
            return requests
        return min(requests, self.done if self.status == "failed" else self.done + self.failed)


@dataclass(frozen=True, slots=True)
class FiledBatch:
    """A batch in the database. `key` is ours, in the server's metadata too; `server_id` is the server's.

    `server` is the base url that it was prepared for, `articles` the numbers of those that it asks about; `left`
    says how many of its questions have no outcome in the ledger yet. `is_attended` says that a process lives that
    prepares it.
    """

    id: int
    key: str
    server: str
    state: BatchState
    setup: ExtractionSetup
    articles: tuple[int, ...]
    prepared_at: datetime
    requests: int
    left: int
    input_file: str | None = None
    server_id: str | None = None
    status: str | None = None
    done: int = 0
    failed: int = 0
    is_attended: bool = False

    @property
    def was_over(self) -> bool:
        """Whether its server has told before that nothing more will come of it."""
        return self.status in _OVER


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """What a batch is to ask about an article, planned when these were its runs: with others, the plan is old."""

    filed: FiledArticle
    sentences: tuple[Sentence, ...]
    windows: tuple[Window, ...]
    setup: ExtractionSetup
    runs: tuple[FiledRun, ...]


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One question of a batch. `name` is its own in all batches of a desk; the server says it with the answer."""

    name: str
    question: Question


def question_name(key: str, run_id: int, number: int) -> str:
    """The name of a run's window in the batch of that key: no other batch of anybody's has it."""
    return f"{key}.r{run_id}.w{number}"
