"""The queue that workers share, in an empty desk of PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from factcheck.jobs.queue import EngineJobs
from factcheck.jobs.shift import Pace
from factcheck.storage.database import Database

Opened = Callable[..., EngineJobs]

QUICK = Pace(silence=1.0, look=0.2, moment=0.1)
"""A worker counts as dead after a second."""


@pytest.fixture
def opened(served_desk_url: str) -> Iterator[Opened]:
    """Opens the queue, again for another worker; one that is drained leaves once nothing waits."""
    with ExitStack() as stack, closing(Database(served_desk_url)) as database:
        arguments, location = database.driver_arguments(), database.location

        def jobs(*, is_drained: bool = False) -> EngineJobs:
            return stack.enter_context(EngineJobs(arguments, location, QUICK, is_drained=is_drained))

        yield jobs


@pytest.fixture
def jobs(opened: Opened) -> EngineJobs:
    """The queue."""
    return opened()
