"""Reads the event log as somebody may see it, and tells whether it is whole."""

from collections.abc import Iterator
from dataclasses import replace

from factcheck.domain.audit import Event, LinkedEvent, Verification
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Act, Stage
from factcheck.workflow.stores import Stores

_KEPT_OPEN = {Act.LEASED.value, Act.RENEWED.value, Act.RELEASED.value, Act.SKIPPED.value}


def read_log(
    stores: Stores, viewer: str | None, claim_id: int | None = None, limit: int | None = None
) -> tuple[Event, ...]:
    """The last events, of one claim or of all, oldest first. Raises NotFoundError.

    While a second reading of a claim is out, what others did with it is told without its details.
    """
    now = stores.clock()
    if claim_id is not None:
        stores.queue.claim(claim_id, now)
    events = stores.log.events(claim_id, limit)
    # A verdict, a note or a source would tell the second reader what the first one thinks.
    blind = {one.id for status in Stage.SECOND.states for one in stores.queue.find(ClaimQuery(status), now)}
    return tuple(_seen(one, viewer) if one.claim_id in blind else one for one in events)


def verify_log(stores: Stores, noted: str | None = None) -> Verification:
    """Whether every event is what was written, and the hash that somebody has noted down is among theirs."""
    return stores.log.verify(noted)


def linked_events(stores: Stores) -> Iterator[LinkedEvent]:
    """Every event with its hash and the one before, oldest first."""
    return stores.log.linked()


def _seen(event: Event, viewer: str | None) -> Event:
    if event.actor in {viewer, None} or event.action in _KEPT_OPEN:
        return event
    return replace(event, details={"hidden": "a second reading is out"})
