"""Fetches one address from the public web, with bounds on time, size and redirects."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import IO

import httpcore2
import httpx2

from factcheck import __version__
from factcheck.domain.evidence import Snapshot
from factcheck.errors import PageGoneError, PageRefusedError, PageUnreachableError, SourceError
from factcheck.intake.guard import GuardedBackend, GuardedTransport
from factcheck.intake.unpacked import ACCEPTED, unpacked

AGENT = "factcheck-desk"
USER_AGENT = f"{AGENT}/{__version__}"
_HEADERS = {
    "user-agent": USER_AGENT,
    "accept": "text/html, text/plain;q=0.9, */*;q=0.5",
    "accept-encoding": ACCEPTED,
}
_KEPT_HEADERS = ("content-type", "content-language", "date", "etag", "last-modified")
_GONE = frozenset({404, 410})
_NOT_NOW = frozenset({408, 425, 429})
"""Statuses by which a server says, besides all from 500 on, that it may answer another time."""
_PARTIAL = 206
UNANSWERED = (
    httpx2.HTTPError, httpx2.InvalidURL, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol, UnicodeError,  # of an address without a host, and of a host's name
)  # fmt: skip
"""What is raised where nothing that can be read comes back."""
_NO_ADDRESS = (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol, UnicodeError)
"""Those of them that are no server's fault."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch, redirects and all. `max_bytes` counts after decompression."""

    max_bytes: int = 10_000_000
    seconds: float = 60.0
    seconds_a_read: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """What one fetch says and heeds beyond the address.

    `before` hears each address before it is asked, after a redirect too, and raises SourceError for one that is not to
    be; of `answers`, statuses that are no success, a snapshot is made as well.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[str], None] = lambda _: None
    answers: Container[int] = ()


def fetch(
    url: str, limits: Limits | None = None, *, allow_private: bool = False, asking: Asking | None = None
) -> Snapshot:
    """What the address answers with; private ones are not asked, not even after a redirect. Raises SourceError."""
    content = BytesIO()
    answered = fetch_into(content, url, limits, allow_private=allow_private, asking=asking)
    return replace(answered, content=content.getvalue())


def fetch_into(
    file: IO[bytes],
    url: str,
    limits: Limits | None = None,
    *,
    allow_private: bool = False,
    asking: Asking | None = None,
) -> Snapshot:
    """As `fetch`; what the address answers with goes to a file, and the snapshot is empty."""
    limits, asking = limits or Limits(), asking or Asking()
    backend = GuardedBackend(url, limits.seconds, limits.max_bytes, allow_private=allow_private)
    try:
        with httpx2.Client(
            transport=GuardedTransport(backend), timeout=limits.seconds_a_read, headers=_HEADERS, trust_env=False
        ) as client:
            client.headers.update(asking.headers)
            return _follow(client, url, limits, asking, file)
    except UNANSWERED as error:
        message = f"{url!r} does not answer: {error or type(error).__name__}; save the page and give the file"
        raise (SourceError if isinstance(error, _NO_ADDRESS) else PageUnreachableError)(message) from error


def _follow(client: httpx2.Client, url: str, limits: Limits, asking: Asking, file: IO[bytes]) -> Snapshot:
    """Go where redirects lead, each address checked anew; their bodies are never read."""
    here = url
    for _ in range(limits.redirects + 1):
        parts = httpx2.URL(here)
        if parts.scheme not in {"http", "https"} or parts.userinfo:
            message = f"{here!r} is not fetched: only http and https, and no password; save the page and give the file"
            raise PageRefusedError(message)
        asking.before(here)
        with client.stream("GET", here) as response:
            if not response.has_redirect_location:
                return _snapshot(response, url, limits, asking.answers, file)
            here = str(response.url.join(response.headers["location"]))
    message = f"{url!r} does not answer: more than {limits.redirects} redirects; save the page and give the file"
    raise SourceError(message)


def _snapshot(
    response: httpx2.Response, url: str, limits: Limits, answers: Container[int], file: IO[bytes]
) -> Snapshot:
    if not (response.is_success or response.status_code in answers):
        message = f"{url!r} answers {response.status_code} {response.reason_phrase}; check the address"
        raise _kind_of(response)(message)
    if response.status_code == _PARTIAL and _PARTIAL not in answers:
        message = f"{url!r} answers {_PARTIAL} Partial Content, a part of the page; save the page and give the file"
        raise SourceError(message)
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    size = 0
    for chunk in unpacked(response):
        size += len(chunk)
        if size > limits.max_bytes:
            message = f"{url!r} is larger than {limits.max_bytes:,} bytes; save what you need of it and give the file"
            raise SourceError(message)
        file.write(chunk)
    return Snapshot(b"", kind, str(response.url), response.status_code, headers)


def _kind_of(response: httpx2.Response) -> type[SourceError]:
    """Which error an answer is that is no success."""
    if response.status_code in _GONE:
        return PageGoneError
    return PageUnreachableError if response.is_server_error or response.status_code in _NOT_NOW else SourceError
