"""Jobs: articles that wait for a worker, and what becomes of those that fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_FAILURES = 3
"""A job that has failed so often waits for a person."""
MOST_DEATHS = 5
"""So many workers may end with a job in hand: they may have been killed for reasons of their own."""

_PUT_OFF = (timedelta(minutes=5), timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Job:
    """An article that a worker has in hand.

    `failures` counts how often it has failed, and `deaths` how many workers have ended without a word while they had
    it, both since it was put into the queue or sent again by a person.
    """

    id: int
    article_id: int
    failures: int = 0
    deaths: int = 0


def put_off_for(failures: int, waits: tuple[timedelta, ...] = _PUT_OFF) -> timedelta | None:
    """How long a job waits after so many failures; None if it is a person's turn."""
    return waits[failures - 1] if failures < MOST_FAILURES else None


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs wait for a worker, are in a worker's hands, and wait for a person."""

    waiting: int = 0
    running: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What all workers together may do: calls a minute, and dollars; None limits nothing.

    `spent` is what was spent, or set aside, since the budget was set.
    """

    calls_a_minute: float | None = None
    budget: float | None = None
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that waits for a person, since when (UTC), and why. One that is damaged names no article."""

    id: int
    article_id: int | None
    at: datetime
    reason: str


class PeriodicJob(StrEnum):
    """What one of all workers does again and again, by its name in the config file."""

    EVIDENCE = "evidence"
    BATCHES = "batches"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """When a periodic job is done (a cron expression), is done next, and was over last (UTC).

    Without `next_at` no worker has begun with it yet.
    """

    job: PeriodicJob
    cron: str
    next_at: datetime | None = None
    last_at: datetime | None = None
    is_running: bool = False
