"""Already checked? The desk's own verdicts, others' checks, and claims that wait elsewhere: all are suggestions."""

from dataclasses import dataclass

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim
from factcheck.workflow.find_alike import SHOWN, find_alike
from factcheck.workflow.find_known import AlikeKnown, known_alike
from factcheck.workflow.find_waiting import find_waiting
from factcheck.workflow.known_ports import KnownClaims
from factcheck.workflow.ports import PastVerdicts
from factcheck.workflow.review_claim import Desk


@dataclass(frozen=True, slots=True)
class AlreadyChecked:
    """What may say the same as a claim: settled claims of the desk, what others have checked, and what still waits."""

    past: tuple[PastClaim, ...] = ()
    known: tuple[AlikeKnown, ...] = ()
    waiting: tuple[QueuedClaim, ...] = ()


def already_checked(
    desk: Desk, past: PastVerdicts, known: KnownClaims, claim: QueuedClaim, viewer: str | None, most: int = SHOWN
) -> AlreadyChecked:
    """The likeliest of each, at most so many of each, as this person may see them."""
    mine = find_alike(desk, past, claim, viewer, most)
    return AlreadyChecked(mine, known_alike(known, past, claim.words, most), find_waiting(desk, claim, most))
