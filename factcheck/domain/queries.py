"""What to look for in the queue."""

from dataclasses import dataclass

from factcheck.domain.states import ClaimStatus


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Claims of one status, of one article, holding all of some words; None asks for any."""

    status: ClaimStatus | None = None
    article_id: int | None = None
    words: tuple[str, ...] = ()
