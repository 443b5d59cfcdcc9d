"""The outbox: filled by the transaction of the event, given to one sender at a time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW

from factcheck.domain.states import Act
from factcheck.domain.webhooks import Webhook
from factcheck.errors import ConflictError, NoSuchWebhookError
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.outbox import SqlOutbox
from factcheck.workflow.review_claim import Desk, record_verdict, take_claim

SECRET = "whsec_c2VjcmV0"  # noqa: S105 - of nobody
WEBHOOK = Webhook(0, "https://a.example/hook", (Act.DECIDED, Act.PUBLISHED), NOW, "eve", secret=SECRET)
SOON = NOW + timedelta(minutes=10)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


def test_event_and_delivery_come_together(outbox: SqlOutbox, desk: Desk, queued: Any, database: Database) -> None:
    queued(0.5)
    webhook = outbox.add_webhook(WEBHOOK)
    take_claim(desk, 1, "ana")
    record_verdict(desk, 1, "true", "ana")

    [one] = outbox.deliveries(None)
    last = SqlLog(database).events()[-1]
    assert (one.webhook, one.act, one.claim_id, one.event_id, one.at) == (webhook, Act.DECIDED, 1, last.id, NOW)
    assert SqlLog(database).verify().is_whole


def test_only_what_was_asked_for_is_told(outbox: SqlOutbox, desk: Desk, queued: Any) -> None:
    queued(0.5)
    for acts in ((Act.PUBLISHED,), (Act.DECIDED,), (Act.DECIDED, Act.REJECTED)):
        outbox.add_webhook(replace(WEBHOOK, acts=acts))
    record_verdict(desk, 1, "true", "ana")

    assert [one.webhook.id for one in outbox.deliveries(None)] == [3, 2]


def test_what_was_not_done_is_told_to_nobody(outbox: SqlOutbox, desk: Desk, queued: Any) -> None:
    queued(0.5)
    outbox.add_webhook(WEBHOOK)
    take_claim(desk, 1, "ana")
    with pytest.raises(ConflictError):
        record_verdict(desk, 1, "true", "ben")

    assert outbox.deliveries(None) == ()


def test_what_is_taken_to_send_is_nobody_elses(outbox: SqlOutbox, desk: Desk, queued: Any) -> None:
    queued(0.5, 0.4)
    outbox.add_webhook(WEBHOOK)
    record_verdict(desk, 1, "true", "ana")
    record_verdict(desk, 2, "true", "ana")

    assert outbox.due_webhooks(NOW) == (1,)
    first, second = outbox.take_due(1, NOW, SOON), outbox.take_due(1, NOW, SOON)
    assert first is not None
    assert second is not None
    assert (first.claim_id, second.claim_id) == (1, 2)
    assert (outbox.take_due(1, NOW, SOON), outbox.due_webhooks(NOW)) == (None, ())
    outbox.store(first.sent(NOW))
    assert outbox.take_due(1, SOON, SOON) == replace(second, next_at=SOON)  # who took it may have died
    assert outbox.deliveries(None)[-1] == first.sent(NOW)


def test_what_else_is_due_waits_after_a_failure_and_what_was_tried_least_goes_first(
    outbox: SqlOutbox, desk: Desk, queued: Any
) -> None:
    queued(0.5, 0.4)
    for _ in range(2):
        outbox.add_webhook(WEBHOOK)
    record_verdict(desk, 1, "true", "ana")
    record_verdict(desk, 2, "true", "ana")
    first = outbox.take_due(1, NOW, SOON)
    assert first is not None

    outbox.store(replace(first.failed(NOW, "it hangs"), next_at=SOON))
    outbox.put_off(1, NOW, SOON)

    assert outbox.due_webhooks(NOW) == (2,)
    after = [outbox.take_due(1, SOON, SOON + timedelta(minutes=1)) for _ in range(2)]
    assert [one and (one.claim_id, one.tries) for one in after] == [(2, 0), (1, 1)]


def test_removed_webhook_hears_nothing_more(outbox: SqlOutbox, desk: Desk, queued: Any) -> None:
    queued(0.5, 0.4)
    number = outbox.add_webhook(WEBHOOK).id
    record_verdict(desk, 1, "true", "ana")

    outbox.remove_webhook(number, NOW, "eve")
    record_verdict(desk, 2, "true", "ana")

    assert (outbox.deliveries(None), outbox.webhooks()) == ((), ())
    with pytest.raises(NoSuchWebhookError):
        outbox.remove_webhook(number, NOW, "eve")


def test_log_names_webhooks_without_their_secret(outbox: SqlOutbox, database: Database) -> None:
    outbox.add_webhook(WEBHOOK)

    [event] = SqlLog(database).events()
    assert (event.action, event.details["origin"]) == ("webhook_added", "https://a.example")
    assert SECRET not in str(event)
