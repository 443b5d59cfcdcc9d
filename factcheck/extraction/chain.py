"""The extraction chain: a window of numbered sentences in, anchored claims out, one call each."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from weakref import WeakKeyDictionary

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from factcheck.domain.article import Article
from factcheck.domain.extraction import (
    AskedArticle,
    ExtractionSetup,
    Question,
    StructuredMethod,
    Usage,
    Window,
    WindowOutcome,
)
from factcheck.errors import FactcheckError
from factcheck.extraction.answers import AnswerReader, failed
from factcheck.extraction.failures import CALL_ERRORS, as_fatal, cut_short, is_too_long, reason, text_so_far
from factcheck.extraction.models import CallLimits, Pace
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import question_messages
from factcheck.extraction.replies import UnreadableError, answer_parts, parts_so_far
from factcheck.extraction.schema import answer_schema, most_answer_tokens

_CHARACTERS_A_TOKEN = 20
"""More than any tokenizer averages: an answer longer than this did not keep to its tokens."""

_MOST_TOKENS = 10_000_000

Landed = tuple[Question, WindowOutcome]


@dataclass
class LangChainExtractor:
    """Asks a LangChain chat model. Use it in a `with`: it owns an event loop and a connection pool."""

    model: BaseChatModel
    prompt: Prompt
    setup: ExtractionSetup
    limits: CallLimits
    method: StructuredMethod = StructuredMethod.JSON_SCHEMA
    pace: Pace = field(default_factory=Pace)
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

    def outcomes(self, questions: Iterator[Question]) -> Iterator[tuple[Question, WindowOutcome]]:
        """The outcome of each question as it lands. Raises ModelError or RecordingError."""
        landing = _Asking(self).all(questions)
        try:
            while (landed := self._runner.run(_next(landing))) is not None:
                yield landed
        finally:
            self._runner.run(landing.aclose())


@dataclass(frozen=True, slots=True)
class _Asking:
    """The calls under way, and what they share: a reader for each article, a chain for each size."""

    extractor: LangChainExtractor
    readers: WeakKeyDictionary[AskedArticle, AnswerReader] = field(default_factory=WeakKeyDictionary)
    chains: dict[int, Any] = field(default_factory=dict)

    async def all(self, questions: Iterator[Question]) -> AsyncGenerator[Landed]:
        """Keep as many calls under way as the limits allow; after a fatal one, only let the others land."""
        underway: set[asyncio.Task[Landed]] = set()
        fatal: FactcheckError | None = None
        try:
            while True:
                free = 0 if fatal else self.extractor.limits.concurrency - len(underway)
                underway |= {asyncio.create_task(self._landed(one)) for one in islice(questions, free)}
                if not underway:
                    break
                done, underway = await asyncio.wait(underway, return_when=asyncio.FIRST_COMPLETED)
                for call in done:
                    fatal = fatal or _fatal(call)
                for call in done:
                    if call.exception() is None:
                        yield call.result()
        finally:
            for call in underway:
                call.cancel()
            await asyncio.gather(*underway, return_exceptions=True)
        if fatal is not None:
            raise fatal

    async def _landed(self, question: Question) -> Landed:
        asked = question.asked
        reader = self.readers.get(asked)
        if reader is None:
            article, example = asked.filed.article, self.extractor.prompt.example_answer
            reader = self.readers[asked] = AnswerReader(article, asked.sentences, example)
        return question, await self._ask(asked.filed.article, reader, question.window)

    async def _ask(self, article: Article, reader: AnswerReader, window: Window) -> WindowOutcome:
        """One call, or several for parts of the window if the model's context does not hold the whole."""
        messages = question_messages(self.extractor.prompt, self.extractor.method, article, window)
        await self.extractor.pace.turn()
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._deadline()):
                reply = await self._chain(len(window.sentences)).ainvoke(messages)
        except CALL_ERRORS as error:
            if is_too_long(error) and len(window.sentences) > 1:
                parts = [await self._ask(article, reader, part) for part in window.halves()]
                return WindowOutcome.of_parts(window, parts)
            return self._failure(error, reader, window, time.monotonic() - started)
        return self._outcome(reply, reader, window, time.monotonic() - started)

    def _deadline(self) -> float:
        """Seconds for a call with all its retries: the SDK's own timeout is one a read."""
        limits = self.extractor.limits
        return limits.seconds * (limits.retries + 1)

    def _chain(self, count: int) -> Any:  # noqa: ANN401 - LangChain's own type is a Runnable of Any
        """The model bound to the answer's form, without LangChain's parser behind it."""
        if count not in self.chains:
            self.chains[count] = self._new_chain(count)
        return self.chains[count]

    def _new_chain(self, count: int) -> Any:  # noqa: ANN401 - LangChain's own type is a Runnable of Any
        method = self.extractor.method
        return self.extractor.model.with_structured_output(
            answer_schema(count),
            method=method.value,
            strict=None if method is StructuredMethod.JSON_MODE else True,
            max_tokens=most_answer_tokens(count),
        ).first  # type: ignore[attr-defined]

    def _outcome(self, reply: AIMessage, reader: AnswerReader, window: Window, seconds: float) -> WindowOutcome:
        usage = _usage(reply, seconds)
        try:
            answer = answer_parts(reply, _most_characters(window))
        except UnreadableError as error:
            return _failed(window, str(error), usage)
        entries, claims = reader.read(answer, window)
        return WindowOutcome(window, entries, tuple(claims), usage)

    def _failure(self, error: Exception, reader: AnswerReader, window: Window, seconds: float) -> WindowOutcome:
        fatal = as_fatal(error, self.extractor.setup.model, self.extractor.method)
        if fatal is not None:
            raise fatal from error
        usage = _paid(error, seconds)
        cut = cut_short(error)
        if cut is None:
            return _failed(window, reason(error), usage)
        entries, claims = reader.read(parts_so_far(text_so_far(error), _most_characters(window)), window, cut)
        return WindowOutcome(window, entries, tuple(claims), usage)


async def _next(landing: AsyncGenerator[Landed]) -> Landed | None:
    return await anext(landing, None)


def _fatal(call: asyncio.Task[Landed]) -> FactcheckError | None:
    """The error that ends the run, if this call met one. A bug is raised at once."""
    error = call.exception()
    if error is None or isinstance(error, FactcheckError):
        return error
    raise error


def _failed(window: Window, why: str, usage: Usage) -> WindowOutcome:
    return WindowOutcome(window, dict.fromkeys(window.positions, failed(why)), usage=usage)


def _most_characters(window: Window) -> int:
    return most_answer_tokens(len(window.sentences)) * _CHARACTERS_A_TOKEN


def _usage(reply: AIMessage, seconds: float) -> Usage:
    counted = reply.usage_metadata
    if counted is None:
        return Usage(calls=1, seconds=seconds)
    return Usage(
        calls=1,
        prompt_tokens=_count(counted["input_tokens"]),
        cached_tokens=_count(counted.get("input_token_details", {}).get("cache_read")),
        completion_tokens=_count(counted["output_tokens"]),
        seconds=seconds,
    )


def _paid(error: Exception, seconds: float) -> Usage:
    """What an answer that was cut short cost all the same."""
    counted = getattr(getattr(error, "completion", None), "usage", None)
    prompt, answer = (_count(getattr(counted, name, None)) for name in ("prompt_tokens", "completion_tokens"))
    return Usage(1, prompt, 0, answer, seconds)


def _count(told: object) -> int:
    """A number of tokens as a server tells it, 0 if it cannot be one."""
    return told if isinstance(told, int) and 0 <= told <= _MOST_TOKENS else 0
