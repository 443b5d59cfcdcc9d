from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Update, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from factcheck.domain.acts import Actor, skipped
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import ClaimQuery, Lease, QueueCounts, Verdict
from factcheck.domain.states import BLOCKING_FIRST, ClaimStatus
from factcheck.errors import NoSuchClaimError, NotFoundError
from factcheck.storage import queue as queue_module
from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue, lease_statement
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_claim import Desk, record_verdict, release_claim, skip_claim, undo_last

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Decide = Callable[..., None]

MICROSECOND = timedelta(microseconds=1)


def lease(queue: SqlQueue, reviewer: str, now: datetime, until: datetime, count: int = 1) -> list[int]:
    return list(queue.lease_next(reviewer, now, until, count))


def found(queue: SqlQueue, now: datetime, status: ClaimStatus | None = None) -> list[int]:
    return [one.id for one in queue.find(ClaimQuery(status), now)]


def skip_both(queue: SqlQueue, first: int, second: int, now: datetime) -> None:
    with queue.changing() as change:
        for claim_id in (first, second):
            change.store(skipped(change.claim(claim_id, now), Actor("ann", now)))


def test_most_worthy_claim_comes_first(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.2, 0.9, 0.5)

    assert [lease(queue, "ann", now, until) for _ in range(3)] == [[2], [3], [1]]


def test_equals_come_by_number(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.5, 0.5, 0.5)

    assert [lease(queue, "ann", now, until) for _ in range(3)] == [[1], [2], [3]]


def test_reviewers_never_get_the_same(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8, 0.7)

    taken = [lease(queue, reviewer, now, until) for reviewer in ("ann", "bob", "ann", "bob")]

    assert taken == [[1], [2], [3], []]


def test_lease_takes_at_most_count(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8, 0.7)

    assert lease(queue, "ann", now, until, 2) == [1, 2]
    assert lease(queue, "ann", now, until, 2) == [3]


def test_readings_that_nobody_waits_for_are_not_looked_for(
    queue: SqlQueue, queued: Queued, now: datetime, until: datetime
) -> None:
    queued(0.5)
    changed: list[Any] = []

    def remember(_: object, statement: object, *__: object) -> None:
        changed.extend([str(statement.table)] if isinstance(statement, Update) else [])

    event.listen(Engine, "before_execute", remember)
    try:
        [taken] = queue.lease_next("ann", now, until, stages=BLOCKING_FIRST)
    finally:
        event.remove(Engine, "before_execute", remember)

    assert (queue.claim(taken, now).status, changed) == (ClaimStatus.LEASED, ["claim", "event_head"])


def test_claims_without_a_day_are_not_looked_through_for_one() -> None:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    query = lease_statement().compile(dialect=sqlite.dialect(paramstyle="named"))
    told = dict.fromkeys(query.params, 1)

    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", told)]
    engine.dispose()

    assert [one for one in plan if "ix_claim_queue" in one] == ["SEARCH claim USING INDEX ix_claim_queue (status=?)"]
    assert any("ix_claim_due (status=?" in one for one in plan)


def test_lease_names_its_holder(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9)

    [number] = queue.lease_next("ann", now, until)
    taken = queue.claim(number, now)

    assert (taken.status, taken.lease) == (ClaimStatus.LEASED, Lease("ann", until))


def test_what_is_read_at_one_moment_does_not_change(
    queue: SqlQueue, queued: Queued, database: Database, desk_url: str, now: datetime, until: datetime
) -> None:
    queued(0.9)
    with closing(Database(desk_url)) as of_another, database.one_moment():
        before = queue.claim(1, now)
        SqlQueue(of_another).lease_next("bob", now, until)
        meanwhile = queue.claim(1, now), queue.held_by("bob", now)

    assert meanwhile == (before, ())
    assert queue.held_by("bob", now) == (1,)


def test_nothing_is_written_at_one_moment(database: Database) -> None:
    with database.one_moment(), pytest.raises(RuntimeError, match="write after it"), database.writing():
        pass


def test_expired_lease_comes_back(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9)
    lease(queue, "ann", now, until)

    assert lease(queue, "bob", until - MICROSECOND, until + timedelta(hours=1)) == []
    assert lease(queue, "bob", until, until + timedelta(hours=1)) == [1]


def test_expired_lease_keeps_its_rank(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8, 0.7)
    lease(queue, "ann", now, until, 2)

    assert lease(queue, "bob", until, until + timedelta(hours=1), 3) == [1, 2, 3]


def test_expired_lease_is_shown_queued(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9)
    lease(queue, "ann", now, until)

    claim = queue.claim(1, until)

    assert (claim.status, claim.lease) == (ClaimStatus.QUEUED, None)


def test_skipped_claim_goes_last(desk: Desk, queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.5, 0.1)
    skip_claim(desk, 1, "ann")

    assert [lease(queue, "ann", now, until) for _ in range(3)] == [[2], [3], [1]]


def test_skips_go_last_in_turn(desk: Desk, queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.5)
    for claim_id in (1, 1, 2):
        skip_claim(desk, claim_id, "ann")

    assert [lease(queue, "ann", now, until) for _ in range(2)] == [[2], [1]]


def test_skip_ends_the_lease(desk: Desk, queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9)
    lease(queue, "ann", now, until)

    skip_claim(desk, 1, "ann")

    assert (queue.claim(1, now).lease, queue.held_by("ann", now)) == (None, ())


def test_late_skip_leaves_no_lease_behind(
    desk: Desk, look: Look, queue: SqlQueue, queued: Queued, now: datetime, until: datetime
) -> None:
    queued(0.9)
    lease(queue, "ann", now, until)

    skip_claim(replace(desk, clock=lambda: until + timedelta(seconds=1)), 1, "ann")

    assert look("SELECT status, leased_by, leased_until FROM claim") == [("queued", None, None)]


def test_released_claim_keeps_its_rank(
    desk: Desk, queue: SqlQueue, queued: Queued, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.5)
    lease(queue, "ann", now, until)

    release_claim(desk, 1, "ann")

    assert lease(queue, "bob", now, until) == [1]


def test_decided_claim_leaves_the_queue(
    queue: SqlQueue, queued: Queued, decide: Decide, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.5)
    lease(queue, "ann", now, until)

    decide(1, "ann")

    assert lease(queue, "bob", until, until + timedelta(hours=1), 2) == [2]
    assert queue.held_by("ann", now) == ()


def test_verdict_comes_back_unchanged(desk: Desk, queue: SqlQueue, queued: Queued, now: datetime) -> None:
    queued(0.9)
    verdict = Verdict("mostly-true", "truth-5", 1, "ann", now, "It was two degrees.")
    draft = EvidenceDraft("https://a.example", Stance.SUPPORTS, "Two.", "Title", "Paper", "2026")
    evidence = replace(draft.added(Stance.CONTEXT, now, "ann"), id=1)

    record_verdict(desk, 1, "mostly-true", "ann", "It was two degrees.", [draft])

    claim = queue.claim(1, now)
    assert (claim.status, claim.verdict, claim.evidence) == (ClaimStatus.DECIDED, verdict, (evidence,))


def test_evidence_goes_to_its_claim(desk: Desk, queue: SqlQueue, queued: Queued, decide: Decide, now: datetime) -> None:
    queued(0.9, 0.5)
    decide(2, "ann", "https://a.example", "https://b.example")
    add_evidence(desk, 1, EvidenceDraft("https://c.example"), None)

    by_claim = {one.id: [source.url for source in one.evidence] for one in queue.find(ClaimQuery(), now)}

    assert by_claim == {1: ["https://c.example"], 2: ["https://a.example", "https://b.example"]}


@pytest.mark.parametrize("number", [0, -1, 2, 10**20])
def test_unknown_claim_is_not_found(queue: SqlQueue, queued: Queued, now: datetime, number: int) -> None:
    queued(0.9)

    with pytest.raises(NoSuchClaimError, match=rf"^there is no claim {number}$"):
        queue.claim(number, now)


def test_broken_change_is_taken_back(queue: SqlQueue, queued: Queued, now: datetime, look: Look) -> None:
    queued(0.9)
    events = look("SELECT count(*) FROM event")

    with pytest.raises(NotFoundError):
        skip_both(queue, 1, 2, now)

    assert (look("SELECT skips FROM claim"), look("SELECT count(*) FROM event")) == ([(0,)], events)


def test_reviewer_holds_own_leases(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8, 0.7)
    lease(queue, "ann", now, until)
    lease(queue, "bob", now, until)
    lease(queue, "ann", now, until)

    assert (queue.held_by("ann", now), queue.held_by("ann", until)) == ((1, 3), ())


def test_counts_cover_every_claim(
    queue: SqlQueue, queued: Queued, decide: Decide, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
    lease(queue, "ann", now, until, 2)
    lease(queue, "bob", now, until + timedelta(hours=1))
    decide(5, "ann")

    assert queue.counts(now) == QueueCounts(queued=2, leased=3, decided=1, next_back=until)


def test_counts_see_leases_expire(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8)
    lease(queue, "ann", now, until)
    lease(queue, "bob", now, until + timedelta(hours=1))

    assert queue.counts(until) == QueueCounts(1, 1, 0, until + timedelta(hours=1))


def test_empty_queue_counts_zero(queue: SqlQueue, now: datetime) -> None:
    assert queue.counts(now) == QueueCounts(0, 0, 0, None)


def test_frequent_labels_come_first(queue: SqlQueue, queued: Queued, decide: Decide) -> None:
    queued(0.9, 0.8, 0.7, 0.6)
    for claim_id, label in enumerate(("true", "false", "false", "mixed"), 1):
        decide(claim_id, "ann", label=label)

    assert list(queue.verdict_counts().items()) == [("false", 2), ("mixed", 1), ("true", 1)]


def test_undone_verdicts_count_nowhere(desk: Desk, queue: SqlQueue, queued: Queued, decide: Decide) -> None:
    queued(0.9)
    decide(1, "ann")
    undo_last(desk, "ann")

    assert queue.verdict_counts() == {}


def test_every_status_finds_its_claims(
    queue: SqlQueue, queued: Queued, decide: Decide, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.8, 0.7)
    lease(queue, "ann", now, until)
    decide(2, "ann")

    by_status = {status: found(queue, now, status) for status in ClaimStatus}
    assert {status: ids for status, ids in by_status.items() if ids} == {
        ClaimStatus.QUEUED: [3],
        ClaimStatus.LEASED: [1],
        ClaimStatus.DECIDED: [2],
    }


def test_expired_lease_is_found_queued(queue: SqlQueue, queued: Queued, now: datetime, until: datetime) -> None:
    queued(0.9, 0.8)
    lease(queue, "ann", now, until)

    assert found(queue, until - MICROSECOND, ClaimStatus.LEASED) == [1]
    assert found(queue, until, ClaimStatus.LEASED) == []
    assert found(queue, until, ClaimStatus.QUEUED) == [1, 2]


@pytest.mark.parametrize("status", [None, *ClaimStatus])
@pytest.mark.parametrize("after", [timedelta(), timedelta(minutes=30)])
def test_count_agrees_with_find(
    queue: SqlQueue,
    queued: Queued,
    decide: Decide,
    now: datetime,
    until: datetime,
    status: ClaimStatus | None,
    after: timedelta,
) -> None:
    queued(0.9, 0.8, 0.7, 0.6)
    lease(queue, "ann", now, until, 2)
    decide(3, "ann")

    assert queue.count(ClaimQuery(status), now + after) == len(found(queue, now + after, status))


@pytest.mark.parametrize(("limit", "wanted"), [(None, 7), (1, 1), (3, 3), (4, 4), (7, 7), (8, 7)])
def test_pages_leave_nothing_out(
    queue: SqlQueue, queued: Queued, now: datetime, monkeypatch: pytest.MonkeyPatch, limit: int | None, wanted: int
) -> None:
    queued(*[0.5] * 7)
    monkeypatch.setattr(queue_module, "_CHUNK", 3)

    assert [one.id for one in queue.find(ClaimQuery(), now, limit)] == list(range(1, wanted + 1))


def test_claims_of_one_article(queue: SqlQueue, queued: Queued, now: datetime) -> None:
    queued(words=["Rain fell.", "Wind blew."])
    queued(words=["Snow fell."])

    assert [one.claim.text for one in queue.find(ClaimQuery(article_id=2), now)] == ["Snow fell."]
    assert queue.count(ClaimQuery(article_id=1), now) == 2
