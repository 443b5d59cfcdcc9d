"""Take articles in as a front is handed them: they are read and priced first, and asked about once somebody says so."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from typing_extensions import override

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.evidence import is_web_address
from factcheck.domain.extraction import ExtractionSummary, Usage
from factcheck.domain.listing import Listing
from factcheck.domain.review import require_role
from factcheck.domain.states import Role
from factcheck.errors import ConflictError, FactcheckError, HeldByBatchError, ModelSetupError, SourceError
from factcheck.workflow.extract_article import file_article
from factcheck.workflow.extract_batch import BatchEstimate, BatchProgress, Wanted, estimate_batch
from factcheck.workflow.plan_extraction import Content, ExtractionOptions, ExtractionSession
from factcheck.workflow.ports import Stores
from factcheck.workflow.read_sources import Choice
from factcheck.workflow.review_claim import Desk, require_known

MOST = 100
"""Articles of one file that are taken in together; more are for the terminal."""
LONGEST = 200_000
"""Characters of an article, some 30,000 words: what splits them into sentences takes up to ten seconds."""
_MOST_TOGETHER = 1_000_000

Opening = Callable[[ExtractionOptions], AbstractContextManager[ExtractionSession]]


class Extractions(Protocol):
    """Extractions that go on while the front does other things, a few at a time."""

    def begin(self, wanted: Wanted, options: ExtractionOptions, by: str) -> int | None:
        """Ask about articles from now on; the number of the first run, once it has begun.

        None where no run begins: nothing is left to ask, or somebody else is asking. Raises ExtractionsFullError, and
        whatever is in the way before a first call.
        """


@dataclass(frozen=True, slots=True)
class Submission:
    """Articles that somebody has handed in, as they were read; none of them is stored yet.

    `unread` says why others of the same file cannot be read.
    """

    articles: tuple[Article, ...]
    unread: tuple[SourceError, ...] = ()


@dataclass(frozen=True, slots=True)
class BegunExtraction:
    """The articles that were asked for, and the run that asks about the first; None where nothing was left to ask."""

    article_ids: tuple[int, ...]
    run_id: int | None


@dataclass(frozen=True, slots=True)
class SubmitArticles:
    """What a front does with articles that people hand in. It costs money, and is for editors where roles are on."""

    desk: Desk
    stores: Stores
    opening: Opening
    extractions: Extractions

    def require_may(self, person: str) -> str:
        """The person's name. Raises ConflictError for who is no editor, where roles are on."""
        person = require_known(self.desk, person)
        with self.desk.queue.changing() as change:
            roles = self.desk.roles_of(change, person)
        if roles is not None:
            require_role(person, roles, Role.EDITOR)
        return person

    def may(self, person: str) -> bool:
        """Whether this person may hand articles in."""
        try:
            self.require_may(person)
        except ConflictError:
            return False
        return True

    def of_address(self, url: str, person: str) -> Submission:
        """What stands at an address of the web. Raises ConflictError, and SourceError for what is no article."""
        self.require_may(person)
        # Whatever else a terminal may name, a file of this machine above all, is nothing that others may have read.
        if not is_web_address(url):
            raise SourceError(f"{url!r} is no address of a page, such as https://example.org/news")
        return self._read(url, ExtractionOptions(anyway=True, longest=LONGEST), lambda session: session.read(url))

    def of_content(self, content: bytes, name: str | None, person: str, encoding: str | None = None) -> Submission:
        """A file's content under its name, or a text, which has none. Raises as `of_address`."""
        self.require_may(person)
        options = ExtractionOptions(anyway=True, encoding=encoding, longest=LONGEST)
        return self._read(name or "the text", options, lambda session: session.read_content(content, name))

    def estimate(self, submission: Submission) -> BatchEstimate:
        """What it would take to ask about these articles, and which of them the desk has; nothing is stored."""
        return self._estimate(Wanted((), choice=Choice(given=submission.articles)))

    def estimate_rest(self, article_id: int) -> BatchEstimate:
        """What it would take to ask what an article has no answer to. Raises NotFoundError."""
        return self._estimate(Wanted((), retried=(article_id,)))

    def begin(self, submission: Submission, person: str, options: ExtractionOptions) -> BegunExtraction:
        """Store the articles and begin to ask about them.

        Raises StubError for what is no whole article unless it is taken `anyway`, ConflictError, InputError and
        ModelError: before anything is stored, but for ExtractionsFullError, after which the articles are in, unasked.
        """
        by = self.require_may(person)
        for one in submission.articles:
            options.checked(one, one.name)
        with self.opening(options) as session:
            told = self.stores.ledger, self.stores.clock, session.extractor
            numbers = [file_article(one, *told).id for one in submission.articles]
        numbers = list(dict.fromkeys(numbers))
        return self._begun(numbers, Wanted((), articles=tuple(numbers)), options, by)

    def go_on(self, article_id: int, person: str, options: ExtractionOptions) -> BegunExtraction:
        """Ask what an article has no answer to: what failed, and what nobody has asked yet. Raises as `begin`."""
        by = self.require_may(person)
        self.stores.ledger.article(article_id)
        return self._begun([article_id], Wanted((), retried=(article_id,)), options, by)

    def _read(
        self, called: str, options: ExtractionOptions, read: Callable[[ExtractionSession], Iterable[Content]]
    ) -> Submission:
        articles, unread = list[Article](), list[SourceError]()
        with self.opening(options) as session:
            for content in read(session):
                if isinstance(content, Listing):
                    many = len(content.entries)
                    raise SourceError(f"{called!r} is a {content.kind.value} of {many:,} pages, and no article itself")
                if isinstance(content, SourceError):
                    unread.append(content)
                elif content is not None:
                    articles.append(content)
                if len(articles) > MOST or sum(len(one.text) for one in articles) > _MOST_TOGETHER:
                    most = f"{MOST} articles, or {_MOST_TOGETHER:,} characters"
                    raise SourceError(f"{called!r} holds more than {most}, which is for the terminal")
        if unread and not articles:
            raise unread[0]
        return Submission(tuple(articles), tuple(unread))

    def _estimate(self, wanted: Wanted) -> BatchEstimate:
        held = {number: one.id for one in self.stores.batches.batches(self.stores.clock()) for number in one.articles}
        opening = self.opening(ExtractionOptions())
        found = estimate_batch(self.stores.ledger, opening, wanted, Unheard(), None, held)
        return replace(found, no_model=found.no_model or self._hindrance()) if found.total.calls else found

    def _hindrance(self) -> ModelSetupError | None:
        """Why the model cannot be asked, such as for want of a key."""
        with self.opening(ExtractionOptions()) as session:
            try:
                session.extractor()
            except ModelSetupError as error:
                return error
        return None

    def _begun(self, numbers: Sequence[int], wanted: Wanted, options: ExtractionOptions, by: str) -> BegunExtraction:
        # One of several that others are asking about keeps the rest waiting for nobody.
        run = self._running(numbers[0]) if len(numbers) == 1 else None
        run = run or self.extractions.begin(wanted, options, by)
        return BegunExtraction(tuple(numbers), run or self._running(numbers[0]))

    def _running(self, article_id: int) -> int | None:
        """The run that somebody else has begun on the article meanwhile. Raises HeldByBatchError."""
        now = self.stores.clock()
        for batch in self.stores.batches.batches(now):
            if article_id in batch.articles:
                raise HeldByBatchError(article_id, batch.id)
        return next((one.id for one in reversed(self.stores.ledger.runs(article_id)) if one.lives(now)), None)


class Unheard(BatchProgress):
    """For fronts that ask the desk itself how far an extraction is."""

    @override
    def listed(self, listing: Listing, chosen: int, wanted: int, undated: int) -> None:
        pass

    @override
    def reading(self, source: str, done: int, total: int) -> None:
        pass

    @override
    def all_read(self, read: int, known: int, unread: int, noted: int) -> None:
        pass

    @override
    def hindered(self, error: FactcheckError) -> None:
        pass

    @override
    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        pass

    @override
    def waits(self, filed: FiledArticle) -> None:
        pass

    @override
    def taken_in(self, filed: FiledArticle, answers: int) -> None:
        pass

    @override
    def kept(self) -> None:
        pass

    @override
    def ended(self, summary: ExtractionSummary) -> None:
        pass
