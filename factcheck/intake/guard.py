"""Keeps fetches on the public web: the address that was checked is the one that is connected to.

A name may resolve to anything, and to something else a moment later; so names are resolved here,
once for each connection, and the socket is opened to the very address that passed.
"""

import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore2
import httpx2
from typing_extensions import override

from factcheck.errors import PageGoneError, PageRefusedError, PrivateAddressError

_PORTS = frozenset({80, 443})
_RELAYS = ip_network("192.88.99.0/24")  # of 6to4; they lead into other networks
_HEADERS = 1_000_000  # bytes of them, redirects and all
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: unicast, global, and not an IPv4 one in disguise."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip.is_site_local):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _RELAYS)


# httpx2 takes no network backend, so that the pool of httpcore2 is asked here. MockTransport is httpx2's transport that
# asks a function, and what records or replays HTTP knows it; a class of our own would be missing in recordings.
class GuardedTransport(httpx2.MockTransport):
    """A transport whose connections are guarded. It raises the errors of httpcore2."""

    def __init__(self, backend: "GuardedBackend") -> None:
        super().__init__(self._answered)
        context: SSLContext = httpx2.create_ssl_context()
        self._connections = httpcore2.ConnectionPool(ssl_context=context, network_backend=backend)

    def _answered(self, request: httpx2.Request) -> httpx2.Response:
        at = request.url
        url = httpcore2.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path)
        sent = request.content
        asked = httpcore2.Request(
            request.method, url, headers=request.headers.raw, content=sent, extensions=request.extensions
        )
        answer = self._connections.handle_request(asked)
        told = dict(answer.extensions)
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=told)

    @override
    def close(self) -> None:
        self._connections.close()


@dataclass(frozen=True)
class _Body(httpx2.SyncByteStream):
    """A body that is read from its connection as it is asked for."""

    answer: httpcore2.Response

    @override
    def __iter__(self) -> Iterator[bytes]:
        return self.answer.iter_stream()

    @override
    def close(self) -> None:
        self.answer.close()


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens sockets to public addresses on ports 80 and 443, until `seconds` from now in all.

    `asked` is what the user named, for the errors; `allow_private` opens any address and port. A connection gives at
    most `max_bytes` and its headers.
    """

    def __init__(self, asked: str, seconds: float, max_bytes: int, *, allow_private: bool) -> None:
        self._asked = asked
        self._deadline = time.monotonic() + seconds
        self._max_bytes = max_bytes
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        # Raises PageRefusedError if no address passes, PageGoneError if the host's name is unknown.
        last: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in self._addresses(host, port):
            left = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
            else:
                return _BoundedStream(stream, self._deadline, self._max_bytes + _HEADERS)
        raise last or httpcore2.ConnectError(f"{host!r} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        if not self._allow_private and port not in _PORTS:
            raise PageRefusedError(
                f"{self._asked!r} is not fetched: it leads to port {port} of {host!r}, and pages stand on 80 and 443; "
                "save the page and give the file"
            )
        found = self._resolved(host, port)
        passed = [one for one in found if self._allow_private or is_public(one)]
        if found and not passed:
            raise PrivateAddressError(self._asked, host, found)
        return passed

    def _resolved(self, host: str, port: int) -> list[str]:
        """The host's IP addresses. A resolver knows no deadline, so its thread may be left behind."""
        answer: Future[list[str]] = Future()

        def resolve() -> None:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                answer.set_result(list(dict.fromkeys(str(one[4][0]) for one in found)))
            except (OSError, UnicodeError) as error:
                answer.set_exception(error)

        Thread(target=resolve, daemon=True).start()
        try:
            return answer.result(_left(self._deadline, None, httpcore2.ConnectTimeout))
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(f"the name {host!r} is not resolved in time") from error
        except (OSError, UnicodeError) as error:
            if isinstance(error, UnicodeError) or error.errno in _NO_SUCH_NAME:
                message = f"{self._asked!r} is not there: the name {host!r} is unknown; check the address"
                raise PageGoneError(message) from error
            raise httpcore2.ConnectError(f"the name {host!r} is not resolved: {error.strerror or error}") from error


@dataclass
class _BoundedStream(httpcore2.NetworkStream):
    """A stream that ends at a deadline, since a timeout bounds one read only, and after so many bytes."""

    stream: httpcore2.NetworkStream
    deadline: float
    bytes_left: int

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        content = self.stream.read(max_bytes, _left(self.deadline, timeout, httpcore2.ReadTimeout))
        self.bytes_left -= len(content)
        if self.bytes_left < 0:
            raise httpcore2.ReadError("the answer is too large")
        return content

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline, timeout, httpcore2.WriteTimeout))

    @override
    def close(self) -> None:
        self.stream.close()

    @override
    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self.deadline, timeout, httpcore2.ConnectTimeout)
        stream = self.stream.start_tls(ssl_context, server_hostname, left)
        return _BoundedStream(stream, self.deadline, self.bytes_left)

    @override
    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None, error: type[httpcore2.TimeoutException]) -> float:
    """Seconds that one step may take. Raises the error if none is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("no end in time")
    return left if timeout is None else min(timeout, left)
