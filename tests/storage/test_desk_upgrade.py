"""A database of the schema before second readings, as it was written then."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from fakes import NOTHING_ASKED

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import ClaimStatus, EditorialState, ReadingRole
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.migrate import alembic_config
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.amend_claim import flag_claim
from factcheck.workflow.collect_evidence import add_evidence, edit_evidence
from factcheck.workflow.edit_claim import correct_typo, sign_off_and_publish
from factcheck.workflow.review_claim import Desk

Look = Callable[[str], list[tuple[Any, ...]]]

OLD = Path(__file__).parent / "data" / "schema_0002.sqlite"


@pytest.fixture
def desk_url(database_path: Path) -> str:
    """These tests are about files."""
    return str(database_path)


@pytest.fixture
def upgraded(database_path: Path) -> Iterator[SqlQueue]:
    """The queue of a copy of the old database."""
    shutil.copy(OLD, database_path)
    database = Database(str(database_path))
    yield SqlQueue(database)
    database.close()


def test_old_claims_keep_their_verdicts(upgraded: SqlQueue, now: datetime) -> None:
    claims = {one.id: one for one in upgraded.find(ClaimQuery(), now)}

    assert len(claims) == 20
    verdicts = {number: one.verdict for number, one in claims.items() if one.verdict}
    assert {number: (one.label, one.reviewer) for number, one in verdicts.items()} == {
        1: ("true", "ana"),
        4: ("mixed", "bob"),
    }
    assert {one.role for one in verdicts.values()} == {ReadingRole.FIRST}
    assert [one.url for one in claims[5].evidence] == ["https://example.org/hospital"]


def test_old_claims_are_open(upgraded: SqlQueue, now: datetime) -> None:
    claims = list(upgraded.find(ClaimQuery(), now))

    assert {one.editorial for one in claims} == {EditorialState.OPEN}
    assert {one.status for one in claims} == {ClaimStatus.QUEUED, ClaimStatus.LEASED, ClaimStatus.DECIDED}


def test_old_claims_have_no_day(upgraded: SqlQueue, now: datetime) -> None:
    assert {one.when for one in upgraded.find(ClaimQuery(), now)} == {None}


def test_old_articles_have_no_moment(upgraded: SqlQueue) -> None:
    filed = [one for one, _, _ in SqlLedger(upgraded.database).articles()]

    assert {one.article.published_at for one in filed} == {None}


def test_old_claims_have_no_locator(upgraded: SqlQueue, now: datetime) -> None:
    assert {one.claim.locator for one in upgraded.find(ClaimQuery(), now)} == {None}


def test_words_before_an_old_typo_come_from_the_log(database_path: Path, now: datetime) -> None:
    shutil.copy(OLD, database_path)
    with closing(Database(str(database_path))) as database:
        desk = Desk(SqlQueue(database), lambda: now, timedelta(minutes=30), sign_off=NOTHING_ASKED)
        sign_off_and_publish(desk, 1, "eve")
        were = correct_typo(desk, 1, "eve", "A slip.", words="Other words.").corrections[0].words_were
        with database.writing() as connection:
            command.downgrade(alembic_config(connection), "0024")

    with closing(Database(str(database_path))) as database:
        [correction] = SqlQueue(database).claim(1, now).corrections
        assert correction.words_were == were
        assert SqlLog(database).verify().is_whole


def test_who_edited_old_evidence_comes_from_the_log(database_path: Path, now: datetime) -> None:
    shutil.copy(OLD, database_path)
    with closing(Database(str(database_path))) as database:
        desk = Desk(SqlQueue(database), lambda: now, timedelta(minutes=30))
        number = add_evidence(desk, 1, EvidenceDraft("https://a.example/"), "ann").evidence.id or 0
        for name in ("bob", "cy"):
            edit_evidence(desk, number, name, {"title": name})
        with database.writing() as connection:
            command.downgrade(alembic_config(connection), "0027")

    with closing(Database(str(database_path))) as database:
        found = SqlQueue(database).claim(1, now).evidence[-1]
        assert (found.added_by, found.edited_by) == ("ann", "cy")
        assert SqlLog(database).verify().is_whole


def test_old_flags_stay(database_path: Path, now: datetime) -> None:
    shutil.copy(OLD, database_path)
    with closing(Database(str(database_path))) as database:
        desk = Desk(SqlQueue(database), lambda: now, timedelta(minutes=30))
        flag_claim(desk, 1, "Libel?", "eve")
        flags = flag_claim(desk, 1, "Who counted?", "ann").flags
        with database.writing() as connection:
            command.downgrade(alembic_config(connection), "0027")

    with closing(Database(str(database_path))) as database:
        queue = SqlQueue(database)
        assert queue.claim(1, now).flags == flags[-1:]
        assert queue.numbers_of(ClaimQuery(flagged=True), now) == (1,)
        assert SqlLog(database).verify().is_whole


def test_old_undone_verdict_says_so(upgraded: SqlQueue, look: Look) -> None:
    with upgraded.changing():
        pass

    assert look("SELECT claim_id, label, ended_as FROM verdict WHERE ended_as IS NOT NULL") == [(2, "false", "undone")]
