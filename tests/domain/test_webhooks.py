"""What a webhook hears, how it is signed, and when it is tried again."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factcheck.domain.states import Act
from factcheck.domain.webhooks import PAUSES, Delivery, Webhook, signature
from factcheck.errors import InputError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECRET = f"whsec_{b64encode(b'x' * 32).decode()}"
WEBHOOK = Webhook(1, "https://a.example/hook", (Act.PUBLISHED,), NOW, secret=SECRET)
DELIVERY = Delivery(1, WEBHOOK, "msg_1", 7, Act.PUBLISHED, 3, NOW, next_at=NOW)


def test_signature_is_that_of_the_standard() -> None:
    """The example of https://github.com/standard-webhooks/standard-webhooks (its libraries' own test)."""
    secret, key, stamp = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"

    assert signature(secret, key, stamp, b'{"test": 2432232314}') == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_try_says_the_same_under_a_new_stamp() -> None:
    later = NOW + timedelta(minutes=1)

    assert (
        DELIVERY.body
        == b'{"type":"claim.published","timestamp":"2026-03-01T12:00:00+00:00","data":{"event":7,"claim":3}}'
    )
    assert DELIVERY.headers(NOW)["webhook-id"] == DELIVERY.headers(later)["webhook-id"]
    assert DELIVERY.headers(NOW)["webhook-signature"] != DELIVERY.headers(later)["webhook-signature"]


def test_pauses_grow_until_it_is_given_up() -> None:
    one, now, pauses = DELIVERY, NOW, []
    while (one := one.failed(now, "no answer")).next_at is not None:
        pauses.append(one.next_at - now)
        now = one.next_at

    assert pauses == list(PAUSES) == sorted(PAUSES)
    assert (one.tries, one.sent_at, one.failure) == (9, None, "no answer")


def test_what_was_taken_is_not_sent_again() -> None:
    assert DELIVERY.failed(NOW, "no answer").sent(NOW) == replace(DELIVERY, tries=2, sent_at=NOW, next_at=None)


@pytest.mark.parametrize("acts", [(), (Act.LEASED,), (Act.PUBLISHED, Act.RENEWED)])
def test_what_nobody_is_told_cannot_be_asked_for(acts: tuple[Act, ...]) -> None:
    with pytest.raises(InputError):
        replace(WEBHOOK, acts=acts)


def test_secret_is_shown_by_accident_nowhere() -> None:
    assert SECRET not in repr(DELIVERY)
