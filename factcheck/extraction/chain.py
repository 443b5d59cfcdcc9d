"""The extraction chain: windows of numbered sentences in, anchored claims out, one call each."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from weakref import WeakKeyDictionary

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, Question, Window, WindowOutcome
from factcheck.domain.sentence import Sentence
from factcheck.errors import FactcheckError
from factcheck.extraction.answered import Answered
from factcheck.extraction.answers import AnswerReader
from factcheck.extraction.background import BackgroundLoop, Landings
from factcheck.extraction.calls import Calls, HowToAsk
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.questions import TokenEstimator
from factcheck.extraction.split_question import SplitQuestion, split_questions
from factcheck.extraction.stumbles import asked_again

_AGAIN, _SPLIT = 1, 2
"""The steps that may follow an answer, in their order."""


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

    def outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        """As the port says; as many questions again as may be under way wait, so that no place is free meanwhile."""
        self._landing = self._outcomes(questions)
        return self._landing

    async def aoutcomes(self, questions: Iterable[Question]) -> AsyncIterator[tuple[Question, WindowOutcome]]:
        """The same in the caller's event loop. All questions are taken at once, so they should be of one article."""
        calls = Calls(self)
        asked = [asyncio.create_task(self._answered(calls, question)) for question in questions]
        fatal: FactcheckError | None = None
        try:
            for landing in asyncio.as_completed(asked):
                try:
                    landed = await landing
                except FactcheckError as error:
                    fatal = fatal or error
                else:
                    yield landed
        finally:
            for call in asked:
                call.cancel()
        if fatal is not None:
            raise fatal

    async def _answered(self, calls: Calls, question: Question) -> tuple[Question, WindowOutcome]:
        """The outcome of a question, what the model stumbled over and its claims of two facts asked about too."""
        _, answers = await calls.answers(question)
        outcomes = self._read(question, answers)
        if any(stumbled := self._stumbled(question, answers, outcomes)):
            _, answers = await calls.again(question, answers, stumbled)
            outcomes = self._read(question, answers)
        if any(asked_alone := self._asked_alone(question, outcomes)):
            outcomes = self._read(*await calls.split(question, answers, asked_alone))
        return _together(question, outcomes)

    def _outcomes(self, questions: Iterator[Question]) -> Generator[tuple[Question, WindowOutcome], None, None]:
        # The loop here is our own: the owner of a borrowed model may use its asynchronous client in another.
        calls = Calls(self, in_threads=self.is_borrowed)
        fatal: FactcheckError | None = None
        taken = Counter[Question]()  # how many of the further steps each question under way has behind it
        with Landings[tuple[Question, list[Answered]]](
            lambda: self._loop.call(calls.begin_no_more),
            lambda: self.stopping(calls.under_way),
            # What cannot be stored now is kept: calls are paid for, whatever goes wrong here.
            settles=self.spill is not None,
            is_to_end=self.is_to_end,
        ) as landings:
            while True:
                free = 0 if fatal or landings.is_interrupted else 2 * self.limits.concurrency - len(landings.under_way)
                # The questions come from a generator that begins a run for each article: only as many as needed.
                for question in islice(questions, free):
                    landings.add(self._loop.submit(calls.answers(question)))
                if not landings.under_way:
                    break
                landed = landings.take()
                if landed.cancelled():
                    continue
                try:
                    question, answers = landed.result()
                except FactcheckError as error:
                    fatal = fatal or error
                    continue
                outcomes = self._read(question, answers)
                is_over = fatal or landings.is_interrupted
                further = None if is_over else self._further(calls, question, answers, outcomes, taken)
                if further is None:
                    del taken[question]
                    yield _together(question, outcomes)
                else:
                    landings.add(self._loop.submit(further))
        if fatal is not None:
            raise fatal

    def _further(
        self,
        calls: Calls,
        question: Question,
        answers: list[Answered],
        outcomes: Sequence[WindowOutcome],
        taken: Counter[Question],
    ) -> Coroutine[Any, Any, tuple[Question, list[Answered]]] | None:
        """What is asked next about a question: once what the model stumbled over, then once its claims of two facts."""
        if taken[question] < _AGAIN and any(stumbled := self._stumbled(question, answers, outcomes)):
            taken[question] = _AGAIN
            return calls.again(question, answers, stumbled)
        if taken[question] < _SPLIT and any(asked_alone := self._asked_alone(question, outcomes)):
            taken[question] = _SPLIT
            return calls.split(question, answers, asked_alone)
        return None

    def _stumbled(
        self, question: Question, answers: Sequence[Answered], outcomes: Sequence[WindowOutcome]
    ) -> list[list[Window]]:
        """Windows of what the model stumbled over in each answer that could be read, as far as they can be paid."""
        article, estimator = question.asked.filed.article, TokenEstimator(self.prompt, self.method)
        return [
            [
                window
                for window in asked_again(question.asked, outcome, self._reader(question.asked))
                if self.has_room(question, estimator.estimate(article, window))
            ]
            if self.asks_again and answered.parts is not None
            else []
            for answered, outcome in zip(answers, outcomes, strict=True)
        ]

    def _asked_alone(self, question: Question, outcomes: Sequence[WindowOutcome]) -> list[list[SplitQuestion]]:
        """What is asked about claims of two facts of each outcome, as far as it can be paid."""
        prompt, article = self.split_prompt, question.asked.filed.article
        if prompt is None:
            return []
        return [
            [
                one
                for one in split_questions(article, outcome)
                if self.has_room(question, one.estimate(prompt, self.method))
            ]
            for outcome in outcomes
        ]

    def _read(self, question: Question, answers: Sequence[Answered]) -> list[WindowOutcome]:
        """What each answer says."""
        return [one.read(self._reader(question.asked)) for one in answers]

    def _reader(self, asked: AskedArticle) -> AnswerReader:
        """The reader of an article, in the caller's thread."""
        if asked not in self._readers:
            self._readers[asked] = answer_reader(asked.filed.article, asked.sentences, self.prompt)
        return self._readers[asked]


def _together(question: Question, outcomes: Sequence[WindowOutcome]) -> tuple[Question, WindowOutcome]:
    return question, outcomes[0] if len(outcomes) == 1 else WindowOutcome.of_parts(question.window, outcomes)


@dataclass(frozen=True, slots=True)
class KeptReply:
    """Serves the KeptAnswer port: an answer that was kept as a line, and what reads it."""

    answered: Answered
    filed: FiledArticle
    sentences: Sequence[Sentence]
    prompt: Prompt

    @classmethod
    def of_line(
        cls, prompt: Prompt, line: str, filed: FiledArticle, sentences: Sequence[Sentence]
    ) -> "KeptReply | None":
        """As ReadKept says, once the prompt is known."""
        answered = Answered.of_line(line, filed, sentences)
        return None if answered is None else cls(answered, filed, sentences, prompt)

    @property
    def window(self) -> Window:
        """What was asked about."""
        return self.answered.window

    def read(self) -> WindowOutcome:
        """What it says."""
        return self.answered.read(answer_reader(self.filed.article, self.sentences, self.prompt))


def answer_reader(article: Article, sentences: Sequence[Sentence], prompt: Prompt) -> AnswerReader:
    """What reads answers about an article that were asked for with a prompt."""
    return AnswerReader(article, sentences, "\n".join(one.answer for one in prompt.examples))
