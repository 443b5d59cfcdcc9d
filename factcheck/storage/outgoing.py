"""What webhooks are to hear of events, laid into the outbox by the transaction that adds these to the log."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from factcheck.domain.audit import Event
from factcheck.domain.states import Act
from factcheck.domain.webhooks import HEARD
from factcheck.storage.outbox_tables import DELIVERY, WEBHOOK


def post_events(connection: Connection, events: Sequence[Event]) -> None:
    """Lay what webhooks are to hear of these events into the outbox, in the transaction that adds them to the log."""
    heard = [one for one in events if one.action in HEARD]
    if not heard:
        return
    for row in connection.execute(select(WEBHOOK.c.id, WEBHOOK.c.acts).where(WEBHOOK.c.removed_at.is_(None))).all():
        for one in heard:
            if one.action in row.acts:
                about = {"event_id": one.id, "act": Act(one.action), "claim_id": one.claim_id, "at": one.at}
                values = {"webhook_id": row.id, "key": f"msg_{uuid4().hex}", "next_at": one.at, "tries": 0}
                connection.execute(insert(DELIVERY).values(values | about))
