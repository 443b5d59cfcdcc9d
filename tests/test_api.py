"""`import factcheck`: claims without a database, and a chain that works in the chains of others."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from conftest import ROOT, Command
from fakes import StandIn, completion, failing, one_claim_a_sentence
from langchain.chat_models import init_chat_model
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import RunnableLambda

import factcheck
from factcheck.domain.sentence import SentenceState
from factcheck.errors import RecordingError

MECCA = ROOT / "cassettes" / "articles" / "mecca_crane"
RECORDING = MECCA.with_suffix(".yaml")
TEXT = "Ana Silva flew to Lisbon. She met nurses there.\n\nThe talks went on for 3 hours. Nobody else came."
SENTENCES = [
    "Ana Silva flew to Lisbon.",
    "She met nurses there.",
    "The talks went on for 3 hours.",
    "Nobody else came.",
]

EXAMPLE = """
import factcheck

article = factcheck.read_article("cassettes/articles/mecca_crane.txt")
extracted = factcheck.extract_claims(article, replay="cassettes/articles/mecca_crane.yaml")
for claim in extracted.claims[:3]:
    print(f"{claim.check_worthiness:.1f} {claim.text}", [span.cut(article.text) for span in claim.anchor.segments])
"""


class AgreeableModel(BaseChatModel):
    """A chat model that makes each sentence its own claim."""

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **how: Any
    ) -> ChatResult:
        del stop, run_manager, how
        _, body, _ = one_claim_a_sentence({"messages": [{"content": messages[-1].content}]})
        assert isinstance(body, dict)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(body["choices"][0]["message"]["content"]))])

    @property
    def _llm_type(self) -> str:
        return "agreeable"


class Listener(BaseCallbackHandler):
    """Remembers the runs by name, and which run began which."""

    def __init__(self) -> None:
        self.chains: dict[Any, str] = {}
        self.calls: list[tuple[Any, dict[str, Any]]] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **told: Any) -> None:
        del serialized, inputs
        self.chains[told["run_id"]] = told["name"]

    def on_chat_model_start(self, serialized: Any, messages: Any, **told: Any) -> None:
        del serialized, messages
        self.calls.append((told["parent_run_id"], told["metadata"]))


def texts(extracted: factcheck.Extracted) -> list[str]:
    return [one.text for one in extracted.claims]


def test_recording_gives_the_desk_its_claims(factcheck: Command) -> None:
    import factcheck as api  # noqa: PLC0415 - the fixture has its name

    factcheck("extract", MECCA.with_suffix(".txt"), "--replay", RECORDING)
    queued = factcheck("claims", "--json").json

    extracted = api.extract_claims(MECCA.with_suffix(".txt").read_text("utf-8"), replay=RECORDING)

    assert sorted(texts(extracted)) == sorted(one["text"] for one in queued)
    assert sum(one.entry.state is SentenceState.PENDING for one in extracted.sentences) == 0
    assert [one.position for one in extracted.sentences] == list(range(1, len(extracted.sentences) + 1))
    anchored = [one for one in extracted.claims if one.anchor.status == "exact"]
    assert all(one.anchor.segments[0].cut(extracted.article.text) in one.quote for one in anchored)
    assert extracted.usage.calls > 0


def test_loop_of_caller_gives_the_same() -> None:
    article = factcheck.read_article(MECCA.with_suffix(".txt"))

    awaited = asyncio.run(factcheck.aextract_claims(article, replay=RECORDING))

    told = factcheck.extract_claims(article, replay=RECORDING)
    assert (awaited.claims, awaited.sentences) == (told.claims, told.sentences)


def test_windows_stream_as_they_land() -> None:
    extractor = factcheck.claim_extractor(AgreeableModel(), window=1, concurrency=1)

    settled, *parts = extractor.stream(f"Home / News\n\n{TEXT}")

    assert (settled.claims, settled.usage.calls) == ((), 0)
    assert [texts(one) for one in parts] == [[one] for one in SENTENCES]
    whole = settled
    for part in parts:
        whole += part
    assert texts(whole) == SENTENCES
    assert whole.usage.calls == 4


def test_async_windows_stream_too() -> None:
    async def streamed() -> list[str]:
        extractor = factcheck.claim_extractor(AgreeableModel(), window=2)
        return [text async for part in extractor.astream(TEXT) for text in texts(part)]

    assert sorted(asyncio.run(streamed())) == sorted(SENTENCES)


def test_extractor_composes_with_other_runnables() -> None:
    extractor = factcheck.claim_extractor(AgreeableModel())
    chain = RunnableLambda(str.strip) | extractor | RunnableLambda(lambda one: len(one.claims))

    assert chain.batch([f"  {TEXT}", "Rain fell on Monday."]) == [4, 1]
    assert asyncio.run(chain.abatch([TEXT, "Rain fell on Monday."])) == [4, 1]


def test_text_in_pieces_is_one_article() -> None:
    def pieces(_: str) -> Any:
        yield "Rain fell on"
        yield " Monday."

    chain = RunnableLambda(pieces) | factcheck.claim_extractor(AgreeableModel())

    assert texts(chain.invoke("")) == ["Rain fell on Monday."]


@pytest.mark.parametrize("is_async", [False, True])
def test_callbacks_hear_of_each_call(*, is_async: bool) -> None:
    heard = Listener()
    extractor = factcheck.claim_extractor(AgreeableModel(), window=2)
    config: Any = {"callbacks": [heard], "tags": ["study"], "metadata": {"corpus": "news"}}

    extracted = asyncio.run(extractor.ainvoke(TEXT, config)) if is_async else extractor.invoke(TEXT, config)

    assert {heard.chains[parent] for parent, _ in heard.calls} == {"extract_claims"}
    assert sorted(told["factcheck_sentences"] for _, told in heard.calls) == [[1, 2], [3, 4]]
    for _, told in heard.calls:
        assert (told["corpus"], told["factcheck_article_sha256"]) == ("news", extracted.article.sha256)
        assert "factcheck_run" not in told


def test_named_model_is_asked_over_and_over(stand_in: StandIn) -> None:
    extractor = factcheck.claim_extractor("openai:stand-in", window=2)

    for _ in range(2):
        assert texts(extractor.invoke(TEXT)) == SENTENCES
        assert texts(asyncio.run(extractor.ainvoke(TEXT))) == SENTENCES
    assert len(stand_in.requests) == 8


def test_own_model_is_asked_over_and_over(stand_in: StandIn) -> None:
    extractor = factcheck.claim_extractor(init_chat_model("openai:stand-in"), window=2)

    assert [texts(extractor.invoke(TEXT)) for _ in range(2)] == [SENTENCES] * 2
    assert texts(asyncio.run(extractor.ainvoke(TEXT))) == SENTENCES
    assert len(stand_in.requests) == 6


def test_failed_call_fails_its_sentences_only(stand_in: StandIn) -> None:
    stand_in.answer = lambda request: (
        (200, completion("no JSON"), {}) if "nurses" in str(request["messages"][-1]) else one_claim_a_sentence(request)
    )

    extracted = factcheck.extract_claims("She met nurses there.", "openai:stand-in")

    assert [one.entry.state for one in extracted.sentences] == [SentenceState.FAILED]


@pytest.mark.parametrize("is_async", [False, True])
def test_trouble_of_every_call_is_raised(stand_in: StandIn, *, is_async: bool) -> None:
    stand_in.answer = failing(401, "invalid_api_key", "bad key")
    extractor = factcheck.claim_extractor("openai:stand-in")

    with pytest.raises(factcheck.FactcheckError, match="bad key"):
        asyncio.run(extractor.ainvoke(TEXT)) if is_async else extractor.invoke(TEXT)


def test_text_without_sentences_asks_nobody() -> None:
    assert factcheck.extract_claims("", "openai:nobody").claims == ()


def test_second_replay_beside_one_is_refused() -> None:
    stream = factcheck.claim_extractor(replay=RECORDING).stream(factcheck.read_article(MECCA.with_suffix(".txt")))
    next(stream)

    with pytest.raises(RecordingError, match="one at a time"):
        factcheck.extract_claims("Rain fell on Monday.", replay=RECORDING)

    list(stream)
    assert factcheck.extract_claims("", replay=RECORDING).claims == ()


@pytest.mark.parametrize("wrong", [{"widow": 4}, {"window": 0}])
def test_wrong_option_is_refused(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"widow|window is 0"):
        factcheck.claim_extractor("openai:any", **wrong)


@pytest.mark.parametrize("wrong", [None, b"Rain fell.", {"text": "Rain fell."}])
def test_what_is_no_text_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="is neither"):
        factcheck.extract_claims(wrong, replay=RECORDING)


def test_example_prints_claims() -> None:
    done = subprocess.run([sys.executable, "-c", EXAMPLE], cwd=ROOT, env={}, capture_output=True, text=True, check=True)

    assert len(done.stdout.splitlines()) == 3


def test_importing_loads_nothing_but_names() -> None:
    code = "import sys, factcheck; print(sorted(name for name in sys.modules if 'factcheck' in name))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['factcheck']"
    assert all(hasattr(factcheck, name) for name in factcheck.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = factcheck.nothing
