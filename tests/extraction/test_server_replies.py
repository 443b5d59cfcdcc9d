"""What servers make of the form, each kind by a stand-in that says it as the server's documentation or source does.

None of these replies was recorded: the stand-in on loopback answers a good answer, changed in one way.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes import (
    SETUP,
    Answer,
    Misdeed,
    Reply,
    StandIn,
    completion,
    in_turn,
    numbered_sentences,
    one_claim_a_sentence,
)

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, Question, StructuredMethod, Usage, WindowOutcome
from factcheck.domain.sentence import SentenceState
from factcheck.errors import RefusedFormError, RefusedKeyError
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.text.sentences import split_sentences
from factcheck.workflow.windows import plan_windows

ARTICLE = Article("Ana Silva flew to Lisbon. She met 40 nurses there.", datetime(2026, 1, 1, tzinfo=UTC))
SENTENCES = split_sentences(ARTICLE.text)
CLAIMS, FAILED, ASIDE = SentenceState.CLAIMS, SentenceState.FAILED, SentenceState.NOT_CHECKABLE
CALLING = StructuredMethod.FUNCTION_CALLING


@pytest.fixture(autouse=True)
def no_pause_between_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)


def ask(
    size: int = 2, method: StructuredMethod = StructuredMethod.JSON_SCHEMA, retries: int = 0
) -> list[WindowOutcome]:
    limits = CallLimits(5, retries, 1)
    model, prompt = open_model("stand-in", limits), load_prompt("extract_claims")
    with LangChainExtractor(model, prompt, SETUP, limits, method) as extractor:
        asked = AskedArticle(1, FiledArticle(1, ARTICLE), SENTENCES)
        questions = (Question(asked, window) for window in plan_windows(SENTENCES, size))
        return [outcome for _, outcome in extractor.outcomes(questions)]


def states(outcomes: list[WindowOutcome]) -> list[SentenceState]:
    return [entry.state for one in outcomes for entry in one.entries.values()]


def details(outcomes: list[WindowOutcome]) -> str:
    return " ".join(str(entry.detail) for one in outcomes for entry in one.entries.values())


def good(request: dict[str, Any]) -> str:
    _, sent, _ = one_claim_a_sentence(request)
    assert isinstance(sent, dict)
    return str(sent["choices"][0]["message"]["content"])


def saying(change: Callable[[str], str]) -> Answer:
    return lambda request: (200, completion(change(good(request))), {})


def with_message(change: Callable[[str], dict[str, Any]]) -> Answer:
    return lambda request: (200, completion(None, **change(good(request))), {})


def with_claims(**fields: object) -> Answer:
    def change(content: str) -> str:
        answer = json.loads(content)
        for part in answer.values():
            part["claims"] = [one | fields for one in part["claims"]]
        return json.dumps(answer)

    return saying(change)


def with_parts(**fields: object) -> Answer:
    return saying(lambda content: json.dumps({key: part | fields for key, part in json.loads(content).items()}))


def without(name: str) -> Answer:
    return saying(lambda content: re.sub(rf'"{name}": [^,}}]*,? ?', "", content).replace(", }", "}"))


def called(arguments: object) -> dict[str, Any]:
    return {"tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}]}


def in_calls(arguments: list[str]) -> dict[str, Any]:
    calls = [{"id": one, "type": "function", "function": {"name": "f", "arguments": one}} for one in arguments]
    return {"tool_calls": calls}


def one_by_one(content: str) -> list[str]:
    return [json.dumps({key: part}) for key, part in json.loads(content).items()]


def items(content: str, name: str = "id") -> list[dict[str, Any]]:
    return [{name: key, **part} for key, part in json.loads(content).items()]


DRAFT = '{"s1": {"begins": "no", "claims": [], "kind": "opinion"}}'


@pytest.mark.parametrize(
    "worth", [5.0, "5", " 8/10 ", 8.5, 11, -1, float("inf"), float("nan"), True, None, "high"], ids=str
)
def test_odd_worth_fails_nothing(stand_in: StandIn, worth: object) -> None:
    stand_in.answer = with_claims(worth=worth)

    assert states(ask()) == [CLAIMS, CLAIMS]


@pytest.mark.parametrize(("worth", "like"), [("8", 8), (8.5, 9), (7.5, 8), (11, 10), (-3, 0), ("9/10", 9)])
def test_worth_is_the_nearest_on_the_scale(stand_in: StandIn, worth: object, like: int) -> None:
    stand_in.answer = with_claims(worth=worth)
    [odd] = ask()
    stand_in.answer = with_claims(worth=like)
    [plain] = ask()

    assert [one.check_worthiness for one in odd.claims] == [one.check_worthiness for one in plain.claims]


def test_missing_worth_counts_neither_way(stand_in: StandIn) -> None:
    found = []
    for answer in (with_claims(worth=0), without("worth"), with_claims(worth=10)):
        stand_in.answer = answer
        found.append(ask()[0].claims[0].check_worthiness)

    assert found[0] < found[1] < found[2]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(with_claims(speaker=None), id="speaker-null"),
        pytest.param(with_claims(speaker=["Ana Silva", "Bo Lind"]), id="two-speakers"),
        pytest.param(with_claims(why=None), id="why-null"),
        pytest.param(without("why"), id="no-why"),
        pytest.param(with_parts(begins=None), id="begins-null"),
        pytest.param(with_parts(kind="Fact"), id="capital-kind"),
        pytest.param(with_parts(kind=" FACT.\n"), id="loud-kind"),
        pytest.param(
            saying(lambda text: json.dumps({k: p | {"claims": p["claims"][0]} for k, p in json.loads(text).items()})),
            id="claim-without-list",
        ),
        pytest.param(saying("[{}]".format), id="in-a-list"),
        pytest.param(saying(json.dumps), id="encoded-twice"),
        pytest.param(saying('{{"answer": {}}}'.format), id="one-level-down"),
        pytest.param(saying(lambda text: json.dumps({"answer": text})), id="one-level-down-as-text"),
        pytest.param(saying('The form {{"s1": {{...}}}} is asked, no `{{}}`:\n{}'.format), id="prose-with-braces"),
        pytest.param(saying(lambda text: text.replace(', "s2": ', '}\n{"s2": ')), id="object-a-line"),
        pytest.param(saying(f"<think>{DRAFT}</think>".__add__), id="think"),
        pytest.param(saying('<think>{"s1": {"begins": ...</think>'.__add__), id="think-broken"),
        pytest.param(saying(f"[THINK]{DRAFT}[/THINK]".__add__), id="think-magistral"),
        pytest.param(
            saying(f"<|channel|>analysis<|message|>{DRAFT}<|end|><|channel|>final<|message|>".__add__), id="harmony"
        ),
        pytest.param(saying(f"A draft: {DRAFT}\nThe answer: ".__add__), id="draft-in-prose"),
        pytest.param(saying('<tool_call>{{"name": "f", "arguments": {}}}</tool_call>'.format), id="call-as-text"),
        pytest.param(saying('[TOOL_CALLS][{{"name": "f", "arguments": {}}}]'.format), id="call-as-text-mistral"),
        pytest.param(with_message(lambda text: {"reasoning_content": text}), id="reasoning-content"),
        pytest.param(with_message(lambda text: {"reasoning": text}), id="reasoning"),
        pytest.param(with_message(lambda text: called(json.loads(text))), id="call-with-object"),
        pytest.param(with_message(lambda text: called(json.dumps({"f": json.loads(text)}))), id="call-wrapped"),
        pytest.param(with_message(lambda text: in_calls(one_by_one(text))), id="call-a-sentence"),
        pytest.param(with_message(lambda text: in_calls(["{}", text])), id="empty-call-first"),
        pytest.param(with_parts(kind=None), id="kind-null"),
        pytest.param(without("kind"), id="no-kind"),
        pytest.param(with_claims(quote=None), id="quote-null"),
        pytest.param(without("quote"), id="no-quote"),
        pytest.param(saying(lambda text: json.dumps(items(text))), id="list-of-sentences"),
        pytest.param(saying(lambda text: json.dumps({"sentences": items(text, "sentence")})), id="named-list"),
        pytest.param(saying(lambda text: text.replace("flew to", r"flew\_to")), id="escape-too-many"),
        pytest.param(saying(lambda text: text.replace("s1", r"s\_1")), id="escaped-key"),
        pytest.param(saying(lambda text: text.replace("]", ",]").replace("}}", ",},}")), id="comma-too-many"),
        pytest.param(saying(lambda text: re.sub(', "(s2|kind)"', r' "\1"', text)), id="no-comma"),
        pytest.param(saying(lambda text: text.replace('"s2"', '// the second\n"s2"')), id="comment"),
        pytest.param(saying(lambda text: text.replace(": ", ":\u00a0\u200b")), id="odd-blanks"),
        pytest.param(saying(lambda text: re.sub('"speaker": ""', '"speaker": None', text)), id="none"),
        pytest.param(
            with_message(lambda text: {"function_call": {"name": "f", "arguments": text}}), id="call-of-older-form"
        ),
    ],
)  # fmt: skip
def test_other_form_is_read(stand_in: StandIn, answer: Answer) -> None:
    stand_in.answer = answer

    assert states(ask(method=CALLING)) == [CLAIMS, CLAIMS]
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(saying(lambda text: text[: text.index('"s2"') + 60]), id="open"),
        pytest.param(saying(lambda text: text[: text.rindex("]")] + ", }}"), id="list-left-open"),
        pytest.param(with_parts(claims=[], kind=None), id="neither-claims-nor-kind"),
        pytest.param(saying(lambda text: json.dumps(items(text.replace('"s', '"')))), id="bare-numbers"),
    ],
)
def test_what_may_mean_two_things_is_not_put_right(stand_in: StandIn, answer: Answer) -> None:
    stand_in.answer = answer

    assert FAILED in states(ask())


def test_reasoning_counts_only_without_an_answer(stand_in: StandIn) -> None:
    stand_in.answer = lambda request: (200, completion("I cannot.", reasoning_content=good(request)), {})

    assert states(ask()) == [FAILED, FAILED]


def test_shorter_draft_behind_an_answer_does_not_count(stand_in: StandIn) -> None:
    stand_in.answer = saying(lambda text: f"{text} not {DRAFT}")

    assert states(ask()) == [CLAIMS, CLAIMS]


def test_kind_of_no_claim_is_read_in_any_case(stand_in: StandIn) -> None:
    stand_in.answer = with_parts(kind="Opinion.")

    assert states(ask()) == [ASIDE, ASIDE]


def test_claims_beyond_those_asked_for_are_told(stand_in: StandIn) -> None:
    def many(content: str) -> str:
        answer = json.loads(content)
        [claim] = answer["s1"]["claims"]
        answer["s1"]["claims"] = [claim | {"claim": f"Ana Silva flew to Lisbon {n} times."} for n in range(12)]
        return json.dumps(answer)

    stand_in.answer = saying(many)

    [outcome] = ask()

    assert outcome.entries[1].state is CLAIMS
    assert outcome.entries[1].detail == "4 claim(s) left out: more than the 8 asked for"
    assert len(outcome.claims) == 8 + 1


def counting(usage: object) -> Answer:
    return lambda request: (200, completion(good(request)) | {"usage": usage}, {})


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": None, "completion_tokens": None, "total_tokens": None},
        {"prompt_tokens": 100, "completion_tokens": None, "total_tokens": None},
        {"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100},
        {"prompt_tokens": 0, "completion_tokens": 20, "total_tokens": 20},
    ],
    ids=str,
)
def test_untold_tokens_are_not_counted(stand_in: StandIn, usage: object) -> None:
    stand_in.answer = counting(usage)

    [outcome] = ask()

    assert outcome.usage == Usage(1, seconds=outcome.usage.seconds, uncounted=1)
    assert states([outcome]) == [CLAIMS, CLAIMS]


def test_no_more_tokens_are_cached_than_sent(stand_in: StandIn) -> None:
    told = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    stand_in.answer = counting(told | {"prompt_tokens_details": {"cached_tokens": 500}})

    assert ask()[0].usage.cached_tokens == 100


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param({"error": "the model has crashed"}, "the model has crashed", id="lm-studio"),
        pytest.param({"error": {"message": "still loading"}}, "still loading", id="object"),
        pytest.param({"object": "error", "message": "engine is dead", "code": 500}, "engine is dead", id="older-vllm"),
        pytest.param({"detail": "wrong door"}, "wrong door", id="fastapi"),
        pytest.param({"choices": [{"error": {"message": "upstream is down"}, "message": {}}]}, "upstream", id="router"),
    ],
)
@pytest.mark.parametrize("method", [StructuredMethod.JSON_SCHEMA, CALLING])
def test_error_with_status_200_is_shown(
    stand_in: StandIn, body: dict[str, Any], words: str, method: StructuredMethod
) -> None:
    stand_in.answer = lambda _: (200, body, {})

    assert words in details(ask(method=method))


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        pytest.param(400, {"error": "'response_format.type' must be 'text'"}, "must be 'text'", id="lm-studio"),
        pytest.param(400, {"detail": "Only text is served"}, "Only text is served", id="fastapi"),
        pytest.param(
            422, {"detail": [{"loc": ["body", "x"], "msg": "not wanted"}]}, "body.x: not wanted", id="pydantic"
        ),
        pytest.param(400, b"No body, no answer", "No body, no answer", id="plain"),
        pytest.param(400, b'[{"error": {"code": 400, "message": "no such form"}}]', "no such form", id="gemini"),
    ],
)
def test_refusal_is_told_in_the_servers_words(stand_in: StandIn, status: int, body: Any, words: str) -> None:
    stand_in.answer = lambda _: (status, body, {})

    with pytest.raises(RefusedFormError, match=re.escape(words)):
        ask()


def test_refused_key_is_told_in_the_servers_words(stand_in: StandIn) -> None:
    stand_in.answer = lambda _: (401, {"detail": "Invalid token"}, {})

    with pytest.raises(RefusedKeyError, match="Invalid token"):
        ask()


def test_key_that_a_server_repeats_is_not_told(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-0123456789")
    stand_in.answer = lambda _: (401, {"detail": "Invalid token sk-proj-0123456789"}, {})

    with pytest.raises(RefusedKeyError, match=r"Invalid token \[key\]") as told:
        ask()

    assert "0123456789" not in str(told.value)


def test_page_of_a_gateway_is_told_by_its_title(stand_in: StandIn) -> None:
    page = b"<html><head><style>b{}</style><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    stand_in.answer = lambda _: (502, page, {})

    assert details(ask()).startswith("Error code: 502 - 502 Bad Gateway Error")


LM_STUDIO = "Trying to keep the first 5120 tokens when context the overflows; loaded with context length of only 4096"
OLDER_VLLM = "The decoder prompt (length 5120) is longer than the maximum model length of 4096."
GEMINI = "The input token count (5120) exceeds the maximum number of tokens allowed (4096)."
OVERFLOWS: dict[str, tuple[int, dict[str, Any]]] = {
    "llama.cpp": (400, {"error": {"message": "the request exceeds the available context size, try increasing it"}}),
    "older-llama.cpp": (500, {"error": {"message": "the request exceeds the available context size"}}),
    "llama-cpp-python": (500, {"error": {"message": "Requested tokens (2300) exceed context window of 2048"}}),
    "lm-studio": (400, {"error": LM_STUDIO}),
    "vllm": (400, {"error": {"message": "This model's maximum context length is 4096 tokens. You requested 5000"}}),
    "older-vllm": (400, {"object": "error", "message": OLDER_VLLM}),
    "sglang": (400, {"message": "The input (5120 tokens) is longer than the model's context length (4096 tokens)."}),
    "ollama": (400, {"error": {"message": "prompt too long; exceeded max context length by 1203 tokens"}}),
    "tgi": (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096."}),
    "gemini": (400, {"error": {"message": GEMINI}}),
    "openai": (400, {"error": {"message": "no", "code": "context_length_exceeded"}}),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERFLOWS)
def test_overflow_halves_the_window(stand_in: StandIn, name: str) -> None:
    status, body = OVERFLOWS[name]

    def narrow(request: dict[str, Any]) -> Reply | Misdeed:
        is_long = len(numbered_sentences(request)) > 1
        return (status, body, {}) if is_long else one_claim_a_sentence(request)

    stand_in.answer = narrow

    assert states(ask()) == [CLAIMS, CLAIMS]
    assert len(stand_in.requests) == 3


def refusing(message: str, code: str) -> Answer:
    return lambda _: (400, {"error": {"message": message, "code": code}}, {})


@pytest.mark.parametrize("code", ["json_validate_failed", "tool_use_failed"])
def test_broken_answer_refuses_no_form(stand_in: StandIn, code: str) -> None:
    stand_in.answer = in_turn(refusing("Please adjust your prompt.", code), one_claim_a_sentence)

    assert states(ask(size=1)) == [FAILED, CLAIMS]


def test_form_taken_before_is_not_refused_later(stand_in: StandIn) -> None:
    stand_in.answer = in_turn(one_claim_a_sentence, refusing("the grammar cannot be parsed", "invalid_request"))

    outcomes = ask(size=1)

    assert states(outcomes) == [CLAIMS, FAILED]
    assert "the grammar cannot be parsed" in details(outcomes)
