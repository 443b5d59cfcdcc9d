"""The model, its price, or the recording of its answers."""

from collections.abc import Sequence

from factcheck.errors.root import FactcheckError


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


class LateAnswersError(ModelServerError):
    """A batch is over, and its server's files do not hold all of its answers: they may come yet."""

    def __init__(self, batch: int, lacking: int, requests: int) -> None:
        self.batch, self.lacking, self.requests = batch, lacking, requests
        super().__init__(
            f"batch {batch} is over, and the server's files lack the answers to {lacking:,} of {requests:,} requests"
        )


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
