"""Sentences of an article, and the ledger that accounts for each of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from factcheck.domain.block_kind import BlockKind


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of the article's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        # An empty span cuts nothing out and would be "found" everywhere.
        if not 0 <= self.start < self.end:
            message = f"a span needs 0 <= start < end, got [{self.start}, {self.end})"
            raise ValueError(message)

    def cut(self, text: str) -> str:
        """The words of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class SentenceState(StrEnum):
    """Where a sentence stands in the ledger. Every sentence is in exactly one state."""

    PENDING = "pending"
    CLAIMS = "claims"
    NOT_CHECKABLE = "not_checkable"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"

    @property
    def is_answered(self) -> bool:
        """Whether the sentence has its answer, for good: a failed call is asked again."""
        return self not in {SentenceState.PENDING, SentenceState.FAILED}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of a sentence: its state, what kind of sentence it is, and why."""

    state: SentenceState
    kind: str | None = None
    detail: str | None = None


PENDING = LedgerEntry(SentenceState.PENDING)

REPEAT = "repeat"
"""The kind of a sentence that says an earlier one once more; code tells it, no model is asked."""

NO_SERVER = "no_server"
"""The kind of a failed sentence that its server has not put to the model: that says nothing of the model."""

FURNITURE = "furniture"
"""The kind of a sentence that is the page's and not the article's."""

CREDIT = "credit"
"""The kind of a sentence that says whose picture it is, and nothing of what it shows."""

DATELINE = "dateline"
"""The kind of a sentence that is a date and no more; code tells it once a model has answered."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its position in the article, from 1, and its span, in a block of a kind.

    `run_id` is the run behind its entry, if any.
    """

    position: int
    span: Span
    block: BlockKind = BlockKind.PARAGRAPH
    entry: LedgerEntry = PENDING
    run_id: int | None = None

    @property
    def is_settled_by_code(self) -> bool:
        """Whether no model needs to be asked: page furniture, a repeat, a title that names a topic."""
        return self.run_id is None and self.entry.state.is_answered


def count_states(sentences: Iterable[Sentence]) -> dict[SentenceState, int]:
    """How many sentences stand in each state, every state named."""
    found = Counter(one.entry.state for one in sentences)
    return {state: found[state] for state in SentenceState}
