"""Nothing here needs a server: the statements are compiled in PostgreSQL's dialect."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from fakes import SETUP, FakeSources
from sqlalchemy import ClauseElement, Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import ClaimQuery
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import ClaimStatus, EditorialState, Role, Stage
from factcheck.storage.columns import UtcDateTime
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.people import SqlPeople
from factcheck.storage.queue import SqlQueue, lease_statement
from factcheck.storage.statistics import SqlStatistics
from factcheck.workflow.amend_claim import (
    add_note,
    flag_claim,
    merge_claim,
    record_contact,
    reword_claim,
    save_draft,
    split_claim,
)
from factcheck.workflow.collect_evidence import add_evidence, check_evidence, remove_evidence
from factcheck.workflow.edit_claim import correct, publish, sign_off
from factcheck.workflow.measure_desk import measure_desk
from factcheck.workflow.review_claim import Desk, record_verdict, release_claim, skip_claim, undo_last

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


def use_everything(desk: Desk, ledger: SqlLedger, queue: SqlQueue, decide: Decide, until: datetime) -> None:
    now = desk.clock()
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
    page = FakeSources({"https://a.example": "Words."})
    add_evidence(desk, 1, EvidenceDraft("https://a.example"), "ann", page)
    list(check_evidence(desk, 1, "ann", page))
    remove_evidence(desk, 1, "ann")
    skip_claim(desk, 1, "ann")
    release_claim(desk, 2, "ann")
    decide(1, "ann", "https://b.example")
    queue.snapshot("f" * 64)
    queue.counts(now)
    queue.verdict_counts()
    undo_last(desk, "ann")
    undo_last(desk, "ann")


def use_the_desk(database: Database, desk: Desk, until: datetime) -> None:
    queue, now = desk.queue, desk.clock()
    for stage in Stage:
        queue.lease_next("ann", now, until, stages=(stage,))
    queue.waiting_for("ann", now)
    flag_claim(desk, 1, "So.", "ann")
    add_note(desk, 1, "So.", "ann")
    save_draft(desk, 1, "ann", "false")
    record_contact(desk, 1, now.date(), None, "ann")
    reword_claim(desk, 1, "Other words.", "ann")
    record_verdict(desk, 1, "false", "ann")
    record_verdict(desk, 1, "false", "bob")
    sign_off(desk, 1, "eve")
    publish(desk, 1, "eve")
    correct(desk, 1, "true", "eve", "So.")
    split_claim(desk, 2, ("One.", "Two."), "ann")
    undo_last(desk, "ann")
    merge_claim(desk, 2, 1, "ann")
    queue.draft(1, "ann")
    queue.history("ann", now)
    list(queue.find(ClaimQuery(editorial=EditorialState.OPEN, settled=True, flagged=True), now))
    SqlPeople(database).set_roles("ann", [Role.EDITOR], now, None)
    measure_desk(SqlStatistics(database), lambda: now)
    SqlLog(database).verify()
    SqlLog(database).events(1, 5)


def test_the_desk_speaks_postgresql(
    executed: list[ClauseElement], database: Database, desk: Desk, queued: Queued, until: datetime
) -> None:
    queued(0.9, 0.8)

    use_the_desk(database, replace(desk, second_reading=SecondReadingRules(sample=1.0)), until)

    assert len({in_postgresql(one) for one in executed}) > 40


def test_every_statement_speaks_postgresql(
    executed: list[ClauseElement],
    desk: Desk,
    ledger: SqlLedger,
    queue: SqlQueue,
    queued: Queued,
    decide: Decide,
    until: datetime,
) -> None:
    queued(0.9, 0.8)
    use_everything(desk, ledger, queue, decide, until)

    verbs = {in_postgresql(one).split()[0] for one in executed}

    assert verbs >= {"SELECT", "INSERT", "UPDATE"}


def test_lease_skips_locked_rows() -> None:
    statement = in_postgresql(lease_statement())

    assert statement.startswith("UPDATE claim SET status=")
    assert statement.count("FOR UPDATE SKIP LOCKED") == 6
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
    import_module("factcheck.storage.every_table")  # whatever other tests have loaded
    tables = SQLModel.metadata.sorted_tables
    created = [CreateTable(one) for one in tables] + [CreateIndex(one) for table in tables for one in table.indexes]

    statements = [in_postgresql(one) for one in created]

    assert "CREATE INDEX ix_claim_queue ON claim (status, skips, check_worthiness DESC, id)" in statements
    assert len(statements) >= len(tables) == 35


def test_moments_of_postgresql_are_in_utc() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    stored = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - as its driver gives it

    assert UtcDateTime().process_result_value(stored, dialect) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert UtcDateTime().process_result_value(None, dialect) is None


def test_days_of_claims_come_with_three_columns() -> None:
    written = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written})

    with Operations.context(context):
        import_module("factcheck.storage.migrations.versions.0008_when_it_was").upgrade()

    assert [line for line in written.getvalue().split("\n") if line] == [
        "ALTER TABLE claim ADD COLUMN when_words VARCHAR;",
        "ALTER TABLE claim ADD COLUMN when_first DATE;",
        "ALTER TABLE claim ADD COLUMN when_last DATE;",
    ]


def test_events_are_kept_by_triggers_there_too() -> None:
    written = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written})

    with Operations.context(context):
        import_module("factcheck.storage.migrations.versions.0010_events_are_never_replaced").upgrade()

    statements = written.getvalue()
    assert "CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON event" in statements
    assert "CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event" in statements


def test_versions_of_articles_have_tables_there_too() -> None:
    written = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written})

    with Operations.context(context):
        module = import_module("factcheck.storage.migrations.versions.0013_versions_of_articles")
        module.upgrade()
        module.downgrade()

    statements = written.getvalue()
    assert "ALTER TABLE article ADD COLUMN modified DATE;" in statements
    assert "hash BIGINT NOT NULL" in statements
    assert statements.count("CREATE TABLE") == statements.count("DROP TABLE") == 3
