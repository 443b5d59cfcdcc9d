from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import Lease
from factcheck.domain.states import ClaimStatus
from factcheck.errors import NothingToUndoError
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_claim import Desk, skip_claim, undo_last

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Decide = Callable[..., None]
Undo = Callable[[str], tuple[str, int]]
Skip = Callable[[int, str], object]


@pytest.fixture
def undo(desk: Desk) -> Undo:
    def undone(reviewer: str) -> tuple[str, int]:
        action, claim = undo_last(desk, reviewer)
        return action, claim.id

    return undone


@pytest.fixture
def skip(desk: Desk) -> Skip:
    return partial(skip_claim, desk)


def test_undone_verdict_is_leased_back(
    queue: SqlQueue, queued: Queued, decide: Decide, undo: Undo, now: datetime, until: datetime
) -> None:
    queued(0.9)
    decide(1, "ann")

    assert undo("ann") == ("decided", 1)

    claim = queue.claim(1, now)
    assert (claim.status, claim.verdict, claim.lease) == (ClaimStatus.LEASED, None, Lease("ann", until))


def test_undone_verdict_stays_in_table(queued: Queued, decide: Decide, undo: Undo, look: Look) -> None:
    queued(0.9)
    decide(1, "ann", "https://a.example")

    undo("ann")

    undone_at = "2026-03-01 12:00:00.000000"
    assert look("SELECT label, undone_at FROM verdict") == [("false", undone_at)]
    assert look("SELECT url, removed_at FROM evidence") == [("https://a.example", undone_at)]


def test_undone_verdict_takes_its_evidence(
    desk: Desk, queue: SqlQueue, queued: Queued, decide: Decide, undo: Undo, now: datetime
) -> None:
    queued(0.9)
    add_evidence(desk, 1, EvidenceDraft("https://kept.example"), None)
    decide(1, "ann", "https://gone.example")

    undo("ann")

    assert [one.url for one in queue.claim(1, now).evidence] == ["https://kept.example"]


def test_undone_skip_takes_rank_back(
    queue: SqlQueue, queued: Queued, skip: Skip, undo: Undo, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.5)
    skip(1, "ann")

    assert undo("ann") == ("skipped", 1)

    assert queue.claim(1, now).lease == Lease("ann", until)
    assert queue.lease_next("bob", until, until + timedelta(hours=1), 2) == (1, 2)


def test_undo_again_goes_further(queued: Queued, decide: Decide, skip: Skip, undo: Undo) -> None:
    queued(0.9, 0.8, 0.7)
    decide(1, "ann")
    skip(2, "ann")
    decide(3, "ann")

    assert [undo("ann") for _ in range(3)] == [("decided", 3), ("skipped", 2), ("decided", 1)]


def test_undo_ends_with_the_first(queued: Queued, decide: Decide, undo: Undo) -> None:
    queued(0.9)
    decide(1, "ann")
    undo("ann")

    with pytest.raises(NothingToUndoError, match=r"^'ann' has no verdict or skip to take back$"):
        undo("ann")


def test_decision_after_undo_is_undone(queued: Queued, decide: Decide, undo: Undo, look: Look) -> None:
    queued(0.9)
    decide(1, "ann", label="true")
    undo("ann")
    decide(1, "ann", label="mixed")

    assert undo("ann") == ("decided", 1)
    assert look("SELECT count(*) FROM verdict WHERE undone_at IS NOT NULL") == [(2,)]


def test_skip_then_verdict_undo_both(
    queue: SqlQueue, queued: Queued, decide: Decide, skip: Skip, undo: Undo, now: datetime
) -> None:
    queued(0.9)
    skip(1, "ann")
    decide(1, "ann")

    assert [undo("ann"), undo("ann")] == [("decided", 1), ("skipped", 1)]
    assert queue.held_by("ann", now) == (1,)


def test_undo_leaves_others_alone(queue: SqlQueue, queued: Queued, decide: Decide, undo: Undo, now: datetime) -> None:
    queued(0.9, 0.8)
    decide(1, "ann")
    decide(2, "bob")

    undo("ann")

    assert [queue.claim(number, now).status for number in (1, 2)] == [ClaimStatus.LEASED, ClaimStatus.DECIDED]


def test_newcomer_has_nothing_to_undo(queued: Queued, decide: Decide, undo: Undo) -> None:
    queued(0.9)
    decide(1, "ann")

    with pytest.raises(NothingToUndoError):
        undo("bob")


def test_leases_are_not_undone(queue: SqlQueue, queued: Queued, undo: Undo, now: datetime, until: datetime) -> None:
    queued(0.9)
    queue.lease_next("ann", now, until)

    with pytest.raises(NothingToUndoError):
        undo("ann")


def test_skip_that_others_took_stays(
    queue: SqlQueue, queued: Queued, skip: Skip, undo: Undo, now: datetime, until: datetime
) -> None:
    queued(0.9)
    skip(1, "ann")
    queue.lease_next("bob", now, until)

    with pytest.raises(NothingToUndoError):
        undo("ann")
    assert queue.held_by("bob", now) == (1,)


def test_skip_that_others_decided_stays(queued: Queued, decide: Decide, skip: Skip, undo: Undo) -> None:
    queued(0.9)
    skip(1, "ann")
    decide(1, "bob")

    with pytest.raises(NothingToUndoError):
        undo("ann")


def test_overtaken_skip_is_passed_over(queued: Queued, decide: Decide, skip: Skip, undo: Undo) -> None:
    queued(0.9, 0.8)
    decide(1, "ann")
    skip(2, "ann")
    decide(2, "bob")

    assert undo("ann") == ("decided", 1)


def test_refused_undo_leaves_no_event(
    queue: SqlQueue,
    queued: Queued,
    skip: Skip,
    undo: Undo,
    now: datetime,
    until: datetime,
    look: Look,
) -> None:
    queued(0.9)
    skip(1, "ann")
    queue.lease_next("bob", now, until)

    with pytest.raises(NothingToUndoError):
        undo("ann")

    assert look("SELECT * FROM event WHERE action = 'undone'") == []


def test_skip_is_undone_after_expiry(
    desk: Desk, queue: SqlQueue, queued: Queued, skip: Skip, now: datetime, until: datetime
) -> None:
    queued(0.9)
    skip(1, "ann")
    queue.lease_next("bob", now, until)

    action, claim = undo_last(replace(desk, clock=lambda: until), "ann")
    assert (action, claim.id) == ("skipped", 1)
