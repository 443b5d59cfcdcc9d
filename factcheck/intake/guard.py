"""Keeps fetches on the public web: the address that was checked is the one that is connected to.

A name may resolve to anything, and to something else a moment later; so names are resolved here,
once for each connection, and the socket is opened to the very address that passed.
"""

import socket
import time
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore2
import httpx2

from factcheck.errors import PageGoneError, PageRefusedError, PrivateAddressError

_PORTS = frozenset({80, 443})
_RELAYS = ip_network("192.88.99.0/24")  # of 6to4; they lead into other networks
_HEADERS = 1_000_000
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_Resolved = list[str] | OSError


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: unicast, global, and not an IPv4 one in disguise."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip.is_site_local):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _RELAYS)


class GuardedTransport(httpx2.HTTPTransport):
    """A transport whose connections are guarded; what records or replays HTTP sees it as any other."""

    def __init__(self, backend: "GuardedBackend") -> None:
        super().__init__()
        context: SSLContext = httpx2.create_ssl_context()
        self._pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=backend)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens sockets to public addresses on ports 80 and 443, until `seconds` from now in all.

    `asked` is the address that the user named, for the errors.
    `allow_private` opens them to any address and port. Each connection gives at most `max_bytes`
    and its headers.
    """

    def __init__(self, asked: str, seconds: float, max_bytes: int, *, allow_private: bool) -> None:
        self._asked = asked
        self._deadline = time.monotonic() + seconds
        self._max_bytes = max_bytes
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that passes and answers.

        Raises PageRefusedError if none passes, PageGoneError if the host's name is unknown.
        """
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
            message = (
                f"{self._asked!r} is not fetched: it leads to port {port} of {host!r}, and pages stand on 80 and 443; "
                "save the page and give the file"
            )
            raise PageRefusedError(message)
        found = self._resolved(host, port)
        passed = [one for one in found if self._allow_private or is_public(one)]
        if found and not passed:
            message = (
                f"{self._asked!r} is not fetched: {host!r} is {', '.join(found)}, which is not a public address; save "
                "the page and give the file"
            )
            raise PrivateAddressError(message)
        return passed

    def _resolved(self, host: str, port: int) -> list[str]:
        """The host's IP addresses. A resolver knows no deadline, so its thread may be left behind."""
        answers: SimpleQueue[_Resolved] = SimpleQueue()
        Thread(target=_resolve, args=(host, port, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=_left(self._deadline, None, httpcore2.ConnectTimeout))
        except Empty as error:
            message = f"the name {host!r} is not resolved in time"
            raise httpcore2.ConnectTimeout(message) from error
        if isinstance(answer, list):
            return answer
        if answer.errno in _NO_SUCH_NAME:
            message = f"{self._asked!r} is not there: the name {host!r} is unknown; check the address"
            raise PageGoneError(message) from answer
        message = f"the name {host!r} is not resolved: {answer.strerror or answer}"
        raise httpcore2.ConnectError(message)


class _BoundedStream(httpcore2.NetworkStream):
    """A stream that ends at the deadline, however fast its parts come, and after so many bytes."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float, bytes_left: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._bytes_left = bytes_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes. Raises ReadTimeout after the deadline, ReadError after too many."""
        content = self._stream.read(max_bytes, _left(self._deadline, timeout, httpcore2.ReadTimeout))
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            message = "the answer is too large"
            raise httpcore2.ReadError(message)
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes. Raises WriteTimeout after the deadline."""
        self._stream.write(buffer, _left(self._deadline, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted, with the same bounds."""
        left = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _BoundedStream(stream, self._deadline, self._bytes_left)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as its base says
        """What the socket tells of itself."""
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None, error: type[httpcore2.TimeoutException]) -> float:
    """Seconds that one step may take. Raises the error if none is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        message = "no end in time"
        raise error(message)
    return left if timeout is None else min(timeout, left)


def _resolve(host: str, port: int, answers: "SimpleQueue[_Resolved]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    except UnicodeError as error:
        answers.put(socket.gaierror(socket.EAI_NONAME, f"no name of a host: {error}"))
    else:
        answers.put(list(dict.fromkeys(str(one[4][0]) for one in found)))
