"""Already checked? The desk's own verdicts beside others' checks: suggestions, each with what sets it apart."""

from dataclasses import dataclass

from factcheck.domain.alike import PastClaim
from factcheck.domain.review import QueuedClaim
from factcheck.workflow.find_alike import SHOWN, find_alike
from factcheck.workflow.find_known import AlikeKnown, known_alike
from factcheck.workflow.known_ports import KnownClaims
from factcheck.workflow.ports import PastVerdicts
from factcheck.workflow.review_claim import Desk


@dataclass(frozen=True, slots=True)
class AlreadyChecked:
    """What may say the same as a claim: settled claims of the desk, and what others have checked."""

    past: tuple[PastClaim, ...] = ()
    known: tuple[AlikeKnown, ...] = ()


def already_checked(
    desk: Desk, past: PastVerdicts, known: KnownClaims, claim: QueuedClaim, viewer: str | None, most: int = SHOWN
) -> AlreadyChecked:
    """The likeliest of either, at most so many of each, as this person may see them."""
    return AlreadyChecked(find_alike(desk, past, claim, viewer, most), known_alike(known, claim.words, most))
