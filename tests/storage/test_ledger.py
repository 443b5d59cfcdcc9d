from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fakes import SETUP, sentence_claim

from factcheck.domain.article import Article, BlockKind, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.extraction import Usage, Window, WindowOutcome
from factcheck.domain.review import ClaimQuery
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.when import When
from factcheck.errors import DatabaseError, NoSuchArticleError, NoSuchClaimError, NoSuchRunError
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue

Look = Callable[[str], list[tuple[Any, ...]]]

TEXT = "Rain fell. Wind blew."
RAIN, WIND = Sentence(1, Span(0, 10)), Sentence(2, Span(11, 21), BlockKind.CAPTION)
CLAIMS = LedgerEntry(SentenceState.CLAIMS, "fact", "one claim")


@pytest.fixture
def filed(ledger: SqlLedger, now: datetime) -> FiledArticle:
    return ledger.file_article(Article(TEXT, now, title="Weather"), (RAIN, WIND), now)


@pytest.fixture
def run_id(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> int:
    return ledger.begin_run(filed.id, SETUP, now)


def outcome(*claims: Claim, usage: Usage | None = None, entry: LedgerEntry = CLAIMS) -> WindowOutcome:
    return WindowOutcome(Window((RAIN,)), {1: entry}, claims, usage or Usage())


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 2**70])
def test_number_that_no_row_can_have_is_not_there(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, now: datetime, number: int
) -> None:
    del filed
    for asked, error in (
        (ledger.article, NoSuchArticleError),
        (ledger.answers, NoSuchRunError),
        (partial(queue.claim, now=now), NoSuchClaimError),
    ):
        with pytest.raises(error, match=f"there is no [a-z]+ {number}"):
            asked(number)

    assert ledger.runs(number) == ledger.runs(among=[number]) == ()
    assert SqlLog(ledger.database).events(number) == ()
    assert [*queue.find(ClaimQuery(article_id=number), now)] == []


def test_article_comes_back_unchanged(ledger: SqlLedger, now: datetime) -> None:
    article = Article("Öl. 🙂", now, "Title", "https://a.example", ("Ann", "Bö"), date(2026, 2, 1), "de-AT")

    filed = ledger.file_article(article, (), now)

    assert ledger.article(filed.id) == FiledArticle(1, article)


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=30))])
def test_moment_of_publication_keeps_its_zone(ledger: SqlLedger, now: datetime, zone: timezone | None) -> None:
    at = datetime(2026, 2, 1, 23, 30, tzinfo=zone)

    filed = ledger.file_article(Article(TEXT, now, published=at.date(), published_at=at), (), now)

    found = ledger.article(filed.id).article.published_at
    assert found is not None
    assert (found, found.isoformat()) == (at, at.isoformat())


def test_sentences_come_back_unchanged(ledger: SqlLedger, filed: FiledArticle) -> None:
    assert ledger.sentences(filed.id) == (RAIN, WIND)


def test_same_text_is_filed_once(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> None:
    again = ledger.file_article(Article(TEXT, now, title="Another title"), (RAIN, WIND), now)

    assert again == filed
    assert [one.id for one, _, _ in ledger.articles()] == [filed.id]


def test_other_text_is_filed_beside(ledger: SqlLedger, filed: FiledArticle, now: datetime) -> None:
    other = ledger.file_article(Article(f"{TEXT} ", now), (RAIN,), now)

    assert (filed.id, other.id) == (1, 2)
    assert ledger.sentences(other.id) == (RAIN,)


def test_moments_are_stored_in_utc(ledger: SqlLedger, now: datetime, look: Look) -> None:
    ledger.file_article(Article(TEXT, now.astimezone(timezone(timedelta(hours=9)))), (), now)

    assert look("SELECT retrieved_at FROM article") == [("2026-03-01 12:00:00.000000",)]


@pytest.mark.parametrize("number", [0, -1, 2, 10**20])
def test_unknown_article_is_not_found(ledger: SqlLedger, filed: FiledArticle, number: int) -> None:
    del filed

    with pytest.raises(NoSuchArticleError, match=rf"^there is no article {number}$"):
        ledger.article(number)


def test_outcome_moves_its_sentences(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.record_outcome(run_id, filed, outcome(), now)

    assert [one.entry for one in ledger.sentences(filed.id)] == [CLAIMS, WIND.entry]


def test_sentence_knows_its_run(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime, look: Look) -> None:
    ledger.record_outcome(run_id, filed, outcome(), now)

    assert look("SELECT position, run_id FROM sentence ORDER BY position") == [(1, run_id), (2, None)]


def test_claim_comes_back_unchanged(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime
) -> None:
    claim = Claim(
        "Rain fell in Öland.",
        "Rain … fell",
        Anchor(AnchorStatus.NORMALISED, (Span(0, 4), Span(5, 9)), (1,)),
        0.7,
        reason="It can be looked up.",
        speaker="Ann",
        inferred=(InferredWord("öland", 2), InferredWord("in", None)),
        doubts=(Doubt(Flag.UNSUPPORTED_NUMBER, "“7” stands nowhere"),),
        when=When("last week", date(2026, 10, 5), date(2026, 10, 11)),
    )

    ledger.record_outcome(run_id, filed, outcome(claim), now)

    found = queue.claim(1, now)
    assert (found.claim, found.article_id, found.uid) == (claim, filed.id, claim.uid(filed.article.sha256))


def test_claim_found_again_keeps_its_day(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime
) -> None:
    claim = replace(sentence_claim(filed.article, RAIN), when=When("in 2019", date(2019, 1, 1), date(2019, 12, 31)))
    ledger.record_outcome(run_id, filed, outcome(claim), now)

    ledger.end_run(run_id, "finished", now)
    again = ledger.begin_run(filed.id, SETUP, now)
    ledger.record_outcome(again, filed, outcome(replace(claim, when=None)), now)

    assert queue.claim(1, now).when == claim.when


def test_flag_without_reason_is_read(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime, database: Database
) -> None:
    ledger.record_outcome(run_id, filed, outcome(sentence_claim(filed.article, RAIN)), now)

    with database.writing() as connection:
        connection.exec_driver_sql("""UPDATE claim SET flags = '["unsupported_number"]'""")

    assert queue.claim(1, now).claim.doubts == (Doubt(Flag.UNSUPPORTED_NUMBER),)


def test_claim_names_its_origin(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime
) -> None:
    ledger.record_outcome(run_id, filed, outcome(sentence_claim(filed.article, RAIN)), now)

    origin = queue.claim(1, now).origin
    assert origin is not None
    assert (origin.id, origin.model, origin.prompt_hash) == (run_id, SETUP.model, SETUP.prompt_hash)


def test_duplicate_claims_become_one(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    claim = sentence_claim(filed.article, RAIN)

    assert ledger.record_outcome(run_id, filed, outcome(claim, claim), now) == 1


def test_first_of_duplicates_stays(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime
) -> None:
    claim = sentence_claim(filed.article, RAIN)

    ledger.record_outcome(run_id, filed, outcome(replace(claim, reason="first"), replace(claim, reason="second")), now)

    assert [one.claim.reason for one in queue.find(ClaimQuery(), now)] == ["first"]


def test_known_claim_is_not_new(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    claim = sentence_claim(filed.article, RAIN)
    ledger.record_outcome(run_id, filed, outcome(claim), now)

    ledger.end_run(run_id, "finished", now)
    again = ledger.begin_run(filed.id, SETUP, now)

    new = ledger.record_outcome(again, filed, outcome(claim, sentence_claim(filed.article, WIND)), now)

    assert new == 1


def test_claims_come_in_article_order(
    ledger: SqlLedger, queue: SqlQueue, filed: FiledArticle, run_id: int, now: datetime
) -> None:
    claims = [sentence_claim(filed.article, one) for one in (WIND, RAIN)]

    ledger.record_outcome(run_id, filed, outcome(*claims, claims[0]), now)

    assert [one.claim.text for one in queue.find(ClaimQuery(), now)] == ["Rain fell.", "Wind blew."]


def test_broken_outcome_leaves_no_trace(
    ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime, look: Look
) -> None:
    events = look("SELECT count(*) FROM event")

    with pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        ledger.record_outcome(run_id + 1, filed, outcome(sentence_claim(filed.article, RAIN)), now)

    assert ledger.sentences(filed.id) == (RAIN, WIND)
    assert (look("SELECT count(*) FROM claim"), look("SELECT count(*) FROM event")) == ([(0,)], events)


def test_late_failure_takes_claims_back(
    ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("factcheck.storage.window_outcome.add_events", fail)
    with pytest.raises(ZeroDivisionError):
        ledger.record_outcome(run_id, filed, outcome(sentence_claim(filed.article, RAIN), usage=Usage(1)), now)

    assert [(counts, claims) for _, counts, claims in ledger.articles()] == [({SentenceState.PENDING: 2}, 0)]
    assert ledger.runs()[0].usage == Usage()


def test_usage_of_windows_adds_up(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.record_outcome(run_id, filed, outcome(usage=Usage(1, 100, 10, 20, 0.5)), now)
    wind = WindowOutcome(Window((WIND,)), {2: CLAIMS}, (), Usage(2, 50, 5, 10, 0.25))
    ledger.record_outcome(run_id, filed, wind, now)

    assert ledger.runs()[0].usage == Usage(3, 150, 15, 30, 0.75)


def test_usage_stays_with_its_run(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.end_run(run_id, "finished", now)
    other = ledger.begin_run(filed.id, SETUP, now)

    ledger.record_outcome(other, filed, outcome(usage=Usage(1)), now)

    assert {one.id: one.usage.calls for one in ledger.runs()} == {run_id: 0, other: 1}


def test_run_says_how_ended(ledger: SqlLedger, run_id: int, now: datetime, look: Look) -> None:
    ledger.end_run(run_id, "stopped: no such model", now)

    assert ledger.runs()[0].outcome == "stopped: no such model"
    assert look("SELECT ended_at FROM run") == [("2026-03-01 12:00:00.000000",)]


def test_run_keeps_its_setup(ledger: SqlLedger, filed: FiledArticle, run_id: int) -> None:
    (run,) = ledger.runs()

    assert (run.id, run.article_id, run.setup) == (run_id, filed.id, SETUP)


def test_runs_of_one_article(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    other = ledger.file_article(Article("Snow fell.", now), (RAIN,), now)
    second = ledger.begin_run(other.id, SETUP, now)

    assert [one.id for one in ledger.runs(other.id)] == [second]
    assert [one.id for one in ledger.runs(filed.id)] == [run_id]
    assert [one.id for one in ledger.runs()] == [run_id, second]


def test_recording_hash_reaches_its_runs(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.end_run(run_id, "finished", now)
    ledger.begin_run(filed.id, SETUP, now)

    ledger.note_recording([run_id], "f" * 64, now)

    assert [one.setup.recording_sha256 for one in ledger.runs()] == ["f" * 64, None]


def test_articles_come_with_counts(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    other = ledger.file_article(Article("Snow.", now), (), now)
    ledger.record_outcome(run_id, filed, outcome(sentence_claim(filed.article, RAIN)), now)

    assert list(ledger.articles()) == [
        (filed, {SentenceState.CLAIMS: 1, SentenceState.PENDING: 1}, 1),
        (other, {}, 0),
    ]


def test_every_sentence_state_is_counted(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.record_outcome(run_id, filed, outcome(entry=LedgerEntry(SentenceState.FAILED)), now)

    assert ledger.sentence_counts() == dict.fromkeys(SentenceState, 0) | {
        SentenceState.FAILED: 1,
        SentenceState.PENDING: 1,
    }


def test_price_of_calls_adds_up(ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime) -> None:
    ledger.record_outcome(run_id, filed, outcome(usage=Usage(1, 10)), now, 0.25)
    wind = WindowOutcome(Window((WIND,)), {2: CLAIMS}, usage=Usage(1, 10))
    ledger.record_outcome(run_id, filed, wind, now, 0.5)

    assert ledger.runs()[0].price == 0.75


@pytest.mark.parametrize(("known", "price"), [(None, None), (0.5, 0.5)])
def test_unknown_price_adds_nothing(
    ledger: SqlLedger, filed: FiledArticle, run_id: int, now: datetime, known: float | None, price: float | None
) -> None:
    ledger.record_outcome(run_id, filed, outcome(usage=Usage(1, 10)), now, known)
    ledger.record_outcome(run_id, filed, WindowOutcome(Window((WIND,)), {2: CLAIMS}, usage=Usage(1)), now)

    assert ledger.runs()[0].price == price


def test_run_without_calls_is_free(ledger: SqlLedger, run_id: int) -> None:
    assert (ledger.runs()[0].id, ledger.runs()[0].price) == (run_id, 0)


def test_article_is_known_by_hash(ledger: SqlLedger, filed: FiledArticle) -> None:
    assert ledger.known_article(filed.article.sha256) == filed
    assert ledger.known_article("0" * 64) is None


def test_looking_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "absent.db"

    assert SqlLedger(Database(str(path))).known_article("0" * 64) is None
    assert not path.exists()
