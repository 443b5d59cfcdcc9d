"""What an error is over HTTP: its status, and the page that tells it."""

from factcheck import errors

_STATUS: tuple[tuple[type[errors.FactcheckError], int], ...] = (
    (errors.TooManyTriesError, 429),
    (errors.NotLoggedInError, 401),
    (errors.AccessError, 403),
    (errors.NoProviderError, 503),
    (errors.MissingRoleError, 403),
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.NothingToUndoError, 409),
    (errors.BudgetReachedError, 409),
    (errors.PageUnreachableError, 503),
    (errors.InputError, 400),
    (errors.RecordingError, 400),
)


def status_of(error: errors.FactcheckError) -> int:
    """The status of an answer that tells this error; 503 where the server, or what it asks, is not able to answer."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 503)


def headers_of(error: errors.FactcheckError) -> dict[str, str]:
    """What a program, and a browser, are told of when to come again."""
    if isinstance(error, errors.TooManyTriesError):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": "5"} if isinstance(error, errors.DeskBusyError) else {}


def outcome_told(outcome: str | None, location: str) -> str | None:
    """How a run ended, for who does not keep the desk: a run that its database has ended says where that stands."""
    return errors.UNABLE if outcome and location in outcome else outcome
