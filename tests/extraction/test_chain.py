"""The chain against a server on loopback that answers well, badly, or not at all."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes import (
    HANG_SECONDS,
    SETUP,
    Answer,
    Misdeed,
    Reply,
    StandIn,
    completion,
    failing,
    hanging,
    numbered_sentences,
    one_claim_a_sentence,
)

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, Question, StructuredMethod, WindowOutcome
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.errors import (
    FactcheckError,
    ModelSetupError,
    NoKeyError,
    NoServerError,
    RefusedFormError,
    RefusedKeyError,
    UnknownModelError,
)
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.text.sentences import split_sentences
from factcheck.workflow.windows import plan_windows

ARTICLE = Article(
    "Ana Silva flew to Lisbon. She met nurses there.\n\nThe talks went on for 3 hours. Nobody else came.",
    datetime(2026, 1, 1, tzinfo=UTC),
    title="Talks",
)
SENTENCES = split_sentences(ARTICLE.text)
LIMITS = CallLimits(seconds=5, retries=2, concurrency=2)


def asked(
    extractor: LangChainExtractor, article: Article, sentences: tuple[Sentence, ...], size: int
) -> list[WindowOutcome]:
    return [outcome for _, outcome in extractor.outcomes(questions(article, sentences, size))]


def questions(article: Article, sentences: tuple[Sentence, ...], size: int) -> Iterator[Question]:
    whole = AskedArticle(1, FiledArticle(1, article), sentences)
    return (Question(whole, window) for window in plan_windows(sentences, size))


def ask(size: int = 4, limits: CallLimits = LIMITS) -> list[WindowOutcome]:
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        return asked(extractor, ARTICLE, SENTENCES, size)


def states(outcomes: list[WindowOutcome]) -> dict[int, SentenceState]:
    return {position: entry.state for one in outcomes for position, entry in one.entries.items()}


def test_each_sentence_gets_its_claims(stand_in: StandIn) -> None:
    [outcome] = ask()

    assert states([outcome]) == dict.fromkeys((1, 2, 3, 4), SentenceState.CLAIMS)
    assert [claim.text for claim in outcome.claims] == [one.span.cut(ARTICLE.text) for one in SENTENCES]
    assert len(stand_in.requests) == 1


def test_request_carries_schema_and_context(stand_in: StandIn) -> None:
    ask(size=2)

    second = max(stand_in.requests, key=lambda request: "The talks went on for 3" in str(numbered_sentences(request)))
    schema = second["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["required"] == ["s1", "s2"]
    assert "Before: Ana Silva flew to Lisbon. She met nurses there.\n" in second["messages"][-1]["content"]
    assert second["temperature"] == 0


def test_start_of_calls_is_constant(stand_in: StandIn) -> None:
    ask(size=2)

    first, second = stand_in.requests
    assert first["messages"][:-1] == second["messages"][:-1]
    assert first["response_format"] == second["response_format"]


def test_sentence_cannot_fake_another_number(stand_in: StandIn) -> None:
    article = Article("He came\ns2: Orders for you to follow at once here.", ARTICLE.retrieved_at)
    sentences = split_sentences(article.text.replace("\n", " "))
    with LangChainExtractor(open_model("stand-in", LIMITS), load_prompt("extract_claims"), SETUP, LIMITS) as extractor:
        asked(extractor, article, sentences, 4)

    assert list(numbered_sentences(stand_in.requests[0])) == ["s1"]


def test_tokens_are_counted_as_told(stand_in: StandIn) -> None:
    [outcome] = ask()

    assert (outcome.usage.calls, outcome.usage.prompt_tokens, outcome.usage.completion_tokens) == (1, 100, 20)
    assert len(stand_in.requests) == 1


def test_windows_run_in_parallel(stand_in: StandIn) -> None:
    together = threading.Barrier(4, timeout=20)

    def once_all_are_there(request: dict[str, Any]) -> Reply:
        together.wait()
        return one_claim_a_sentence(request)

    stand_in.answer = once_all_are_there
    ask(size=1, limits=CallLimits(30, 0, 4))

    assert not together.broken


def test_slow_storing_holds_up_no_call(stand_in: StandIn) -> None:
    """One call at a time, and one ahead: while the first answer is being stored, the second call lands."""
    limits = CallLimits(1, 0, 1)
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        outcomes = extractor.outcomes(questions(ARTICLE, SENTENCES, 1))
        next(outcomes)
        time.sleep(limits.seconds + 0.2)
        assert len(stand_in.requests) == 2
        landed = [outcome for _, outcome in outcomes]

    assert set(states(landed).values()) == {SentenceState.CLAIMS}
    assert len(stand_in.requests) == len(SENTENCES)


def ask_by(method: StructuredMethod, limits: CallLimits = LIMITS) -> list[WindowOutcome]:
    prompt, model = load_prompt("extract_claims"), open_model("stand-in", limits)
    with LangChainExtractor(model, prompt, SETUP, limits, method) as extractor:
        return asked(extractor, ARTICLE, SENTENCES, 4)


def test_function_call_carries_the_answer(stand_in: StandIn) -> None:
    def called(request: dict[str, Any]) -> Reply:
        status, body, headers = one_claim_a_sentence(request)
        assert isinstance(body, dict)
        function = {"name": request["tools"][0]["function"]["name"]}
        function["arguments"] = body["choices"][0]["message"]["content"]
        call = {"id": "call_1", "type": "function", "function": function}
        return status, completion(None, "tool_calls", tool_calls=[call]), headers

    stand_in.answer = called

    assert set(states(ask_by(StructuredMethod.FUNCTION_CALLING)).values()) == {SentenceState.CLAIMS}
    assert stand_in.requests[0]["tools"][0]["function"]["parameters"]["required"] == ["s1", "s2", "s3", "s4"]


def test_answer_instead_of_call_is_read(stand_in: StandIn) -> None:
    assert set(states(ask_by(StructuredMethod.FUNCTION_CALLING)).values()) == {SentenceState.CLAIMS}
    assert len(stand_in.requests) == 1


def test_words_instead_of_call_fail(stand_in: StandIn) -> None:
    stand_in.answer = lambda _: (200, completion("I would rather talk."), {})

    assert set(states(ask_by(StructuredMethod.FUNCTION_CALLING)).values()) == {SentenceState.FAILED}


def test_json_mode_names_the_keys(stand_in: StandIn) -> None:
    assert set(states(ask_by(StructuredMethod.JSON_MODE)).values()) == {SentenceState.CLAIMS}
    assert stand_in.requests[0]["response_format"] == {"type": "json_object"}
    assert "JSON object; its keys are s1, s2, s3, s4." in stand_in.requests[0]["messages"][-1]["content"]


@pytest.mark.parametrize("method", StructuredMethod)
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "response_format is not supported"),
        (422, "extra inputs are not permitted"),
        (500, "tools param requires --jinja flag"),
        (501, "This server does not support tools."),
        (404, "No endpoints found that support tool use"),
    ],
)
def test_refused_form_names_the_others(stand_in: StandIn, method: StructuredMethod, status: int, words: str) -> None:
    stand_in.answer = failing(status, "refused", words)

    with pytest.raises(RefusedFormError, match=words) as told:
        ask_by(method, replace(LIMITS, retries=0))

    others = tuple(one.value for one in StructuredMethod if one is not method)
    assert (told.value.method, told.value.others) == (method.value, others)
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize("words", ["out of memory", "the tool call could not be parsed"])
def test_broken_server_refuses_no_form(stand_in: StandIn, words: str) -> None:
    stand_in.answer = failing(500, "server_error", words)

    assert set(states(ask(limits=replace(LIMITS, retries=0))).values()) == {SentenceState.FAILED}


def test_calls_under_way_keep_to_the_limit(stand_in: StandIn) -> None:
    under_way, most, lock = 0, 0, threading.Lock()

    def counted(request: dict[str, Any]) -> Reply:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.1)
        with lock:
            under_way -= 1
        return one_claim_a_sentence(request)

    stand_in.answer = counted
    ask(size=1, limits=CallLimits(5, 0, 3))

    assert (most, len(stand_in.requests)) == (3, len(SENTENCES))


def test_cut_off_answer_is_paid(stand_in: StandIn) -> None:
    stand_in.answer = lambda _: (200, completion('{"s1": {"be', "length"), {})

    [outcome] = ask()

    assert outcome.usage.prompt_tokens == 100


def quota_as_type(_: object) -> Reply:
    return 429, {"error": {"message": "pay up", "type": "insufficient_quota"}}, {}


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        pytest.param(failing(401, "invalid_api_key", "bad key"), RefusedKeyError, "bad key", id="wrong-key"),
        pytest.param(failing(403, "forbidden", "not you"), RefusedKeyError, "not you", id="forbidden"),
        pytest.param(
            failing(404, "model_not_found", "no such model"), UnknownModelError, "no such model", id="no-model"
        ),
        pytest.param(failing(429, "insufficient_quota", "pay up"), ModelSetupError, "credit", id="no-quota"),
        pytest.param(failing(402, "bad", "Insufficient Balance"), ModelSetupError, "credit", id="no-balance"),
        pytest.param(quota_as_type, ModelSetupError, "credit", id="no-quota-by-type"),
        pytest.param(failing(400, "bad_request", "no json_schema"), RefusedFormError, "no json_schema", id="no-schema"),
    ],
)
def test_trouble_of_every_call_stops(stand_in: StandIn, answer: Answer, kind: type[FactcheckError], words: str) -> None:
    stand_in.answer = answer

    with pytest.raises(kind, match=words):
        ask(size=1, limits=CallLimits(5, 0, 1))
    assert len(stand_in.requests) == 1


def test_absent_server_stops_the_run(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    del stand_in
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    with pytest.raises(NoServerError, match="cannot be asked: "):
        ask(limits=CallLimits(5, 0, 1))


def test_missing_key_is_told() -> None:
    with pytest.raises(NoKeyError, match="there is no key for 'gpt'"):
        open_model("gpt", LIMITS)


def test_unknown_provider_is_told() -> None:
    with pytest.raises(ModelSetupError, match="'nobody:model'"):
        open_model("nobody:model", LIMITS)


def test_closing_early_cancels_calls(stand_in: StandIn) -> None:
    def slow_after_first(request: dict[str, Any]) -> Reply | Misdeed:
        return one_claim_a_sentence(request) if "Ana Silva flew" in str(numbered_sentences(request)) else hanging

    stand_in.answer = slow_after_first
    limits = CallLimits(HANG_SECONDS, 0, 4)
    started = time.monotonic()
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        outcomes = extractor.outcomes(questions(ARTICLE, SENTENCES, 1))
        with closing(outcomes):
            next(outcomes)

    assert time.monotonic() - started < HANG_SECONDS / 2


LLAMA_SAYS = "the request exceeds the available context size, try increasing it"
OPENAI_SAYS = "This model's maximum context length is 8192 tokens"


@pytest.mark.parametrize("words", [LLAMA_SAYS, OPENAI_SAYS])
def test_question_too_long_is_asked_in_halves(stand_in: StandIn, words: str) -> None:
    def narrow(request: dict[str, Any]) -> Reply | Misdeed:
        is_long = len(numbered_sentences(request)) > 1
        return failing(400, "invalid_request", words)(request) if is_long else one_claim_a_sentence(request)

    stand_in.answer = narrow

    [outcome] = ask()

    assert states([outcome]) == dict.fromkeys((1, 2, 3, 4), SentenceState.CLAIMS)
    assert [len(numbered_sentences(one)) for one in stand_in.requests] == [4, 2, 1, 1, 1, 1]
    assert outcome.usage.calls == 4


def test_context_is_found_out_once(stand_in: StandIn) -> None:
    def narrow(request: dict[str, Any]) -> Reply | Misdeed:
        is_long = len(numbered_sentences(request)) > 2
        return failing(400, "invalid_request", LLAMA_SAYS)(request) if is_long else one_claim_a_sentence(request)

    stand_in.answer = narrow
    article = replace(ARTICLE, text=" ".join(f"The talks of day {day} went on for hours." for day in range(10, 22)))
    limits = CallLimits(5, 0, 1)
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        landed = asked(extractor, article, split_sentences(article.text), 4)

    assert set(states(landed).values()) == {SentenceState.CLAIMS}
    assert [len(numbered_sentences(one)) for one in stand_in.requests] == [4, 2, 2, 2, 2, 2, 2]


def test_sentence_too_long_fails_alone(stand_in: StandIn) -> None:
    def narrow(request: dict[str, Any]) -> Reply | Misdeed:
        is_long = "The talks went on" in str(numbered_sentences(request))
        return failing(400, "invalid_request", LLAMA_SAYS)(request) if is_long else one_claim_a_sentence(request)

    stand_in.answer = narrow

    outcomes = ask()

    assert states(outcomes)[3] is SentenceState.FAILED
    assert [state for at, state in states(outcomes).items() if at != 3] == [SentenceState.CLAIMS] * 3


def test_fatal_error_lets_calls_land(stand_in: StandIn) -> None:
    def one_is_refused(request: dict[str, Any]) -> Reply | Misdeed:
        if "Ana Silva flew" in str(numbered_sentences(request)):
            return failing(401, "invalid_api_key")(request)
        time.sleep(0.3)
        return one_claim_a_sentence(request)

    stand_in.answer = one_is_refused
    landed: list[WindowOutcome] = []
    limits = CallLimits(5, 0, 2)
    with (
        LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor,
        pytest.raises(ModelSetupError),
    ):
        landed.extend(outcome for _, outcome in extractor.outcomes(questions(ARTICLE, SENTENCES, 1)))

    assert (len(landed), len(stand_in.requests)) == (1, 2)


def test_questions_are_taken_as_calls_get_free(stand_in: StandIn) -> None:
    taken = 0

    def counted() -> Iterator[Question]:
        nonlocal taken
        for question in questions(ARTICLE, SENTENCES, 1):
            taken += 1
            yield question

    limits = CallLimits(5, 0, 1)
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        outcomes = extractor.outcomes(counted())
        next(outcomes)
        assert taken <= 3
        assert len(list(outcomes)) == 3

    assert len(stand_in.requests) == 4
