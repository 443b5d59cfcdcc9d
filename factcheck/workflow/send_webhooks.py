"""Webhooks are added, and what they are to hear is sent: at least once, with growing pauses after a failure."""

from base64 import b64encode
from collections.abc import Collection, Iterator
from datetime import timedelta
from secrets import token_bytes

from factcheck.domain.evidence import is_web_address
from factcheck.domain.states import Act
from factcheck.domain.webhooks import PUBLIC, SECRET_MARK, Delivery, Webhook
from factcheck.errors import InputError, SourceError
from factcheck.workflow.ports import Clock, Stores
from factcheck.workflow.webhook_ports import Outbox, Postman

_BYTES = 32
_AT_ONCE = 20
_TAKEN = timedelta(minutes=10)
"""So long nobody else sends what one has taken to send: longer than all of it may take."""


def add_webhook(stores: Stores, url: str, acts: Collection[Act], by: str | None) -> Webhook:
    """A webhook with a secret of its own, which hears of these acts, or of what readers see. Raises InputError."""
    if not is_web_address(url):
        raise InputError(f"{url!r} is not a web address; a webhook needs http:// or https://, a host, and no password")
    secret = SECRET_MARK + b64encode(token_bytes(_BYTES)).decode()
    heard = tuple(dict.fromkeys(acts)) or PUBLIC
    return stores.outbox.add_webhook(Webhook(0, url, heard, stores.clock(), by, secret=secret))


def send_due(outbox: Outbox, postman: Postman, clock: Clock) -> Iterator[Delivery]:
    """Send all that is due, a few at a time, each stored as it ends; what fails stands in it, and is due later."""
    while due := outbox.take_due(clock(), clock() + _TAKEN, _AT_ONCE):
        for one in due:
            try:
                postman.post(one.webhook.url, one.headers(clock()), one.body)
            except SourceError as error:
                tried = one.failed(clock(), str(error))
            else:
                tried = one.sent(clock())
            outbox.store(tried)
            yield tried
