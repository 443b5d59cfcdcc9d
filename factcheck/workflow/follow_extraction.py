"""How far the desk is with an article: what is answered, what has failed and why, and the run that asks or asked last.

All of it stands in the database, whoever extracts, from wherever.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.domain.article import FiledArticle
from factcheck.domain.extraction import DEFAULT_WINDOW, FiledRun
from factcheck.domain.review import ClaimQuery
from factcheck.domain.sentence import SentenceState, count_states
from factcheck.errors import NoSuchRunError
from factcheck.workflow.ports import Stores
from factcheck.workflow.windows import Asked, plan_windows


@dataclass(frozen=True, slots=True)
class ExtractionState:
    """An article between its first call and its last answer.

    `run` is None where nothing was asked yet. `calls_left` is at least so many, of the run's size; `failures` are the
    reasons of sentences that failed, with how many each, the most frequent first.
    """

    filed: FiledArticle
    counts: Mapping[SentenceState, int]
    run: FiledRun | None
    is_under_way: bool
    claims: int
    calls_left: int
    failures: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Sentences of the article."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """Sentences that have their answer."""
        return sum(count for state, count in self.counts.items() if state.is_answered)

    @property
    def left(self) -> int:
        """Sentences without one."""
        return self.total - self.answered


def extraction_of(stores: Stores, article_id: int) -> ExtractionState:
    """How far an article is, with its last run. Raises NotFoundError."""
    stores.ledger.article(article_id)
    return _state(stores, article_id, next(reversed(stores.ledger.runs(article_id)), None))


def extraction_by(stores: Stores, run_id: int) -> ExtractionState:
    """How far a run's article is. Raises NotFoundError."""
    run = next(iter(stores.ledger.runs(among=[run_id])), None)
    if run is None:
        raise NoSuchRunError(f"there is no run {run_id}")
    return _state(stores, run.article_id, run)


def _state(stores: Stores, article_id: int, run: FiledRun | None) -> ExtractionState:
    now = stores.clock()
    is_under_way = run is not None and run.lives(now)
    sentences = stores.ledger.sentences(article_id)
    failed = Counter(one.entry.detail or "" for one in sentences if one.entry.state is SentenceState.FAILED)
    size = run.setup.parameters.get("window") if run else None
    # A run that asks about what failed before may ask about it still: what it left pending is surely to come.
    asked = Asked.PENDING if is_under_way else Asked.UNANSWERED
    return ExtractionState(
        stores.ledger.article(article_id),
        count_states(sentences),
        run,
        is_under_way,
        stores.queue.count(ClaimQuery(article_id=article_id), now),
        len(plan_windows(sentences, size if isinstance(size, int) else DEFAULT_WINDOW, asked)),
        tuple(failed.most_common()),
    )
