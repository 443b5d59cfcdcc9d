"""The settled claims of a desk, found by their words."""

from collections.abc import Callable, Iterator

import pytest

from factcheck.storage.database import Database
from factcheck.storage.past_verdicts import SqlPastVerdicts
from factcheck.text.inference import content_words
from factcheck.workflow.review_claim import Desk, undo_last

Queued = Callable[..., list[int]]
Decide = Callable[..., None]
SAID = ("The bridge was opened in 1931.", "The tower is 300 m high.", "桥梁于一九三一年开放")


@pytest.fixture
def past(database: Database) -> Iterator[SqlPastVerdicts]:
    """The index of the fixture `database`."""
    index = SqlPastVerdicts(database)
    yield index
    index.close()


def wanted(text: str) -> frozenset[str]:
    return frozenset(content_words(text))


def test_decided_claims_are_found(past: SqlPastVerdicts, queued: Queued, decide: Decide) -> None:
    queued(words=SAID)
    assert past.alike(wanted("the bridge"), 5) == ()

    decide(1, "ana")
    assert past.alike(wanted("the bridge"), 5) == (1,)
    decide(2, "ana")
    decide(3, "bo")

    assert past.alike(wanted("A bridge, or a tower."), 5) in ((1, 2), (2, 1))
    assert past.alike(wanted("桥梁"), 5) == (3,)
    assert past.alike(wanted("rents"), 5) == ()
    assert past.alike(frozenset(), 5) == ()


def test_words_cannot_steer_the_search(past: SqlPastVerdicts, queued: Queued, decide: Decide) -> None:
    queued(words=SAID)
    decide(1, "ana")

    assert past.alike(frozenset({'" OR 1', "NEAR(", "*", "words:"}), 5) == ()


def test_undone_verdict_is_not_indexed(past: SqlPastVerdicts, queued: Queued, decide: Decide, desk: Desk) -> None:
    queued(words=SAID)
    decide(1, "ana")
    undo_last(desk, "ana")

    assert past.alike(wanted(SAID[0]), 5) == ()
