"""A web on loopback, for the tests of what fetches from it."""

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import pytest
from fakes import HANG_SECONDS

PUBLIC = "93.184.215.14"
MEGABYTE = bytes(1_000_000)

Hosts = dict[str, list[str]]


class Site(BaseHTTPRequestHandler):
    """Paths that behave: `/3` leads to `/2` and so on to `/0`, a text; `/to?ADDRESS` leads there."""

    def do_GET(self) -> None:
        with suppress(ConnectionError):  # who asked may have gone
            self._answer(self.path)

    def _answer(self, path: str) -> None:
        if path[1:].isdigit() and path != "/0":
            self._head(302, location=f"/{int(path[1:]) - 1}")
        elif path.startswith("/to?"):
            self._head(302, location=path[4:])
        elif path.startswith("/status/"):
            self._head(int(path[8:]))
        elif path == "/loop":
            self._head(301, location="/loop")
        elif path in _BODIES:
            _BODIES[path](self)
        else:
            self._head(200, **{"content-type": "text/plain; charset=utf-8", "etag": '"1"', "set-cookie": "a=b"})
            self.wfile.write(b"River rises\n\nIt rose.")

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _bomb(self) -> None:
        """A thousand megabytes of nothing in one."""
        self._head(200, **{"content-type": "text/html", "content-encoding": "gzip"})
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        head = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
        block = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
        self.wfile.write(head + block * 999)

    def _bomb_in_redirect(self) -> None:
        self.send_response(302)
        self.send_header("location", "/0")
        self.send_header("content-encoding", "gzip")
        self.end_headers()
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        self.wfile.write(packer.compress(MEGABYTE * 20) + packer.flush())

    def _trickle(self) -> None:
        self._head(200, **{"content-type": "text/plain"})
        self._drip()

    def _trickle_of_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._drip()

    def _hang(self) -> None:
        self.server.ended.wait(HANG_SECONDS)  # type: ignore[attr-defined]

    def _drip(self) -> None:
        while not self.server.ended.wait(0.02):  # type: ignore[attr-defined]
            self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        pass


_BODIES: dict[str, Callable[[Site], None]] = {
    "/bomb": Site._bomb,  # noqa: SLF001 - the table of its own paths
    "/bomb-in-redirect": Site._bomb_in_redirect,  # noqa: SLF001
    "/hang": Site._hang,  # noqa: SLF001
    "/trickle": Site._trickle,  # noqa: SLF001
    "/trickle-of-headers": Site._trickle_of_headers,  # noqa: SLF001
}


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The port of a site on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.ended = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.server_port
    server.ended.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def loopback(port: int) -> str:
    """The address of that site, which is private."""
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Hosts:
    """What names resolve to; a name has its answers one after the other, the last one for good."""
    table: Hosts = {"public.example": [PUBLIC]}
    resolve = socket.getaddrinfo

    def resolved(host: str, port: int, *args: Any, **options: Any) -> Any:
        answers = table.get(host)
        if answers is None:
            return resolve(host, port, *args, **options)
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in address.split()]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return table


@pytest.fixture
def connected(hosts: Hosts, port: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that sockets were opened to; the public one is the site on loopback."""
    del hosts
    seen: list[str] = []
    connect = httpcore2.SyncBackend.connect_tcp

    def open_socket(self: httpcore2.SyncBackend, host: str, to: int, *options: Any) -> httpcore2.NetworkStream:
        seen.append(host)
        return connect(self, "127.0.0.1", port if host == PUBLIC else to, *options)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", open_socket)
    return seen
