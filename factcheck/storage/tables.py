"""The tables. Rows never leave this room: they are turned into the domain's types.

A column has the type of the field that it is read into: moments are aware of UTC, words out of a short
list are the domain's enums, and lists are JSON text.
"""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, Table, text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from factcheck.domain.batch import BatchState
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.evidence import CheckOutcome, QuoteStatus, SourceKind, Stance
from factcheck.domain.review import Confidence, ErrorType
from factcheck.domain.sentence import SentenceState
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole
from factcheck.storage.columns import Bytes, Day, JsonText, UtcDateTime, Word, name_cells

_NULL: dict[str, Any] = {"default": None, "nullable": True}


def moment_column(**options: Any) -> Any:  # noqa: ANN401 - Field itself returns Any
    """A moment in UTC."""
    return Field(sa_type=UtcDateTime, **options)


def word_column(kind: type[StrEnum], **options: Any) -> Any:  # noqa: ANN401
    """A word out of a short list."""
    return Field(sa_type=Word(kind), **options)


def json_column(kind: type) -> Any:  # noqa: ANN401
    """A list or an object, empty until it is told."""
    return Field(default_factory=kind, sa_type=JsonText)


class Row(SQLModel):
    """A row of the table that the class is named after. Rows are never validated: pydantic need not build for that."""

    model_config = {"defer_build": True}
    __table__: ClassVar[Table]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class NumberedRow(Row):
    """A row with a number of its own."""

    id: int | None = Field(default=None, primary_key=True)


class ArticleRow(NumberedRow, table=True):
    """An article: its text never changes."""

    sha256: str = Field(unique=True)
    text: str
    title: str | None = None
    url: str | None = Field(default=None, index=True)
    authors: list[Any] = json_column(list)
    published: date | None = Field(default=None, sa_type=Day)
    language: str | None = None
    detected_language: str | None = None
    published_at: str | None = None
    locators: list[Any] = json_column(list)
    canonical_url: str | None = Field(default=None, index=True)
    previous_id: int | None = Field(default=None, index=True)
    publisher: str | None = None
    subtitle: str | None = None
    modified: date | None = Field(default=None, sa_type=Day)
    retrieved_at: datetime = moment_column()
    returned_at: datetime | None = moment_column(**_NULL)


class SentenceRow(Row, table=True):
    """A sentence and its ledger entry."""

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    position: int = Field(primary_key=True)
    start_offset: int
    end_offset: int
    block: BlockKind = word_column(BlockKind)
    state: SentenceState = word_column(SentenceState)
    kind: str | None = None
    detail: str | None = None
    run_id: int | None = Field(default=None, foreign_key="run.id")


class RunRow(NumberedRow, table=True):
    """An extraction run: what it was made with, what it cost, how it ended."""

    article_id: int = Field(foreign_key="article.id", index=True)
    model: str
    prompt: str
    prompt_version: str
    prompt_hash: str
    parameters: dict[str, Any] = json_column(dict)
    recording: str | None = None
    recording_sha256: str | None = None
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    uncounted: int = 0
    price: float | None = None
    started_at: datetime = moment_column()
    alive_until: datetime | None = moment_column(**_NULL)
    ended_at: datetime | None = moment_column(**_NULL)
    outcome: str | None = None


class RunSentenceRow(Row, table=True):
    """What one run said of a sentence; the sentence itself holds what stands now."""

    run_id: int = Field(foreign_key="run.id", primary_key=True)
    position: int = Field(primary_key=True)
    state: SentenceState = word_column(SentenceState)
    kind: str | None = None
    detail: str | None = None


class RunClaimRow(Row, table=True):
    """A claim that a run gave: as a new one, or once more."""

    run_id: int = Field(foreign_key="run.id", primary_key=True)
    claim_id: int = Field(foreign_key="claim.id", primary_key=True)


class BatchRow(NumberedRow, table=True):
    """A batch: our own key, where it was sent, what the server calls it and last said of it."""

    key: str = Field(unique=True)
    server: str
    state: BatchState = word_column(BatchState, index=True)
    requests: int
    input_file: str | None = None
    server_id: str | None = None
    status: str | None = None
    done: int = 0
    failed: int = 0
    prepared_at: datetime = moment_column()
    submitted_at: datetime | None = moment_column(**_NULL)
    collected_at: datetime | None = moment_column(**_NULL)


class BatchWindowRow(Row, table=True):
    """A window that a batch asks about for a run: its sentences, those before them, and when its outcome was stored."""

    run_id: int = Field(foreign_key="run.id", primary_key=True)
    number: int = Field(primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    positions: list[Any] = json_column(list)
    before: list[Any] = json_column(list)
    stored_at: datetime | None = moment_column(**_NULL)


class ClaimRow(NumberedRow, table=True):
    """A claim, its place in the queue, its lease, and where it stands with the editor."""

    __table_args__ = (
        Index("ix_claim_queue", "status", "skips", text("check_worthiness DESC"), "id"),
        Index("ix_claim_lease", "status", "leased_until"),
        Index("ix_claim_wording", "article_id", "wording"),
        Index("ix_claim_sentence", "article_id", "first_sentence", "id"),
        Index("ix_claim_assigned", "assigned_to", "status"),
        # Of those with a day alone: SQLite would rather look through all that wait than for a day that is there.
        # Migration 22 says the same to PostgreSQL; its word for it would load that dialect with every command.
        Index("ix_claim_due", "status", "due_on", sqlite_where=text("due_on IS NOT NULL")),
        Index("ix_claim_editorial", "editorial", "id"),
    )

    uid: str = Field(unique=True)
    article_id: int = Field(foreign_key="article.id")
    run_id: int | None = Field(default=None, foreign_key="run.id")
    text: str
    quote: str
    anchor: AnchorStatus = word_column(AnchorStatus)
    segments: list[Any] = json_column(list)
    sentence_ids: list[Any] = json_column(list)
    first_sentence: int = 0
    also: list[Any] = json_column(list)
    wording: str
    speaker: str | None = None
    check_worthiness: float
    reason: str = ""
    inferred: list[Any] = json_column(list)
    flags: list[Any] = json_column(list)
    when_words: str | None = None
    when_first: date | None = Field(default=None, sa_type=Day)
    when_last: date | None = Field(default=None, sa_type=Day)
    locator: str | None = None
    vanished_in: int | None = None
    changed_in: int | None = None
    status: ClaimStatus = word_column(ClaimStatus, default=ClaimStatus.QUEUED)
    skips: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = moment_column(**_NULL)
    editorial: EditorialState = word_column(EditorialState, default=EditorialState.OPEN)
    second_asked: str | None = None
    amended_text: str | None = None
    amended_by: str | None = None
    amended_at: datetime | None = moment_column(**_NULL)
    aside: str | None = None
    duplicate_of: int | None = None
    split_from: int | None = None
    asked_on: date | None = Field(default=None, sa_type=Day)
    answer: str | None = None
    asked_by: str | None = None
    added_by: str | None = None
    added_at: datetime | None = moment_column(**_NULL)
    speaker_set: str | None = None
    speaker_by: str | None = None
    speaker_at: datetime | None = moment_column(**_NULL)
    assigned_to: str | None = None
    due_on: date | None = Field(default=None, sa_type=Day)


class VerdictRow(NumberedRow, table=True):
    """A verdict. One that no longer holds stays: `ended_as` says why, `undone_at` since when."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    label: str
    scale: str
    scale_version: int
    reviewer: str
    rationale: str | None = None
    decided_at: datetime = moment_column()
    undone_at: datetime | None = moment_column(**_NULL)
    role: ReadingRole = word_column(ReadingRole, default=ReadingRole.FIRST)
    known_as_of: date | None = Field(default=None, sa_type=Day)
    confidence: Confidence | None = word_column(Confidence, **_NULL)
    note: str | None = None
    error_type: ErrorType | None = word_column(ErrorType, **_NULL)
    carried_from: int | None = Field(default=None, index=True)
    ended_as: str | None = None


class EditorialActRow(NumberedRow, table=True):
    """A sign-off, rejection, publication or withdrawal. One that was taken back stays, with the moment."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    act: Act = word_column(Act)
    editor: str
    at: datetime = moment_column()
    comment: str | None = None
    despite: str | None = None
    concerns: list[Any] = json_column(list)
    shown: str | None = None
    undone_at: datetime | None = moment_column(**_NULL)


class CorrectionRow(NumberedRow, table=True):
    """A published verdict that was replaced, and by which. Only ever added to."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    was_id: int = Field(foreign_key="verdict.id")
    now_id: int = Field(foreign_key="verdict.id")
    editor: str
    at: datetime = moment_column()
    reason: str
    is_typo: bool = False
    words_were: str | None = None


class ClaimNoteRow(NumberedRow, table=True):
    """A word to colleagues about a claim."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    reviewer: str
    at: datetime = moment_column()
    text: str


class ClaimFlagRow(NumberedRow, table=True):
    """Somebody's request that the editor looks at a claim, in place of their own before."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    reviewer: str
    at: datetime = moment_column()
    reason: str


class PersonRow(Row, table=True):
    """Somebody of the desk, with roles as a JSON list."""

    name: str = Field(primary_key=True)
    roles: list[Any] = json_column(list)
    added_at: datetime = moment_column()


class DraftRow(Row, table=True):
    """What a reviewer has typed about a claim and not yet decided."""

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    reviewer: str = Field(primary_key=True)
    saved_at: datetime = moment_column()
    label: str | None = None
    rationale: str | None = None
    form: str | None = None


class EvidenceRow(NumberedRow, table=True):
    """A piece of evidence. One that was removed, or added with an undone verdict, stays, with the moment."""

    claim_id: int = Field(foreign_key="claim.id", index=True)
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    url: str | None = None
    stance: Stance = word_column(Stance)
    quote: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    description: str | None = None
    locator: str | None = None
    kind: SourceKind | None = word_column(SourceKind, **_NULL)
    anonymous: bool = False
    file_name: str | None = None
    media_type: str | None = None
    sha256: str | None = Field(default=None, foreign_key="snapshot.sha256")
    retrieved_at: datetime | None = moment_column(**_NULL)
    canonical_url: str | None = None
    archive_url: str | None = None
    quote_status: QuoteStatus = word_column(QuoteStatus, default=QuoteStatus.UNCHECKED)
    doubts: list[Any] = json_column(list)
    added_by: str | None = None
    added_at: datetime = moment_column()
    edited_by: str | None = None
    removed_at: datetime | None = moment_column(**_NULL)
    removed_by: str | None = None


class SnapshotRow(Row, table=True):
    """What a page or a file was, compressed by zlib; shared by all evidence that rests on it."""

    sha256: str = Field(primary_key=True)
    media_type: str
    size: int
    content: bytes = Field(sa_type=Bytes)
    charset: str | None = None


class EvidenceCheckRow(NumberedRow, table=True):
    """A look at a source, the first one too. Only ever added to."""

    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    at: datetime = moment_column()
    outcome: CheckOutcome = word_column(CheckOutcome)
    quote_status: QuoteStatus = word_column(QuoteStatus)
    sha256: str | None = Field(default=None, foreign_key="snapshot.sha256")
    url: str | None = None
    status: int | None = None
    headers: dict[str, Any] = json_column(dict)
    detail: str | None = None
    checked_by: str | None = None


class EventRow(NumberedRow, table=True):
    """What happened, who did it, and what it replaced. Only ever added to."""

    __table_args__ = (Index("ix_event_actor", "actor", "id"),)

    at: datetime = moment_column()
    actor: str | None = None
    action: str
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    article_id: int | None = Field(default=None, foreign_key="article.id")
    run_id: int | None = Field(default=None, foreign_key="run.id")
    details: str = "{}"
    undoes: int | None = Field(default=None, foreign_key="event.id", unique=True)
    previous_hash: str
    hash: str


class EventHeadRow(NumberedRow, table=True):
    """One row: the last event and its hash. Whoever adds an event holds it until the transaction ends."""

    event_id: int
    hash: str


class ScaleRow(Row, table=True):
    """A rating scale as it was when the first verdict was given on it: a version never changes."""

    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    labels: list[Any] = Field(sa_type=JsonText)


ARTICLE = ArticleRow.__table__
SENTENCE = SentenceRow.__table__
RUN = RunRow.__table__
RUN_SENTENCE = RunSentenceRow.__table__
RUN_CLAIM = RunClaimRow.__table__
BATCH = BatchRow.__table__
BATCH_WINDOW = BatchWindowRow.__table__
CLAIM = ClaimRow.__table__
VERDICT = VerdictRow.__table__
EDITORIAL_ACT = EditorialActRow.__table__
CORRECTION = CorrectionRow.__table__
CLAIM_NOTE = ClaimNoteRow.__table__
CLAIM_FLAG = ClaimFlagRow.__table__
PERSON = PersonRow.__table__
DRAFT = DraftRow.__table__
EVIDENCE = EvidenceRow.__table__
SNAPSHOT = SnapshotRow.__table__
EVIDENCE_CHECK = EvidenceCheckRow.__table__
EVENT = EventRow.__table__
EVENT_HEAD = EventHeadRow.__table__
SCALE = ScaleRow.__table__
ABOUT_CLAIMS = (VERDICT, CLAIM_NOTE, EDITORIAL_ACT, CORRECTION, CLAIM_FLAG)
"""What was said about claims, each row with the number of its claim."""

name_cells(*SQLModel.metadata.tables.values())
