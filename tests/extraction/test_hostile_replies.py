"""Replies that no server should give: what the ledger says afterwards, and how often they are asked for.

Every reply here answers the first window of an article of two; the second is answered well.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes import (
    HANG_SECONDS,
    SETUP,
    Answer,
    HeardProgress,
    Reply,
    StandIn,
    completion,
    dropped,
    dropped_in_body,
    failing,
    hanging,
    in_turn,
    numbered_sentences,
    one_claim_a_sentence,
    trickling,
)

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import AnchorStatus, Claim, Flag
from factcheck.domain.extraction import AskedArticle, ExtractionSummary, Question, StructuredMethod, WindowOutcome
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.errors import ModelError, ModelSetupError, RedirectedError
from factcheck.extraction.chain import LangChainExtractor
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import load_prompt
from factcheck.storage.ledger import SqlLedger
from factcheck.text.sentences import split_sentences
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.windows import Asked, plan_windows

ARTICLE = Article(
    'Ana Silva flew to Lisbon - "a long way", she said. She met nurses there.\n\n'
    "The talks went on for 3 hours. Nobody else came.",
    datetime(2026, 1, 1, tzinfo=UTC),
    title="Talks",
)
SENTENCES = split_sentences(ARTICLE.text)
LIMITS = CallLimits(seconds=5, retries=2, concurrency=2)
TRIES = 1 + LIMITS.retries
FAILED, CLAIMS = SentenceState.FAILED, SentenceState.CLAIMS


@pytest.fixture(autouse=True)
def no_pause_between_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)


@dataclass(frozen=True, slots=True)
class Run:
    """What an extraction did, and the sentences afterwards."""

    summary: ExtractionSummary
    sentences: tuple[Sentence, ...]


def run(ledger: SqlLedger, *, retry: bool = False, limits: CallLimits = LIMITS) -> Run:
    def now() -> datetime:
        return datetime(2026, 1, 2, tzinfo=UTC)

    filed = file_article(ARTICLE, ledger, now)
    with LangChainExtractor(open_model("stand-in", limits), load_prompt("extract_claims"), SETUP, limits) as extractor:
        plan = Plan(2, Asked.UNANSWERED if retry else Asked.PENDING)
        extraction = Extraction(ledger, lambda: extractor, now, HeardProgress(), lambda: None)
        (summary,) = extraction.of([filed.id], plan)
    return Run(summary, ledger.sentences(filed.id))


def ask(limits: CallLimits = LIMITS, method: StructuredMethod = StructuredMethod.JSON_SCHEMA) -> list[WindowOutcome]:
    """The outcomes of both windows, the first window's first."""
    model, prompt = open_model("stand-in", limits), load_prompt("extract_claims")
    with LangChainExtractor(model, prompt, SETUP, limits, method) as extractor:
        asked = AskedArticle(1, FiledArticle(1, ARTICLE), SENTENCES)
        questions = (Question(asked, window) for window in plan_windows(SENTENCES, 2))
        landed = [outcome for _, outcome in extractor.outcomes(questions)]
    return sorted(landed, key=lambda one: one.window.positions)


def is_first(request: dict[str, Any]) -> bool:
    return any("Ana Silva flew" in words for words in numbered_sentences(request).values())


def to_first_window(answer: Answer) -> Answer:
    return lambda request: (answer if is_first(request) else one_claim_a_sentence)(request)


def states(sentences: Sequence[Sentence]) -> list[SentenceState]:
    return [one.entry.state for one in sentences]


def good_content(request: dict[str, Any]) -> str:
    _, sent, _ = one_claim_a_sentence(request)
    assert isinstance(sent, dict)
    return str(sent["choices"][0]["message"]["content"])


def rewritten(change: Callable[[str], str], finish_reason: str = "stop") -> Answer:
    """A good answer's content, changed as text."""
    return lambda request: (200, completion(change(good_content(request)), finish_reason), {})


def saying(content: str) -> Answer:
    return rewritten(lambda _: content)


def with_first(**fields: object) -> Answer:
    """A good answer with some fields of its first sentence's claim changed."""

    def change(content: str) -> str:
        answer = json.loads(content)
        answer["s1"]["claims"][0] |= fields
        return json.dumps(answer)

    return rewritten(change)


def keyed(*names: str) -> Answer:
    """A good answer with its sentences under other keys."""
    return rewritten(lambda content: json.dumps(dict(zip(names, json.loads(content).values(), strict=True))))


def body(content: bytes, kind: str = "application/json") -> Answer:
    return lambda _: (200, content, {"content-type": kind})


def message(**fields: object) -> Answer:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "{}"} | fields}
    return lambda _: (200, completion("{}") | {"choices": [choice]}, {})


def with_usage(usage: object) -> Answer:
    def answer(request: dict[str, Any]) -> Reply:
        return 200, completion(good_content(request)) | {"usage": usage}, {}

    return answer


@dataclass(frozen=True)
class Case:
    """A reply, the reason that the ledger then gives, and the number of requests that it costs."""

    answer: Answer
    why: str
    calls: int = 1


FAILING = {
    "truncated-and-says-so": Case(rewritten(lambda text: text[:40], "length"), "cut off at the token limit"),
    "filtered-answer": Case(lambda _: (200, completion(None, "content_filter"), {}), "content filter stopped"),
    "filtered-question": Case(failing(400, "content_filter", "hateful"), "content filter refused the text"),
    "refusal": Case(message(refusal="I will not"), "the model refused: I will not"),
    "refusal-is-a-number": Case(message(refusal=7), "the model refused: 7"),
    "no-choices": Case(lambda _: (200, completion("{}") | {"choices": []}, {}), "not a chat completion"),
    "choices-null": Case(lambda _: (200, completion("{}") | {"choices": None}, {}), "not a chat completion"),
    "message-null": Case(
        lambda _: (200, completion("{}") | {"choices": [{"index": 0, "message": None}]}, {}), "not a chat completion"
    ),
    "content-null": Case(lambda _: (200, completion(None), {}), "not valid JSON"),
    "content-is-a-number": Case(message(content=7), "not a chat completion"),
    "usage-is-a-list": Case(with_usage([1]), "not a chat completion"),
    "another-schema": Case(saying('{"claims": ["Ana flew."]}'), "leaves this sentence out"),
    "list": Case(saying("[1, 2]"), "not valid JSON"),
    "words": Case(saying("I would rather talk. " * 5_00), "not valid JSON"),
    "unknown-keys": Case(keyed("s98", "s99"), "leaves this sentence out"),
    "keys-from-zero": Case(keyed("0", "1"), "leaves this sentence out"),
    "keys-of-words": Case(keyed("first", "second"), "leaves this sentence out"),
    "strings-for-objects": Case(saying('{"s1": "fact", "s2": "fact"}'), "does not follow the schema"),
    "ten-megabytes": Case(saying('{"s1": "' + "a" * 10_000_000), "10,000,008 characters, more than"),
    "deep-answer": Case(saying('{"s1": ' + "[" * 20_000), "not valid JSON"),
    "deep-and-closed": Case(saying('{"s1": ' + "[" * 9_000 + "]" * 9_000 + "}"), "not valid JSON"),
    "hundred-thousand-brackets": Case(saying("[" * 100_000), "100,000 characters, more than"),
    "deep-body": Case(body(b"[" * 100_000 + b"]" * 100_000), "not a chat completion (RecursionError"),
    "endless-number": Case(saying('{"s1": ' + "9" * 5000), "does not follow the schema"),
    "html-for-json": Case(body(b"<html>503</html>"), "not a chat completion"),
    "html": Case(body(b"<html>503</html>", "text/html"), "not a chat completion"),
    "no-text": Case(body(b"\xff\xfe\xff"), "not a chat completion"),
    "empty-body": Case(body(b""), "not a chat completion"),
    "no-gzip": Case(lambda _: (200, b"{}", {"content-encoding": "gzip"}), "Connection error", TRIES),
    "overloaded": Case(failing(503, "overloaded", "come back later"), "come back later", TRIES),
    "rate-limit": Case(failing(429, "rate_limit_exceeded", "slow down"), "slow down", TRIES),
    "wait-for-an-hour": Case(
        lambda _: (429, {"error": {"message": "slow down"}}, {"retry-after": "3600"}), "slow down", 1
    ),
    "dropped": Case(lambda _: dropped, "Connection error", TRIES),
    "dropped-in-body": Case(lambda _: dropped_in_body, "Connection error", TRIES),
}


@pytest.fixture(params=list(FAILING))
def case(request: pytest.FixtureRequest, stand_in: StandIn) -> Case:
    """A hostile reply, set as the stand-in's answer to the first window."""
    chosen = FAILING[request.param]
    stand_in.answer = to_first_window(chosen.answer)
    return chosen


def test_hostile_reply_fails_its_window_alone(case: Case, stand_in: StandIn, ledger: SqlLedger) -> None:
    done = run(ledger)

    assert states(done.sentences) == [FAILED, FAILED, CLAIMS, CLAIMS]
    assert case.why in str(done.sentences[0].entry.detail)
    assert len(list(filter(is_first, stand_in.requests))) == case.calls
    assert (done.summary.new_claims, len(stand_in.requests)) == (2, case.calls + 1)


@pytest.mark.usefixtures("case")
def test_failed_window_is_paid_again_on_demand_only(stand_in: StandIn, ledger: SqlLedger) -> None:
    run(ledger)
    stand_in.answer, asked = one_claim_a_sentence, len(stand_in.requests)

    assert run(ledger).summary.run_id is None
    assert len(stand_in.requests) == asked

    assert run(ledger, retry=True).summary.is_complete
    assert list(map(is_first, stand_in.requests[asked:])) == [True]


@pytest.mark.parametrize("finish_reason", ["stop", "length"])
def test_cut_off_answer_keeps_whole_sentences(stand_in: StandIn, finish_reason: str) -> None:
    stand_in.answer = to_first_window(rewritten(lambda text: text[: text.rindex('"worth"')], finish_reason))

    first, _ = ask()

    assert [entry.state for entry in first.entries.values()] == [CLAIMS, FAILED]
    assert len(first.claims) == 1


def test_cut_off_list_does_not_pass_for_whole(stand_in: StandIn) -> None:
    stand_in.answer = to_first_window(rewritten(lambda text: text[: text.index("}") + 1] + ", "))

    first, _ = ask()

    assert [entry.state for entry in first.entries.values()] == [FAILED, FAILED]
    assert first.claims == ()


@pytest.mark.parametrize("method", [StructuredMethod.FUNCTION_CALLING, StructuredMethod.JSON_MODE])
def test_answer_at_the_token_limit_fails_in_each_form(stand_in: StandIn, method: StructuredMethod) -> None:
    stand_in.answer = to_first_window(rewritten(lambda text: text[:40], "length"))

    first, second = ask(method=method)

    assert {str(entry.detail) for entry in first.entries.values()} == {"the answer was cut off at the token limit"}
    assert len(second.claims) == 2


@pytest.mark.parametrize(
    "arguments",
    ["[" * 20_000, "[" * 100_000 + "]" * 100_000, '{"s1": ' + "[" * 500 + "]" * 500 + "}", '{"s1": "' + "a" * 99_999],
    ids=["deep", "deep-and-closed", "less-deep", "long"],
)
def test_hostile_call_fails_its_window_alone(stand_in: StandIn, arguments: str) -> None:
    def called(request: dict[str, Any]) -> Reply:
        function = {"name": request["tools"][0]["function"]["name"], "arguments": arguments}
        call = {"id": "call_1", "type": "function", "function": function}
        return 200, completion(None, "tool_calls", tool_calls=[call]), {}

    stand_in.answer = to_first_window(called)

    first, second = ask(method=StructuredMethod.FUNCTION_CALLING)

    assert {entry.state for entry in first.entries.values()} == {FAILED}
    assert len(second.claims) == 2


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        pytest.param(rewritten("Here it is:\n```json\n{}\n```".format), 1, id="fenced"),
        pytest.param(rewritten("{}\n\nI hope that this helps {{you}}.".format), 1, id="more-words"),
        pytest.param(rewritten(lambda text: text[:-1] + ', "s99": 1, "sentence1": []}'), 1, id="more-keys"),
        pytest.param(
            lambda request: body(json.dumps(one_claim_a_sentence(request)[1]).encode(), "text/plain")(request),
            1,
            id="called-plain-text",
        ),
        pytest.param(with_usage(None), 1, id="no-usage"),
        pytest.param(keyed("S1", "S2"), 1, id="capital-keys"),
        pytest.param(keyed("sentence 1", "02"), 1, id="keys-in-words"),
        pytest.param(in_turn(failing(500, "oops"), failing(500, "oops"), one_claim_a_sentence), 3, id="error-twice"),
        pytest.param(
            in_turn(lambda _: (429, {"error": {"message": "slow"}}, {"retry-after-ms": "40"}), one_claim_a_sentence),
            2,
            id="told-to-wait",
        ),
        pytest.param(in_turn(lambda _: dropped, one_claim_a_sentence), 2, id="dropped-once"),
    ],
)
def test_odd_reply_is_read_all_the_same(stand_in: StandIn, ledger: SqlLedger, answer: Answer, calls: int) -> None:
    stand_in.answer = to_first_window(answer)

    done = run(ledger)

    assert states(done.sentences) == [CLAIMS] * 4
    assert done.summary.new_claims == 4
    assert len(stand_in.requests) == calls + 1


def test_wait_is_as_long_as_told(stand_in: StandIn) -> None:
    told = in_turn(lambda _: (429, {"error": {"message": "slow"}}, {"retry-after-ms": "300"}), one_claim_a_sentence)
    stand_in.answer = to_first_window(told)
    started = time.monotonic()

    ask()

    assert 0.3 <= time.monotonic() - started < HANG_SECONDS / 2


@pytest.mark.parametrize(
    "fields",
    [{"claim": 7}, {"claim": None}, {"quote": 5}, {"worth": {}}, {"why": {}}, {"speaker": 7}],
    ids=str,
)
def test_wrong_value_fails_its_sentence_alone(stand_in: StandIn, fields: dict[str, object]) -> None:
    stand_in.answer = to_first_window(with_first(**fields))

    first, second = ask()

    assert [entry.state for entry in first.entries.values()] == [FAILED, CLAIMS]
    assert next(iter(fields)) in str(first.entries[1].detail)
    assert len(second.claims) == 2


@pytest.mark.parametrize(
    "broken", ["[" * 20_000, "9" * 5000, "{'kind': 1}", "nothing"], ids=["deep", "long", "quotes", "word"]
)
def test_what_no_json_holds_fails_its_sentence_alone(stand_in: StandIn, broken: str) -> None:
    stand_in.answer = to_first_window(rewritten(lambda text: text[: text.index('"s2":')] + f'"s2": {broken}}}'))

    first, _ = ask()

    assert [entry.state for entry in first.entries.values()] == [CLAIMS, FAILED]


def test_key_with_two_answers_has_none(stand_in: StandIn) -> None:
    other = '"s1": {"claims": [], "kind": "opinion"}'
    stand_in.answer = to_first_window(rewritten(lambda text: text[:-1] + f", {other}}}"))

    first, _ = ask()

    assert [entry.state for entry in first.entries.values()] == [FAILED, CLAIMS]


def test_field_with_two_values_fails_its_sentence(stand_in: StandIn) -> None:
    stand_in.answer = to_first_window(rewritten(lambda text: text.replace('"worth": 5', '"worth": 5, "worth": 9', 1)))

    first, _ = ask()

    assert [entry.state for entry in first.entries.values()] == [FAILED, CLAIMS]
    assert "worth" in str(first.entries[1].detail)


def test_key_given_twice_alike_is_read(stand_in: StandIn) -> None:
    stand_in.answer = to_first_window(
        rewritten(lambda text: text.replace('"kind": "fact"', '"kind": "fact", "kind": "fact"'))
    )

    first, _ = ask()

    assert len(first.claims) == 2


def first_claim(stand_in: StandIn, **fields: object) -> Claim:
    stand_in.answer = to_first_window(with_first(**fields))
    return ask()[0].claims[0]


def test_other_typography_is_anchored(stand_in: StandIn) -> None:
    claim = first_claim(stand_in, quote="Ana\u00a0Silva flew to Lisbon – “a long way”")

    assert claim.anchor.status is AnchorStatus.NORMALISED
    assert [span.cut(ARTICLE.text) for span in claim.anchor.segments] == ['Ana Silva flew to Lisbon - "a long way"']
    assert claim.flags == ()


def test_answer_in_another_language_is_flagged(stand_in: StandIn) -> None:
    claim = first_claim(stand_in, quote="Ana Silva reiste weit", claim="Ana Silva reiste nach Lissabon.")

    assert claim.flags == (Flag.UNANCHORED_QUOTE, Flag.UNKNOWN_NAME, Flag.ASTRAY)
    assert claim.anchor.sentence_ids == (1,)


def test_prompts_own_example_is_no_claim(stand_in: StandIn) -> None:
    example = load_prompt("extract_claims").examples[0].answer
    echoed = json.dumps({key: json.loads(example)["s1"] for key in ("s1", "s2")})
    stand_in.answer = to_first_window(saying(echoed))

    first, _ = ask()

    assert first.claims == ()
    assert {entry.state for entry in first.entries.values()} == {FAILED}
    assert "the prompt's example came back" in str(first.entries[1].detail)


def test_claim_holds_no_control_character(stand_in: StandIn) -> None:
    claim = first_claim(
        stand_in, claim="Ana\x00Silva \x1b[2J\x07 flew\u2028far\x9b.", speaker="\x1b]0;x\x07", why="\ud800\x7f"
    )

    assert claim.text == "Ana\ufffdSilva \ufffd[2J\ufffd flew far\ufffd."
    assert claim.speaker is None  # no such name stands in the article
    assert claim.reason.endswith("(model: ?\ufffd)")


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 10**30, "completion_tokens": -5, "total_tokens": 0},
        {"prompt_tokens": "many", "completion_tokens": None, "total_tokens": {}},
    ],
    ids=["numbers", "no-numbers"],
)
@pytest.mark.parametrize("finish_reason", ["stop", "length"])
def test_absurd_cost_is_not_counted(
    stand_in: StandIn, ledger: SqlLedger, usage: dict[str, object], finish_reason: str
) -> None:
    stand_in.answer = lambda request: (
        200,
        completion(good_content(request), finish_reason) | {"usage": usage},
        {},
    )

    spent = run(ledger).summary.usage

    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (2, 0, 0)


@pytest.mark.parametrize("answer", [lambda _: hanging, lambda _: trickling], ids=["hanging", "trickling"])
def test_slow_reply_ends_at_the_deadline(stand_in: StandIn, answer: Answer) -> None:
    stand_in.answer = to_first_window(answer)
    started = time.monotonic()

    first, second = ask(CallLimits(seconds=0.2, retries=2, concurrency=2))

    assert {entry.detail for entry in first.entries.values()} == {"no answer in time"}
    assert 0.2 <= time.monotonic() - started < HANG_SECONDS / 2
    assert len(list(filter(is_first, stand_in.requests))) <= TRIES
    assert len(second.claims) == 2


def test_redirect_is_told_and_not_followed(stand_in: StandIn, ledger: SqlLedger) -> None:
    elsewhere = StandIn()
    with elsewhere.serving() as address:
        stand_in.answer = lambda _: (307, b"", {"location": f"{address}/chat/completions"})

        with pytest.raises(RedirectedError, match=f"'{address}/chat/completions', which is not followed"):
            run(ledger, limits=CallLimits(5, 2, 1))

    assert len(stand_in.requests) == 1
    assert elsewhere.requests == []


def test_no_quota_keeps_what_landed(stand_in: StandIn, ledger: SqlLedger) -> None:
    stand_in.answer = lambda request: (
        one_claim_a_sentence(request) if is_first(request) else failing(429, "insufficient_quota", "pay up")(request)
    )

    with pytest.raises(ModelSetupError, match="pay up; add credit"):
        run(ledger, limits=CallLimits(5, 0, 1))

    assert states(ledger.sentences(1)) == [CLAIMS, CLAIMS, SentenceState.PENDING, SentenceState.PENDING]


def test_hostile_error_is_stored_clean(stand_in: StandIn, ledger: SqlLedger) -> None:
    stand_in.answer = failing(401, "invalid_api_key", "no\x00\x1b[2J\ud800key\r\nat all")

    with pytest.raises(ModelError, match="no\ufffd\ufffd\\[2J\\?key at all"):
        run(ledger)

    assert "no\ufffd\ufffd[2J?key at all" in str(ledger.runs()[0].outcome)
