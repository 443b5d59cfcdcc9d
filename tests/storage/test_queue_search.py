from collections.abc import Callable
from datetime import datetime

import pytest

from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import ClaimStatus
from factcheck.storage.queue import SqlQueue

Queued = Callable[..., list[int]]
Search = Callable[..., list[str]]

WORDS = [
    "Prices rose by 10% in Öland.",
    "Prices rose by 100 crowns.",
    "The file is named old_report.",
    "The file is named oldXreport.",
    "A path such as C:/temp needs care.",
]


@pytest.fixture
def search(queue: SqlQueue, queued: Queued, now: datetime) -> Search:
    queued(words=WORDS)

    def texts(*words: str) -> list[str]:
        return [one.claim.text for one in queue.find(ClaimQuery(words=words), now)]

    return texts


@pytest.mark.parametrize("word", ["prices", "PRICES", "Prices"])
def test_search_ignores_ascii_case(search: Search, word: str) -> None:
    assert search(word) == WORDS[:2]


@pytest.mark.parametrize("word", ["öland", "ÖLAND"])
def test_search_ignores_case_beyond_ascii(search: Search, word: str) -> None:
    assert search(word) == WORDS[:1]


def test_percent_sign_is_taken_literally(search: Search) -> None:
    assert search("10%") == WORDS[:1]


def test_underscore_is_taken_literally(search: Search) -> None:
    assert search("old_report") == WORDS[2:3]


def test_slash_is_taken_literally(search: Search) -> None:
    assert search("c:/temp") == WORDS[4:]


def test_quotation_mark_ends_no_query(search: Search) -> None:
    assert search("'; DROP TABLE claim; --") == []


def test_every_word_must_match(search: Search) -> None:
    assert search("prices", "crowns") == WORDS[1:2]


def test_word_counts_as_search_finds(queue: SqlQueue, search: Search, now: datetime) -> None:
    assert queue.count(ClaimQuery(words=("file",)), now) == len(search("file")) == 2


def test_filters_of_query_combine(queue: SqlQueue, search: Search, now: datetime, until: datetime) -> None:
    del search
    queue.lease_next("ann", now, until)

    query = ClaimQuery(ClaimStatus.QUEUED, article_id=1, words=("prices",))

    assert [one.id for one in queue.find(query, now)] == [2]


def test_claims_are_told_in_brief(queue: SqlQueue, search: Search, now: datetime) -> None:
    prices = search("prices")

    found = queue.in_brief(ClaimQuery(words=("prices",)), now, 10)

    assert [one.words for one in found] == prices
    assert [one.id for one in found] == [one.id for one in queue.find(ClaimQuery(words=("prices",)), now)]
    assert queue.in_brief(ClaimQuery(words=("prices",)), now, 1) == found[:1]
