"""What sends webhooks: once, and in the background of a server."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from factcheck.errors import FactcheckError
from factcheck.wiring import desks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factcheck.domain.webhooks import Delivery
    from factcheck.settings import Settings
    from factcheck.workflow.ports import Stores

_SECONDS = 5.0
"""So often a server looks for what is due."""
_SECONDS_TO_END = 20.0


def send_webhooks(opened: Stores, settings: Settings) -> Iterator[Delivery]:
    """Send what is due: to each webhook one thing after the other."""
    from factcheck.intake.post import GuardedPostman
    from factcheck.workflow.send_webhooks import send_due

    return send_due(opened.outbox, GuardedPostman(settings.allow_private_fetch), opened.clock)


@contextmanager
def webhooks_sent(settings: Settings) -> Iterator[None]:
    """Within it, what is due is sent by a thread of its own, over a database that it opens itself."""
    ended = Event()

    def send() -> None:
        if ended.wait(_SECONDS):  # while a server starts nothing else is done
            return
        with desks.stores(settings) as opened:
            while not ended.wait(_SECONDS):
                with suppress(FactcheckError):  # a full disk, a busy database: what is due stays due
                    for _ in send_webhooks(opened, settings):
                        if ended.is_set():
                            break

    sender = Thread(target=send, name="webhooks", daemon=True)
    sender.start()
    try:
        yield
    finally:
        ended.set()
        sender.join(_SECONDS_TO_END)
