"""Requests that no page sends: none is answered with a 5xx, and none changes anything."""

import random
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from web_visitor import Visitor

from factcheck.web.app import create_app
from factcheck.web.claim_acts import ACTS
from factcheck.web.office import Office

ODD = (
    *(
        "",
        " ",
        "\0",
        "0",
        "-1",
        "9" * 400,
        "1e9",
        "NaN",
        "é" * 500,
        "\ud800".encode("utf-8", "surrogatepass"),
        b"\xff\xfe",
    ),
    *(
        "2026-02-30",
        "99999-01-01",
        "'; DROP TABLE claim; --",
        "\r\nX: y",
        "%s%n",
        "{{7*7}}",
        "[1]",
        "null",
        "high",
        "true",
    ),
)
FIELDS = (
    *(
        "label",
        "rationale",
        "known_as_of",
        "confidence",
        "note",
        "error_type",
        "revision",
        "planned",
        "seen",
        "next",
        "quiet",
    ),
    *("text", "parts", "into", "earlier", "reason", "speaker", "assignee", "due", "asked_on", "answer", "url", "quote"),
    *("stance", "title", "publisher", "published", "description", "locator", "archive_url", "kind", "anonymous"),
    *("evidence", "despite", "comment", "publish", "words", "sentence", "stage", "to", "language", "name", "new"),
)
PATHS = (
    *(
        "/claims",
        "/claims/1",
        "/claims/1/log",
        "/claims/1/alike",
        "/log",
        "/articles/1",
        "/articles/1/preview",
        "/enter",
    ),
    *("/claims/%00", "/claims/1%2F..", "/articles/-1", "/articles/99999999999999999999", "/static/../pages.py", "/%ff"),
    *("/static/desk.js", "/people", "/password", "//", "/claims/1/verdict", "/next", "/undo"),
)


@pytest.fixture
def asking(office: Office) -> Iterator[TestClient]:
    """Errors of the server are answers here, not exceptions."""
    client = TestClient(
        create_app(office), base_url=office.address.origin, follow_redirects=False, raise_server_exceptions=False
    )
    with client:
        yield client


@pytest.mark.parametrize("act", [*ACTS, "add"])
def test_odd_forms_are_refused_or_read(asking: TestClient, act: str) -> None:
    token, chance = Visitor(asking).token(), random.Random(act)  # noqa: S311 - the same oddities each time
    for _ in range(25):
        chosen = chance.sample(FIELDS, 12)
        sent = {"token": token, **{name: chance.choice(ODD) for name in chosen if name != "url"}}

        status = asking.post(f"/claims/1/{act}", data=sent | {"unfetched": "1"}).status_code

        assert status < 500, sent


@pytest.mark.parametrize("path", PATHS)
def test_odd_addresses_are_answered(asking: TestClient, path: str) -> None:
    chance = random.Random(path)  # noqa: S311 - as above
    for _ in range(15):
        asked = {
            name: chance.choice(ODD) for name in ("q", "state", "article", "mine", "after", "drafts", "done", "to")
        }
        asked = {name: one.decode("latin-1") if isinstance(one, bytes) else one for name, one in asked.items()}

        assert asking.get(path, params=asked).status_code < 500, asked


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "ODD"])
def test_other_methods_do_nothing(asking: TestClient, office: Office, method: str) -> None:
    head = office.stores.log.head()

    for path in ("/claims/1/verdict", "/next", "/", "/claims/1"):
        assert asking.request(method, path).status_code < 500
    assert office.stores.log.head() == head


BODIES = (
    (b"", "application/x-www-form-urlencoded"),
    (b"token", "application/x-www-form-urlencoded"),
    (b"%ff=%00&token=%", "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=1" % one for one in range(5000)), "application/x-www-form-urlencoded"),
    (b"{}", "application/json"),
    (b"", "multipart/form-data"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (
        b'--x\r\nContent-Disposition: form-data; name="token"; filename="t"\r\n\r\nx\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    (b"\xff" * 1000, "text/plain; charset=utf-16"),
    *(
        (
            b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\\ud800-\r\n--x--\r\n',
            f"multipart/form-data; boundary=x; charset={codec}",
        )
        for codec in ("raw_unicode_escape", "unicode_escape", "undefined", "punycode", "utf-7", "hex", "nobodys")
    ),
)


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_odd_bodies_are_refused(asking: TestClient, body: bytes, kind: str) -> None:
    for path in ("/claims/1/note", "/enter", "/next"):
        assert asking.post(path, content=body, headers={"Content-Type": kind}).status_code in {400, 403}


def test_get_changes_nothing(asking: TestClient, office: Office) -> None:
    head = office.stores.log.head()

    for path in PATHS:
        asking.get(path)

    assert office.stores.log.head() == head
    assert office.desk.queue.held_by("ana", office.desk.clock()) == ()
