"""The extraction chain: windows of numbered sentences in, anchored claims out, one call each."""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Self
from weakref import WeakKeyDictionary

from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata

from factcheck.domain.extraction import AskedArticle, Question, Usage, Window, WindowOutcome
from factcheck.errors import FactcheckError
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.background import BackgroundLoop, Landings
from factcheck.extraction.calls import Calls, HowToAsk, Reply
from factcheck.extraction.failures import cut_short, reason
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.replies import UnreadableError, answer_parts, parts_so_far
from factcheck.extraction.schema import most_answer_tokens

_CHARACTERS_A_TOKEN = 20
"""More than any tokenizer averages: an answer longer than this did not keep to its tokens."""

_MOST_TOKENS = 10_000_000  # that a server may claim for one call


@dataclass
class LangChainExtractor(HowToAsk):
    """Serves the Extractor port with a LangChain chat model.

    Use it in a `with`: its own thread goes on calling while the caller stores. `aoutcomes` needs none.
    """

    _loop: BackgroundLoop = field(init=False)
    _landing: Generator[tuple[Question, WindowOutcome], None, None] | None = None
    _readers: WeakKeyDictionary[AskedArticle, AnswerReader] = field(default_factory=WeakKeyDictionary)

    def __enter__(self) -> Self:
        self._loop = BackgroundLoop(self.close_connections).__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self._landing is not None:
            self._landing.close()
        self._loop.__exit__()

    async def close_connections(self) -> None:
        """Close the connections of a model that was opened for this extractor; those of another are its owner's."""
        client = None if self.is_borrowed else getattr(self.model, "http_async_client", None)
        if client is not None:
            await client.aclose()

    def outcomes(self, questions: Iterator[Question]) -> Iterator[tuple[Question, WindowOutcome]]:
        """As the port says; as many questions again as may be under way wait, so that no place is free meanwhile."""
        self._landing = self._outcomes(questions)
        return self._landing

    async def aoutcomes(self, questions: Iterable[Question]) -> AsyncIterator[tuple[Question, WindowOutcome]]:
        """The same in the caller's event loop. All questions are taken at once, so they should be of one article."""
        calls = Calls(self)
        asked = [asyncio.create_task(calls.replies(question)) for question in questions]
        fatal: FactcheckError | None = None
        try:
            for landing in asyncio.as_completed(asked):
                try:
                    replies = await landing
                except FactcheckError as error:
                    fatal = fatal or error
                else:
                    yield self._read(*replies)
        finally:
            for call in asked:
                call.cancel()
        if fatal is not None:
            raise fatal

    def _outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        # The loop here is our own: the owner of a borrowed model may use its asynchronous client in another.
        calls = Calls(self, in_threads=self.is_borrowed)
        fatal: FactcheckError | None = None
        with Landings[tuple[Question, list[Reply]]]() as landings:
            while True:
                free = 0 if fatal or landings.is_interrupted else 2 * self.limits.concurrency - len(landings.under_way)
                # The questions come from a generator that begins a run for each article: only as many as needed.
                for question in islice(questions, free):
                    landings.add(self._loop.submit(calls.replies(question)))
                if not landings.under_way:
                    break
                try:
                    replies = landings.take().result()
                except FactcheckError as error:
                    fatal = fatal or error
                else:
                    yield self._read(*replies)
        if fatal is not None:
            raise fatal

    def _read(self, question: Question, replies: Sequence[Reply]) -> tuple[Question, WindowOutcome]:
        """The question with what its replies say together; each article has a reader, in the caller's thread."""
        asked = question.asked
        reader = self._readers.get(asked)
        if reader is None:
            reader = self._readers[asked] = answer_reader(asked, self.prompt)
        outcomes = [outcome_of(reader, *reply) for reply in replies]
        return question, outcomes[0] if len(outcomes) == 1 else WindowOutcome.of_parts(question.window, outcomes)


def answer_reader(asked: AskedArticle, prompt: Prompt) -> AnswerReader:
    """What reads the answers to questions of a prompt about an article."""
    return AnswerReader(asked.filed.article, asked.sentences, "\n".join(one.answer for one in prompt.examples))


def outcome_of(reader: AnswerReader, window: Window, reply: AIMessage | Exception, seconds: float) -> WindowOutcome:
    """What a call about a window comes to, whatever it gave or raised, after so many seconds."""
    most_characters = most_answer_tokens(len(window.sentences)) * _CHARACTERS_A_TOKEN
    try:
        if not isinstance(reply, Exception):
            entries, claims = reader.read(answer_parts(reply, most_characters), window)
        elif cut := cut_short(reply):
            entries, claims = reader.read(parts_so_far(reply, most_characters), window, cut)
        else:
            entries, claims = reader.read(None, window, reason(reply))
    except UnreadableError as error:
        entries, claims = reader.read(None, window, str(error))
    return WindowOutcome(window, entries, tuple(claims), _usage(reply, seconds))


def _usage(reply: AIMessage | Exception, seconds: float) -> Usage:
    """What a call cost. One whose tokens are told in part only is not counted: the other part was not free."""
    if isinstance(reply, Exception):
        # The SDK raises over an answer that was cut short, and hangs the whole completion on the error: it cost, too.
        told = getattr(getattr(reply, "completion", None), "usage", None)
        prompt, answer = (_count(getattr(told, name, None)) for name in ("prompt_tokens", "completion_tokens"))
        cached = 0
    else:
        counted = reply.usage_metadata or UsageMetadata(input_tokens=0, output_tokens=0, total_tokens=0)
        # LangChain makes 0 of null, and no answer has no token.
        prompt, answer = _count(counted["input_tokens"]), _count(counted["output_tokens"])
        cached = _count(counted.get("input_token_details", {}).get("cache_read"))
    if not prompt or not answer:
        return Usage(1, seconds=seconds, uncounted=1)
    return Usage(1, prompt, min(cached, prompt), answer, seconds)


def _count(told: object) -> int:
    """A number of tokens as a server tells it, 0 if it cannot be one."""
    # A wrong count must not break the sums, nor the column of the database that holds them.
    return told if isinstance(told, int) and 0 <= told <= _MOST_TOKENS else 0
