"""How much a database is asked for what people wait for: on a server each statement is a way there and back."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event

from factcheck.domain.review import ClaimQuery
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.amend_claim import add_note
from factcheck.workflow.review_claim import Desk, take_next

Queued = Callable[..., list[int]]
Decide = Callable[..., None]


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every statement that a database is sent while the fixture stands, but for the ends of transactions."""
    seen: list[str] = []

    def remember(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", remember)
    yield seen
    event.remove(Engine, "before_cursor_execute", remember)


def test_next_claim_takes_seven_statements(desk: Desk, queued: Queued, asked: list[str], desk_url: str) -> None:
    queued(0.5, 0.5)
    take_next(desk, "ann")  # her name is known from then on
    asked.clear()

    take_next(desk, "ann")

    told = [one.split()[0] for one in asked if not one.startswith("BEGIN")]
    assert told == ["SELECT", "SELECT", "UPDATE", "SELECT", "INSERT", "UPDATE", "SELECT"]
    # A server begins nothing for a lone query, and is asked for its lock as the transaction begins.
    assert len(asked) - len(told) == (2 if "://" in desk_url else 3)


def test_only_what_was_said_of_claims_is_asked_for(
    desk: Desk, queue: SqlQueue, queued: Queued, decide: Decide, asked: list[str]
) -> None:
    queued(0.5, 0.5)
    decide(1, "ann", "https://example.org/1")
    add_note(desk, 2, "Look again.", "bob")
    asked.clear()

    read, noted = queue.find(ClaimQuery(), desk.clock())

    wanted = [one.partition(".")[0] for one in asked if one.startswith("SELECT")]
    assert wanted == ["SELECT claim", "SELECT evidence", "SELECT verdict", "SELECT claim_note"]
    assert [(len(one.evidence), len(one.readings), len(one.notes)) for one in (read, noted)] == [(1, 1, 0), (0, 0, 1)]
