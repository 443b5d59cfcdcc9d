"""A desk that is made in no time, for tests that break it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import NOTHING_ASKED, SETUP, sentence_claim

from factcheck.domain.article import Article
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.review_claim import Desk, record_verdict

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SAID = ("Claim 1 was made.", "Claim 2 was made.", "Claim 3 was made.")


@pytest.fixture
def small_desk(folder: Path, empty_database: Path) -> Path:
    """Two articles of three claims each, the first decided with evidence, as ./factcheck.db."""
    path = Path(shutil.copy(empty_database, folder / "factcheck.db"))
    database = Database(str(path))
    ledger = SqlLedger(database)
    for number in (1, 2):
        text = " ".join((*SAID, f"Article {number}."))
        starts = [text.index(one) for one in SAID]
        spans = (Span(start, start + len(one)) for start, one in zip(starts, SAID, strict=True))
        sentences = tuple(Sentence(position, span) for position, span in enumerate(spans, 1))
        filed = ledger.file_article(Article(text, NOW), sentences, NOW)
        run_id = ledger.begin_run(filed.id, SETUP, NOW)
        entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
        claims = tuple(sentence_claim(filed.article, one, 0.5) for one in sentences)
        ledger.record_outcome(run_id, filed, WindowOutcome(Window(sentences), entries, claims), NOW)
        ledger.end_run(run_id, "finished", NOW)
    desk = Desk(SqlQueue(database), lambda: NOW, NOW - NOW, sign_off=NOTHING_ASKED)
    record_verdict(desk, 1, "false", "ana", evidence=[EvidenceDraft("https://a.example/", Stance.REFUTES)])
    database.close()
    return path
