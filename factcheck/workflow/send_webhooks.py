"""Webhooks are added, and what they are to hear is sent: at least once, with growing pauses after a failure."""

from base64 import b64encode
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, SimpleQueue
from secrets import token_bytes
from threading import Event
from time import monotonic

from factcheck.domain.evidence import is_web_address
from factcheck.domain.states import Act
from factcheck.domain.webhooks import PUBLIC, SECRET_MARK, Delivery, Webhook
from factcheck.errors import FactcheckError, InputError, SourceError
from factcheck.workflow.ports import Clock, Stores
from factcheck.workflow.webhook_ports import Outbox, Postman

_BYTES = 32
_AT_ONCE = 8
_LOOKS_EVERY = 2.0
"""So many webhooks are told at a time, and after so many seconds it is looked who else has to be told something."""
_TAKEN = timedelta(minutes=10)
"""So long nobody else sends what one has taken to send: longer than it may take."""


def add_webhook(stores: Stores, url: str, acts: Collection[Act], by: str | None) -> Webhook:
    """A webhook with a secret of its own, which hears of these acts, or of what readers see. Raises InputError."""
    if not is_web_address(url):
        raise InputError(f"{url!r} is not a web address; a webhook needs http:// or https://, a host, and no password")
    secret = SECRET_MARK + b64encode(token_bytes(_BYTES)).decode()
    heard = tuple(dict.fromkeys(acts)) or PUBLIC
    return stores.outbox.add_webhook(Webhook(0, url, heard, stores.clock(), by, secret=secret))


def send_due(outbox: Outbox, postman: Postman, clock: Clock) -> Iterator[Delivery]:
    """Send all that is due, each stored as it ends; what fails stands in it, and is due later.

    Webhooks are told beside each other, each one thing at a time: one that does not answer holds up nobody else. After
    a failure whatever else is due for that one waits as long. What becomes due meanwhile is sent, too.
    """
    sending = _Sending(outbox, postman, clock)
    with ThreadPoolExecutor(_AT_ONCE, "webhook") as threads:
        try:
            under_way: set[int] = set()
            while begun := under_way | set(outbox.due_webhooks(clock())):
                for number in sorted(begun - under_way):
                    threads.submit(sending.send_to, number)
                under_way = begun
                yield from sending.ended(under_way)
        finally:
            sending.is_over.set()


@dataclass(frozen=True, slots=True)
class _Sending:
    """What is under way at once, and what came of it, in the order in which it ended."""

    outbox: Outbox
    postman: Postman
    clock: Clock
    is_over: Event = field(default_factory=Event)
    _told: "SimpleQueue[Delivery | FactcheckError | int]" = field(default_factory=SimpleQueue)

    def send_to(self, webhook: int) -> None:
        """Send what is due for a webhook, until nothing is or one thing has failed; its number tells that it ended.

        Each is taken right before it is sent: who is told nothing more by then is told nothing.
        """
        try:
            while not self.is_over.is_set():
                taken = self.outbox.take_due(webhook, self.clock(), self.clock() + _TAKEN)
                if taken is None:
                    return
                tried = self._sent(taken)
                self._told.put(tried)
                if tried.failure is not None:
                    return
        except FactcheckError as error:
            self._told.put(error)
        finally:
            self._told.put(webhook)

    def ended(self, under_way: set[int]) -> Iterator[Delivery]:
        """What ends within a moment; webhooks for which nothing is left go out of those that are under way."""
        until = monotonic() + _LOOKS_EVERY
        while under_way:
            try:
                told = self._told.get(timeout=max(0.0, until - monotonic()))
            except Empty:
                return
            if isinstance(told, int):
                under_way.discard(told)
            elif isinstance(told, FactcheckError):
                raise told
            else:
                yield told

    def _sent(self, one: Delivery) -> Delivery:
        try:
            self.postman.post(one.webhook.url, one.headers(self.clock()), one.body)
        except SourceError as error:
            tried = one.failed(self.clock(), str(error))
        else:
            tried = one.sent(self.clock())
        self.outbox.store(tried)
        if tried.next_at is not None:
            self.outbox.put_off(one.webhook.id, self.clock(), tried.next_at)
        return tried
