"""Every error that this package raises on purpose, by family.

    FactcheckError
    ├── InputError            what the user named cannot be read or used
    │   └── SourceError         the file, page or stream of an article or of evidence
    ├── NotFoundError         the database does not hold it
    ├── ConflictError         the claim's state, or another person, is in the way
    ├── NothingToUndoError    this reviewer has no decision left to take back
    ├── BudgetReachedError    the next call might cost more than what is left of the budget
    ├── ModelError            the model's side
    │   ├── ModelSetupError     the model, or the key, is not one that can be used
    │   ├── ModelServerError    the server is not there, or refuses every call
    │   └── PromptError         a prompt file that is broken
    ├── RecordingError        a recording that is missing, broken, or does not fit
    ├── DatabaseError         the database cannot be opened, read or written
    └── OutputError           a report or a recording cannot be written

A message tells facts, each value with `!r`: what, who, until when, which number. What to type or to
press next is added by each front, from its own table of these classes. Facts that advice needs are
attributes, and then the class makes the message out of them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime


class FactcheckError(Exception):
    """The root: a front prints its message with the advice that it has, and nothing else."""


class InputError(FactcheckError):
    """What the user named cannot be read or used."""


class SourceError(InputError):
    """An article or evidence cannot be read from its file, page or stream."""


class PageGoneError(SourceError):
    """The page is not there, or nobody knows the name of its host."""


class PageRefusedError(SourceError):
    """The address is not fetched: it is private, or not one of a web page."""


class PrivateAddressError(PageRefusedError):
    """The address leads into a network that is not public."""


class LongListingError(SourceError):
    """A stranger lists more pages than are read without being asked for."""


class ParsingLimitError(SourceError):
    """What strangers wrote takes longer to read, or more memory, than the desk allows."""


class EncodingError(SourceError):
    """A text cannot be read in the encoding that was named or supposed."""


class StubError(SourceError):
    """A page was read that does not look like a whole article."""


class ArchiveError(SourceError):
    """The archive that was asked to save a page has not saved it."""


class NamelessError(InputError):
    """A person who acts has no name."""


class MisspeltNameError(InputError):
    """A name that nobody at the desk has used, and that is nearly the one of somebody who has."""

    def __init__(self, name: str, meant: str) -> None:
        self.name, self.meant = name, meant
        super().__init__(f"nobody here is called {name!r}, but somebody is called {meant!r}")


class NoSourceError(InputError):
    """Evidence names nothing that it rests on."""


class UnknownLabelError(InputError):
    """A verdict label that the rating scale does not hold."""

    def __init__(self, label: str, scale: str, labels: Sequence[str]) -> None:
        self.label, self.scale, self.labels = label, scale, tuple(labels)
        super().__init__(f"{label!r} is not a label of the scale {scale}; it has: {', '.join(labels)}")


class ForeignLabelError(InputError):
    """The config file asks for second readings of a label that no rating scale has."""

    def __init__(self, label: str, labels: Iterable[str]) -> None:
        self.label, self.labels = label, tuple(labels)
        super().__init__(f"second_reading.labels names {label!r}; the scales have: {', '.join(self.labels)}")


class BrokenScaleError(InputError):
    """The file of a rating scale does not hold one."""


class ConfigFileError(InputError):
    """The config file cannot be read, or holds what nobody understands."""


class PricesFileError(InputError):
    """The price file cannot be read."""


class HeadsFileError(InputError):
    """The file of the log's hashes cannot be read, or holds something else."""


class UnknownPriceError(InputError):
    """A budget is set for a model whose price is not known."""


class NoBatchModelError(InputError):
    """Batches are asked for of a model that takes none."""


class ArticleTooLongError(InputError):
    """An article takes more calls than a batch may hold."""


class OtherArticleError(InputError):
    """Two runs that are to be compared asked about two articles."""


class NotFoundError(FactcheckError):
    """The database holds no such article, claim, run, evidence or person."""


class NoSuchArticleError(NotFoundError):
    """No article has the number."""


class NoSuchClaimError(NotFoundError):
    """No claim has the number."""


class NoSuchEvidenceError(NotFoundError):
    """No evidence that stands has the number."""


class NoSuchSentenceError(NotFoundError):
    """The article has no sentence at the position."""

    def __init__(self, article: int, position: int, sentences: int) -> None:
        self.article = article
        super().__init__(f"article {article} has no sentence {position}; it has {sentences}")


class NoSuchRunError(NotFoundError):
    """No run has the number."""


class NoSuchBatchError(NotFoundError):
    """No batch that is under way has the number."""


class UnknownPersonError(NotFoundError):
    """Nobody of the desk has the name."""


class EmptyDeskError(NotFoundError):
    """The database holds no article at all."""


class ConflictError(FactcheckError):
    """The claim's state, or another person, does not allow what was asked for."""


class ArticleBusyError(ConflictError):
    """Another process, which lives, is asking about the article."""


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


class NothingToUndoError(FactcheckError):
    """The reviewer has no decision left to take back."""

    def __init__(self, reviewer: str, what: str = "verdict or skip") -> None:
        self.reviewer = reviewer
        super().__init__(f"{reviewer!r} has no {what} to take back")


class BudgetReachedError(FactcheckError):
    """The next call might cost more than what is left of the budget."""


class ModelError(FactcheckError):
    """The model's side failed in a way that the next call would repeat."""


class ModelSetupError(ModelError):
    """The model, or the key, is not one that can be used."""


class NoModelNamedError(ModelSetupError):
    """Nobody has said which model is to be asked."""


class NoKeyError(ModelSetupError):
    """There is no key to ask the model with."""


class RefusedKeyError(ModelSetupError):
    """The server refuses the key, or the key cannot even be sent."""


class UnknownModelError(ModelSetupError):
    """The server does not know the model."""


class ModelServerError(ModelError):
    """The model's server is not there, or refuses every call."""


class NoServerError(ModelServerError):
    """Nothing answers at the server's address."""


class RedirectedError(ModelServerError):
    """The server sends every call on to another address."""


class RefusedFormError(ModelServerError):
    """The server refuses the request, perhaps for the method by which it asks for structured answers."""

    def __init__(self, model: str, reason: str, method: str, others: Sequence[str]) -> None:
        self.model, self.method, self.others = model, method, tuple(others)
        super().__init__(f"{model!r} cannot be asked: {reason}")


class NoBatchesError(ModelServerError):
    """The server takes no batches, or not this one."""


class UnsureBatchError(ModelServerError):
    """The server was asked to take a batch, and has not said whether it did."""


class OtherServerError(ModelServerError):
    """A batch is with another server than the one that is set."""

    def __init__(self, batch: int, server: str, named: str) -> None:
        self.batch, self.server = batch, server
        super().__init__(f"batch {batch} is with the server {server!r}, not {named!r}")


class PromptError(ModelError):
    """A prompt file is missing or broken."""


class RecordingError(FactcheckError):
    """A recording is missing, broken, or does not fit what is asked."""


class BrokenRecordingError(RecordingError):
    """The file is not a recording of this program, or a broken one."""


class NoRecordingError(RecordingError):
    """The recording's file cannot be read."""


class RecordingLimitError(RecordingError):
    """The recording takes longer to read, or more memory, than the desk allows."""


class OtherRecordingError(RecordingError):
    """The recording that a run was made with is not there, or not the same any more."""


class RunNotRecordedError(RecordingError):
    """A run was made without a recording."""


class NotInRecordingError(RecordingError):
    """The recording does not hold what is asked."""


class DatabaseError(FactcheckError):
    """The database cannot be opened, read or written."""


class DatabaseLocationError(DatabaseError):
    """What was named does not lead to a database that answers."""


class UnusableDatabaseError(DatabaseError):
    """The database is a file that cannot be used as it is, or needs a driver that is missing."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a newer version of this package."""


class NoDeskError(DatabaseError):
    """There is no database where one was named, or nothing in it."""


class ForeignDatabaseError(DatabaseError):
    """The database was made by something else, and is left as it is."""


class BrokenRowError(DatabaseError):
    """A row of the database holds what no version of this package has written."""


class ServerDatabaseError(DatabaseError):
    """The database is kept by a server, which copies it with tools of its own."""


class ArchivedDeskError(DatabaseError):
    """The copy of a desk is damaged, or its event log is."""


class HalfCopiedError(DatabaseError):
    """The database was copied without what SQLite keeps beside it."""


class OutputError(FactcheckError):
    """A report or a recording cannot be written."""


class HeadsWriteError(OutputError):
    """The log's last hash cannot be appended to the file that the settings name for it."""

    def __init__(self, path: str, reason: str | None, *, is_published: bool = False) -> None:
        self.path, self.is_published = path, is_published
        done = "what was done is stored and stands" if is_published else "nothing was published or changed"
        super().__init__(f"the last hash of the log cannot go to {path!r}: {reason}; {done}")


class TargetExistsError(OutputError):
    """What is to be written is there already."""
