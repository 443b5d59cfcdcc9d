"""The outbox: what webhooks are to hear, from the transaction of the event until somebody has taken it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from typing_extensions import override

from factcheck.domain.audit import Event
from factcheck.domain.states import Act
from factcheck.domain.webhooks import Delivery, Webhook, origin_of
from factcheck.errors import NoSuchWebhookError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import add_events
from factcheck.storage.outbox_tables import DELIVERY, WEBHOOK
from factcheck.workflow.webhook_ports import Outbox

_STANDING = WEBHOOK.c.removed_at.is_(None)
_TRIED = ("tries", "next_at", "sent_at", "failure")


@dataclass
class SqlOutbox(Outbox):
    """Serves the Outbox port from a database."""

    database: Database

    @override
    def add_webhook(self, webhook: Webhook) -> Webhook:
        with self.database.writing() as connection:
            number = rows.insert_one(connection, WEBHOOK, rows.columns_of(webhook, "id"))
            about = {"webhook": number, "origin": origin_of(webhook.url), "acts": list(webhook.acts)}
            add_events(connection, Event(0, webhook.added_at, webhook.added_by, "webhook_added", details=about))
        return replace(webhook, id=number)

    @override
    def webhooks(self) -> tuple[Webhook, ...]:
        found = self.database.rows(select(WEBHOOK).where(_STANDING).order_by(WEBHOOK.c.id))
        return tuple(self.database.each(found, _webhook, "webhook {0.id}".format))

    @override
    def remove_webhook(self, number: int, now: datetime, by: str | None) -> Webhook:
        this = rows.is_number(WEBHOOK.c.id, number)
        with self.database.writing() as connection:
            found = connection.execute(select(WEBHOOK).where(this, _STANDING)).first()
            if found is None:
                raise NoSuchWebhookError(f"there is no webhook {number}")
            connection.execute(update(WEBHOOK).where(this).values(removed_at=now))
            connection.execute(delete(DELIVERY).where(DELIVERY.c.webhook_id == number, DELIVERY.c.next_at.is_not(None)))
            webhook = _webhook(found)
            about = {"webhook": number, "origin": origin_of(webhook.url)}
            add_events(connection, Event(0, now, by, "webhook_removed", details=about))
        return replace(webhook, removed_at=now)

    @override
    def due_webhooks(self, now: datetime) -> tuple[int, ...]:
        due = select(DELIVERY.c.webhook_id).join(WEBHOOK, WEBHOOK.c.id == DELIVERY.c.webhook_id)
        due = due.where(DELIVERY.c.next_at <= now, _STANDING).group_by(DELIVERY.c.webhook_id)
        found = self.database.rows(due.order_by(func.min(DELIVERY.c.next_at), DELIVERY.c.webhook_id))
        return tuple(row.webhook_id for row in found)

    @override
    def take_due(self, webhook: int, now: datetime, until: datetime) -> Delivery | None:
        due = (*_due(webhook, now), _STANDING)
        order = DELIVERY.c.tries, DELIVERY.c.next_at, DELIVERY.c.id
        with self.database.writing() as connection:
            found = connection.execute(_deliveries().where(*due).order_by(*order).limit(1)).first()
            if found is None:
                return None
            taken = _delivery(found)
            connection.execute(update(DELIVERY).where(DELIVERY.c.id == taken.id).values(next_at=until))
        return taken

    @override
    def put_off(self, webhook: int, now: datetime, until: datetime) -> None:
        with self.database.writing() as connection:
            connection.execute(update(DELIVERY).where(*_due(webhook, now)).values(next_at=until))

    @override
    def store(self, delivery: Delivery) -> None:
        values = {name: getattr(delivery, name) for name in _TRIED}
        with self.database.writing() as connection:
            connection.execute(update(DELIVERY).where(DELIVERY.c.id == delivery.id).values(values))

    @override
    def deliveries(self, limit: int | None) -> tuple[Delivery, ...]:
        found = self.database.rows(_deliveries().order_by(DELIVERY.c.id.desc()).limit(limit))
        return tuple(self.database.each(found, _delivery, "delivery {0.id}".format))


def _due(webhook: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return DELIVERY.c.webhook_id == webhook, DELIVERY.c.next_at <= now


def _deliveries() -> Select[tuple[object, ...]]:
    of_webhook = [column.label(f"webhook_{column.name}") for column in WEBHOOK.c if column.name != "id"]
    return select(DELIVERY, *of_webhook).join(WEBHOOK, WEBHOOK.c.id == DELIVERY.c.webhook_id)


def _webhook(row: rows.AnyRow) -> Webhook:
    with rows.damage_told("webhook", row):
        return rows.of_row(Webhook, row, acts=tuple(map(Act, row.acts)))


def _delivery(row: rows.AnyRow) -> Delivery:
    with rows.damage_told("delivery", row):
        webhook = rows.of_row(Webhook, row, "webhook_", acts=tuple(map(Act, row.webhook_acts)))
        return rows.of_row(Delivery, row, webhook=webhook)
