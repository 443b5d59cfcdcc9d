"""What is due is sent, at least once; what fails waits longer each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from fakes import FakeOutbox

from factcheck.domain.states import Act
from factcheck.domain.webhooks import PAUSES, PUBLIC, Delivery
from factcheck.errors import InputError, SourceError
from factcheck.workflow.ports import Stores
from factcheck.workflow.send_webhooks import add_webhook, send_due
from factcheck.workflow.webhook_ports import Postman

URL = "https://a.example/hook"


@dataclass
class FakePostman(Postman):
    """Remembers what it was given, and fails for a while if it is told to."""

    fails: int = 0
    given: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        self.given.append((url, headers, body))
        if len(self.given) <= self.fails:
            raise SourceError(f"{url!r} answers 500")


@pytest.fixture
def lay(stores: Stores) -> Callable[[], Delivery]:
    """Lays a delivery in the outbox, due at once."""

    def laid() -> Delivery:
        outbox = stores.outbox
        assert isinstance(outbox, FakeOutbox)
        webhook, number = add_webhook(stores, URL, [Act.PUBLISHED], "eve"), len(outbox.laid) + 1
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

    assert [one.key for one in done] == [one.key for one in laid] == [one["webhook-id"] for _, one, _ in postman.given]
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
    lay()
    lay()
    next(send_due(stores.outbox, FakePostman(), stores.clock))  # and no more

    assert list(send_due(stores.outbox, FakePostman(), stores.clock)) == []
    pass_minutes(10)
    assert [one.id for one in send_due(stores.outbox, FakePostman(), stores.clock)] == [2]
