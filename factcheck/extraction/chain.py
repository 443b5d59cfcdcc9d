"""The extraction chain: a window of numbered sentences in, anchored claims out, one call each."""

import asyncio
import math
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
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
from factcheck.extraction.background import BackgroundLoop, Landings
from factcheck.extraction.failures import CALL_ERRORS, as_fatal, cut_short, is_too_long, reason, text_so_far
from factcheck.extraction.models import CallLimits, Pace
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import BYTES_A_TOKEN, question_messages
from factcheck.extraction.replies import UnreadableError, answer_parts, parts_so_far
from factcheck.extraction.schema import answer_schema, most_answer_tokens

_CHARACTERS_A_TOKEN = 20
"""More than any tokenizer averages: an answer longer than this did not keep to its tokens."""

_MOST_TOKENS = 10_000_000

Reply = tuple[Window, AIMessage | Exception, float]
"""A window, what its call gave or raised, and after how many seconds."""


@dataclass
class LangChainExtractor:
    """Asks a LangChain chat model. Use it in a `with`: it owns an event loop and a connection pool.

    Calls run in a thread of their own, so that they go on while the caller stores what has landed.
    """

    model: BaseChatModel
    prompt: Prompt
    setup: ExtractionSetup
    limits: CallLimits
    method: StructuredMethod = StructuredMethod.JSON_SCHEMA
    pace: Pace = field(default_factory=Pace)
    _loop: BackgroundLoop = field(init=False)
    _landing: Generator[tuple[Question, WindowOutcome], None, None] | None = None

    def __enter__(self) -> Self:
        """The extractor itself, its loop running."""
        self._loop = BackgroundLoop(self._close_connections).__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel what is under way and close every connection."""
        if self._landing is not None:
            self._landing.close()
        self._loop.__exit__()

    async def _close_connections(self) -> None:
        client = getattr(self.model, "http_async_client", None)
        if client is not None:
            await client.aclose()

    def outcomes(self, questions: Iterator[Question]) -> Iterator[tuple[Question, WindowOutcome]]:
        """The outcome of each question as it lands. Raises ModelError or RecordingError.

        As many questions again as may be under way wait for a free place, so that none stays free
        while an answer is being stored. After a fatal error those that wait are not asked.
        """
        self._landing = self._outcomes(questions)
        return self._landing

    def _outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        asking, reading = _Asking(self), _Reading(self.prompt)
        fatal: FactcheckError | None = None
        with Landings[tuple[Question, list[Reply]]]() as landings:
            while True:
                free = 0 if fatal or landings.is_interrupted else 2 * self.limits.concurrency - len(landings.under_way)
                for question in islice(questions, free):
                    landings.add(self._loop.submit(asking.replies(question)))
                if not landings.under_way:
                    break
                call = landings.take()
                fatal = fatal or _fatal(call)
                if call.exception() is None:
                    yield reading.outcome(*call.result())
        if fatal is not None:
            raise fatal


class _Asking:
    """The calls under way, in the loop's thread, and what they share: their places, a chain for each size."""

    def __init__(self, extractor: LangChainExtractor) -> None:
        self._extractor = extractor
        self._places = asyncio.Semaphore(extractor.limits.concurrency)
        self._chains: dict[int, Any] = {}
        self._fatal: FactcheckError | None = None
        self._too_many = math.inf

    async def replies(self, question: Question) -> tuple[Question, list[Reply]]:
        """What the model says of a question, once a place is free. Raises what every further call would meet."""
        async with self._places:
            if self._fatal is not None:
                raise self._fatal
            try:
                return question, await self._ask(question.asked.filed.article, question.window)
            except FactcheckError as error:
                self._fatal = error
                raise

    async def _ask(self, article: Article, window: Window) -> list[Reply]:
        """One call, or several for parts of the window if the model's context does not hold the whole.

        What it did not hold once is not tried again: later windows of that length are halved at once.
        """
        count = len(window.sentences)
        messages = question_messages(self._extractor.prompt, self._extractor.method, article, window)
        tokens = sum(len(content) for _, content in messages) / BYTES_A_TOKEN + most_answer_tokens(count)
        if tokens >= self._too_many and count > 1:
            return await self._ask_halves(article, window)
        await self._extractor.pace.turn()
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._deadline()):
                reply = await self._chain(count).ainvoke(messages)
        except CALL_ERRORS as error:
            if is_too_long(error) and count > 1:
                self._too_many = min(self._too_many, tokens)
                return await self._ask_halves(article, window)
            fatal = as_fatal(error, self._extractor.setup.model, self._extractor.method)
            if fatal is not None:
                raise fatal from error
            return [(window, error, time.monotonic() - started)]
        return [(window, reply, time.monotonic() - started)]

    async def _ask_halves(self, article: Article, window: Window) -> list[Reply]:
        return [reply for part in window.halves() for reply in await self._ask(article, part)]

    def _deadline(self) -> float:
        """Seconds for a call with all its retries: the SDK's own timeout is one a read."""
        limits = self._extractor.limits
        return limits.seconds * (limits.retries + 1)

    def _chain(self, count: int) -> Any:  # noqa: ANN401 - LangChain's own type is a Runnable of Any
        """The model bound to the answer's form, without LangChain's parser behind it."""
        if count not in self._chains:
            self._chains[count] = self._new_chain(count)
        return self._chains[count]

    def _new_chain(self, count: int) -> Any:  # noqa: ANN401 - LangChain's own type is a Runnable of Any
        method = self._extractor.method
        return self._extractor.model.with_structured_output(
            answer_schema(count),
            method=method.value,
            strict=None if method is StructuredMethod.JSON_MODE else True,
            max_tokens=most_answer_tokens(count),
        ).first  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The replies read, in the caller's thread, by a reader for each article."""

    prompt: Prompt
    readers: WeakKeyDictionary[AskedArticle, AnswerReader] = field(default_factory=WeakKeyDictionary)

    def outcome(self, question: Question, replies: Sequence[Reply]) -> tuple[Question, WindowOutcome]:
        """The question with what its replies say together."""
        reader = self._reader(question.asked)
        outcomes = [_outcome(reader, *reply) for reply in replies]
        return question, outcomes[0] if len(outcomes) == 1 else WindowOutcome.of_parts(question.window, outcomes)

    def _reader(self, asked: AskedArticle) -> AnswerReader:
        reader = self.readers.get(asked)
        if reader is None:
            reader = AnswerReader(asked.filed.article, asked.sentences, self.prompt.told_answers)
            self.readers[asked] = reader
        return reader


def _outcome(reader: AnswerReader, window: Window, reply: AIMessage | Exception, seconds: float) -> WindowOutcome:
    if isinstance(reply, Exception):
        return _failure(reader, window, reply, seconds)
    usage = _usage(reply, seconds)
    try:
        answer = answer_parts(reply, _most_characters(window))
    except UnreadableError as error:
        return _failed(window, str(error), usage)
    entries, claims = reader.read(answer, window)
    return WindowOutcome(window, entries, tuple(claims), usage)


def _failure(reader: AnswerReader, window: Window, error: Exception, seconds: float) -> WindowOutcome:
    usage = _paid(error, seconds)
    cut = cut_short(error)
    if cut is None:
        return _failed(window, reason(error), usage)
    entries, claims = reader.read(parts_so_far(text_so_far(error), _most_characters(window)), window, cut)
    return WindowOutcome(window, entries, tuple(claims), usage)


def _fatal(call: Future[Any]) -> FactcheckError | None:
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
