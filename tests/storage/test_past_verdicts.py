"""The settled claims of a desk, found by their words and by their meaning."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pytest

from factcheck.storage.database import Database
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.workflow.alike_ports import Nearness
from factcheck.workflow.review_claim import Desk, undo_last

Queued = Callable[..., list[int]]
Decide = Callable[..., None]
SAID = ("The bridge was opened in 1931.", "The tower is 300 m high.", "桥梁于一九三一年开放")


class FakeNearness(Nearness):
    """Finds whatever it learnt as near as the number tells."""

    name = "fake"

    def __init__(self) -> None:
        self.learnt: dict[int, str] = {}

    def learn(self, texts: Mapping[int, str]) -> None:
        self.learnt |= texts

    def nearest(self, text: str, limit: int) -> Sequence[int]:
        del text
        return sorted(self.learnt)[:limit]

    def of(self, text: str, numbers: Collection[int]) -> Mapping[int, float]:
        del text
        return {one: one / 10 for one in numbers}

    def between(self, text: str, others: Sequence[str]) -> Sequence[float]:
        return [float(one == text) for one in others]


@pytest.fixture
def past(database: Database) -> Iterator[SqlPastVerdicts]:
    """The index of the fixture `database`."""
    index = SqlPastVerdicts(database)
    yield index
    index.close()


def numbers(past: SqlPastVerdicts, text: str) -> set[int]:
    return {one.number for one in past.found(text, 5)}


def test_decided_claims_are_found(past: SqlPastVerdicts, queued: Queued, decide: Decide) -> None:
    queued(words=SAID)
    assert numbers(past, "the bridge") == set()

    decide(1, "ana")
    assert numbers(past, "the bridge") == {1}
    decide(2, "ana")
    decide(3, "bo")

    assert numbers(past, "A bridge, or a tower.") == {1, 2}
    assert numbers(past, "桥梁") == {3}
    assert numbers(past, "rents") == numbers(past, "") == set()


def test_meaning_finds_what_words_do_not(database: Database, queued: Queued, decide: Decide) -> None:
    queued(words=SAID)
    decide(1, "ana")
    decide(2, "ana")
    near = FakeNearness()
    past = SqlPastVerdicts(database, lambda: near)

    found = {one.number: one for one in past.found("bridge", 5)}

    assert near.learnt == {1: SAID[0], 2: SAID[1]}
    assert (found[1].nearness, found[2].nearness) == (0.1, 0.2)
    assert found[1].strength > found[2].strength == 0
    past.close()


def test_nearness_of_any_texts_is_told_where_a_model_is(database: Database) -> None:
    made: list[FakeNearness] = []

    def model() -> FakeNearness:
        made.append(FakeNearness())
        return made[-1]

    past = SqlPastVerdicts(database, model)

    assert past.nearness("bridge", ["bridge", "tower"]) == past.nearness("bridge", ["bridge", "rents"]) == [1, 0]
    assert len(made) == 1
    assert SqlPastVerdicts(database).nearness("bridge", ["tower"]) is None
    past.close()


def test_words_cannot_steer_the_search(past: SqlPastVerdicts, queued: Queued, decide: Decide) -> None:
    queued(words=SAID)
    decide(1, "ana")

    assert numbers(past, '" OR 1 NEAR( * words:') == set()


def test_undone_verdict_is_not_indexed(past: SqlPastVerdicts, queued: Queued, decide: Decide, desk: Desk) -> None:
    queued(words=SAID)
    decide(1, "ana")
    undo_last(desk, "ana")

    assert numbers(past, SAID[0]) == set()


def test_word_of_many_claims_is_less_rare(past: SqlPastVerdicts, queued: Queued, decide: Decide) -> None:
    queued(words=("The bridge fell.", "The bridge stands.", "A tower stands."))
    for number in (1, 2, 3):
        decide(number, "ana")
    past.found("bridge", 5)

    assert past.rarity("tower") > past.rarity("bridg")
    assert past.rarity("bridg") < past.rarity("nothing")
