"""`factcheck tokens` and `factcheck webhooks`: what programs show, and what they hear, over real HTTP on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Command
from served_desk import served_desk

from factcheck.domain.webhooks import signature

ON_BOTH_DATABASES = True
ANA, EVE = ("--reviewer", "ana"), ("--reviewer", "eve")


@dataclass
class Listener:
    """A program that hears of the desk."""

    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@contextmanager
def _listening(listener: Listener) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            listener.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(listener.status)
            self.send_header("location", "http://127.0.0.1:1/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    listener.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "1")
    opened = Listener()
    with _listening(opened):
        yield opened


@pytest.fixture
def secret(factcheck: Command, demo_desk: object, listener: Listener) -> str:
    """The secret of a webhook that hears of sign-offs."""
    del demo_desk
    return factcheck("webhooks", "add", listener.url, "--on", "signed_off", "--on", "rejected", *EVE).out.strip()


def decide(factcheck: Command) -> int:
    """Decide a claim and sign it off; returns its number."""
    number = int(factcheck("next", "--json", "--first", *ANA).json["id"])
    assert (
        factcheck("verdict", number, "true", *ANA, "--rationale", "So.", "--evidence", "https://a.example/").code == 0
    )
    assert factcheck("sign-off", number, *EVE).code == 0
    return number


def test_program_hears_of_a_sign_off(factcheck: Command, listener: Listener, secret: str) -> None:
    number = decide(factcheck)

    assert factcheck("webhooks", "send").out == "sent: 1, failed: 0\n"

    [(headers, body)] = listener.heard
    told = json.loads(body)
    assert (told["type"], told["data"]["claim"]) == ("claim.signed_off", number)
    signed = signature(secret, headers["webhook-id"], headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == signed
    assert factcheck("webhooks", "send").out == "sent: 0, failed: 0\n"
    assert "sent " in factcheck("webhooks").out


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_fails_waits(factcheck: Command, listener: Listener, secret: str, status: int) -> None:
    del secret
    listener.status = status
    decide(factcheck)

    done = factcheck("webhooks", "send")

    assert (done.code, done.out) == (3, "sent: 0, failed: 1\n")
    assert f"answers {status}" in done.err
    assert "/hook" not in done.err + factcheck("log").out  # a path is often what lets somebody in
    [one] = factcheck("webhooks", "--json").json
    assert (one["tries"], one["sent_at"], bool(one["next_at"])) == (1, None, True)
    assert "failed 1, next" in factcheck("webhooks").out
    assert factcheck("webhooks", "send").out == "sent: 0, failed: 0\n"  # not before its time
    assert len(listener.heard) == 1


def test_private_address_is_told_nothing(
    factcheck: Command, listener: Listener, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del secret
    decide(factcheck)
    monkeypatch.delenv("FACTCHECK_ALLOW_PRIVATE_FETCH")

    done = factcheck("webhooks", "send")

    assert done.code == 3
    assert listener.heard == []


def test_secret_is_shown_once(factcheck: Command, secret: str) -> None:
    shown = [factcheck("webhooks", *words, "--json").out for words in ((), ("list",))]

    assert secret.startswith("whsec_")
    assert secret not in "".join(shown)
    assert factcheck("webhooks", "remove", 1, *EVE).code == 0
    assert factcheck("webhooks", "remove", 1, *EVE).code != 0


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://u:p@a.example/", "a.example"])
def test_odd_address_is_refused(factcheck: Command, demo_desk: object, url: str) -> None:
    del demo_desk
    refused = factcheck("webhooks", "add", url)

    assert refused.code == 2
    assert "is not a web address; a webhook needs" in refused.err


def test_token_is_shown_once_and_revoked(factcheck: Command, demo_desk: object) -> None:
    del demo_desk
    made = factcheck("tokens", "add", "scout", "--scope", "review", "--days", 7, *EVE)

    secret = made.out.strip()
    assert secret.startswith("fcdesk_")
    assert "token 1 of scout: read, review, until" in made.err
    listed = factcheck("tokens", "list", "--json")
    assert (listed.json[0]["name"], listed.json[0]["scopes"]) == ("scout", ["read", "review"])
    assert secret not in listed.out + factcheck("log", "--json").out
    factcheck("tokens", "revoke", 1, *EVE)
    assert "revoked" in factcheck("tokens", "list").out
    assert factcheck("tokens", "revoke", 9).code == factcheck("claim", 999).code
    assert factcheck("audit", "verify").code == 0


def test_server_sends_by_itself(factcheck: Command, folder: Path, listener: Listener, secret: str) -> None:
    del secret
    with served_desk(folder):
        number = decide(factcheck)
        waited = time.monotonic() + 60
        while not listener.heard and time.monotonic() < waited:
            time.sleep(0.1)

    assert [json.loads(body)["data"]["claim"] for _, body in listener.heard] == [number]
    assert factcheck("webhooks", "--json").json[0]["sent_at"]
