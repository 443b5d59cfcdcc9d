"""Claims in pages, for programs: each page names the place behind which the next one begins."""

from dataclasses import dataclass

from factcheck.domain.numbering import LAST_NUMBER
from factcheck.domain.review import ClaimQuery, Place, QueuedClaim
from factcheck.errors import CursorError
from factcheck.workflow.ports import Stores

_PARTS = 3
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Some claims, how many fit in all, and the cursor of the next page; None behind the last one."""

    shown: tuple[QueuedClaim, ...]
    total: int
    next: str | None


def claims_page(stores: Stores, query: ClaimQuery, limit: int, cursor: str | None = None) -> ClaimsPage:
    """The claims that fit, as anybody may see them, by article and place. Raises NotFoundError, CursorError."""
    after = None if cursor is None else _place(cursor)
    if query.article_id is not None:
        stores.ledger.article(query.article_id)
    now = stores.clock()
    found = tuple(stores.queue.find(query, now, limit + 1, after))
    shown = found[:limit]
    following = "-".join(map(str, shown[-1].place)) if len(found) > limit else None
    return ClaimsPage(shown, stores.queue.count(query, now), following)


def _place(cursor: str) -> Place:
    parts = cursor.split("-")
    if len(cursor) > _LONGEST or len(parts) != _PARTS or not all(one.isascii() and one.isdigit() for one in parts):
        raise CursorError(f"{cursor[:_LONGEST]!r} is no cursor that a page has named")
    article, sentence, number = (min(int(one), LAST_NUMBER) for one in parts)
    return article, sentence, number
