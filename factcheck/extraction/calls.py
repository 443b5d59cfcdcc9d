"""Calls to a chat model: a window of numbered sentences in, the model's reply out."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import merge_configs
from langchain_core.utils.function_calling import convert_to_openai_function

from factcheck.domain.cost import Estimate
from factcheck.domain.extraction import (
    AskedArticle,
    ExtractionSetup,
    PromptVersion,
    Question,
    ServiceTier,
    StructuredMethod,
    Window,
)
from factcheck.errors import FactcheckError, NotInRecordingError, RefusedFormError
from factcheck.extraction.answered import Answered, offered_parts
from factcheck.extraction.failures import CALL_ERRORS, as_fatal, is_too_long
from factcheck.extraction.models import CallLimits, Pace
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import BYTES_A_TOKEN, question_messages
from factcheck.extraction.schema import JsonSchema, answer_schema, most_answer_tokens
from factcheck.extraction.split_question import FORM, MOST_TOKENS, SplitQuestion
from factcheck.extraction.tracing import traced
from factcheck.workflow.ports import Spill

BoundModel = Runnable[LanguageModelInput, AIMessage]
_Wanted = TypeVar("_Wanted")
_Keep = Callable[[Answered], Awaitable[Answered]]
"""Keeps an answer as it lands, before its place is free."""


@dataclass
class HowToAsk:
    """What all calls of a run have in common: a model, which is its owner's to close if borrowed, and how to ask it.

    `config` is what a caller's own chain hands down: callbacks, tags, metadata. Answers go into the `spill`, if there
    is one, before the next call begins. `stopping` hears, after Ctrl-C or once it `is_to_end`, for how many calls it
    waits. `service_tier` and `cache_key`, which has OpenAI send calls that begin alike where their beginning is in a
    cache, are for OpenAI's own server. One that `asks_again` asks once more, in calls of their own, about sentences
    that the model stumbled over. With a `split_prompt`, claims of two facts are asked about once more, as long as
    `has_room` says that what such a call takes can be paid. `begins` hears of each call about a question before it
    may be paid, and `unpaid` of one that was refused with what every further call would meet.
    """

    model: BaseChatModel
    prompt: Prompt
    setup: ExtractionSetup
    limits: CallLimits
    method: StructuredMethod = StructuredMethod.JSON_SCHEMA
    pace: Pace = field(default_factory=Pace)
    config: RunnableConfig | None = None
    is_borrowed: bool = False
    spill: Spill | None = None
    stopping: Callable[[int], None] = lambda _: None
    is_to_end: Callable[[], bool] = lambda: False
    service_tier: ServiceTier | None = None
    cache_key: bool = False
    asks_again: bool = False
    split_prompt: Prompt | None = None
    has_room: Callable[[Question, Estimate], bool] = lambda *_: True
    begins: Callable[[Question], None] = lambda _: None
    unpaid: Callable[[Question], None] = lambda _: None

    def bound(self, count: int) -> "BoundModel":
        """The model as it is asked about so many sentences."""
        # OpenAI puts the form before the prompt, and it differs with the number of sentences.
        model = bound_to_form(self.model, self.method, count)
        return self._served(model, f"factcheck-{self.prompt.sha256[:12]}-{self.method}-{count}")

    def bound_to_split(self, prompt: Prompt) -> "BoundModel":
        """The model as it is asked about one claim."""
        model = bound_to_schema(self.model, self.method, FORM, MOST_TOKENS)
        return self._served(model, f"factcheck-{prompt.sha256[:12]}-{self.method}")

    def _served(self, model: "BoundModel", cache_key: str) -> "BoundModel":
        words = {"service_tier": self.service_tier.value} if self.service_tier else {}
        if self.cache_key:
            words["prompt_cache_key"] = cache_key
        return model.bind(**words) if words else model


class Calls:
    """The calls under way in one event loop, and what they share: their places, a bound model for each size.

    `in_threads` uses the model's synchronous client: its asynchronous one works in one event loop only.
    """

    def __init__(self, how: HowToAsk, *, in_threads: bool = False) -> None:
        self.how, self.in_threads = how, in_threads
        self._places = asyncio.Semaphore(how.limits.concurrency)
        self._waiting: set[asyncio.Task[Any]] = set()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._bound: dict[int, BoundModel] = {}
        self._fatal: FactcheckError | None = None
        self._too_many = math.inf
        self._is_form_taken = False
        self._bound_to_split: BoundModel | None = None
        self._is_split_refused = False
        self._is_over = False

    @property
    def under_way(self) -> int:
        """How many questions are being asked."""
        return len(self._under_way)

    def begin_no_more(self) -> None:
        """Cancel the questions that wait for their turn; those that are being asked go on."""
        self._is_over = True
        for task in self._waiting:
            task.cancel()

    async def answers(self, question: Question) -> tuple[Question, list[Answered]]:
        """What the model says of a question, once a place is free. Raises what every further call would meet."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in one
        if self._is_over:
            raise asyncio.CancelledError
        self._waiting.add(task)
        try:
            async with self._places:
                if self._fatal is not None:
                    raise self._fatal
                try:
                    return question, await self._ask(question, question.window, partial(self._kept, question.asked))
                except FactcheckError as error:
                    self._fatal = error
                    raise
        finally:
            self._waiting.discard(task)
            self._under_way.discard(task)

    async def _ask(self, question: Question, window: Window, keep: _Keep) -> list[Answered]:
        """One call, or several for parts of a window that the model's context does not hold, nor has held before."""
        how, asked, count = self.how, question.asked, len(window.sentences)
        messages = question_messages(how.prompt, how.method, asked.filed.article, window)
        tokens = sum(len(content) for _, content in messages) / BYTES_A_TOKEN + most_answer_tokens(count)
        if tokens >= self._too_many and count > 1:
            return await self._ask_halves(question, window, keep)
        if count not in self._bound:
            self._bound[count] = how.bound(count)
        name, setup = f"claims of sentences {window.positions[0]}-{window.positions[-1]}", how.setup
        version = PromptVersion(setup.prompt, setup.prompt_version, setup.prompt_hash)
        model, config = self._bound[count], merge_configs(how.config, traced(name, asked, window.positions, version))
        await how.pace.turn()
        if self._fatal is not None:  # a turn may take minutes to come
            raise self._fatal
        self._begin(asked)
        how.begins(question)
        started = time.monotonic()
        try:
            reply = await self._reply(model, messages, config)
        except CALL_ERRORS as error:
            if is_too_long(error) and count > 1:
                self._too_many = min(self._too_many, tokens)
                return await self._ask_halves(question, window, keep)
            fatal = as_fatal(error, how.setup.model, how.method)
            # A form that the server has taken before is not what it refuses: this call's sentences fail alone.
            if fatal is not None and not (self._is_form_taken and isinstance(fatal, RefusedFormError)):
                how.unpaid(question)
                raise fatal from error
            answered = Answered.of_reply(window, error, time.monotonic() - started)
        else:
            self._is_form_taken = True
            answered = Answered.of_reply(window, reply, time.monotonic() - started)
        return [await keep(answered)]

    async def again(
        self, question: Question, answers: Iterable[Answered], stumbled: Iterable[Sequence[Window]]
    ) -> tuple[Question, list[Answered]]:
        """The answers with what the model says of what it stumbled over in each, in windows of their own."""
        return question, await self._asked_on(answers, stumbled, partial(self._again, question))

    async def split(
        self, question: Question, answers: Iterable[Answered], asked_alone: Iterable[Sequence[SplitQuestion]]
    ) -> tuple[Question, list[Answered]]:
        """The answers with what the model makes of their claims of two facts, each asked about alone."""
        return question, await self._asked_on(answers, asked_alone, partial(self._split, question.asked))

    async def _asked_on(
        self,
        answers: Iterable[Answered],
        wanted: Iterable[Sequence[_Wanted]],
        ask: Callable[[Answered, _Wanted], Awaitable[Answered]],
    ) -> list[Answered]:
        """The answers with what is asked further about each, call by call in one place.

        Whatever goes wrong leaves an answer as it is, and ends nothing.
        """
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in one
        made = list(answers)
        self._waiting.add(task)
        try:
            async with self._places:
                for at, each in enumerate(wanted):
                    for one in each:
                        made[at] = await ask(made[at], one)
                        self._under_way.discard(task)
                        self._waiting.add(task)
        except asyncio.CancelledError:
            if not self._is_over:
                raise
        finally:
            self._waiting.discard(task)
            self._under_way.discard(task)
        return made

    async def _again(self, question: Question, answered: Answered, window: Window) -> Answered:
        first = answered

        async def keep(said: Answered) -> Answered:
            nonlocal first  # of two halves the first one is paid, whatever comes of the second
            first = await self._kept(question.asked, replace(first, again=(*first.again, said)))
            return said

        if self._is_over or self._fatal is not None:
            return answered
        try:
            await self._ask(question, window, keep)
        except NotInRecordingError:
            pass  # no call was made; when this was recorded none was either
        except FactcheckError as error:
            self._fatal = error
        return first

    async def _split(self, asked: AskedArticle, answered: Answered, question: SplitQuestion) -> Answered:
        how, prompt = self.how, self.how.split_prompt
        if prompt is None or self._is_over or self._fatal is not None or self._is_split_refused:
            return answered
        if self._bound_to_split is None:
            self._bound_to_split = how.bound_to_split(prompt)
        messages = question.messages(prompt, how.method)
        await how.pace.turn()
        if self._fatal is not None:
            return answered
        try:
            self._begin(asked)
        except FactcheckError:  # an answer could not be kept: the next window will tell
            return answered
        started = time.monotonic()
        reply: AIMessage | Exception
        try:
            name = f"facts of a claim of sentence {question.position}"
            config = merge_configs(how.config, traced(name, asked, [question.position], prompt))
            reply = await self._reply(self._bound_to_split, messages, config)
        except CALL_ERRORS as error:
            fatal = as_fatal(error, how.setup.model, how.method)
            if isinstance(fatal, NotInRecordingError):
                return answered  # no call was made; when this was recorded none was either
            self._is_split_refused = fatal is not None
            reply = error
        offered = offered_parts(question.claim, prompt, reply, time.monotonic() - started)
        return await self._kept(asked, replace(answered, splits=(*answered.splits, offered)))

    async def _reply(self, model: BoundModel, messages: list[tuple[str, str]], config: RunnableConfig) -> AIMessage:
        # The SDK's own timeout is one a read; this one is for the call with all its retries.
        async with asyncio.timeout(self.how.limits.seconds * (self.how.limits.retries + 1)):
            if self.in_threads:
                return await asyncio.to_thread(model.invoke, messages, config)
            return await model.ainvoke(messages, config)

    def _begin(self, asked: AskedArticle) -> None:
        """Count the question as one that is being asked; none is whose answer could not be kept."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in one
        if self.how.spill is not None:
            self.how.spill.make_room(asked.run_id)
        self._waiting.discard(task)
        self._under_way.add(task)

    async def _kept(self, asked: AskedArticle, answered: Answered) -> Answered:
        """The answer, kept before its place is free: whatever ends the process, it is not paid again."""
        spill = self.how.spill
        if spill is not None:
            try:
                await asyncio.to_thread(spill.keep, asked.run_id, answered.line(asked.filed.article.sha256))
            except FactcheckError as error:
                self._fatal = error  # nothing more is asked; this answer may be stored all the same
        return answered

    async def _ask_halves(self, question: Question, window: Window, keep: _Keep) -> list[Answered]:
        asked = [await self._ask(question, part, keep) for part in window.halves()]
        return [answered for part in asked for answered in part]


def bound_to_form(model: BaseChatModel, method: StructuredMethod, count: int) -> BoundModel:
    """The model bound to the form of an answer, as LangChain's `with_structured_output` does, without its parser."""
    return bound_to_schema(model, method, answer_schema(count), most_answer_tokens(count))


def bound_to_schema(model: BaseChatModel, method: StructuredMethod, schema: JsonSchema, most: int) -> BoundModel:
    """The same for any form, with an answer of so many tokens at most."""
    if method is StructuredMethod.JSON_MODE:
        return model.bind(response_format={"type": "json_object"}, max_tokens=most)
    if method is StructuredMethod.FUNCTION_CALLING:
        return model.bind_tools(
            [schema], tool_choice=schema["title"], parallel_tool_calls=False, strict=True, max_tokens=most
        )
    return model.bind(response_format=response_format(schema), max_tokens=most)


def response_format(schema: JsonSchema) -> dict[str, Any]:
    """OpenAI's words for an answer that keeps to a schema."""
    function = convert_to_openai_function(schema, strict=True)
    form = {name: part for name, part in function.items() if name != "parameters"}
    return {"type": "json_schema", "json_schema": form | {"schema": function["parameters"]}}
