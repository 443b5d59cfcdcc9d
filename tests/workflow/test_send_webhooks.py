"""What is due is sent, at least once; what fails waits longer each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

import pytest
from fakes import FakeOutbox

from factcheck.domain.states import Act
from factcheck.domain.webhooks import PAUSES, PUBLIC, Delivery, Webhook
from factcheck.errors import InputError, SourceError
from factcheck.workflow.ports import Stores
from factcheck.workflow.send_webhooks import add_webhook, send_due
from factcheck.workflow.webhook_ports import Postman

URL, HANGS = "https://a.example/hook", "https://b.example/hangs"


@dataclass
class FakePostman(Postman):
    """Remembers what it was given, and fails for a while if it is told to; `before` happens before each."""

    fails: int = 0
    given: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        self.before()
        self.given.append((url, headers, body))
        if len(self.given) <= self.fails:
            raise SourceError(f"{url!r} answers 500")


@pytest.fixture
def lay(stores: Stores) -> Callable[..., Delivery]:
    """Lays a delivery in the outbox, due at once, for a webhook of its own unless one is named."""

    def laid(url: str = URL, of: Webhook | None = None) -> Delivery:
        outbox = stores.outbox
        assert isinstance(outbox, FakeOutbox)
        webhook, number = of or add_webhook(stores, url, [Act.PUBLISHED], "eve"), len(outbox.laid) + 1
        now = stores.clock()
        one = Delivery(number, webhook, f"msg_{number}", number, Act.PUBLISHED, 1, now, next_at=now)
        outbox.store(one)
        return one

    return laid


def test_secrets_are_new_each_time(stores: Stores) -> None:
    made = [add_webhook(stores, URL, [], None) for _ in range(20)]

    assert len({one.secret for one in made}) == 20
    assert {one.acts for one in made} == {PUBLIC}


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://u:p@a.example/", "", "http://"])
def test_odd_address_is_refused(stores: Stores, url: str) -> None:
    with pytest.raises(InputError, match="is not a web address; a webhook needs"):
        add_webhook(stores, url, [], None)


def test_all_that_is_due_is_sent_once(stores: Stores, lay: Callable[[], Delivery]) -> None:
    laid, postman = [lay() for _ in range(45)], FakePostman()

    done = list(send_due(stores.outbox, postman, stores.clock))

    keys = [one.key for one in laid]
    assert sorted(one.key for one in done) == sorted(keys) == sorted(one["webhook-id"] for _, one, _ in postman.given)
    assert list(send_due(stores.outbox, postman, stores.clock)) == []


def test_failure_waits_for_its_pause(
    stores: Stores, lay: Callable[[], Delivery], pass_minutes: Callable[[int], None]
) -> None:
    lay()
    postman = FakePostman(fails=1)

    [failed] = send_due(stores.outbox, postman, stores.clock)
    assert (failed.tries, failed.next_at, failed.failure) == (1, stores.clock() + PAUSES[0], f"{URL!r} answers 500")
    assert list(send_due(stores.outbox, postman, stores.clock)) == []
    pass_minutes(1)
    [sent] = send_due(stores.outbox, postman, stores.clock)

    assert (sent.tries, sent.sent_at, sent.failure) == (2, stores.clock(), None)
    assert postman.given[0][2] == postman.given[1][2]


def test_sender_that_died_is_followed_by_another(
    stores: Stores, lay: Callable[[], Delivery], pass_minutes: Callable[[int], None]
) -> None:
    laid = lay()
    now = stores.clock()
    assert stores.outbox.take_due(laid.webhook.id, now, now + timedelta(minutes=10)) == laid  # and no more

    assert list(send_due(stores.outbox, FakePostman(), stores.clock)) == []
    pass_minutes(10)
    assert [one.id for one in send_due(stores.outbox, FakePostman(), stores.clock)] == [laid.id]


@dataclass
class HangingPostman(FakePostman):
    """Keeps one address waiting until it is let go; it fails then."""

    goes: Event = field(default_factory=Event)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        if url == HANGS:
            assert self.goes.wait(20)
            raise SourceError(f"{url!r} does not answer")
        super().post(url, headers, body)


def test_webhook_that_hangs_holds_up_no_other(stores: Stores, lay: Callable[..., Delivery]) -> None:
    hanging, other = lay(HANGS), lay()
    lay(of=hanging.webhook)
    postman = HangingPostman()
    sending = send_due(stores.outbox, postman, stores.clock)

    assert next(sending).id == other.id
    later = lay(of=other.webhook)  # what happens meanwhile
    assert next(sending).id == later.id
    postman.goes.set()
    [failed] = sending

    assert failed.id == hanging.id
    put_off = [one.next_at for one in stores.outbox.deliveries(None) if one.webhook == hanging.webhook]
    assert put_off == [stores.clock() + PAUSES[0]] * 2


def test_webhook_that_is_removed_meanwhile_hears_nothing_more(stores: Stores, lay: Callable[..., Delivery]) -> None:
    first = lay()
    lay(of=first.webhook)
    postman = FakePostman()
    postman.before = lambda: stores.outbox.remove_webhook(first.webhook.id, stores.clock(), "eve")

    assert [one.id for one in send_due(stores.outbox, postman, stores.clock)] == [first.id]
    assert len(postman.given) == 1
