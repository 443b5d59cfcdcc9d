"""How a reviewer gets on: minutes a claim, hours left, and when the lease ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from factcheck.domain.review import Lease, QueueCounts

_BREAK = timedelta(minutes=30)
"""Longer between two decisions is a break, and no pace."""

_FEWEST = 2
_MINUTE = 60
_HOUR = 3600
_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Progress:
    """What a session has done, at which moments, and how full the queue is; None until it was counted."""

    decided_at: tuple[datetime, ...] = ()
    earlier: tuple[datetime, ...] = ()
    counts: QueueCounts | None = None

    def one_less(self) -> "Progress":
        """The progress after one of the waiting claims was taken."""
        if self.counts is None:
            return self
        return replace(self, counts=replace(self.counts, queued=max(0, self.counts.queued - 1)))

    def seconds_a_claim(self) -> float | None:
        """The median time between two decisions, breaks left out; None while there are too few."""
        moments = sorted((*self.earlier, *self.decided_at))
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(moments) if later - sooner < _BREAK]
        return median(gaps) if len(gaps) >= _FEWEST else None

    def told(self) -> str:
        """Progress, pace and what is left at this pace, in words."""
        parts = [f"{len(self.decided_at)} done"]
        if self.counts is None:
            return parts[0]
        parts.append(f"{self.counts.queued:,} waiting")
        each = self.seconds_a_claim()
        if each is not None:
            parts.append(f"{_lasting(each)} each, {_lasting(each * self.counts.queued)} left")
        return " · ".join(parts)


def lease_told(lease: Lease | None, now: datetime) -> str:
    """Until when the claim is the reviewer's."""
    if lease is None or not lease.is_live(now):
        return "lease has ended"
    left = int((lease.until - now).total_seconds())
    return f"until {lease.until:%H:%M} UTC ({_lasting(left)})"


def _lasting(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours = seconds / _HOUR
    return f"{hours:.0f} h" if hours < 2 * _DAY_HOURS else f"{hours / _DAY_HOURS:,.0f} days"
