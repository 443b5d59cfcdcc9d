"""The desk does not hold it, or its state or another person is in the way."""

from collections.abc import Sequence
from datetime import datetime

from factcheck.errors.root import FactcheckError


class NotFoundError(FactcheckError):
    """The database holds no such article, claim, run, evidence or person."""


class NoSuchArticleError(NotFoundError):
    """No article has the number."""


class NoSuchClaimError(NotFoundError):
    """No claim has the number."""


class NoSuchEvidenceError(NotFoundError):
    """No evidence that stands has the number."""


class NoSuchPassageError(NotFoundError):
    """The claim's last look-up has no passage of the number, or there was none."""

    def __init__(self, claim: int, number: int, passages: int) -> None:
        self.claim = claim
        super().__init__(f"the last look-up for claim {claim} has no passage {number}; it has {passages}")


class NoSuchSubmissionError(NotFoundError):
    """What somebody handed in is kept no longer: it is old, or others have handed in much since."""


class NoSuchSentenceError(NotFoundError):
    """The article has no sentence at the position."""

    def __init__(self, article: int, position: int, sentences: int) -> None:
        self.article = article
        super().__init__(f"article {article} has no sentence {position}; it has {sentences}")


class NoSuchRunError(NotFoundError):
    """No run has the number."""


class NoSuchBatchError(NotFoundError):
    """No batch that is under way has the number."""


class NoClaimReviewError(NotFoundError):
    """A source that was to be imported holds no ClaimReview."""


class NoSuchKnownSourceError(NotFoundError):
    """No claims that others have checked came from the source."""


class UnknownPersonError(NotFoundError):
    """Nobody of the desk has the name."""


class EmptyDeskError(NotFoundError):
    """The database holds no article at all."""


class ConflictError(FactcheckError):
    """The claim's state, or another person, does not allow what was asked for."""


class ArticleBusyError(ConflictError):
    """Another process, which lives, is asking about the article."""


class ExtractionsFullError(ConflictError):
    """As many extractions go on at the server as it takes at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"{most} extractions go on here, and no more begin until one of them has ended")


class HeldByBatchError(ConflictError):
    """A batch that a server has, or may have, asks about the article."""

    def __init__(self, article: int, batch: int) -> None:
        self.article, self.batch = article, batch
        super().__init__(f"batch {batch} holds sentences of article {article}")


class MovedOnError(ConflictError):
    """The claim has changed since the person read it, in something that it is judged by."""

    def __init__(self, claim: int, expected: str, stands: str) -> None:
        self.claim, self.expected, self.stands = claim, expected, stands
        super().__init__(f"claim {claim} has moved on: it was read in revision {expected!r}, and is in {stands!r} now")


class LeasedByAnotherError(ConflictError):
    """Somebody else holds the claim until a moment in UTC."""

    def __init__(self, claim: int, holder: str, until: datetime) -> None:
        self.claim, self.holder, self.until = claim, holder, until
        super().__init__(f"claim {claim} is leased by {holder!r} until {until:%Y-%m-%d %H:%M} UTC")


class NotHeldError(ConflictError):
    """The person does not hold the claim."""

    def __init__(self, claim: int, person: str) -> None:
        self.claim, self.person = claim, person
        super().__init__(f"claim {claim} is not leased by {person!r}")


class AlreadyDecidedError(ConflictError):
    """The claim has a verdict that stands."""

    def __init__(self, claim: int, reader: str, label: str) -> None:
        self.claim, self.reader, self.label = claim, reader, label
        super().__init__(f"claim {claim} was decided by {reader!r} ({label})")


class PublishedAlreadyError(ConflictError):
    """The claim's verdict is published, and its evidence stays with it."""

    def __init__(self, claim: int, evidence: int | None = None) -> None:
        self.claim, self.evidence = claim, evidence
        stays = "" if evidence is None else f", so evidence {evidence} stays"
        super().__init__(f"claim {claim} is published{stays}")


class WithdrawnError(ConflictError):
    """The claim's verdict was published and taken back, which stays: in other words it may be read anew."""

    def __init__(self, claim: int, article: int, evidence: int | None = None) -> None:
        self.claim, self.article, self.evidence = claim, article, evidence
        stays = "" if evidence is None else f", so evidence {evidence} stays as readers have seen it"
        super().__init__(f"claim {claim} was published and is withdrawn{stays}")


class SecondReadingStaysError(ConflictError):
    """A second reading cannot be taken back: it has shown its reader the first one."""

    def __init__(self, claim: int) -> None:
        self.claim = claim
        super().__init__(f"your last decision is the second reading of claim {claim}, which stays")


class OtherDecisionError(ConflictError):
    """The decision that would be taken back is another one by now than the person meant; both are events of the log."""

    def __init__(self, meant: int, stands: int) -> None:
        self.meant, self.stands = meant, stands
        super().__init__(
            f"your last decision is another one by now: event {stands}, not {meant}; nothing is taken back"
        )


class MissingQuoteError(ConflictError):
    """A source for a published verdict that nothing shows, no quote and no kept page: readers would see it at once."""

    def __init__(self, claim: int, source: str) -> None:
        self.claim, self.source = claim, source
        super().__init__(f"claim {claim} is published, and no quote was found in {source}: nothing was added")


class SettledError(ConflictError):
    """The claim is set aside in one way or another: nobody is to read it."""

    def __init__(self, claim: int, state: str) -> None:
        self.claim, self.state = claim, state
        super().__init__(f"claim {claim} is {state}")


class NotNowError(ConflictError):
    """The claim is in a state that does not allow the act."""

    def __init__(self, claim: int, state: str, act: str) -> None:
        self.claim, self.state, self.act = claim, state, act
        super().__init__(f"claim {claim} is {state}, so it cannot be {act} now")


class OtherScaleError(ConflictError):
    """A reading is on another scale, or another version of it, than the claim's first reading."""

    def __init__(self, claim: int, first: tuple[str, int], given: tuple[str, int]) -> None:
        self.claim, self.scale = claim, first[0]
        was, now = (f"{scale!r} v{version}" for scale, version in (first, given))
        super().__init__(f"claim {claim} was read on the scale {was}, this verdict is of {now}")


class NotReadyError(ConflictError):
    """Something speaks against signing the verdict off that this desk does not let pass without a reason."""

    def __init__(self, claim: int, concerns: Sequence[object]) -> None:
        self.claim, self.concerns = claim, tuple(concerns)
        super().__init__(f"claim {claim} is not ready to be signed off: {'; '.join(map(str, concerns))}")


class NoLongerReadyError(ConflictError):
    """A verdict has lost, since it was signed off, something that this desk demands before a sign-off."""

    def __init__(self, claim: int, concerns: Sequence[object]) -> None:
        self.claim, self.concerns = claim, tuple(concerns)
        super().__init__(f"claim {claim} has changed since its sign-off: {'; '.join(map(str, concerns))}")


class SuggestionsFullError(ConflictError):
    """Machines have suggested as much for the claim as people are asked to look at."""

    def __init__(self, claim: int, most: int) -> None:
        self.claim, self.most = claim, most
        super().__init__(f"machines have suggested {most} pages for claim {claim}, and no more are taken")


class OtherLookupError(ConflictError):
    """A passage was chosen in a look-up in whose place another one stands: its number may be another one's now."""

    def __init__(self, claim: int, number: int) -> None:
        self.claim = claim
        super().__init__(f"claim {claim} was looked up anew meanwhile: passage {number} may be another one now")


class SameLabelError(ConflictError):
    """A correction leaves the label as it is and is not said to be one of a typo, or the other way round."""

    def __init__(self, claim: int, label: str, *, is_typo: bool) -> None:
        self.claim, self.label = claim, label
        told = f"is {label!r}, and a typo changes no label" if is_typo else f"is {label!r} already"
        super().__init__(f"claim {claim} {told}")


class MissingRoleError(ConflictError):
    """The person does not have the role that the act takes."""

    def __init__(self, person: str, role: str) -> None:
        self.person, self.role = person, role
        super().__init__(f"{person!r} does not have the role of {role} at this desk, and it takes one")


class HasPasswordError(ConflictError):
    """Somebody who has a password is to choose a first one."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"{person!r} has a password; take it away before they choose another")


class NoEditorLeftError(ConflictError):
    """Without the person's role nobody at the desk would be an editor any more, and so nobody could give roles."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"nobody but {person!r} is an editor of this desk, and somebody has to be one")


class NothingToUndoError(FactcheckError):
    """The reviewer has no decision left to take back."""

    def __init__(self, reviewer: str, what: str = "verdict or skip") -> None:
        self.reviewer = reviewer
        super().__init__(f"{reviewer!r} has no {what} to take back")
