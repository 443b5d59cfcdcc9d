import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from factcheck.domain.evidence import EvidenceDraft
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_claim import Desk, release_claim, skip_claim, undo_last

Look = Callable[[str], list[tuple[Any, ...]]]
Queued = Callable[..., list[int]]
Decide = Callable[..., None]


def test_every_change_has_its_event(
    desk: Desk, queued: Queued, decide: Decide, now: datetime, until: datetime, look: Look
) -> None:
    queued(0.9, 0.8)
    desk.queue.lease_next("ann", now, until, 2)
    skip_claim(desk, 2, "ann")
    release_claim(desk, 1, "ann")
    add_evidence(desk, 1, EvidenceDraft("https://a.example"), "bob")
    decide(1, "ann")
    undo_last(desk, "ann")

    assert look("SELECT action, actor, claim_id FROM event ORDER BY id") == [
        ("filed", None, None),
        ("run_began", None, None),
        ("window_landed", None, None),
        ("run_ended", None, None),
        ("leased", "ann", 1),
        ("leased", "ann", 2),
        ("skipped", "ann", 2),
        ("released", "ann", 1),
        ("evidence_added", "bob", 1),
        ("decided", "ann", 1),
        ("undone", "ann", 1),
    ]


def test_events_only_ever_grow(desk: Desk, queued: Queued, decide: Decide, look: Look) -> None:
    queued(0.9)
    decide(1, "ann")
    before = look("SELECT * FROM event ORDER BY id")

    undo_last(desk, "ann")

    after = look("SELECT * FROM event ORDER BY id")
    assert (after[:-1], len(after)) == (before, len(before) + 1)


def test_undo_names_what_it_undoes(desk: Desk, queued: Queued, decide: Decide, look: Look) -> None:
    queued(0.9)
    decide(1, "ann")
    undo_last(desk, "ann")

    ((undoes,),) = look("SELECT undoes FROM event WHERE action = 'undone'")
    assert look(f"SELECT action, actor FROM event WHERE id = {undoes}") == [("decided", "ann")]  # noqa: S608


def test_verdict_event_tells_everything(queued: Queued, decide: Decide, look: Look) -> None:
    queued(0.9)

    decide(1, "ann", "https://a.example")

    ((details,),) = look("SELECT details FROM event WHERE action = 'decided'")
    assert json.loads(details) == {
        "verdict": 1,
        "label": "false",
        "scale": "truth-5",
        "scale_version": 1,
        "role": "first",
        "rationale": None,
        "known_as_of": None,
        "confidence": None,
        "note": None,
        "error_type": None,
        "evidence": ["https://a.example"],
        "second_asked": None,
        "written": {"1": {"url": "https://a.example", "stance": "refutes", "quote_status": "unchecked"}},
    }


def test_landed_window_names_its_claims(queued: Queued, look: Look) -> None:
    queued(0.9, 0.8)

    ((details, run_id, article_id),) = look(
        "SELECT details, run_id, article_id FROM event WHERE action = 'window_landed'"
    )
    uids = [uid for (uid,) in look("SELECT uid FROM claim ORDER BY id")]
    told = json.loads(details)
    written = told.pop("written")
    assert told == {"sentences": [1, 2], "claims": uids, "vanished": []}
    assert {number: (one["uid"], one["text"]) for number, one in written.items()} == {
        "1": (uids[0], "Claim 0 was made."),
        "2": (uids[1], "Claim 1 was made."),
    }
    assert (run_id, article_id) == (1, 1)


def test_empty_lease_leaves_no_event(queue: SqlQueue, now: datetime, until: datetime, look: Look) -> None:
    queue.lease_next("ann", now, until)

    assert look("SELECT * FROM event") == []
