import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

import pytest

from factcheck.domain.audit import FIRST_LINK, Event, Head, LinkedEvent, verify

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def linked(*actions: str) -> list[LinkedEvent]:
    chain, previous = [], FIRST_LINK
    for number, action in enumerate(actions, 1):
        event = Event(number, NOW, "ann", action, 1, None, None, None, {"words": "Öl “x”"})
        chain.append(LinkedEvent(number, event, previous, event.hash_after(previous)))
        previous = chain[-1].hash
    return chain


CHAIN = linked("leased", "skipped", "decided")
HEAD = Head(3, CHAIN[-1].hash)


def changed(at: int, **changes: object) -> list[LinkedEvent]:
    one = CHAIN[at]
    assert one.event is not None
    return [*CHAIN[:at], replace(one, event=replace(one.event, **changes)), *CHAIN[at + 1 :]]  # type: ignore[arg-type]


def test_whole_chain_is_whole() -> None:
    found = verify(CHAIN, HEAD)

    assert (found.whole, found.head, found.reason) == (3, HEAD, None)


def test_empty_chain_is_whole() -> None:
    assert verify([], None).reason is None


def test_hash_is_sha256_of_sorted_json() -> None:
    record = {
        "action": "leased",
        "actor": "ann",
        "article_id": None,
        "at": "2026-03-01T12:00:00+00:00",
        "claim_id": 1,
        "details": {"words": "Öl “x”"},
        "id": 1,
        "run_id": None,
        "undoes": None,
    }
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))

    assert CHAIN[0].hash == sha256(("0" * 64 + "\n" + line).encode()).hexdigest()


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("change", [{"actor": "bob"}, {"action": "x"}, {"details": {}}, {"claim_id": 2}, {"undoes": 1}])
def test_changed_event_is_found(at: int, change: dict[str, object]) -> None:
    found = verify(changed(at, **change), HEAD)

    assert (found.whole, found.broken_at, found.reason) == (at, at + 1, "it is not what was written")


def test_removed_event_is_found() -> None:
    found = verify([CHAIN[0], CHAIN[2]], HEAD)

    assert (found.whole, found.broken_at) == (1, 3)
    assert found.reason is not None
    assert "removed" in found.reason


def test_cut_end_is_found() -> None:
    found = verify(CHAIN[:2], HEAD)

    assert (found.broken_at, found.reason) == (3, "the log ends with event 2, and 3 was written")


def test_unreadable_event_is_found() -> None:
    assert verify([CHAIN[0], replace(CHAIN[1], event=None)], HEAD).reason == "its details cannot be read"


def test_noted_hash_has_to_be_there() -> None:
    assert verify(CHAIN, HEAD, [CHAIN[1].hash]).reason is None
    assert verify(CHAIN, HEAD, ["f" * 64]).reason == f"the hash {'f' * 64!r} is nowhere in the log"


def test_all_noted_hashes_have_to_be_there() -> None:
    found = verify(CHAIN, HEAD, [CHAIN[0].hash, "f" * 64, "e" * 64, CHAIN[2].hash])

    assert found.reason == f"the hash {'f' * 64!r} is nowhere in the log, nor are 1 more that were noted"


@pytest.mark.parametrize("zone", [timezone(timedelta(hours=-8)), timezone(timedelta(hours=5, minutes=30))])
def test_hash_is_alike_in_every_zone(zone: timezone) -> None:
    there = Event(1, NOW.astimezone(zone), "ann", "leased", 1)

    assert there.hash_after(FIRST_LINK) == Event(1, NOW, "ann", "leased", 1).hash_after(FIRST_LINK)


def test_hash_is_alike_for_decimals() -> None:
    told = Event(1, NOW, "ann", "leased", 1)
    with_decimals = replace(told, id=Decimal(1), claim_id=Decimal("1.0"))  # type: ignore[arg-type]

    assert with_decimals.hash_after(FIRST_LINK) == told.hash_after(FIRST_LINK)
