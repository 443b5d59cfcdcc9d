"""What to look for in the queue."""

from dataclasses import dataclass, replace

from factcheck.domain.states import ClaimStatus, EditorialState


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Claims of one status, of one article, holding all of some words; None asks for any.

    `settled` asks for those whose readings have ended in a verdict, `flagged` for those that a
    reviewer wants the editor to look at.
    """

    status: ClaimStatus | None = None
    article_id: int | None = None
    words: tuple[str, ...] = ()
    editorial: EditorialState | None = None
    settled: bool = False
    flagged: bool = False

    def to_sign_off(self) -> "ClaimQuery":
        """Only those of them that wait for the editor's sign-off."""
        return replace(self, editorial=EditorialState.OPEN, settled=True)
