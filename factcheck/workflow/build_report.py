"""Gather what a report says, for some claims, one article or the whole desk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from factcheck.domain.article import FiledArticle
from factcheck.domain.page import PLAIN, PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, RatingScale
from factcheck.domain.report import Masthead, Report, ReportedArticle, ReportScope
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import ClaimQuery
from factcheck.errors import EmptyDeskError, NoSuchClaimError
from factcheck.workflow.ports import Ledger, Queue
from factcheck.workflow.standing_claims import as_standing_in

_WHEN_EVERY_LEASE_IS_OVER = datetime(9999, 1, 1, tzinfo=UTC)
"""No lease counts in a report: the same database gives the same report at any time."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Where a report's matter comes from, who publishes it, and the version of the program that writes it."""

    ledger: Ledger
    queue: Queue
    tool_version: str
    scales: tuple[RatingScale, ...] = (TRUTH_5,)
    publisher: Publisher | None = None
    look: PageLook = PLAIN

    def masthead(self, scope: ReportScope) -> Masthead:
        """What the report on this scope says of itself."""
        return Masthead(self.tool_version, scope, self.scales, self.publisher, self.look)


def build_report(newsroom: Newsroom, scope: ReportScope) -> Report:
    """The whole report. Raises NotFoundError if there is nothing to report on."""
    return Report(newsroom.masthead(scope), tuple(reported_articles(newsroom, scope)))


def reported_articles(newsroom: Newsroom, scope: ReportScope) -> Iterator[ReportedArticle]:
    """The articles of a report, oldest first, one in memory at a time.

    An article without a claim to report is left out unless it is asked for. Raises NotFoundError, before the
    first article is asked for.
    """
    numbers = _asked_for(newsroom, scope)
    is_named = scope.article_id is not None or bool(scope.claim_ids)
    # Of all that is on the desk each claim is told once, where it stands last: versions of an article share theirs.
    moved = {} if is_named else newsroom.ledger.newest_places()
    numbers = numbers if is_named else sorted({*numbers, *moved.values()})
    every = (_reported(one, newsroom, scope, moved) for one in newsroom.ledger.filed(numbers))
    return (one for one in every if one.claims or is_named)


def _asked_for(newsroom: Newsroom, scope: ReportScope) -> Iterable[int]:
    """The numbers of the articles."""
    if scope.article_id is not None:
        return [newsroom.ledger.article(scope.article_id).id]
    if scope.claim_ids:
        return sorted({article_id for one in scope.claim_ids for article_id in _articles_of(one, newsroom)})
    # Most articles of a large desk may have nothing to report, and reading each with its sentences takes a millisecond.
    numbers = newsroom.queue.articles_of(ClaimQuery(signed_off=not scope.drafts), _WHEN_EVERY_LEASE_IS_OVER)
    if not numbers and next(iter(newsroom.ledger.articles()), None) is None:
        raise EmptyDeskError("there is no article to report on")
    return numbers


def _articles_of(claim_id: int, newsroom: Newsroom) -> tuple[int, ...]:
    """The number of the claim's article, whatever has become of the claim's row. Raises NoSuchClaimError."""
    found = newsroom.queue.articles_of(ClaimQuery(number=claim_id), _WHEN_EVERY_LEASE_IS_OVER)
    if not found:
        raise NoSuchClaimError(f"there is no claim {claim_id}")
    return found


def _reported(filed: FiledArticle, newsroom: Newsroom, scope: ReportScope, moved: Mapping[int, int]) -> ReportedArticle:
    sentences = newsroom.ledger.sentences(filed.id)
    words = {one.position: one.span.cut(filed.article.text) for one in sentences}
    found = newsroom.queue.find(ClaimQuery(article_id=filed.id), _WHEN_EVERY_LEASE_IS_OVER)
    here = (one for one in found if moved.get(one.id, filed.id) == filed.id)
    claims = list(as_standing_in(newsroom.ledger, filed.id, here))
    held = sorted(filter(scope.holds, claims), key=lambda one: (one.claim.anchor.sentence_ids or (0,), one.id))
    reported = tuple(reported_claim(one, words) for one in held)
    return ReportedArticle(filed, sentences, reported, len(claims) - len(held))
