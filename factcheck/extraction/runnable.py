"""The chain as a LangChain Runnable: an article in, sentences and claims out, each window as it lands."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.cost import Prices
from factcheck.domain.extraction import AskedArticle, Extracted, Question, WindowOutcome
from factcheck.extraction.chain import LangChainExtractor
from factcheck.text.sentences import sentences_of
from factcheck.workflow.budget import Budget
from factcheck.workflow.plan_extraction import ExtractionPlan
from factcheck.workflow.windows import Asked, plan_windows

__all__ = ["BaseChatModel", "Runnable", "RunnableConfig", "article_runnable"]


class ChainSession(Protocol):
    """What a run is planned and asked with."""

    plan: ExtractionPlan
    prices: Prices
    budget: Budget | None

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
            settled, questions = _begun(list(given), read, session.plan)
            yield settled
            if questions:
                with session.new_extractor(config) as extractor, _within(session, questions):
                    for landed in extractor.outcomes(iter(questions)):
                        _count(session, extractor, *landed)
                        yield _part(*landed)

    async def awindows(
        given: AsyncIterator[str | Article], config: RunnableConfig | None = None
    ) -> AsyncIterator[Extracted]:
        with opening() as session:
            settled, questions = _begun([one async for one in given], read, session.plan)
            yield settled
            if questions:
                extractor = session.new_extractor(config)
                try:
                    with _within(session, questions):
                        async for landed in extractor.aoutcomes(questions):
                            _count(session, extractor, *landed)
                            yield _part(*landed)
                finally:
                    await extractor.close_connections()

    return RunnableGenerator(windows, awindows, name="extract_claims")


def _begun(
    given: list[str | Article], read: Callable[[str], Article], plan: ExtractionPlan
) -> tuple[Extracted, list[Question]]:
    """What code settles of an article, and the questions about the rest."""
    first = given[0]
    if not isinstance(first, str | Article):
        raise TypeError(f"an article or its text is wanted, and {first!r:.80} is neither")
    # A chain before this one may hand its text on in pieces.
    article = first if isinstance(first, Article) else read("".join(map(str, given)))
    sentences = sentences_of(article)
    asked = AskedArticle(0, FiledArticle(0, article), sentences)  # only a database gives other numbers
    questions = [Question(asked, one) for one in plan_windows(sentences, plan.window, Asked.ALL)]
    positions = {position for one in questions for position in one.window.positions}
    return Extracted(article, tuple(one for one in sentences if one.position not in positions)), questions


@contextmanager
def _within(session: ChainSession, questions: Sequence[Question]) -> Iterator[None]:
    """All questions are asked, or none where the budget has no room for them. Raises BudgetReachedError."""
    if session.budget is None:
        yield
        return
    session.budget.set_aside(questions)
    try:
        yield
    finally:
        session.budget.leave()


def _count(session: ChainSession, extractor: LangChainExtractor, question: Question, outcome: WindowOutcome) -> None:
    if session.budget is not None:
        price = session.prices.of_model(extractor.setup.model)
        session.budget.landed(question, price.of_outcome(outcome) if price else None)


def _part(question: Question, outcome: WindowOutcome) -> Extracted:
    sentences = (replace(one, entry=outcome.entries[one.position]) for one in outcome.window.sentences)
    return Extracted(question.asked.filed.article, tuple(sentences), outcome.claims, outcome.usage)
