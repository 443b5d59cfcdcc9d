"""Evidence in its tables: snapshots shared, checks added, nothing lost."""

import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.acts import Actor, looked_at, sourced
from factcheck.domain.evidence import (
    CheckOutcome,
    Evidence,
    EvidenceCheck,
    EvidenceDraft,
    QuoteStatus,
    Snapshot,
    SourceKind,
    Stance,
)
from factcheck.domain.review import ClaimQuery
from factcheck.errors import NoSuchEvidenceError
from factcheck.storage.database import Database
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.collect_evidence import add_evidence, remove_evidence
from factcheck.workflow.review_claim import Desk, undo_last

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Add = Callable[..., Evidence]

OLD = Path(__file__).parent / "data" / "schema_0003.sqlite"
PAGE = Snapshot(b"Rain fell." * 100, "text/plain", "https://a.example/x", 200, {"content-type": "text/plain;charset=x"})


@pytest.fixture
def add(queue: SqlQueue, queued: Queued, now: datetime) -> Add:
    """Adds evidence to a claim, of two that are queued."""
    queued(0.9, 0.8)

    def added(claim_id: int, snapshot: Snapshot | None = PAGE, **about: Any) -> Evidence:
        named: dict[str, Any] = {"url": "https://a.example/x", "stance": Stance.REFUTES, "added_at": now} | about
        evidence = Evidence(**named)
        if snapshot is not None:
            check = EvidenceCheck.of_snapshot(now, CheckOutcome.TAKEN, QuoteStatus.EXACT, snapshot, "ann")
            evidence = replace(evidence, sha256=snapshot.sha256, retrieved_at=now, last_check=check)
        with queue.changing() as change:
            change.store(sourced(change.claim(claim_id, now), evidence, Actor("ann", now)), snapshot)
        return queue.claim(claim_id, now).evidence[-1]

    return added


def test_evidence_comes_back_whole(add: Add, now: datetime) -> None:
    about: dict[str, Any] = {
        "quote": "Rain fell.",
        "title": "Rain",
        "publisher": "The Page",
        "published": "2026-01-02",
        "added_by": "ann",
        "description": "the weather page",
        "locator": "p. 4",
        "kind": SourceKind.PRIMARY,
        "anonymous": True,
        "file_name": "rain.txt",
        "media_type": "text/plain",
        "canonical_url": "https://a.example/",
        "archive_url": "https://archive.example/1",
        "quote_status": QuoteStatus.NORMALISED,
    }
    check = EvidenceCheck.of_snapshot(now, CheckOutcome.TAKEN, QuoteStatus.EXACT, PAGE, "ann")
    rest: dict[str, Any] = {"id": 1, "sha256": PAGE.sha256, "retrieved_at": now, "last_check": check}

    assert add(1, **about) == Evidence("https://a.example/x", Stance.REFUTES, now, **about, **rest)


def test_described_source_needs_no_address(add: Add) -> None:
    assert add(1, None, url=None, description="A call with Ann").url is None


def test_snapshot_is_kept_once(add: Add, look: Look) -> None:
    add(1)
    add(2, url="https://b.example/y")

    [(sha256, size, content)] = look("SELECT sha256, size, content FROM snapshot")
    assert (sha256, size, zlib.decompress(content)) == (PAGE.sha256, 1000, PAGE.content)
    assert len(content) < 100


def test_kept_snapshot_is_found(add: Add, queue: SqlQueue) -> None:
    add(1)

    found = queue.snapshot(PAGE.sha256)
    assert found is not None
    assert (found.content, found.media_type, found.charset) == (PAGE.content, "text/plain", "x")
    assert queue.snapshot("0" * 64) is None


def test_removed_evidence_stays_in_table(add: Add, desk: Desk, queue: SqlQueue, now: datetime, look: Look) -> None:
    add(1)
    assert remove_evidence(desk, 1, "bob").id == 1

    assert queue.claim(1, now).evidence == ()
    assert look("SELECT removed_at, removed_by FROM evidence") == [("2026-03-01 12:00:00.000000", "bob")]
    [(details,)] = look(
        "SELECT details FROM event WHERE action = 'evidence_removed' AND actor = 'bob' AND claim_id = 1"
    )
    assert json.loads(details) == {"evidence": 1, "url": "https://a.example/x"}


@pytest.mark.parametrize("number", [0, 1, 2, 10**20])
def test_unknown_evidence_is_not_removed(add: Add, desk: Desk, number: int) -> None:
    add(1)
    remove_evidence(desk, 1, "bob")

    with pytest.raises(NoSuchEvidenceError, match=rf"^there is no evidence {number}$"):
        remove_evidence(desk, number, "bob")


def test_check_replaces_no_snapshot(add: Add, queue: SqlQueue, now: datetime, look: Look) -> None:
    evidence, later = add(1), Snapshot(b"Snow fell.", "text/plain", "https://a.example/x", 200)
    check = EvidenceCheck.of_snapshot(now + timedelta(days=1), CheckOutcome.CHANGED, QuoteStatus.MISSING, later, "bob")
    with queue.changing() as change:
        change.store(looked_at(change.claim(1, now), replace(evidence, last_check=check), now), later)

    assert look("SELECT count(*) FROM snapshot") == [(2,)]
    assert look("SELECT outcome, sha256 FROM evidence_check ORDER BY id") == [
        ("taken", PAGE.sha256),
        ("changed", later.sha256),
    ]
    [found] = queue.claim(1, now).evidence
    assert (found.sha256, found.last_check) == (PAGE.sha256, check)


def test_each_change_is_an_event(add: Add, desk: Desk, queue: SqlQueue, now: datetime, look: Look) -> None:
    evidence = add(1, added_by="ann")
    check = EvidenceCheck(now, CheckOutcome.GONE, detail="answers 404", checked_by="bob")
    with queue.changing() as change:
        change.store(looked_at(change.claim(1, now), replace(evidence, last_check=check), now))
    remove_evidence(desk, 1, "cy")

    events = look("SELECT action, actor, claim_id FROM event WHERE action LIKE 'evidence%' ORDER BY id")
    assert events == [("evidence_added", "ann", 1), ("evidence_checked", "bob", 1), ("evidence_removed", "cy", 1)]


@pytest.fixture
def upgraded(database_path: Path) -> Iterator[SqlQueue]:
    """The queue of a copy of a database from before there were snapshots."""
    shutil.copy(OLD, database_path)
    database = Database(str(database_path))
    yield SqlQueue(database)
    database.close()


def test_old_evidence_is_kept_unchecked(upgraded: SqlQueue, now: datetime) -> None:
    found = {one.id: one.evidence for one in upgraded.find(ClaimQuery(), now) if one.evidence}

    assert {number: [one.url for one in evidence] for number, evidence in found.items()} == {
        1: ["https://example.org/toll"],
        5: ["https://example.org/hospital"],
    }
    [hospital] = found[5]
    assert (hospital.id, hospital.quote, hospital.added_by) == (2, "The wounded were taken to hospitals.", "ana")
    assert (hospital.quote_status, hospital.anonymous, hospital.last_check) == (QuoteStatus.UNCHECKED, False, None)


def test_old_removed_evidence_stays_removed(upgraded: SqlQueue) -> None:
    with upgraded.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT id, url, removed_at IS NULL FROM evidence").all()

    assert found == [
        (1, "https://example.org/toll", 1),
        (2, "https://example.org/hospital", 1),
        (3, "https://example.org/gone", 0),
    ]


def test_old_database_takes_new_evidence(desk: Desk, upgraded: SqlQueue, now: datetime) -> None:
    add_evidence(replace(desk, queue=upgraded), 1, EvidenceDraft(description="A call with Ann"), None)

    assert upgraded.claim(1, now).evidence[-1].id == 4


def test_undone_verdict_goes_with_its_evidence(desk: Desk, upgraded: SqlQueue, now: datetime) -> None:
    undo_last(replace(desk, queue=upgraded), "ana")

    assert upgraded.claim(1, now).evidence == ()
