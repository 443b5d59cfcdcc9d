"""Calls that wait for their turn: spaced at the server, and no nearer to their deadline."""

import asyncio
import itertools
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import pytest
from fakes import SETUP, Reply, StandIn, one_claim_a_sentence

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, Question
from factcheck.domain.sentence import SentenceState
from factcheck.extraction import models
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits, Pace, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.text.sentences import split_sentences
from factcheck.workflow.windows import plan_windows

SECONDS = 0.1
CALLS = 5
LIMITS = CallLimits(seconds=5, retries=0, concurrency=CALLS)
TEXT = " ".join(f"The bridge was closed for {days} days in all." for days in range(2, 2 + CALLS))


def ask(limits: CallLimits, pace: Pace) -> set[SentenceState]:
    sentences = split_sentences(TEXT)
    asked = AskedArticle(1, FiledArticle(1, Article(TEXT, datetime(2026, 1, 1, tzinfo=UTC))), sentences)
    questions = (Question(asked, window) for window in plan_windows(sentences, 1))
    model, prompt = open_model("stand-in", limits), load_prompt("extract_claims")
    with LangChainExtractor(model, prompt, SETUP, limits, pace=pace) as extractor:
        landed = [outcome for _, outcome in extractor.outcomes(questions)]
    return {entry.state for one in landed for entry in one.entries.values()}


@pytest.fixture
def arrivals(stand_in: StandIn) -> list[float]:
    """When each call reached the stand-in, on the monotonic clock."""
    seen: list[float] = []

    def noted(request: dict[str, Any]) -> Reply:
        seen.append(time.monotonic())
        return one_claim_a_sentence(request)

    stand_in.answer = noted
    return seen


def test_turns_are_spaced() -> None:
    async def turns() -> list[float]:
        pace, taken = Pace(SECONDS), []

        async def take() -> None:
            await pace.turn()
            taken.append(time.monotonic())

        await asyncio.gather(*(take() for _ in range(CALLS)))
        return taken

    taken = asyncio.run(turns())
    # A busy machine wakes up late, so that a turn may seem closer to the next.
    assert min(later - earlier for earlier, later in itertools.pairwise(taken)) >= SECONDS * 0.5
    assert taken[-1] - taken[0] < SECONDS * CALLS * 5


def test_late_call_waits_for_nothing() -> None:
    async def second_turn() -> float:
        pace = Pace(SECONDS * 5)
        await pace.turn()
        await asyncio.sleep(SECONDS * 5)
        asked = time.monotonic()
        await pace.turn()
        return time.monotonic() - asked

    assert asyncio.run(second_turn()) < SECONDS * 2.5


def test_shared_turn_is_asked_for_by_one_call_at_a_time() -> None:
    asked: list[float] = []

    def none_due() -> float:
        asked.append(time.monotonic())
        return 60.0

    async def left() -> None:
        pace = Pace(shared=none_due)
        waiting = [asyncio.create_task(pace.turn()) for _ in range(CALLS)]
        await asyncio.sleep(SECONDS)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(left())

    assert len(asked) == 1


def test_new_shared_rate_is_heard_of_by_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_LOOK", SECONDS / 10)
    found = iter([3600.0, 3600.0, 0.0])

    async def turn() -> float:
        asked = time.monotonic()
        await Pace(shared=lambda: next(found)).turn()
        return time.monotonic() - asked

    assert asyncio.run(turn()) < SECONDS * 20


def test_long_wait_for_a_shared_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_LONG", 0.0)
    monkeypatch.setattr(models, "_LOOK", 0.01)
    found, told = iter([3600.0, 3600.0, 0.0]), Mock()

    asyncio.run(Pace(shared=lambda: next(found), waits=told).turn())

    assert told.call_count == 2


def test_own_rate_holds_behind_a_shared_one() -> None:
    async def turns() -> list[float]:
        found = iter([SECONDS * 3, 0.0, 0.0])
        pace, taken = Pace(SECONDS, shared=lambda: next(found)), []

        async def take() -> None:
            await pace.turn()
            taken.append(time.monotonic())

        await asyncio.gather(take(), take())
        return taken

    first, second = asyncio.run(turns())
    assert second - first >= SECONDS * 0.5


def test_calls_arrive_spaced(arrivals: list[float]) -> None:
    started = time.monotonic()

    assert ask(LIMITS, Pace(SECONDS)) == {SentenceState.CLAIMS}

    assert len(arrivals) == CALLS
    assert arrivals[-1] - started >= SECONDS * (CALLS - 1)


def test_unpaced_calls_arrive_together(stand_in: StandIn) -> None:
    together = threading.Barrier(CALLS, timeout=20)

    def met(request: dict[str, Any]) -> Reply:
        together.wait()
        return one_claim_a_sentence(request)

    stand_in.answer = met

    assert ask(replace(LIMITS, seconds=20), Pace()) == {SentenceState.CLAIMS}


def test_waiting_for_a_turn_is_no_timeout(arrivals: list[float]) -> None:
    limits = replace(LIMITS, seconds=0.8)

    assert ask(limits, Pace(0.4)) == {SentenceState.CLAIMS}
    assert arrivals[-1] - arrivals[0] > limits.seconds
