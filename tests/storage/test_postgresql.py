"""Nothing here needs a server: the statements are compiled in PostgreSQL's dialect."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes import SETUP
from sqlalchemy import ClauseElement, Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from factcheck.domain.desk import Amendment, Contact, Draft, EditorFlag, Note
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceCheck, Stance
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.review import Verdict
from factcheck.domain.snapshot import Snapshot
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole, Role, Stage
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.log import SqlLog
from factcheck.storage.people import SqlPeople
from factcheck.storage.queue import SqlQueue, lease_statement
from factcheck.storage.statistics import SqlStatistics
from factcheck.storage.tables import UtcDateTime
from factcheck.workflow.measure_desk import measure_desk

Queued = Callable[..., list[int]]
Decide = Callable[..., None]


def in_postgresql(statement: ClauseElement) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return " ".join(str(statement.compile(dialect=dialect)).split())


@pytest.fixture
def executed() -> Iterator[list[ClauseElement]]:
    """Every statement that is executed while the fixture stands."""
    seen: list[ClauseElement] = []

    def remember(_: object, statement: Any, *__: object) -> None:
        if isinstance(statement, ClauseElement):
            seen.append(statement)

    event.listen(Engine, "before_execute", remember)
    yield seen
    event.remove(Engine, "before_execute", remember)


def use_everything(ledger: SqlLedger, queue: SqlQueue, decide: Decide, now: datetime, until: datetime) -> None:
    ledger.note_recording([ledger.begin_run(1, SETUP, now)], "f" * 64, now)
    ledger.article(1)
    list(ledger.articles())
    ledger.sentences(1)
    ledger.runs(1)
    ledger.sentence_counts()
    for status in ClaimStatus:
        query = ClaimQuery(status, 1, ("words", "10%"))
        list(queue.find(query, now, 5))
        queue.count(query, now)
    queue.lease_next("ann", now, until, 2)
    queue.held_by("ann", now)
    with queue.changing() as change:
        check = EvidenceCheck(now, CheckOutcome.TAKEN)
        evidence = Evidence("https://a.example", Stance.CONTEXT, now, last_check=check)
        change.add_evidence(change.claim(1, now), evidence, Snapshot(b"Words.", "text/plain"))
        change.record_check(change.claim(1, now), change.claim(1, now).evidence[0], None)
        change.remove_evidence(1, "ann", now)
        change.skip(change.claim(1, now), "ann", now)
        change.release(change.claim(2, now), "ann", now)
    decide(1, "ann", "https://b.example")
    queue.snapshot("f" * 64)
    queue.counts(now)
    queue.verdict_counts()
    with queue.changing() as change:
        change.undo_last("ann", now, until)
        change.undo_last("ann", now, until)


def use_the_desk(database: Database, queue: SqlQueue, now: datetime, until: datetime) -> None:
    for stage in Stage:
        queue.lease_next("ann", now, until, stage=stage)
    queue.own_waiting("ann", now)
    with queue.changing() as change:
        change.flag(change.claim(1, now), EditorFlag("So.", "ann", now), "ann", now)
        change.add_note(change.claim(1, now), Note("So.", "ann", now))
        change.save_draft(Draft(1, "ann", now, "false"))
        change.contact(change.claim(1, now), Contact(now.date(), None, "ann"), now)
        change.reword(change.claim(1, now), Amendment("Other words.", "ann", now))
        change.keep_scale(TRUTH_5)
        change.decide(change.claim(1, now), Verdict("false", "truth-5", 1, "ann", now), (), "sample")
        change.decide(change.claim(1, now), Verdict("false", "truth-5", 1, "bob", now), ())
        for act in (Act.SIGNED_OFF, Act.PUBLISHED):
            change.edit(change.claim(1, now), act, "eve", now, None)
        corrected = Verdict("true", "truth-5", 1, "eve", now, role=ReadingRole.CORRECTION)
        change.correct(change.claim(1, now), corrected, "So.")
        change.split(change.claim(2, now), ("One.", "Two."), "ann", now)
        change.undo_last("ann", now, until)
        change.merge(change.claim(2, now), change.claim(1, now), "ann", now)
    queue.draft(1, "ann")
    queue.history("ann", now)
    list(queue.find(ClaimQuery(editorial=EditorialState.OPEN, settled=True, flagged=True), now))
    SqlPeople(database).set_roles("ann", [Role.EDITOR], now, None)
    measure_desk(SqlStatistics(database), lambda: now)
    SqlLog(database).verify()
    SqlLog(database).events(1, 5)


def test_the_desk_speaks_postgresql(
    executed: list[ClauseElement], database: Database, queue: SqlQueue, queued: Queued, now: datetime, until: datetime
) -> None:
    queued(0.9, 0.8)

    use_the_desk(database, queue, now, until)

    assert len({in_postgresql(one) for one in executed}) > 40


def test_every_statement_speaks_postgresql(
    executed: list[ClauseElement],
    ledger: SqlLedger,
    queue: SqlQueue,
    queued: Queued,
    decide: Decide,
    now: datetime,
    until: datetime,
) -> None:
    queued(0.9, 0.8)
    use_everything(ledger, queue, decide, now, until)

    verbs = {in_postgresql(one).split()[0] for one in executed}

    assert verbs >= {"SELECT", "INSERT", "UPDATE"}


def test_lease_skips_locked_rows() -> None:
    statement = in_postgresql(lease_statement())

    assert statement.startswith("UPDATE claim SET status=")
    assert statement.count("FOR UPDATE SKIP LOCKED") == 2
    assert statement.endswith("RETURNING claim.id")


def test_search_ignores_case_there_too(
    executed: list[ClauseElement], queue: SqlQueue, queued: Queued, now: datetime
) -> None:
    queued(0.9)
    list(queue.find(ClaimQuery(words=("Words",)), now))

    assert any(
        "ILIKE" in in_postgresql(one) or "lower(claim.text) LIKE lower(" in in_postgresql(one) for one in executed
    )


def test_tables_and_indexes_speak_postgresql() -> None:
    tables = SQLModel.metadata.sorted_tables
    created = [CreateTable(one) for one in tables] + [CreateIndex(one) for table in tables for one in table.indexes]

    statements = [in_postgresql(one) for one in created]

    assert "CREATE INDEX ix_claim_queue ON claim (status, skips, check_worthiness DESC, id)" in statements
    assert len(statements) >= len(tables) == 18


def test_moments_of_postgresql_are_in_utc() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    stored = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - as its driver gives it

    assert UtcDateTime().process_result_value(stored, dialect) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert UtcDateTime().process_result_value(None, dialect) is None
