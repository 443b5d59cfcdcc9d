"""Reads claims, articles, runs and decisions as somebody may see them, and changes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from factcheck.domain.article import ArticleSource, FiledArticle
from factcheck.domain.audit import Event, Head, LinkedEvent, Verification
from factcheck.domain.comparison import Comparison
from factcheck.domain.desk import DRAFTED
from factcheck.domain.evidence import Snapshot
from factcheck.domain.extraction import FiledRun
from factcheck.domain.review import ClaimQuery, PastDecision, QueuedClaim, require_reviewer
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.domain.states import Act, Stage
from factcheck.domain.versions import ChangedSentence
from factcheck.errors import BrokenRowError, NoSuchArticleError, NoSuchClaimError
from factcheck.workflow.ports import Stores
from factcheck.workflow.standing_claims import as_standing_in

T = TypeVar("T")

_KEPT_OPEN = {*(one.value for one in (Act.LEASED, Act.RENEWED, Act.RELEASED, Act.SKIPPED)), "assigned", "made_due"}
"""What tells nothing of what a reader thinks."""
_TOLD_BY_STATE = {*(one.value for one in Act), "added", "undone"}
"""What the claim's state tells everybody: its name may stand."""
_OF_EVIDENCE = {"evidence_added", "evidence_checked"}
"""What may be done without a name, and tells what the first reader has found."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The first of what was found, and how many there are."""

    shown: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ClaimInContext:
    """A claim with its article and the sentences that it stands in, in the article's words.

    `article` is None where its row is damaged, and the desk was opened to leave such out.
    """

    claim: QueuedClaim
    article: FiledArticle | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleOverview:
    """An article, how many of its sentences stand in each state, and how many claims it gave."""

    article: FiledArticle
    sentences: Mapping[SentenceState, int]
    claims: int


@dataclass(frozen=True, slots=True)
class ArticleInFull:
    """An article with the ledger of its sentences and the runs that asked about them.

    `uncovered` holds, by sentence, the numbers and names that no claim of it holds. `sources` are where it was read,
    `later` the numbers of the versions after it.
    """

    article: FiledArticle
    sentences: tuple[Sentence, ...]
    runs: tuple[FiledRun, ...]
    claims: int
    uncovered: Mapping[int, Sequence[str]]
    sources: tuple[ArticleSource, ...] = ()
    later: tuple[int, ...] = ()


def claim(stores: Stores, number: int, viewer: str | None) -> QueuedClaim:
    """A claim as this person may see it. Raises NotFoundError."""
    return stores.queue.claim(number, stores.clock(), viewer)


def claim_in_context(stores: Stores, number: int, viewer: str | None) -> ClaimInContext:
    """A claim as this person may see it, with the article's words around it. Raises NotFoundError."""
    found = claim(stores, number, viewer)
    filed = next(iter(stores.ledger.filed([found.article_id])), None)
    if filed is None:
        return ClaimInContext(found, None, ())
    wanted = found.claim.anchor.sentence_ids
    around = (one for one in stores.ledger.sentences(filed.id) if one.position in wanted)
    return ClaimInContext(found, filed, tuple(one.span.cut(filed.article.text) for one in around))


def claims(stores: Stores, query: ClaimQuery, limit: int | None = None) -> Iterator[QueuedClaim]:
    """The claims that fit, by number, one at a time: all of a large desk fit in little memory.

    Raises NotFoundError for an article that is not there.
    """
    if query.article_id is not None:
        stores.ledger.article(query.article_id)
    return stores.queue.find(query, stores.clock(), limit)


def require_any(stores: Stores, query: ClaimQuery) -> None:
    """Raise NotFoundError if no claim fits, whatever state those are in."""
    if next(claims(stores, query, 1), None) is None:
        if query.number is not None:
            claim(stores, query.number, None)
        raise NoSuchClaimError("no claim is one of those asked for")


def page_of_claims(stores: Stores, query: ClaimQuery, limit: int | None) -> Page[QueuedClaim]:
    """The first claims that fit, by number, at most `limit`. Raises NotFoundError as `claims` does."""
    found = tuple(claims(stores, query, limit))
    # A page that is not full holds all there is: only behind a full one is there something to count.
    return Page(found, stores.queue.count(query, stores.clock()) if len(found) == limit else len(found))


def held_claims(stores: Stores, reviewer: str) -> tuple[int, ...]:
    """Numbers of the claims that the reviewer holds."""
    return stores.queue.held_by(require_reviewer(reviewer), stores.clock())


def history(stores: Stores, reviewer: str, limit: int) -> tuple[PastDecision, ...]:
    """The reviewer's last decisions that were not undone, latest first."""
    return stores.queue.history(reviewer, stores.clock(), limit)


def articles(stores: Stores, limit: int | None) -> Page[ArticleOverview]:
    """The articles, oldest first, at most `limit`."""
    found = [ArticleOverview(*one) for one in stores.ledger.articles()]
    return Page(tuple(found[:limit]), len(found))


def article(stores: Stores, number: int) -> ArticleInFull:
    """An article with all that was asked about it. Raises NotFoundError."""
    from factcheck.text.uncovered import uncovered_of  # noqa: PLC0415 - most commands look up and read no text

    filed, sentences = stores.ledger.article(number), stores.ledger.sentences(number)
    standing = as_standing_in(stores.ledger, number, claims(stores, ClaimQuery(article_id=number)))
    found = [one.claim for one in standing]
    uncovered = uncovered_of(filed.article, sentences, found)
    runs, sources = stores.ledger.runs(number), stores.ledger.sources(number)
    return ArticleInFull(filed, sentences, runs, len(found), uncovered, sources, stores.ledger.later_versions(number))


def changes(stores: Stores, number: int) -> tuple[FiledArticle, FiledArticle, tuple[ChangedSentence, ...]]:
    """The version before an article, the article, and each sentence that is not the same. Raises NotFoundError."""
    from factcheck.workflow.link_versions import changes as found  # noqa: PLC0415 - as in `article`

    filed = stores.ledger.article(number)
    if filed.previous_id is None:
        later = stores.ledger.later_versions(number)
        told = f"; article {later[0]} is the version after it" if later else ""
        raise NoSuchArticleError(f"article {number} has no version before it{told}")
    before = stores.ledger.article(filed.previous_id)
    return before, filed, found(stores.ledger, filed, before)


def page_as_served(stores: Stores, number: int) -> Snapshot:
    """What an article was read from: the first page, else the first file. Raises NotFoundError, and BrokenRowError."""
    stores.ledger.article(number)
    sources = stores.ledger.sources(number)
    if not sources:
        raise NoSuchArticleError(f"article {number} has no page: it was filed without what it was read from")
    source = next((one for one in sources if one.url), sources[0])
    snapshot = stores.queue.snapshot(source.sha256)
    if snapshot is None or snapshot.sha256 != source.sha256:
        raise BrokenRowError(f"row {source.sha256} is damaged: table 'snapshot' holds other bytes, or none")
    return snapshot


def runs(stores: Stores, article_id: int | None, limit: int | None) -> Page[FiledRun]:
    """The runs on one article, or all, oldest first, at most `limit`. Raises NotFoundError for an unknown article."""
    if article_id is not None:
        stores.ledger.article(article_id)
    found = stores.ledger.runs(article_id)
    return Page(found[:limit], len(found))


def log_head(stores: Stores) -> Head | None:
    """The last event of the log with its hash; None while there is none."""
    return stores.log.head()


def log_origin(stores: Stores) -> str | None:
    """The hash of the log's first event, which is the desk's own wherever it is copied; None while there is none."""
    return stores.log.origin()


def verify_log(stores: Stores, noted: Collection[str] = ()) -> Verification:
    """Whether the event log is whole and holds the hashes that were noted, and whether what stands follows from it."""
    return stores.log.verify(noted)


def linked_events(stores: Stores) -> Iterator[LinkedEvent]:
    """Every event with its hashes, oldest first, nothing left out."""
    return stores.log.linked()


def compare_runs(stores: Stores, first: int, second: int) -> Comparison:
    """What changed between two runs on one article. Raises NotFoundError."""
    return Comparison(stores.ledger.answers(first), stores.ledger.answers(second))


def events(
    stores: Stores, viewer: str | None, claim_id: int | None = None, limit: int | None = None
) -> tuple[Event, ...]:
    """The last events, of one claim or of all, oldest first. Raises NotFoundError.

    While a second reading of a claim is out, what others did with it is told without its details, and what they left
    on it without its name too, as is evidence for which nobody is named. What stands in a draft is told to nobody but
    its writer, at any time, nor what was taken back while its claim waits for a first reading again: who reads the log
    today may be the second reader tomorrow.
    """
    now = stores.clock()
    if claim_id is not None:
        stores.queue.claim(claim_id, now)
    # The log is read before the states: a first verdict that is given in between is then not in it yet.
    found = stores.log.events(claim_id, limit)
    blind = {one for status in Stage.SECOND.states for one in stores.queue.numbers_of(ClaimQuery(status), now)}
    undone = {one.undoes for one in found if one.undoes is not None}
    others = [one for one in found if one.id in undone and one.actor not in {viewer, None}]
    claims_of = {one.claim_id for one in others if one.claim_id is not None} - blind
    anew = {
        one
        for one in claims_of
        if any(stores.queue.numbers_of(ClaimQuery(status, number=one), now) for status in Stage.FIRST.states)
    }
    unsaid = {one.id for one in others if one.claim_id in anew}
    return tuple(
        one if _is_open_to(one, viewer) else _as_seen(one, is_blind=one.claim_id in blind, is_unsaid=one.id in unsaid)
        for one in found
    )


def _is_open_to(event: Event, viewer: str | None) -> bool:
    """Whether the event is the viewer's own, or a machine's; evidence that nobody is named for is nobody's own."""
    return event.action not in _OF_EVIDENCE if event.actor is None else event.actor == viewer


def _as_seen(event: Event, *, is_blind: bool, is_unsaid: bool) -> Event:
    """What somebody else did. A verdict would tell what the first reader thinks, and so would that there is a flag."""
    if is_blind and event.action not in _KEPT_OPEN:
        told = event.action if event.action in _TOLD_BY_STATE else "hidden"
        return replace(event, action=told, details={"hidden": "a second reading is out"})
    if event.action == DRAFTED:
        return replace(event, details={"hidden": "a draft is for its writer alone"})
    if is_unsaid:
        return replace(event, details={"hidden": "it was taken back"})
    return event
