"""Read sources, file their articles, and let workers ask about them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from factcheck.errors import SourceError
from factcheck.workflow.extract_batch import Wanted
from factcheck.workflow.job_ports import IsOver, Jobs
from factcheck.workflow.listing_ports import ReadingProgress
from factcheck.workflow.plan_extraction import ExtractionSession
from factcheck.workflow.ports import Stores
from factcheck.workflow.read_sources import ReadSources, is_pending

_AT_ONCE = 100
_LONGEST = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Enqueued:
    """How many articles were put into the queue, waited in it or were in a worker's hands, and have nothing to ask."""

    put: int = 0
    waiting: int = 0
    answered: int = 0
    unread: tuple[SourceError, ...] = ()


def enqueue_articles(
    stores: Stores,
    jobs: Jobs,
    opening: AbstractContextManager[ExtractionSession],
    wanted: Wanted,
    told: ReadingProgress,
    is_over: IsOver = lambda: False,
) -> Enqueued:
    """Put the articles of sources into the queue as they are read, and articles that are in.

    What ends it early, as `is_over` may, loses nothing: the same sources put the rest there. Raises NotFoundError for
    an article that is not in, before anything is read, and DatabaseError.
    """
    for number in (*wanted.articles, *wanted.retried):
        stores.ledger.article(number)
    unread: list[SourceError] = []
    put = read = answered = 0
    with opening as session:
        reading = ReadSources(session, told, stores.visits, wanted.choice, unread)
        found = reading.filed(wanted.sources, stores.ledger, stores.clock, lambda: None)
        for some in _in_parts(chain(found, wanted.articles, wanted.retried), stores):
            asked = [one for one in some if one in wanted.retried or is_pending(stores.ledger, one)]
            read, answered = read + len(asked), answered + len(some) - len(asked)
            put += jobs.put(asked) if asked else 0
            if is_over():
                break
    return Enqueued(put, read - put, answered, tuple(unread))


def _in_parts(numbers: Iterator[int], stores: Stores) -> Iterator[list[int]]:
    """The numbers, some at a time: so many that the queue is not slow, so soon that workers need not wait."""
    some: list[int] = []
    began = stores.clock()
    for number in numbers:
        if number not in some:
            some.append(number)
        if len(some) == _AT_ONCE or stores.clock() - began > _LONGEST:
            yield some
            some, began = [], stores.clock()
    yield some
