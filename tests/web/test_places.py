"""What takes long within a request: so few at a time that everybody else is answered meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event, Thread

import httpx2
import pytest
from fakes import FakeSources
from fastapi.testclient import TestClient

from factcheck.domain.evidence import Snapshot
from factcheck.domain.programs import Scope
from factcheck.errors import DeskBusyError
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.web.places import Places
from factcheck.workflow.manage_tokens import add_token

MANY = 45
"""More than the forty threads that requests are answered in."""
PATH = "/api/v1/claims/1/evidence"


@dataclass
class SlowSources(FakeSources):
    """Pages that come when they are let go."""

    go: Event = field(default_factory=Event)

    def fetch(self, url: str) -> Snapshot:
        assert self.go.wait(60)
        return super().fetch(url)


@pytest.fixture
def slow() -> Iterator[SlowSources]:
    """They are let go in the end, whatever comes of the test."""
    made = SlowSources({f"https://{number}.example/": "It rained." for number in range(MANY)})
    yield made
    made.go.set()


def test_those_who_wait_for_a_place_are_few() -> None:
    places, go, told = Places("files are being read", at_once=2, waiting=8), Event(), SimpleQueue[str]()

    def read() -> None:
        try:
            with places.taken():
                go.wait(60)
        except DeskBusyError as error:
            told.put(str(error))

    threads = [Thread(target=read) for _ in range(40)]
    for one in threads:
        one.start()
    try:
        refusals = [told.get(timeout=20) for _ in range(30)]
    finally:
        go.set()
        for one in threads:
            one.join()

    assert set(refusals) == {"2 files are being read, and 8 wait for that"}
    assert told.empty()


def test_slow_pages_hold_nobody_else_up(office: Office, slow: SlowSources) -> None:
    _, secret = add_token(office.stores, "scout", [Scope.READ, Scope.REVIEW], 90, "eve")
    headers = {"Authorization": f"Bearer {secret}"}
    app = create_app(replace(office, sources=lambda: slow))
    refused = SimpleQueue[httpx2.Response]()

    with ExitStack() as stack:
        client = stack.enter_context(TestClient(app, base_url=office.address.origin, headers=headers))
        many = stack.enter_context(ThreadPoolExecutor(MANY))
        stack.callback(slow.go.set)

        def add(number: int) -> int:
            answer = client.post(PATH, json={"url": f"https://{number}.example/", "stance": "supports"})
            if answer.status_code == 503:
                refused.put(answer)
            return answer.status_code

        added = many.map(add, range(MANY))
        told = [refused.get(timeout=30) for _ in range(MANY - 12)]
        answered = client.get("/api/v1/claims/1")
        slow.go.set()
        statuses = sorted(added)

    assert answered.status_code == 200
    assert statuses == [200] * 12 + [503] * (MANY - 12)
    assert {(one.json()["type"], one.headers["Retry-After"]) for one in told} == {
        ("urn:factcheck:error:desk-busy", "5")
    }
