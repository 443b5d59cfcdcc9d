"""States of a database, for the tests of the storage room."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import NOTHING_ASKED, SETUP, sentence_claim
from sqlalchemy import create_engine

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.review_claim import Desk, record_verdict

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Decide = Callable[..., None]


@pytest.fixture
def now() -> datetime:
    """The moment at which everything happens."""
    return NOW


@pytest.fixture
def until() -> datetime:
    """The moment at which the leases of these tests run out."""
    return UNTIL


@pytest.fixture(params=["sqlite", "postgresql"])
def desk_url(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> str:
    """Where an empty desk is: each test of this room runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("served_desk_url"))
    return str(shutil.copy(empty_database, tmp_path / "desk.db"))


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    """An empty database."""
    opened = Database(desk_url)
    yield opened
    opened.close()


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    """Where a database of SQLite is kept."""
    return tmp_path / "desk.db"


@pytest.fixture
def look(desk_url: str) -> Look:
    """Reads the database without the code under test."""

    def rows(query: str) -> list[tuple[Any, ...]]:
        engine = create_engine(desk_url if "://" in desk_url else f"sqlite:///{desk_url}")
        try:
            with engine.connect() as connection, closing(connection.connection.cursor()) as cursor:
                cursor.execute(query)
                return [tuple(map(as_in_a_file, row)) for row in cursor.fetchall()]
        finally:
            engine.dispose()

    return rows


@pytest.fixture
def queued(ledger: SqlLedger) -> Queued:
    """Queues claims: each is a sentence with its worth; returns their numbers in that order."""

    def claims(*worths: float, words: Sequence[str] = ()) -> list[int]:
        said = words or [f"Claim {index} was made." for index in range(len(worths))]
        filed, sentences = file_sentences(ledger, said)
        record_claims(ledger, filed, sentences, worths or [0.5] * len(said))
        return list(range(1, len(said) + 1))

    return claims


@pytest.fixture
def desk(queue: SqlQueue) -> Desk:
    """A desk at which it is always NOW, and leases last until UNTIL."""
    return Desk(queue, lambda: NOW, UNTIL - NOW, sign_off=NOTHING_ASKED)


@pytest.fixture
def decide(desk: Desk) -> Decide:
    """Decides claims by number, with evidence from the addresses given."""

    def decided(claim_id: int, reviewer: str, *urls: str, label: str = "false") -> None:
        evidence = [EvidenceDraft(url, Stance.REFUTES) for url in urls]
        record_verdict(desk, claim_id, label, reviewer, evidence=evidence)

    return decided


def as_in_a_file(cell: Any) -> Any:
    """A cell as SQLite keeps it, which has no type for moments."""
    return f"{cell:%Y-%m-%d %H:%M:%S.%f}" if isinstance(cell, datetime) else cell


def file_sentences(ledger: SqlLedger, said: Sequence[str]) -> tuple[FiledArticle, tuple[Sentence, ...]]:
    text, sentences = "", []
    for position, words in enumerate(said, 1):
        sentences.append(Sentence(position, Span(len(text), len(text) + len(words))))
        text += f"{words} "
    return ledger.file_article(Article(text, NOW), sentences, NOW), tuple(sentences)


def record_claims(
    ledger: SqlLedger, filed: FiledArticle, sentences: tuple[Sentence, ...], worths: Sequence[float]
) -> None:
    run_id = ledger.begin_run(filed.id, SETUP, NOW)
    entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
    claims = [sentence_claim(filed.article, one, worth) for one, worth in zip(sentences, worths, strict=True)]
    ledger.record_outcome(run_id, filed, WindowOutcome(Window(sentences), entries, tuple(claims)), NOW)
    ledger.end_run(run_id, "finished", NOW)


@pytest.fixture
def opened(database: Database) -> Database:
    """The database of the fixture `database`, its file made."""
    with database.reading():
        return database
