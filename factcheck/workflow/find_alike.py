"""Already checked? The desk's own verdicts on claims that may say the same, each with why and with what differs.

A suggestion decides nothing and is no evidence: it is shown, and a person carries a verdict over or does not.
"""

from datetime import datetime, timedelta

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import EditorialState
from factcheck.text.alike import compared, offered, ranked
from factcheck.workflow.ports import PastVerdicts
from factcheck.workflow.review_claim import Desk

SHOWN = 3
_LOOKED_AT = 40
_MORE = 20
"""So many of a ranking are looked at for verdicts that still stand."""


def find_alike(
    desk: Desk, past: PastVerdicts, claim: QueuedClaim, viewer: str | None, most: int = SHOWN
) -> tuple[PastClaim, ...]:
    """The settled claims most likely to say the same, the likeliest first, as this person may see them.

    Slow on a long desk's first question.
    """
    now, words = desk.clock(), claim.words
    found = [one for one in past.found(words, _LOOKED_AT) if one.number != claim.id]
    standing = []
    for one in offered(ranked(words, found, past.rarity), _MORE):
        earlier = desk.queue.claim(one.number, now, viewer)
        # It may have been taken back since, or be another reader's secret.
        if earlier.decided is not None and earlier.editorial is not EditorialState.WITHDRAWN:
            alike = compared(words, earlier.words, one.score, past.rarity)
            old = is_old(earlier.decided, now, desk.old_after)
            standing.append(PastClaim(earlier, earlier.decided, alike, old))
        if len(standing) == most:
            break
    return tuple(standing)


def is_old(verdict: Verdict, now: datetime, old_after: timedelta | None) -> bool:
    """Whether a verdict was given, or holds as of a day, longer ago than the desk trusts one."""
    if old_after is None:
        return False
    as_of = verdict.known_as_of or verdict.decided_at.date()
    return now.date() - as_of > old_after
