"""How a person at the desk gets on: minutes a claim, and how long the rest will take."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Self

_BREAK = timedelta(minutes=30)
"""More time than this between two decisions is a break, and tells nothing of the pace."""

_FEWEST_GAPS = 2


@dataclass(frozen=True, slots=True)
class ReviewPace:
    """The moments of decisions, in UTC, and how many claims wait; None until they were counted.

    `earlier` are decisions from before this session: they tell the pace, and are not counted as done.
    """

    decided_at: tuple[datetime, ...] = ()
    earlier: tuple[datetime, ...] = ()
    waiting: int | None = None

    def one_taken(self) -> Self:
        """The pace after one of the waiting claims was taken."""
        return replace(self, waiting=max(0, self.waiting - 1)) if self.waiting is not None else self

    def seconds_a_claim(self) -> float | None:
        """The median time between two decisions, breaks left out; None while there are too few."""
        moments = sorted((*self.earlier, *self.decided_at))
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(moments) if later - sooner < _BREAK]
        return median(gaps) if len(gaps) >= _FEWEST_GAPS else None
