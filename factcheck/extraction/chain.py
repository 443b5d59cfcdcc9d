"""The extraction chain: a window of numbered sentences in, anchored claims out, one call each."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.utils.json import parse_json_markdown

from factcheck.domain.article import Article
from factcheck.domain.extraction import ExtractionSetup, StructuredMethod, Usage, Window, WindowOutcome
from factcheck.domain.sentence import Sentence
from factcheck.extraction.answers import AnswerReader, failed
from factcheck.extraction.failures import CALL_ERRORS, as_fatal, cut_short, reason
from factcheck.extraction.models import CallLimits
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.schema import answer_schema, sentence_key

_TOKENS_A_SENTENCE = 700
_TOKENS_AN_ANSWER = 200
_UNKNOWN = "unknown"


@dataclass
class LangChainExtractor:
    """Asks a LangChain chat model. Use it in a `with`: it owns an event loop and a connection pool."""

    model: BaseChatModel
    prompt: Prompt
    setup: ExtractionSetup
    limits: CallLimits
    method: StructuredMethod = StructuredMethod.JSON_SCHEMA
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def __enter__(self) -> Self:
        """The extractor itself; the loop opens with the first call."""
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel what is under way and close every connection."""
        client = getattr(self.model, "http_async_client", None)
        if client is not None:
            self._runner.run(client.aclose())
        self._runner.close()

    def outcomes(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        windows: Sequence[Window],
    ) -> Iterator[WindowOutcome]:
        """The outcome of each window as it lands. Raises ModelError or RecordingError."""
        asked = _Asking(self, article, AnswerReader(article, sentences, self.prompt.example_answer))
        landing = asked.all(windows)
        try:
            while (outcome := self._runner.run(_next(landing))) is not None:
                yield outcome
        finally:
            self._runner.run(landing.aclose())


@dataclass(frozen=True, slots=True)
class _Asking:
    """The calls of one article."""

    extractor: LangChainExtractor
    article: Article
    reader: AnswerReader

    async def all(self, windows: Sequence[Window]) -> AsyncGenerator[WindowOutcome]:
        gate = asyncio.Semaphore(self.extractor.limits.concurrency)
        calls = [asyncio.create_task(self._one(window, gate)) for window in windows]
        try:
            for landed in asyncio.as_completed(calls):
                yield await landed
        finally:
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    async def _one(self, window: Window, gate: asyncio.Semaphore) -> WindowOutcome:
        async with gate:
            chain, messages = self._chain(window), self._messages(window)
            started = time.monotonic()
            try:
                async with asyncio.timeout(self._deadline()):
                    reply = await chain.ainvoke(messages)
            except CALL_ERRORS as error:
                return self._failure(error, window, time.monotonic() - started)
            return self._outcome(reply, window, time.monotonic() - started)

    def _deadline(self) -> float:
        """Seconds for a call with all its retries: the SDK's own timeout is one a read."""
        limits = self.extractor.limits
        return limits.seconds * (limits.retries + 1)

    def _chain(self, window: Window) -> Any:  # noqa: ANN401 - LangChain's own type is a Runnable of Any
        count = len(window.sentences)
        method = self.extractor.method
        return self.extractor.model.with_structured_output(
            answer_schema(count),
            method=method.value,
            strict=None if method is StructuredMethod.JSON_MODE else True,
            include_raw=True,
            max_tokens=_TOKENS_A_SENTENCE * count + _TOKENS_AN_ANSWER,
        )

    def _messages(self, window: Window) -> list[tuple[str, str]]:
        prompt = self.extractor.prompt
        return [
            ("system", prompt.system),
            ("human", prompt.example_question),
            ("ai", prompt.example_answer),
            ("human", self._question(window)),
        ]

    def _question(self, window: Window) -> str:
        numbered = [f"{sentence_key(index)}: {self._line(one)}" for index, one in enumerate(window.sentences)]
        return self.extractor.prompt.fill(
            title=_one_line(self.article.title or _UNKNOWN),
            published=self.article.published.isoformat() if self.article.published else _UNKNOWN,
            before=" ".join(map(self._line, window.before)) or "(the article begins)",
            sentences="\n".join(numbered) + self._form(len(numbered)),
        )

    def _form(self, count: int) -> str:
        """What a server that is told no schema needs to be told in words."""
        if self.extractor.method is not StructuredMethod.JSON_MODE:
            return ""
        keys = ", ".join(sentence_key(index) for index in range(count))
        return f"\n\nAnswer with one JSON object; its keys are {keys}."

    def _line(self, sentence: Sentence) -> str:
        return _one_line(sentence.span.cut(self.article.text))

    def _outcome(self, reply: dict[str, Any], window: Window, seconds: float) -> WindowOutcome:
        usage = _usage(reply["raw"], seconds)
        refusal = reply["raw"].additional_kwargs.get("refusal")
        if refusal or reply["parsing_error"] is not None:
            why = f"the model refused: {refusal}" if refusal else "the answer is not valid JSON"
            return WindowOutcome(window, dict.fromkeys(window.positions, failed(why)), usage=usage)
        answer = _spoken(reply["raw"]) if reply["parsed"] is None else reply["parsed"]
        entries, claims = self.reader.read(answer, window)
        return WindowOutcome(window, entries, tuple(claims), usage)

    def _failure(self, error: Exception, window: Window, seconds: float) -> WindowOutcome:
        fatal = as_fatal(error, self.extractor.setup.model, self.extractor.method)
        if fatal is not None:
            raise fatal from error
        entry = failed(cut_short(error) or reason(error))
        return WindowOutcome(window, dict.fromkeys(window.positions, entry), usage=_paid(error, seconds))


async def _next(landing: AsyncGenerator[WindowOutcome]) -> WindowOutcome | None:
    return await anext(landing, None)


def _spoken(raw: AIMessage) -> object:
    """The answer in words of a model that was to call a function: it is paid for, so it is read."""
    try:
        return parse_json_markdown(str(raw.content))
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _usage(raw: AIMessage, seconds: float) -> Usage:
    counted = raw.usage_metadata
    if counted is None:
        return Usage(calls=1, seconds=seconds)
    return Usage(
        calls=1,
        prompt_tokens=counted["input_tokens"],
        cached_tokens=counted.get("input_token_details", {}).get("cache_read", 0) or 0,
        completion_tokens=counted["output_tokens"],
        seconds=seconds,
    )


def _paid(error: Exception, seconds: float) -> Usage:
    """What an answer that was cut short cost all the same."""
    counted = getattr(getattr(error, "completion", None), "usage", None)
    if counted is None:
        return Usage(calls=1, seconds=seconds)
    return Usage(1, counted.prompt_tokens, 0, counted.completion_tokens, seconds)
