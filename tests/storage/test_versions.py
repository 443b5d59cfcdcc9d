"""Claims of an article's versions: each once, whichever version is answered first."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fakes import FakeExtractor, HeardProgress

from factcheck.domain.article import Article
from factcheck.domain.review import ClaimQuery
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.extract_article import Extraction, Plan, file_article

SAID = [f"Minister {one} opened hospital {one} in town {one}." for one in range(1, 9)]
CHANGED = [*SAID[:-1], "Minister 9 opened no hospital."]

File = Callable[[list[str]], int]
Answer = Callable[[int], None]


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    """The articles of an empty desk."""
    return SqlLedger(database)


@pytest.fixture
def file(ledger: SqlLedger, now: datetime) -> File:
    """Files a version of one page, which was read an hour after the one before, and returns its number."""
    hours = iter(range(9))

    def filed(sentences: list[str]) -> int:
        at = now + timedelta(hours=next(hours))
        article = Article(" ".join(sentences), at, url="https://news.example/a")
        return file_article(article, ledger, lambda: at).id

    return filed


@pytest.fixture
def answer(ledger: SqlLedger, now: datetime) -> Answer:
    """Answers what has no answer in an article: each of its sentences is a claim."""

    def answered(article_id: int) -> None:
        extraction = Extraction(ledger, FakeExtractor, lambda: now, HeardProgress(), lambda: None)
        list(extraction.of([article_id], Plan(3)))

    return answered


@pytest.fixture
def standing(database: Database, now: datetime) -> Callable[[], list[str]]:
    """The words of all claims, once each of them stands where it should, and the log is whole."""

    def words() -> list[str]:
        assert SqlLog(database).verify().is_whole
        return sorted(one.words for one in SqlQueue(database).find(ClaimQuery(), now))

    return words


@pytest.mark.parametrize("order", [(1, 2), (2, 1)], ids=["older first", "newer first"])
def test_claims_of_both_versions_are_queued_once(
    file: File, answer: Answer, standing: Callable[[], list[str]], ledger: SqlLedger, order: tuple[int, ...]
) -> None:
    numbers = [file(SAID), file(CHANGED)]
    for one in order:
        answer(numbers[one - 1])

    assert standing() == sorted({*SAID, *CHANGED})
    assert [len(ledger.claims_standing_in(one)) for one in numbers] == [len(SAID), len(CHANGED)]


def test_words_that_come_back_in_a_third_version_keep_their_claim(
    file: File, answer: Answer, standing: Callable[[], list[str]], database: Database, now: datetime
) -> None:
    answer(file(SAID))
    answer(file(CHANGED))
    [claim] = [one.id for one in SqlQueue(database).find(ClaimQuery(), now) if one.words == SAID[-1]]
    assert SqlQueue(database).claim(claim, now).changed_in == 2

    answer(file([*CHANGED, SAID[-1]]))

    assert standing() == sorted({*SAID, *CHANGED})
    assert SqlQueue(database).claim(claim, now).changed_in is None


def test_version_that_is_answered_late_ends_no_alert(
    file: File, answer: Answer, standing: Callable[[], list[str]], database: Database, now: datetime
) -> None:
    first, second = file(SAID), file([*SAID, CHANGED[-1]])
    answer(second)
    answer(file(CHANGED))
    [claim] = [one.id for one in SqlQueue(database).find(ClaimQuery(), now) if one.words == SAID[-1]]

    answer(first)

    assert SqlQueue(database).claim(claim, now).changed_in is not None
    assert standing() == sorted({*SAID, *CHANGED})
