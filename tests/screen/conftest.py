"""States of a desk, for the tests of the screen."""

from collections.abc import Iterator

import pytest
from stage import SOON_SECONDS, Stage

from factcheck.screen import acting_screen, claim_screen
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.review_session import ReviewSession


@pytest.fixture(autouse=True)
def what_waits_begins_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen counts the queue and looks further almost at once: no test is about the moment before."""
    monkeypatch.setattr(claim_screen, "_FURTHER_SECONDS", SOON_SECONDS)
    monkeypatch.setattr(acting_screen, "_FIRST_COUNT_SECONDS", SOON_SECONDS)


@pytest.fixture
def stage(database: Database, ledger: SqlLedger, queue: SqlQueue) -> Iterator[Stage]:
    """An empty desk."""
    past = SqlPastVerdicts(database)
    yield Stage(ledger, queue, past)
    past.close()


@pytest.fixture
def session(stage: Stage) -> ReviewSession:
    """A session of ana, the first of four claims in hand."""
    stage.file(title="News of the day", url="https://news.example/day")
    return stage.session()
