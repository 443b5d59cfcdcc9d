"""States of a desk, for the tests of the screen."""

from collections.abc import Iterator

import pytest
from stage import Stage

from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.review_session import ReviewSession


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
