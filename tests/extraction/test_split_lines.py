"""What a split has cost outlives a kill: the line of its window beside the database tells of it too."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes import SETUP, FakeSpill, HeardProgress, Reply, StandIn, completion, one_claim_a_sentence

from factcheck.domain.article import Article
from factcheck.domain.claim import Flag
from factcheck.domain.extraction import AskedArticle, Question
from factcheck.extraction.answered import Answered
from factcheck.extraction.chain import KeptReply, LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.ports import Ledger
from factcheck.workflow.take_in_answers import KeptAnswers
from factcheck.workflow.windows import plan_windows

COMPOUND = "A storm felled a crane in Lisbon, killing 12 people and wounding 238 others."
PARTS = ["A storm felled a crane in Lisbon.", "A storm killed 12 people.", "A storm wounded 238 others."]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ARTICLE = Article(COMPOUND, NOW)
LIMITS = CallLimits(seconds=60, retries=0, concurrency=2)
PROMPT = load_prompt("extract_claims")


@pytest.fixture
def asked(ledger: Ledger) -> AskedArticle:
    """An article of one claim of two facts, and a run about it."""
    filed = file_article(ARTICLE, ledger, lambda: NOW)
    return AskedArticle(ledger.begin_run(filed.id, SETUP, NOW), filed, split_sentences(COMPOUND, "en"))


@pytest.fixture
def lines(asked: AskedArticle, stand_in: StandIn) -> list[str]:
    """What is kept of the run's window and of the question about its claim."""

    def answer(request: dict[str, Any]) -> Reply:
        is_of_one_claim = request["messages"][-1]["content"].startswith("Claim: ")
        parts = completion(json.dumps({"claims": PARTS}))
        return (200, parts, {}) if is_of_one_claim else one_claim_a_sentence(request)

    stand_in.answer = answer
    spill = FakeSpill()
    model = open_model("stand-in", LIMITS)
    with LangChainExtractor(model, PROMPT, SETUP, LIMITS, spill=spill) as extractor:
        extractor.split_prompt = load_prompt("split_claim")
        [(_, outcome)] = extractor.outcomes(iter([Question(asked, plan_windows(asked.sentences, 9)[0])]))
    assert [one.text for one in outcome.claims] == PARTS
    return spill.kept[asked.run_id]


def test_answer_about_a_claim_is_kept_beside_its_window(asked: AskedArticle, lines: list[str]) -> None:
    first, second = (KeptReply.of_line(PROMPT, one, asked.filed, asked.sentences) for one in lines)

    assert first is not None
    assert second is not None
    assert [(one.text, Flag.COMPOUND in one.flags) for one in first.read().claims] == [(COMPOUND, True)]
    assert [one.text for one in second.read().claims] == PARTS
    assert (first.read().usage.calls, second.read().usage.calls, len(second.read().billed)) == (1, 2, 2)


@pytest.mark.parametrize(("kept", "claims"), [(1, 1), (2, 3)])
def test_what_a_kill_has_left_is_taken_in(
    asked: AskedArticle, lines: list[str], ledger: Ledger, kept: int, claims: int
) -> None:
    spill = FakeSpill(kept={asked.run_id: [*lines[:kept], lines[1][:-20]]})

    def read(line: str, *about: Any) -> KeptReply | None:
        return KeptReply.of_line(PROMPT, line, *about)

    KeptAnswers(spill, ledger, lambda: NOW, HeardProgress(), read).settle([asked.run_id])

    assert len(ledger.answers(asked.run_id).claims) == claims
    assert ledger.runs()[0].usage.calls == kept


@pytest.mark.parametrize("wrong", [{"calls": 2}, {"prompt_tokens": -1}, {"seconds": -1.0}], ids=str)
def test_numbers_that_no_call_has_break_a_split_too(
    asked: AskedArticle, lines: list[str], wrong: dict[str, Any]
) -> None:
    told = json.loads(lines[1])
    told["splits"][0]["billing"]["usage"] |= wrong

    assert Answered.of_line(lines[1], asked.filed, asked.sentences) is not None
    assert Answered.of_line(json.dumps(told), asked.filed, asked.sentences) is None
