"""What the command's exit code says. factcheck/cli/README.md lists them; a test compares."""

from enum import IntEnum
from typing import Self

from factcheck import errors


class ExitCode(IntEnum):
    """Every way in which the command can end."""

    OK = 0, "done"
    BUG = 1, "a mistake in this program; its traceback is on stderr"
    USAGE = 2, "the command line is wrong: an unknown command, option, label or name"
    INPUT = 3, "an article, or what others have checked, cannot be read"
    MODEL = 4, "the model cannot be asked: no model, no key, a refused key, no server"
    RECORDING = 5, "the recording is missing, broken, or does not fit"
    CONFLICT = 7, "somebody else holds the claim or has to act, its state forbids it, or nothing is left to undo"
    NOT_FOUND = 6, "no such article, claim or run, or no ClaimReview to lint or import"
    DATABASE = (
        8,
        "the database cannot be opened, read or written, or is from a newer version; or rows of it are damaged",
    )
    OUTPUT = 9, "a report, a recording or stdout cannot be written"
    INCOMPLETE = (
        10,
        "the extraction ended, and some sentences failed, stand beyond the budget or are in a batch; the rest is saved",
    )
    NOTHING_FREE = 11, "no claim is free; stderr says why"
    SOURCE_GONE = 12, "a page of the evidence is gone, or the quote is gone from it"
    BROKEN_LOG = (
        13,
        "the event log is not what was written, or the desk not what the log says; stderr names events and rows",
    )
    BROKEN_RULE = 14, "a ClaimReview that was linted breaks a rule, or stands in JSON that strict readers skip"
    DIFFERENT = 15, "a run that was played again gave other claims, or put sentences into other states"
    INTERRUPTED = 130, "stopped with Ctrl-C, SIGTERM or SIGHUP; what had landed is saved"

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """A number with a sentence on what it means."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


_BY_ERROR: tuple[tuple[type[errors.FactcheckError], ExitCode], ...] = (
    (errors.SourceError, ExitCode.INPUT),
    (errors.CheckServiceError, ExitCode.INPUT),
    (errors.InputError, ExitCode.USAGE),
    (errors.ModelError, ExitCode.MODEL),
    (errors.RecordingError, ExitCode.RECORDING),
    (errors.NotFoundError, ExitCode.NOT_FOUND),
    (errors.ConflictError, ExitCode.CONFLICT),
    (errors.BudgetReachedError, ExitCode.INCOMPLETE),
    (errors.NothingToUndoError, ExitCode.CONFLICT),
    (errors.DatabaseError, ExitCode.DATABASE),
    (errors.OutputError, ExitCode.OUTPUT),
)


def exit_code_of(error: errors.FactcheckError) -> ExitCode:
    """The exit code for an error of this package."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), ExitCode.BUG)
