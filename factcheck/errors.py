"""Every error that this package raises on purpose.

    FactcheckError
    ├── InputError              what the user named cannot be read or used
    │   ├── SourceError         the file, page or stream of an article or of evidence
    │   │   ├── PageGoneError     the page, or the host's name, is not there any more
    │   │   └── PageRefusedError  an address that is not fetched: private, or no web page's
    │   └── UnknownLabelError   a verdict label that the scale does not hold
    ├── NotFoundError           no such article, claim or run in the database
    ├── ConflictError           somebody else holds the claim, or it is decided already
    │   ├── ArticleBusyError    another process is asking about the article
    │   └── MovedOnError        the claim is not what the person has read any more
    ├── NothingToUndoError      this reviewer has no decision left to take back
    ├── BudgetReachedError      the next call might cost more than what is left of the budget
    ├── ModelError              the model's side
    │   ├── ModelSetupError     no model named, no key, or a key that is refused
    │   ├── ModelServerError    the server is not there, or refuses every call
    │   └── PromptError         a prompt file that is broken
    ├── RecordingError          a cassette that is missing, broken, or does not fit
    ├── DatabaseError           the database cannot be opened, read or written
    │   └── NewerDatabaseError  written by a newer version of this package
    └── OutputError             a report or a recording cannot be written

A message names the value, with `!r`, and says what to do next.
"""


class FactcheckError(Exception):
    """The root: the command line prints its message and nothing else."""


class InputError(FactcheckError):
    """What the user named cannot be read or used."""


class SourceError(InputError):
    """An article or evidence cannot be read from its file, page or stream."""


class PageGoneError(SourceError):
    """The page is not there, or nobody knows the name of its host."""


class PageRefusedError(SourceError):
    """The address is not fetched: it is private, or not one of a web page."""


class UnknownLabelError(InputError):
    """A verdict label that the rating scale does not hold."""


class NotFoundError(FactcheckError):
    """The database holds no such article, claim or run."""


class ConflictError(FactcheckError):
    """Somebody else holds the claim, or it is decided already."""


class ArticleBusyError(ConflictError):
    """Another process, which lives, is asking about the article."""


class MovedOnError(ConflictError):
    """The claim has changed since the person read it, in something that it is judged by."""


class NothingToUndoError(FactcheckError):
    """The reviewer has no decision left to take back."""


class BudgetReachedError(FactcheckError):
    """The next call might cost more than what is left of the budget."""


class ModelError(FactcheckError):
    """The model's side failed in a way that the next call would repeat."""


class ModelSetupError(ModelError):
    """No model is named, there is no key, or the key is refused."""


class ModelServerError(ModelError):
    """The model's server is not there, or refuses every call."""


class PromptError(ModelError):
    """A prompt file is missing or broken."""


class RecordingError(FactcheckError):
    """A cassette is missing, broken, or does not fit what is asked."""


class DatabaseError(FactcheckError):
    """The database cannot be opened, read or written."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a newer version of this package."""


class OutputError(FactcheckError):
    """A report or a recording cannot be written."""
