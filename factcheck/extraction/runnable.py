"""The chain as a LangChain Runnable: an article in, sentences and claims out, each window as it lands."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import AskedArticle, Extracted, Question, WindowOutcome
from factcheck.extraction.chain import LangChainExtractor
from factcheck.text.sentences import split_sentences
from factcheck.workflow.plan_extraction import ExtractionPlan
from factcheck.workflow.windows import Asked, plan_windows

__all__ = ["BaseChatModel", "Runnable", "RunnableConfig", "article_runnable"]


class ChainSession(Protocol):
    """What a run is planned and asked with."""

    plan: ExtractionPlan

    def new_extractor(self, config: RunnableConfig | None = None) -> LangChainExtractor:
        """An extractor whose calls hand `config` on to their callbacks."""


def article_runnable(
    read: Callable[[str], Article], opening: Callable[[], AbstractContextManager[ChainSession]]
) -> Runnable[str | Article, Extracted]:
    """A Runnable that takes an article, or its text, and gives what comes out of it.

    `stream` gives first what code has settled, then each window as it lands; the parts add up to what
    `invoke` gives. LangChain adds them, and batches, and runs it in chains of others.
    """

    def windows(given: Iterator[str | Article], config: RunnableConfig | None = None) -> Iterator[Extracted]:
        with opening() as session:
            article = _Article.of(list(given), read, session.plan)
            yield article.settled
            if article.questions:
                with session.new_extractor(config) as extractor:
                    for _, outcome in extractor.outcomes(iter(article.questions)):
                        yield article.part(outcome)

    async def awindows(
        given: AsyncIterator[str | Article], config: RunnableConfig | None = None
    ) -> AsyncIterator[Extracted]:
        with opening() as session:
            article = _Article.of([one async for one in given], read, session.plan)
            yield article.settled
            if article.questions:
                extractor = session.new_extractor(config)
                try:
                    async for _, outcome in extractor.aoutcomes(article.questions):
                        yield article.part(outcome)
                finally:
                    await extractor.close_connections()

    return RunnableGenerator(windows, awindows, name="extract_claims")


@dataclass(frozen=True, slots=True)
class _Article:
    """An article with the questions about it, and what needs none."""

    asked: AskedArticle
    questions: tuple[Question, ...]
    settled: Extracted

    @classmethod
    def of(cls, given: list[str | Article], read: Callable[[str], Article], plan: ExtractionPlan) -> "_Article":
        first = given[0]
        if not isinstance(first, str | Article):
            raise TypeError(f"an article or its text is wanted, and {first!r:.80} is neither")
        # A chain before this one may hand its text on in pieces.
        article = first if isinstance(first, Article) else read("".join(map(str, given)))
        sentences = split_sentences(article.text, article.read_as)
        asked = AskedArticle(0, FiledArticle(0, article), sentences)  # only a database gives other numbers
        questions = tuple(Question(asked, one) for one in plan_windows(sentences, plan.window, Asked.ALL))
        positions = {position for one in questions for position in one.window.positions}
        settled = tuple(one for one in sentences if one.position not in positions)
        return cls(asked, questions, Extracted(article, settled))

    def part(self, outcome: WindowOutcome) -> Extracted:
        """What the answer to one window says."""
        sentences = (replace(one, entry=outcome.entries[one.position]) for one in outcome.window.sentences)
        return Extracted(self.asked.filed.article, tuple(sentences), outcome.claims, outcome.usage)
