"""What the use cases about webhooks need from the outside."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from factcheck.domain.webhooks import Delivery, Webhook


class Outbox(Protocol):
    """Webhooks, and what they are to hear: written in the transaction of the event itself."""

    def add_webhook(self, webhook: Webhook) -> Webhook:
        """Keep a new webhook, and log it; returns it with its number."""

    def webhooks(self) -> tuple[Webhook, ...]:
        """Those that hear something, oldest first."""

    def remove_webhook(self, number: int, now: datetime, by: str | None) -> Webhook:
        """Let a webhook hear nothing more, not even what waits. Raises NoSuchWebhookError."""

    def take_due(self, now: datetime, until: datetime, limit: int) -> tuple[Delivery, ...]:
        """Deliveries whose time has come, oldest first; nobody else is given them before `until`."""

    def store(self, delivery: Delivery) -> None:
        """Write what became of a try."""

    def deliveries(self, limit: int | None) -> tuple[Delivery, ...]:
        """The last deliveries, latest first."""


class Postman(Protocol):
    """Sends bytes to an address."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Send them. Raises SourceError unless the answer is a success; private addresses are refused."""
