"""Also in other articles: claims that wait to be read and say the same, so that one reading can serve them all."""

from itertools import islice

from factcheck.domain.review import ClaimInBrief, ClaimQuery, QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.errors import ConflictError
from factcheck.text.alike import says_the_same, telling_words
from factcheck.workflow.review_claim import Desk

_LOOKED_AT = 200


def find_waiting(desk: Desk, claim: QueuedClaim, most: int) -> tuple[QueuedClaim, ...]:
    """The claims of other articles that nobody has read and that say the same, in the desk's order.

    The words of all that wait are read through for that: a tenth of a second where there are a hundred thousand.
    """
    now = desk.clock()
    query = ClaimQuery(status=ClaimStatus.QUEUED, words=telling_words(claim.words))
    found = (one for one in desk.queue.in_brief(query, now, _LOOKED_AT) if are_twins(claim, one))
    return tuple(desk.queue.claim(one.id, now) for one in islice(found, most))


def next_waiting(desk: Desk, claim: QueuedClaim) -> QueuedClaim:
    """The first of them. Raises ConflictError where none waits."""
    found = find_waiting(desk, claim, 1)
    if not found:
        raise ConflictError(f"no other article has a claim that waits and says the same as claim {claim.id}")
    return found[0]


def are_twins(claim: QueuedClaim, other: QueuedClaim | ClaimInBrief) -> bool:
    """Whether two claims of different articles say the same."""
    return claim.article_id != other.article_id and says_the_same(claim.words, other.words)
