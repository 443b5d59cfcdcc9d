"""Articles handed to a server that people really reach: killed in the middle, stopped, and sent more than it takes."""

import http.client
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from fakes import Reply, StandIn, numbered_sentences, one_claim_a_sentence
from served_desk import ServedDesk, served_desk

from factcheck.settings import Settings
from factcheck.web.uploads import MOST_OF_ONE
from factcheck.wiring import stores
from factcheck.workflow.follow_extraction import ExtractionState, extraction_of

LONG = "\n\n".join(f"The town of Brook {n} has {n + 20} wells and {n + 3} schools." for n in range(60))
MEGABYTE = 1_000_000


@pytest.fixture
def folder(tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty desk, whose server knows the stand-in's model."""
    del stand_in
    monkeypatch.setenv("FACTCHECK_SPLIT_COMPOUNDS", "0")
    with stores(Settings(db=str(tmp_path / "factcheck.db")), creates=True) as opened:
        opened.accounts.drop_ended(opened.clock())
    return tmp_path


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    """Somebody's browser."""
    with httpx2.Client(timeout=60) as asking:
        yield asking


def token(client: httpx2.Client, served: ServedDesk) -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(f"{served.address}/add").text)
    assert found
    return found[1]


def begin(client: httpx2.Client, served: ServedDesk) -> None:
    """Paste the long article and begin."""
    told = {"token": token(client, served)}
    handed_in = client.post(f"{served.address}/add/text", data=told | {"text": LONG})
    begun = client.post(served.address + handed_in.headers["location"], data=told)
    assert begun.headers["location"] == "/articles/1/extraction"


def state_in(folder: Path) -> ExtractionState:
    with stores(Settings(db=str(folder / "factcheck.db"))) as opened:
        return extraction_of(opened, 1)


def waited(folder: Path, what: str) -> ExtractionState:
    """The state once it is so."""
    until = time.monotonic() + 60
    while not getattr(state := state_in(folder), what):
        assert time.monotonic() < until, state
        time.sleep(0.05)
    return state


def until_held(stand_in: StandIn, calls: int) -> threading.Event:
    """The model's server answers so many calls, and keeps the others back until this is set."""
    go = threading.Event()

    def answer(request: dict[str, Any]) -> Reply:
        if len(stand_in.requests) > calls:
            go.wait(60)
        return one_claim_a_sentence(request)

    stand_in.answer = answer
    return go


def windows(stand_in: StandIn) -> list[tuple[str, ...]]:
    return [tuple(numbered_sentences(request).values()) for request in stand_in.requests]


def test_killed_server_goes_on_with_what_is_missing(folder: Path, client: httpx2.Client, stand_in: StandIn) -> None:
    go = until_held(stand_in, 3)
    with served_desk(folder, "--reviewer", "ana") as served:
        begin(client, served)
        before = waited(folder, "answered")
        time.sleep(0.5)
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
    go.set()
    answered = state_in(folder).answered
    assert 0 < before.answered <= answered < 60
    asked = len(stand_in.requests)

    with served_desk(folder, "--reviewer", "ana") as served:
        page = f"{served.address}/articles/1/extraction"
        until = time.monotonic() + 60
        while "Broken off" not in client.get(page).text:
            assert time.monotonic() < until
            time.sleep(0.2)
        client.post(page, data={"token": token(client, served)})
        until = time.monotonic() + 60
        while "Done" not in client.get(page).text:
            assert time.monotonic() < until
            time.sleep(0.2)

    again = [one for window in windows(stand_in)[asked:] for one in window]
    assert len(again) == 60 - answered
    assert state_in(folder).claims == 60


def test_stopped_server_lets_its_calls_land(folder: Path, client: httpx2.Client, stand_in: StandIn) -> None:
    go = until_held(stand_in, 1)
    with served_desk(folder, "--reviewer", "ana") as served:
        begin(client, served)
        waited(folder, "answered")
        time.sleep(0.5)
        served.process.send_signal(signal.SIGINT)
        threading.Timer(1, go.set).start()
        _, talk = served.process.communicate(timeout=60)

    state = state_in(folder)
    assert state.run is not None
    assert state.run.outcome == "interrupted"
    assert state.run.usage.calls == len(stand_in.requests)
    assert 0 < state.answered < 60
    assert " of a model, paid for already" in talk


@pytest.mark.parametrize("told", [True, False], ids=["of-told-length", "in-chunks"])
@pytest.mark.usefixtures("stand_in")
def test_long_file_is_refused_in_little_memory(folder: Path, client: httpx2.Client, told: bool) -> None:  # noqa: FBT001 - a parameter
    with served_desk(folder, "--reviewer", "ana") as served:
        secret = token(client, served)
        cookies = cookies_of(client)
        before = _peak(served)
        status = _send_long(served, secret, cookies, has_length=told)
        after = _peak(served)
        assert client.get(f"{served.address}/add").status_code == 200

    assert status in {413, None}  # the connection may be closed before the answer is read
    assert after - before < 30


def test_files_that_come_slowly_keep_nobody_waiting(folder: Path, client: httpx2.Client) -> None:
    with served_desk(folder, "--reviewer", "ana") as served, ExitStack() as stack:
        secret = token(client, served)
        slow = [stack.enter_context(closing(_begin_file(served, secret, cookies_of(client)))) for _ in range(45)]
        for _ in range(20):  # all of them are being received by its end
            assert client.get(f"{served.address}/add", timeout=10).status_code == 200
            time.sleep(0.1)
        for one in slow[:MOST_OF_ONE]:
            one.send(b"The dam broke. " * (2 * MEGABYTE // 15))  # on disk from there on, which takes threads, too
        assert client.get(f"{served.address}/add", timeout=20).status_code == 200


def test_so_many_files_of_one_person_come_at_a_time(folder: Path, client: httpx2.Client) -> None:
    with served_desk(folder, "--reviewer", "ana") as served, ExitStack() as stack:
        secret = token(client, served)
        first = [
            stack.enter_context(closing(_begin_file(served, secret, cookies_of(client)))) for _ in range(MOST_OF_ONE)
        ]
        time.sleep(1)  # they are being received
        last = stack.enter_context(closing(_begin_file(served, secret, cookies_of(client))))
        refused = last.getresponse()
        said = refused.read().decode()
        first[0].close()
        time.sleep(1)
        again = client.post(
            f"{served.address}/add/file", data={"token": secret}, files={"file": ("a.txt", LONG.encode())}
        )

    assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
    assert "4 files of yours are on their way" in said
    assert again.status_code == 303


def test_file_that_breaks_off_is_no_mistake_of_the_program(folder: Path, client: httpx2.Client) -> None:
    with served_desk(folder, "--reviewer", "ana") as served:
        _begin_file(served, token(client, served), cookies_of(client)).close()
        time.sleep(0.5)
        assert client.get(f"{served.address}/add").status_code == 200
        served.process.send_signal(signal.SIGINT)
        _, talk = served.process.communicate(timeout=60)

    assert "Traceback" not in talk


def _begin_file(served: ServedDesk, secret: str, cookies: str) -> http.client.HTTPConnection:
    """Send the beginning of a file of 5 MB."""
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=60)
    connection.putrequest("POST", "/add/file")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Cookie", cookies)
    connection.putheader("Content-Length", str(5 * MEGABYTE))
    connection.endheaders()
    connection.send(_head(secret))
    return connection


def cookies_of(client: httpx2.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def _head(secret: str) -> bytes:
    """The beginning of a form with a file."""
    return (
        f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{secret}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    ).encode()


def _peak(served: ServedDesk) -> int:
    """The most memory that the server has held, in megabytes."""
    told = Path(f"/proc/{served.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    assert found
    return int(found[1]) // 1000


def _send_long(served: ServedDesk, secret: str, cookies: str, *, has_length: bool) -> int | None:
    """Send a file of 100 MB; the status, None where the server would not hear more of it."""
    head = _head(secret)
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=60)
    connection.putrequest("POST", "/add/file")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Cookie", cookies)
    if has_length:
        connection.putheader("Content-Length", str(len(head) + 100 * MEGABYTE))
    else:
        connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    try:
        for part in (head, *[b"The dam broke. " * (MEGABYTE // 15)] * 100):
            connection.send(part if has_length else b"%x\r\n%s\r\n" % (len(part), part))
    except OSError:
        pass
    try:
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
