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

    def due_webhooks(self, now: datetime) -> tuple[int, ...]:
        """Webhooks that stand, by number, for which the time of something has come: who has waited longest first."""

    def take_due(self, webhook: int, now: datetime, until: datetime) -> Delivery | None:
        """A delivery whose time has come for a webhook that stands: the one tried least, of these the oldest.

        Nobody else is given it before `until`. None where nothing is due, or the webhook hears nothing more.
        """

    def put_off(self, webhook: int, now: datetime, until: datetime) -> None:
        """Let whatever else is due for a webhook by now wait until then."""

    def store(self, delivery: Delivery) -> None:
        """Write what became of a try."""

    def deliveries(self, limit: int | None) -> tuple[Delivery, ...]:
        """The last deliveries, latest first."""


class Postman(Protocol):
    """Sends bytes to an address."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Send them. Raises SourceError unless the answer is a success; private addresses are refused."""
