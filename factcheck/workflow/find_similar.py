"""Find what this desk has decided about claims in like words. It suggests, and decides nothing."""

from dataclasses import dataclass

from factcheck.domain.review import QueuedClaim
from factcheck.text.inference import content_words
from factcheck.text.likeness import contrasts, likeness
from factcheck.workflow.ports import PastVerdicts
from factcheck.workflow.review_claim import Desk

_LOOKED_AT = 20
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class SimilarVerdict:
    """A settled claim in like words, and what may set it apart."""

    claim: QueuedClaim
    contrasts: tuple[str, ...]


def similar_verdicts(
    desk: Desk, past: PastVerdicts, queued: QueuedClaim, reviewer: str, limit: int = 3
) -> tuple[SimilarVerdict, ...]:
    """The settled claims most alike in words, at most `limit`, with what may set them apart."""
    numbers = past.alike(frozenset(content_words(queued.words)), _LOOKED_AT)
    found = [desk.queue.claim(number, desk.clock(), reviewer) for number in numbers if number != queued.id]
    alike = [(likeness(one.words, queued.words), one) for one in found if one.verdict]
    best = sorted((pair for pair in alike if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(SimilarVerdict(one, contrasts(one.words, queued.words)) for _, one in best[:limit])
