"""A second run on an article: what is found again keeps its number, what is gone is marked."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fakes import SETUP, sentence_claim

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.errors import ArticleBusyError, NoSuchRunError
from factcheck.storage import ledger as ledger_module
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue

Look = Callable[[str], list[tuple[Any, ...]]]
Run = Callable[..., int]

TEXT = "Rain fell. Wind blew. Rain fell."
RAIN, WIND, RAIN_AGAIN = (Sentence(1, Span(0, 10)), Sentence(2, Span(11, 21)), Sentence(3, Span(22, 32)))
CLAIMS = LedgerEntry(SentenceState.CLAIMS)
FAILED = LedgerEntry(SentenceState.FAILED, detail="no answer in time")
OLD = Path(__file__).parent / "data" / "schema_0001.sqlite"


@pytest.fixture
def filed(ledger: SqlLedger, now: datetime) -> FiledArticle:
    return ledger.file_article(Article(TEXT, now), (RAIN, WIND, RAIN_AGAIN), now)


@pytest.fixture
def run(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> Run:
    """A whole run: each window is a sentence with its entry and claims."""

    def whole(*windows: tuple[Sentence, LedgerEntry, list[Claim]]) -> int:
        run_id = ledger.begin_run(filed.id, SETUP, now)
        for sentence, entry, claims in windows:
            outcome = WindowOutcome(Window((sentence,)), {sentence.position: entry}, tuple(claims))
            ledger.record_outcome(run_id, filed, outcome, now)
        ledger.end_run(run_id, "finished", now)
        return run_id

    return whole


@pytest.fixture
def desk(queue: SqlQueue, now: datetime) -> Callable[[], list[QueuedClaim]]:
    return lambda: list(queue.find(ClaimQuery(), now))


def says(filed: FiledArticle, sentence: Sentence, text: str | None = None) -> Claim:
    claim = sentence_claim(filed.article, sentence)
    return Claim(text or claim.text, claim.quote, claim.anchor, 0.5)


Desk = Callable[[], list[QueuedClaim]]


def test_claim_found_again_keeps_its_number(run: Run, filed: FiledArticle, desk: Desk) -> None:
    first = run((RAIN, CLAIMS, [says(filed, RAIN)]))
    run((RAIN, CLAIMS, [says(filed, RAIN, "RAIN  fell!")]))

    (claim,) = desk()
    assert claim.origin is not None
    assert (claim.id, claim.claim.text, claim.origin.id, claim.vanished_in) == (1, "Rain fell.", first, None)


def test_claim_not_found_again_is_marked(run: Run, filed: FiledArticle, desk: Desk) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]), (WIND, CLAIMS, [says(filed, WIND)]))
    second = run((RAIN, CLAIMS, [says(filed, RAIN, "It rained.")]), (WIND, CLAIMS, [says(filed, WIND)]))

    assert [(one.claim.text, one.vanished_in) for one in desk()] == [
        ("Rain fell.", second),
        ("It rained.", None),
        ("Wind blew.", None),
    ]


def test_failure_lets_no_claim_vanish(run: Run, filed: FiledArticle, desk: Desk) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]))
    run((RAIN, FAILED, []))

    assert [one.vanished_in for one in desk()] == [None]


def test_vanished_claim_comes_back(run: Run, filed: FiledArticle, desk: Desk) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]))
    run((RAIN, CLAIMS, [says(filed, RAIN, "It rained.")]))
    run((RAIN, CLAIMS, [says(filed, RAIN)]))

    assert [(one.claim.text, one.vanished_in) for one in desk()] == [("Rain fell.", None), ("It rained.", 3)]


def test_vanished_claim_is_not_handed_out(
    run: Run, filed: FiledArticle, queue: SqlQueue, now: datetime, until: datetime
) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]))
    run((RAIN, CLAIMS, [says(filed, RAIN, "It rained.")]))

    assert queue.lease_next("ann", now, until, 9) == (2,)


def test_same_words_elsewhere_are_one_claim(run: Run, filed: FiledArticle, desk: Desk) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]), (RAIN_AGAIN, CLAIMS, [says(filed, RAIN_AGAIN)]))

    (claim,) = desk()
    assert claim.claim.also == (Anchor(AnchorStatus.EXACT, (Span(22, 32),), (3,)),)


def test_claim_found_at_its_second_place_stays(run: Run, filed: FiledArticle, desk: Desk) -> None:
    run((RAIN, CLAIMS, [says(filed, RAIN)]))
    run((RAIN_AGAIN, CLAIMS, [says(filed, RAIN_AGAIN)]), (RAIN, CLAIMS, []))

    assert [one.vanished_in for one in desk()] == [None]


def test_run_remembers_what_it_said(run: Run, filed: FiledArticle, ledger: SqlLedger) -> None:
    first = run((RAIN, CLAIMS, [says(filed, RAIN)]), (WIND, FAILED, []))
    run((RAIN, CLAIMS, []), (WIND, CLAIMS, [says(filed, WIND)]))

    answers = ledger.answers(first)
    assert answers.entries == {1: CLAIMS, 2: FAILED}
    assert [(one.id, one.text, one.sentence_ids) for one in answers.claims] == [(1, "Rain fell.", (1,))]


@pytest.mark.parametrize("number", [0, 2, 10**20])
def test_unknown_run_is_not_found(run: Run, ledger: SqlLedger, number: int) -> None:
    run()

    with pytest.raises(NoSuchRunError, match=rf"^there is no run {number}$"):
        ledger.answers(number)


def test_living_run_keeps_others_out(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> None:
    ledger.begin_run(filed.id, SETUP, now)

    with pytest.raises(ArticleBusyError, match="run 1 is asking about article 1"):
        ledger.begin_run(filed.id, SETUP, now + timedelta(seconds=9))


def test_silent_run_is_taken_over(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> None:
    ledger.begin_run(filed.id, SETUP, now)

    assert ledger.begin_run(filed.id, SETUP, now + timedelta(seconds=11)) == 2


def test_open_run_says_that_it_lives(
    ledger: SqlLedger, filed: FiledArticle, now: datetime, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "_HEARTBEAT_SECONDS", 0.01)
    ledger.begin_run(filed.id, SETUP, now)
    beats, beaten = [now + timedelta(hours=1)], Event()

    def clock() -> datetime:
        beaten.set()
        return beats[0]

    with ledger.runs_kept_alive(clock):
        assert beaten.wait(5)

    assert look("SELECT alive_until FROM run") == [("2026-03-01 13:00:10.000000",)]


def test_old_database_is_brought_up(tmp_path: Path, now: datetime) -> None:
    database = Database(str(shutil.copy(OLD, tmp_path / "old.db")))

    claims = list(SqlQueue(database).find(ClaimQuery(), now))
    answers = SqlLedger(database).answers(1)
    database.close()

    assert len(claims) == len(answers.claims) == 26
    assert (claims[0].verdict is not None, claims[0].claim.also, claims[0].vanished_in) == (True, (), None)
    assert len(answers.entries) == 13


def test_old_claims_are_found_again(tmp_path: Path, now: datetime) -> None:
    database = Database(str(shutil.copy(OLD, tmp_path / "old.db")))
    ledger, queue = SqlLedger(database), SqlQueue(database)
    filed, first = ledger.article(1), queue.claim(1, now)
    run_id = ledger.begin_run(1, SETUP, now)
    position = first.claim.anchor.sentence_ids[0]
    window = Window(tuple(one for one in ledger.sentences(1) if one.position == position))

    new = ledger.record_outcome(run_id, filed, WindowOutcome(window, {position: CLAIMS}, (first.claim,)), now)
    database.close()

    assert new == 0


def test_old_headings_stand_in_headings(database_path: Path) -> None:
    shutil.copy(OLD, database_path)
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute("UPDATE sentence SET is_heading = 1 WHERE article_id = 1 AND position = 2")
        connection.commit()

    database = Database(str(database_path))
    with database.writing():
        pass
    sentences = SqlLedger(database).sentences(1)
    database.close()

    assert {one.position: one.block for one in sentences}[2] == "heading"
    assert {one.block for one in sentences if one.position != 2} == {"paragraph"}
