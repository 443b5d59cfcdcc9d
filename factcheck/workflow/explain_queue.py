"""Why no claim is free for a reviewer."""

from factcheck.domain.review import QueueCounts, require_reviewer
from factcheck.domain.states import Stage
from factcheck.workflow.review_claim import Desk


def why_nothing_free(desk: Desk, reviewer: str) -> str:
    """What the other claims wait for, in a sentence."""
    now = desk.clock()
    counts = desk.queue.counts(now)
    mine = desk.queue.own_waiting(require_reviewer(reviewer), now)
    if not _all(counts):
        return "the queue is empty; put claims into it: factcheck extract SOURCE"
    back = f", next back {counts.next_back:%H:%M} UTC" if counts.next_back else ""
    told = [f"{counts.queued} queued", f"{counts.leased} leased{back}"]
    told += [f"{mine[Stage.SECOND]} wait for a second reader who is not you"] if mine[Stage.SECOND] else []
    told += [f"{mine[Stage.ADJUDICATION]} wait for an adjudicator who is not you"] if mine[Stage.ADJUDICATION] else []
    others = counts.awaiting_second - mine[Stage.SECOND], counts.disputed - mine[Stage.ADJUDICATION]
    told += [f"{others[0]} wait for a second reader"] if others[0] else []
    told += [f"{others[1]} wait for an adjudicator"] if others[1] else []
    told += [f"{counts.decided} decided"]
    told += [f"{counts.aside} set aside"] if counts.aside else []
    return f"no claim is free: {', '.join(told)}"


def _all(counts: QueueCounts) -> int:
    waiting = counts.queued + counts.leased + counts.awaiting_second + counts.disputed
    return waiting + counts.decided + counts.aside
