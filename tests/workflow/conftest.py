"""A desk at work, for the tests of the use cases."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from fake_desk import FakeLedger, FakeLog, FakePeople, FakeQueue, FakeStatistics, Shelf
from fakes import (
    NOTHING_ASKED,
    FakeAccounts,
    FakeExtractor,
    FakeKnown,
    FakeLookups,
    FakeOutbox,
    FakePrograms,
    FakeSpill,
    FakeVisits,
    HeardProgress,
    NoPastVerdicts,
)

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.workflow.batch_ports import BatchLedger
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.ports import Ledger, Queue, Statistics, Stores
from factcheck.workflow.review_claim import Desk

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
def shelf() -> Shelf:
    """What a database would hold: nothing yet."""
    return Shelf()


@pytest.fixture
def ledger(shelf: Shelf) -> Ledger:
    """The ledger of an empty desk in memory."""
    return FakeLedger(shelf)


@pytest.fixture
def queue(shelf: Shelf) -> Queue:
    """The queue of an empty desk in memory."""
    return FakeQueue(shelf)


@pytest.fixture
def statistics(shelf: Shelf) -> Statistics:
    """The figures of a desk in memory."""
    return FakeStatistics(shelf)


@pytest.fixture
def desk(queue: Queue, clock: SetClock) -> Desk:
    """A desk whose leases last half an hour."""
    return Desk(queue, clock, timedelta(minutes=30), sign_off=NOTHING_ASKED)


@pytest.fixture
def stores(shelf: Shelf, ledger: Ledger, queue: Queue, statistics: Statistics, clock: SetClock) -> Stores:
    """All stores of the desk in memory."""
    batches = cast("BatchLedger", None)  # no use case of these tests sends any
    past, spill = NoPastVerdicts(), FakeSpill()
    logged = FakePeople(shelf), FakeLog(shelf), statistics, past, spill
    more = FakeVisits(), FakeKnown(), FakeLookups()
    of_others = FakePrograms(), FakeOutbox(), FakeAccounts()
    return Stores(ledger, batches, queue, *logged, "desk.db", clock, nullcontext, *more, *of_others)


@pytest.fixture
def extracted(ledger: Ledger, clock: SetClock) -> Extracted:
    """Extracts the article of a text: each of its sentences becomes a claim."""

    def filed(text: str, failing: frozenset[int] = frozenset(), url: str | None = None) -> FiledArticle:
        article = file_article(Article(text, clock(), url=url), ledger, clock)
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
