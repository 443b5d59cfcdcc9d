"""The database, and the files that are written."""

from collections.abc import Mapping

from factcheck.errors.root import FactcheckError

_SHOWN = 16  # digits of a hash


class DatabaseError(FactcheckError):
    """The database cannot be opened, read or written."""

    is_inner = True


class DatabaseLocationError(DatabaseError):
    """What was named does not lead to a database that answers."""


class UnusableDatabaseError(DatabaseError):
    """The database is a file that cannot be used as it is, or needs a driver that is missing."""


class MovedFileError(DatabaseError):
    """The database's file was taken away while it was in use, or another was put in its place."""


class MissingDriverError(DatabaseError):
    """The database is one of a kind whose driver is not installed."""


class MissingRightsError(DatabaseError):
    """The server lets this role not do what is asked for."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a newer version of this package."""


class OlderDatabaseError(DatabaseError):
    """A server keeps a desk of an older version, which nobody changes for all others by the way."""


class NoDeskError(DatabaseError):
    """There is no database where one was named, or nothing in it."""


class ForeignDatabaseError(DatabaseError):
    """The database was made by something else, and is left as it is."""


class BrokenRowError(DatabaseError):
    """A row of the database holds what no version of this package has written. `rest` is what else stands in it."""

    def __init__(self, message: str, rest: Mapping[str, object] | None = None) -> None:
        self.rest = rest or {}
        super().__init__(message)


class FileDeskError(DatabaseError):
    """The database is a file, and what is asked for takes a server."""


class MissingEngineError(DatabaseError):
    """What keeps jobs for workers is not installed."""


class ServerDatabaseError(DatabaseError):
    """The database is kept by a server, which copies it with tools of its own."""


class ArchivedDeskError(DatabaseError):
    """The copy of a desk is damaged, or its event log is."""


class HalfCopiedError(DatabaseError):
    """The database was copied without what SQLite keeps beside it."""


class UnfinishedCopyError(DatabaseError):
    """The database holds half a copy of another desk."""


class OvertakenCopyError(DatabaseError):
    """Another copy into the same database was begun while this one was under way."""


class DeskExistsError(DatabaseError):
    """A desk stands where one was to be copied to."""


class OutputError(FactcheckError):
    """A report or a recording cannot be written."""

    is_inner = True


class HeadsWriteError(OutputError):
    """The log's last hash cannot be appended to the file that the settings name for it."""

    def __init__(self, path: str, reason: str | None, *, is_published: bool = False) -> None:
        self.path, self.is_published = path, is_published
        done = "what was done is stored and stands" if is_published else "nothing was published or changed"
        super().__init__(f"the last hash of the log cannot go to {path!r}: {reason}; {done}")


class FolderBusyError(OutputError):
    """A folder is being written to by another run."""


class OtherDeskError(OutputError):
    """A folder holds what was written from another desk. `held` and `own` are the first hashes of the two logs."""

    def __init__(self, folder: str, location: str, held: str, own: str | None) -> None:
        begins = f"begins with {own[:_SHOWN]!r}" if own else "holds no event"
        was = f"the folder {folder!r} was written from another desk, whose log begins with {held[:_SHOWN]!r}"
        super().__init__(f"{was}; that of {location!r} {begins}")


class MovedPagesError(OutputError):
    """A folder's pages are found at other addresses than those that would be written there."""

    def __init__(self, folder: str, was: str, now: str) -> None:
        super().__init__(f"the pages in {folder!r} stand at {was!r}, and claim_url_pattern is {now!r}")


class TargetExistsError(OutputError):
    """What is to be written is there already."""
