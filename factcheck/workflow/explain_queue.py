"""Why no claim is free for a reviewer."""

from dataclasses import dataclass

from factcheck.domain.review import QueueCounts, require_reviewer
from factcheck.domain.states import Stage
from factcheck.workflow.review_claim import Desk


@dataclass(frozen=True, slots=True)
class NothingFree:
    """How full the queue is, and how many of the claims in it wait for another person than the one who asks.

    Where some claims alone were asked for, `is_narrowed`, others may be free.
    """

    counts: QueueCounts
    own_second: int
    own_adjudication: int
    is_narrowed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the desk has no claim at all."""
        counts = self.counts
        waiting = counts.queued + counts.leased + counts.awaiting_second + counts.disputed
        return not waiting + counts.decided + counts.aside

    def __str__(self) -> str:
        """What the claims wait for, in a sentence."""
        if self.is_empty:
            return "the queue is empty"
        counts = self.counts
        back = f", next back {counts.next_back:%H:%M} UTC" if counts.next_back else ""
        waiting = [
            (self.own_second, "wait for a second reader who is not you"),
            (self.own_adjudication, "wait for an adjudicator who is not you"),
            (counts.awaiting_second - self.own_second, "wait for a second reader"),
            (counts.disputed - self.own_adjudication, "wait for an adjudicator"),
        ]
        told = [f"{counts.queued} queued", f"{counts.leased} leased{back}"]
        told += [f"{many} {what}" for many, what in waiting if many]
        told += [f"{counts.decided} decided"]
        told += [f"{counts.aside} set aside"] if counts.aside else []
        if self.is_narrowed:
            return f"none of the claims asked for is free; all in all: {', '.join(told)}"
        return f"no claim is free: {', '.join(told)}"


def why_nothing_free(desk: Desk, reviewer: str, *, is_narrowed: bool = False) -> NothingFree:
    """What the claims wait for that this reviewer cannot take."""
    now = desk.clock()
    free, counts = desk.queue.waiting_for(require_reviewer(reviewer), now), desk.queue.counts(now)
    barred = counts.awaiting_second - free[Stage.SECOND], counts.disputed - free[Stage.ADJUDICATION]
    return NothingFree(counts, *barred, is_narrowed=is_narrowed)
