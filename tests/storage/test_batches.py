"""Batches in the database: prepared before they are sent, held while they are out, free again if they never were."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

import pytest
from fakes import SETUP
from stage import NOW

from factcheck.domain.article import Article
from factcheck.domain.batch import BatchQuestion, BatchState, FiledBatch, PlannedArticle, ServerBatch
from factcheck.domain.extraction import Usage, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.errors import ArticleBusyError, HeldByBatchError
from factcheck.storage.batches import SqlBatchLedger
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.text.sentences import split_sentences
from factcheck.workflow.batch_ports import BatchServer
from factcheck.workflow.extract_in_batches import settle
from factcheck.workflow.windows import Asked, plan_windows

TEXT = "Rain fell on 3 towns. Snow lay on 7 hills. Wages rose by 4 percent."
HERE = "http://here/v1"


@pytest.fixture
def batches(database: Database, ledger: SqlLedger) -> SqlBatchLedger:
    """The batches of an empty database."""
    return SqlBatchLedger(database, ledger)


def planned(ledger: SqlLedger, text: str = TEXT) -> PlannedArticle:
    """An article, filed and planned with two sentences a window."""
    filed = ledger.file_article(Article(text, NOW), split_sentences(text), NOW)
    sentences = ledger.sentences(filed.id)
    return PlannedArticle(filed, sentences, plan_windows(sentences, 2, Asked.PENDING), SETUP, ledger.runs(filed.id))


class ListingServer:
    """Says which batches it has, by key."""

    location = HERE

    def __init__(self, *keys: str) -> None:
        self.keys = keys

    def find(self, batches: Iterable[FiledBatch]) -> dict[str, ServerBatch]:
        return {one.key: ServerBatch("batch_9", "in_progress") for one in batches if one.key in self.keys}


def settled(batches: SqlBatchLedger, seconds: float, *keys: str) -> FiledBatch:
    """The one batch, after a look at a server with these keys so long after it was prepared."""
    then = NOW + timedelta(seconds=seconds)
    settle(batches, cast("BatchServer", ListingServer(*keys)), batches.batches(then), lambda: then)
    [found] = batches.batches(then, only_open=False)
    return found


def outcome(one: BatchQuestion) -> WindowOutcome:
    entries = {position: LedgerEntry(SentenceState.AMBIGUOUS) for position in one.question.window.positions}
    return WindowOutcome(one.question.window, entries, (), Usage(1, 100, 0, 20))


def test_prepared_batch_stands_before_it_is_sent(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    article = planned(ledger)
    made = batches.prepare("k", HERE, [article], NOW)

    assert made.batch is not None
    assert (made.batch.state, made.batch.requests, made.batch.left) == (BatchState.PREPARED, 2, 2)
    assert [one.name for one in made.questions] == ["k.r1.w0", "k.r1.w1"]
    assert [one.name for one in batches.questions(made.batch)] == ["k.r1.w0", "k.r1.w1"]
    assert [one.question.window for one in batches.questions(made.batch)] == list(article.windows)


def test_article_is_prepared_once(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    article = planned(ledger)
    batches.prepare("k", HERE, [article], NOW)

    again = batches.prepare("l", HERE, [article], NOW)

    assert again.batch is None
    assert isinstance(again.refused[article.filed.id], ArticleBusyError)


def test_old_plan_is_refused(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    article = planned(ledger)
    run_id = ledger.begin_run(article.filed.id, SETUP, NOW)
    ledger.end_run(run_id, "finished", NOW)

    assert batches.prepare("k", HERE, [article], NOW).batch is None


def test_other_articles_of_a_batch_go_on(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    first, second = planned(ledger), planned(ledger, "Fog came on Thursday.")
    ledger.begin_run(first.filed.id, SETUP, NOW)

    made = batches.prepare("k", HERE, [first, second], NOW)

    assert made.batch is not None
    assert made.batch.articles == (second.filed.id,)


def test_sent_batch_holds_its_article(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    article = planned(ledger)
    batch = batches.prepare("k", HERE, [article], NOW).batch
    assert batch is not None
    assert batches.note_submitted(batch, ServerBatch("batch_1", "validating"), NOW)

    with pytest.raises(HeldByBatchError):
        ledger.begin_run(article.filed.id, SETUP, NOW + timedelta(days=2))


@pytest.mark.parametrize(("file", "seconds"), [(None, 9), ("file-1", 39)])
def test_batch_that_may_come_yet_is_left(
    batches: SqlBatchLedger, ledger: SqlLedger, file: str | None, seconds: float
) -> None:
    batch = batches.prepare("k", HERE, [planned(ledger)], NOW).batch
    assert batch is not None
    if file:
        batches.note_upload(batch, file)

    assert settled(batches, seconds).state is BatchState.PREPARED
    assert settled(batches, seconds + 2).state is BatchState.DROPPED


def test_batch_that_the_server_has_is_adopted(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    batches.prepare("k", HERE, [planned(ledger)], NOW)

    found = settled(batches, 0, "k")

    assert (found.state, found.server_id) == (BatchState.OUT, "batch_9")


def test_dropped_batch_frees_its_article(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    article = planned(ledger)
    batches.prepare("k", HERE, [article], NOW)
    settled(batches, 60)

    assert ledger.runs()[0].outcome == "stopped: batch 1 was not sent"
    assert ledger.begin_run(article.filed.id, SETUP, NOW)


def test_dropped_batch_is_not_noted_any_more(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    batch = batches.prepare("k", HERE, [planned(ledger)], NOW).batch
    assert batch is not None
    settled(batches, 60)

    assert not batches.note_submitted(batch, ServerBatch("batch_1", "validating"), NOW)


def test_outcome_is_stored_once(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    made = batches.prepare("k", HERE, [planned(ledger)], NOW)
    assert made.batch is not None
    first, second = made.questions

    stored: list[Any] = [batches.store(made.batch, first, outcome(first), NOW, 0.5) for _ in range(2)]
    batches.close(made.batch, NOW)

    assert stored == [0, None]
    [run] = ledger.runs()
    assert (run.usage.calls, run.price, run.ended_at) == (1, 0.5, None)
    assert [one.name for one in batches.questions(made.batch)] == [second.name]
    [still_open] = batches.batches(NOW)
    assert still_open.left == 1


def test_run_ends_with_its_last_outcome(batches: SqlBatchLedger, ledger: SqlLedger) -> None:
    made = batches.prepare("k", HERE, [planned(ledger)], NOW)
    assert made.batch is not None
    for one in made.questions:
        batches.store(made.batch, one, outcome(one), NOW, None)
    batches.close(made.batch, NOW)

    assert ledger.runs()[0].outcome == "finished"
    assert batches.batches(NOW) == ()
