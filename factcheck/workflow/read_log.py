"""Reads the event log as somebody may see it."""

from dataclasses import replace
from datetime import datetime

from factcheck.domain.audit import Event
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.states import Act, Stage
from factcheck.workflow.ports import Log, Queue

_KEPT_OPEN = {Act.LEASED.value, Act.RENEWED.value, Act.RELEASED.value, Act.SKIPPED.value}


def read_log(
    log: Log, queue: Queue, now: datetime, viewer: str | None, claim_id: int | None = None, limit: int | None = None
) -> tuple[Event, ...]:
    """The last events, of one claim or of all, oldest first. Raises NotFoundError.

    While a second reading of a claim is out, what others did with it is told without its details.
    """
    if claim_id is not None:
        queue.claim(claim_id, now)
    events = log.events(claim_id, limit)
    blind = {one.id for status in Stage.SECOND.states for one in queue.find(ClaimQuery(status), now)}
    return tuple(_seen(one, viewer) if one.claim_id in blind else one for one in events)


def _seen(event: Event, viewer: str | None) -> Event:
    if event.actor in {viewer, None} or event.action in _KEPT_OPEN:
        return event
    return replace(event, details={"hidden": "a second reading is out"})
