"""Fetches a page, with bounds on time, size and redirects."""

import time
from dataclasses import dataclass

import httpx2

from factcheck.errors import SourceError

_SECONDS = 20.0
_SECONDS_IN_ALL = 60.0
_REDIRECTS = 5
_MAX_BYTES = 20_000_000
_TEXTS = ("text/", "application/xhtml", "application/xml")
_AGENT = {"user-agent": "factcheck-desk (article intake)", "accept": "text/html, text/plain;q=0.9"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the bytes, the address after redirects, and whether it is HTML."""

    content: bytes
    url: str
    is_html: bool


def fetch(url: str) -> Page:
    """Fetch a page. Raises SourceError if it does not answer with text in time."""
    try:
        with (
            httpx2.Client(timeout=_SECONDS, follow_redirects=True, max_redirects=_REDIRECTS, headers=_AGENT) as client,
            client.stream("GET", url) as response,
        ):
            _require_text(response, url)
            return Page(_bounded(response, url), str(response.url), "html" in _content_type(response))
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        message = f"{url!r} does not answer: {error or type(error).__name__}; save the page and give the file"
        raise SourceError(message) from error


def _require_text(response: httpx2.Response, url: str) -> None:
    if response.is_error:
        message = f"{url!r} answers {response.status_code} {response.reason_phrase}; check the address"
        raise SourceError(message)
    kind = _content_type(response)
    if kind and not kind.startswith(_TEXTS):
        message = f"{url!r} is {kind}, not a page or a text; save the article as text and give the file"
        raise SourceError(message)


def _bounded(response: httpx2.Response, url: str) -> bytes:
    content, deadline = bytearray(), time.monotonic() + _SECONDS_IN_ALL
    for chunk in response.iter_bytes():
        content += chunk
        if time.monotonic() > deadline:
            message = f"{url!r} trickles: no end after {_SECONDS_IN_ALL:.0f} s; save the page and give the file"
            raise SourceError(message)
        if len(content) > _MAX_BYTES:
            message = f"{url!r} is larger than {_MAX_BYTES:,} bytes; save the article as text and give the file"
            raise SourceError(message)
    return bytes(content)


def _content_type(response: httpx2.Response) -> str:
    return str(response.headers.get("content-type", "")).split(";")[0].strip().lower()
