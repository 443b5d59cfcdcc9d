"""What an error is over HTTP: its status, and the page that tells it."""

from factcheck import errors
from factcheck.web.office import Office

_STATUS: tuple[tuple[type[errors.FactcheckError], int], ...] = (
    (errors.TooManyTriesError, 429),
    (errors.NotLoggedInError, 401),
    (errors.AccessError, 403),
    (errors.MissingRoleError, 403),
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.NothingToUndoError, 409),
    (errors.BudgetReachedError, 409),
    (errors.InputError, 400),
    (errors.RecordingError, 400),
)

_INNER = errors.DatabaseError, errors.OutputError
UNABLE = "the desk cannot answer now"


def is_inner(error: errors.FactcheckError) -> bool:
    """Whether its words are for whoever keeps the desk alone: they may name folders and servers."""
    return isinstance(error, _INNER)


def outcome_told(office: Office, outcome: str) -> str:
    """How a run has ended; no error in it tells where the database stands, where people have passwords."""
    return UNABLE if office.asks_passwords and office.stores.location in outcome else outcome


def status_of(error: errors.FactcheckError) -> int:
    """The status of an answer that tells this error; 503 where the server, or what it asks, is not able to answer."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 503)
