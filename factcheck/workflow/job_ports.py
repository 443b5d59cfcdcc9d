"""What workers need from the outside: a queue of articles that any number of machines share."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Protocol

from factcheck.domain.jobs import FailedJob, Job, JobCounts, Limits, PeriodicJob, ScheduledJob

IsOver = Callable[[], bool]
"""Whether the worker is about to leave: what takes long then stops between two of its steps."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """What a worker does beside its articles: at which times, by cron expressions in UTC, and how."""

    crons: Mapping[PeriodicJob, str]
    run: Callable[[PeriodicJob, IsOver], None]
    """Called in a thread of its own; raises nothing that was foreseen."""


NOTHING_PERIODIC = Periodic(MappingProxyType({}), lambda *_: None)


class Jobs(Protocol):
    """The queue; each call raises DatabaseError."""

    def put(self, article_ids: Sequence[int]) -> int:
        """Put articles into it; returns how many, as one that waits or runs is not put there again."""

    def counts(self) -> JobCounts:
        """How many jobs stand where."""

    def failed(self, most: int | None = None) -> tuple[FailedJob, ...]:
        """Those that wait for a person, the latest first."""

    def retry(self, numbers: Sequence[int] | None = None) -> int:
        """Let jobs that wait for a person run again, all of them unless some are named; returns how many."""

    def limits(self) -> "SharedLimits":
        """What all workers together may do."""

    def scheduled(self, crons: Mapping[PeriodicJob, str]) -> tuple[ScheduledJob, ...]:
        """How it stands with these periodic jobs. Raises InputError for what is no cron expression."""

    def shift(self, at_once: int, periodic: Periodic = NOTHING_PERIODIC) -> AbstractContextManager["Shift"]:
        """A worker's time at the queue, with so many jobs in hand at most; what it has left goes back at the end.

        Meanwhile periodic jobs are done, each by one worker at a time. Raises InputError for a time that is no cron's.
        """


class Shift(Protocol):
    """Jobs in a worker's hands. While they are, the worker says that it lives; if it falls silent others take them."""

    def next(self, *, is_waiting: bool) -> Job | None:
        """The next job, now or once there is one.

        None where there is none now; and to one that is waiting, if the queue is to be drained and holds none.
        Raises DatabaseError.
        """

    def done(self, job: Job) -> None:
        """Take a job out of the queue."""

    def put_off(self, job: Job, reason: str, wait: timedelta) -> None:
        """Let a job that has failed wait."""

    def hold(self, job: Job, reason: str) -> None:
        """Let a job that has failed wait for a person."""

    def give_back(self, job: Job, wait: timedelta = timedelta()) -> None:
        """Let others have a job, which has not failed."""

    def set_by(self, job: Job, wait: timedelta) -> None:
        """Let a job wait for what no worker does; one that drains the queue does not wait for it."""


@dataclass(frozen=True, slots=True)
class OtherWorkers:
    """What a worker shares with the others; `waiting` hears of each minute in which their rate lets no call begin."""

    limits: "SharedLimits"
    waiting: Callable[[], None] = lambda: None


class SharedLimits(Protocol):
    """What all workers together may do; each call raises DatabaseError."""

    def limits(self) -> Limits:
        """The limits, and what is spent."""

    def set_pace(self, calls_a_minute: float | None) -> None:
        """Let so many calls begin a minute from now on; None lets any number."""

    def set_budget(self, budget: float | None) -> None:
        """Let so many dollars be spent from now on; None lets any number."""

    def next_call(self) -> float:
        """Take a turn to begin a call, if one is due: 0 then, else in how many seconds the next one is.

        Nobody has a turn that is to come: a worker that leaves takes none away.
        """

    def set_aside(self, most: float) -> int | None:
        """Count the most that a call can cost, and return the budget's number; None if that has no room for it."""

    def paid(self, budget_number: int, set_aside: float, paid: float) -> None:
        """Count what a call has cost in place of what was set aside for it, unless there is a new budget since."""
