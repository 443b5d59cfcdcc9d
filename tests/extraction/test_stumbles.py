"""A sentence that the model stumbles over is asked about once more, alone; then it stands in its own words."""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import SETUP, Answer, FakeSpill, HeardProgress, Reply, StandIn, completion, one_claim_a_sentence

from factcheck.domain.article import Article
from factcheck.domain.claim import Flag
from factcheck.domain.extraction import AskedArticle, Question, WindowOutcome
from factcheck.domain.sentence import SentenceState
from factcheck.errors import FactcheckError
from factcheck.extraction.chain import KeptReply, LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.storage.database import Database
from factcheck.storage.spill import FileSpill
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.ports import Ledger, Spill
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import plan_windows

TEXT = (
    "The council of Lisbon paid 4 million euros in May. The mayor opened two schools in Porto. "
    "Rita Gomes won the vote by 12 seats."
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ARTICLE = Article(TEXT, NOW)
LIMITS = CallLimits(seconds=60, retries=0, concurrency=2)
PROMPT = load_prompt("extract_claims")
NOTHING = {"begins": "", "claims": [], "kind": "fact"}


@pytest.fixture
def asked(ledger: Ledger) -> AskedArticle:
    filed = file_article(ARTICLE, ledger, lambda: NOW)
    return AskedArticle(ledger.begin_run(filed.id, SETUP, NOW), filed, split_sentences(TEXT, "en"))


def outcome_of(asked: AskedArticle, spill: Spill | None = None, **changes: Any) -> WindowOutcome:
    with LangChainExtractor(open_model("stand-in", LIMITS), PROMPT, SETUP, LIMITS, spill=spill) as extractor:
        extractor.asks_again = True
        for name, value in changes.items():
            setattr(extractor, name, value)
        [(_, outcome)] = extractor.outcomes(iter([Question(asked, plan_windows(asked.sentences, 9)[0])]))
        return outcome


def stumbling(calls: int) -> Answer:
    """Answers, of which the first ones say nothing of their second sentence, or of their only one."""
    left = iter(range(calls))

    def answer(request: dict[str, Any]) -> Reply:
        status, body, headers = one_claim_a_sentence(request)
        if next(left, None) is None or isinstance(body, bytes):
            return status, body, headers
        parts = json.loads(body["choices"][0]["message"]["content"])
        parts[sorted(parts)[len(parts) // 2]] = NOTHING
        return status, completion(json.dumps(parts)), headers

    return answer


def test_stumbled_sentence_is_asked_about_alone(asked: AskedArticle, stand_in: StandIn) -> None:
    stand_in.answer = stumbling(1)

    outcome = outcome_of(asked)

    assert {one.state for one in outcome.entries.values()} == {SentenceState.CLAIMS}
    assert [one.anchor.sentence_ids for one in outcome.claims] == [(1,), (2,), (3,)]
    assert (outcome.usage.calls, len(outcome.billed)) == (2, 2)
    [_, again] = [one["messages"][-1]["content"] for one in stand_in.requests]
    assert "s1: The mayor opened two schools in Porto." in again
    assert "s2:" not in again


def test_sentence_that_fails_twice_stands_as_written(asked: AskedArticle, stand_in: StandIn) -> None:
    stand_in.answer = stumbling(2)

    outcome = outcome_of(asked)

    [written] = [one for one in outcome.claims if Flag.AS_WRITTEN in one.flags]
    assert written.text == "The mayor opened two schools in Porto."
    assert len(stand_in.requests) == 2


def test_sentence_that_says_only_that_somebody_spoke_is_not_asked_about_again(
    ledger: Ledger, stand_in: StandIn
) -> None:
    text = "Rita Gomes won the vote by 12 seats. The minister said so on Monday in a statement."
    filed = file_article(Article(text, NOW), ledger, lambda: NOW)

    outcome = outcome_of(AskedArticle(ledger.begin_run(filed.id, SETUP, NOW), filed, split_sentences(text, "en")))

    assert [one.text for one in outcome.claims] == ["Rita Gomes won the vote by 12 seats."]
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize("changes", [{"asks_again": False}, {"has_room": lambda *_: False}])
def test_nothing_is_asked_again_that_is_not_to_be_paid(
    asked: AskedArticle, stand_in: StandIn, changes: dict[str, Any]
) -> None:
    stand_in.answer = stumbling(1)

    outcome = outcome_of(asked, **changes)

    assert outcome.entries[2].state is SentenceState.FAILED
    assert len(stand_in.requests) == 1


def test_answer_to_the_second_call_outlives_a_kill(asked: AskedArticle, stand_in: StandIn, ledger: Ledger) -> None:
    stand_in.answer, spill = stumbling(1), FakeSpill()
    outcome_of(asked, spill)
    kept = spill.kept[asked.run_id]

    def read(line: str, *about: Any) -> KeptReply | None:
        return KeptReply.of_line(PROMPT, line, *about)

    left = FakeSpill(kept={asked.run_id: [*kept, kept[-1][:-20]]})
    KeptAnswers(left, ledger, lambda: NOW, HeardProgress(), read).settle([asked.run_id])

    answers = ledger.answers(asked.run_id)
    assert {one.state for one in answers.entries.values()} == {SentenceState.CLAIMS}
    assert (len(answers.claims), ledger.runs()[0].usage.calls) == (3, 2)


def test_sentences_apart_are_asked_about_in_calls_of_their_own(
    asked: AskedArticle, stand_in: StandIn, tmp_path: Path
) -> None:
    def answer(request: dict[str, Any]) -> Reply:
        _, body, headers = one_claim_a_sentence(request)
        assert isinstance(body, dict)
        parts = json.loads(body["choices"][0]["message"]["content"])
        apart = parts | {"s1": NOTHING, "s3": NOTHING} if "s3" in parts else parts
        return 200, completion(json.dumps(apart)), headers

    stand_in.answer = answer

    outcome = outcome_of(asked, FileSpill(Database(str(tmp_path / "desk.db"))))

    assert {one.state for one in outcome.entries.values()} == {SentenceState.CLAIMS}
    assert len(stand_in.requests) == 3


def test_half_of_a_second_call_is_kept_whatever_comes_of_the_other(asked: AskedArticle, stand_in: StandIn) -> None:
    refused = {"error": {"message": "no", "code": "context_length_exceeded"}}
    key = {"error": {"message": "the key was taken back", "code": "invalid_api_key"}}

    def answer(request: dict[str, Any]) -> Reply:
        status, body, headers = one_claim_a_sentence(request)
        asked_before = len(stand_in.requests)
        if asked_before == 1:
            assert isinstance(body, dict)
            parts = json.loads(body["choices"][0]["message"]["content"])
            return 200, completion(json.dumps(parts | {"s2": NOTHING, "s3": NOTHING})), headers
        if asked_before == 2:
            return 400, refused, headers
        return (status, body, headers) if asked_before == 3 else (401, key, headers)

    stand_in.answer, spill = answer, FakeSpill()
    extractor = LangChainExtractor(open_model("stand-in", LIMITS), PROMPT, SETUP, LIMITS, spill=spill, asks_again=True)

    with extractor, suppress(FactcheckError):
        [*extractor.outcomes(iter([Question(asked, plan_windows(asked.sentences, 9)[0])]))]

    read = KeptReply.of_line(PROMPT, spill.kept[asked.run_id][-1], asked.filed, asked.sentences)
    assert read is not None
    states = [one.state for one in read.read().entries.values()]
    assert states == [SentenceState.CLAIMS, SentenceState.CLAIMS, SentenceState.FAILED]


def test_own_loop_asks_again_too(asked: AskedArticle, stand_in: StandIn) -> None:
    stand_in.answer = stumbling(1)

    async def landed() -> list[int]:
        extractor = LangChainExtractor(open_model("stand-in", LIMITS), PROMPT, SETUP, LIMITS, asks_again=True)
        questions = [Question(asked, plan_windows(asked.sentences, 9)[0])]
        counts = [len(outcome.claims) async for _, outcome in extractor.aoutcomes(questions)]
        await extractor.close_connections()
        return counts

    assert asyncio.run(landed()) == [3]
