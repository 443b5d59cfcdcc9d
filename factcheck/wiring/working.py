"""What serves workers: the queue of articles that they share."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from factcheck.errors import MissingEngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factcheck.settings import Settings
    from factcheck.workflow.job_ports import Jobs


@contextmanager
def jobs(settings: Settings, *, creates: bool = False, is_drained: bool = False) -> Iterator[Jobs]:
    """The queue beside the desk; a worker leaves once it is empty where it `is_drained`.

    Only what `creates` may be asked for where there is no desk. Raises FileDeskError or MissingEngineError.
    """
    from factcheck.storage.database import Database

    with closing(Database(settings.db, creates=False)) as database:
        arguments = database.driver_arguments()
        if not creates:
            with database.reading():
                pass
    try:
        from factcheck.jobs.queue import EngineJobs
    except ModuleNotFoundError as error:
        message = f"jobs for workers need the package {error.name!r}, which is not installed"
        raise MissingEngineError(message) from error
    with EngineJobs(arguments, database.location, is_drained=is_drained) as found:
        yield found
