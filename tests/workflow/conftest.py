"""A desk at work, for the tests of the use cases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import FakeExtractor, HeardProgress

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.storage.database import Database
from factcheck.storage.event_reader import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.storage.people import SqlPeople
from factcheck.storage.queue import SqlQueue
from factcheck.storage.statistics import SqlStatistics
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.stores import Stores

Extracted = Callable[..., FiledArticle]


@dataclass
class SetClock:
    """Tells the time that it was set to."""

    now: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still until it is told to go on."""
    return SetClock()


@pytest.fixture
def pass_minutes(clock: SetClock) -> Callable[[int], None]:
    """Sets the clock forward."""
    return clock.pass_minutes


@pytest.fixture
def desk(queue: SqlQueue, clock: SetClock) -> Desk:
    """A desk whose leases last half an hour."""
    return Desk(queue, clock, timedelta(minutes=30))


@pytest.fixture
def stores(database: Database, ledger: SqlLedger, queue: SqlQueue, clock: SetClock) -> Iterator[Stores]:
    """All stores of the desk's database."""
    past = SqlPastVerdicts(database)
    yield Stores(ledger, queue, SqlPeople(database), SqlLog(database), SqlStatistics(database), past, "desk.db", clock)
    past.close()


@pytest.fixture
def extracted(ledger: SqlLedger, clock: SetClock) -> Extracted:
    """Extracts the article of a text: each of its sentences becomes a claim."""

    def filed(text: str, failing: frozenset[int] = frozenset()) -> FiledArticle:
        article = file_article(Article(text, clock()), ledger, clock)
        extractor = FakeExtractor(failing)
        extraction = Extraction(ledger, lambda: extractor, clock, HeardProgress(), lambda: None)
        list(extraction.of([article.id], Plan(size=3)))
        return article

    return filed


@pytest.fixture
def three_claims(extracted: Extracted) -> FiledArticle:
    """Claims 1 to 3, queued."""
    return extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")


@pytest.fixture
def careful_desk(desk: Desk, three_claims: FiledArticle) -> Desk:
    """A desk with three claims that wants a second reading of every `false`."""
    del three_claims
    return replace(desk, second_reading=SecondReadingRules(labels=frozenset({"false"})))
