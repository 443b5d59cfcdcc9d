"""What every request passes before anything reads it: its host, its origin, its length. Every answer is sealed here."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from factcheck.web.office import Address

MOST_BYTES = 1_000_000
"""No form and no record of a program is longer."""
MOST_OF_FILE = 20_100_000
"""Of a form with a file, which the intake takes up to 20 MB of."""
TAKES_FILES = re.compile(r"/add/file|/claims/[0-9]+/source")
"""The addresses of forms with a file; who sends one is asked before it is received."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SEALS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
OF_PROXIES = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Lets in what is meant for this desk, and was sent by its own pages or by a program.

    The `Host` is compared, since another site's name may be pointed at loopback (DNS rebinding). What changes something
    must not come from another site: browsers tell so in `Sec-Fetch-Site` or `Origin`, and a program tells neither.
    Where names are trusted, nothing is answered that has come through a proxy: whoever sent that sits elsewhere.
    """

    def __init__(self, app: ASGIApp, address: Address, *, trusts_names: bool) -> None:
        self._app, self._address, self._trusts_names = app, address, trusts_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Nothing but HTTP is served."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_OF_FILE if TAKES_FILES.fullmatch(scope["path"]) else MOST_BYTES
        refused = self._refusal(scope["method"], Headers(scope=scope), most)
        if refused is not None:
            await refused(scope, receive, _sealed(send))
            return
        await self._app(scope, _bounded(receive, most), _sealed(send))

    def _refusal(self, method: str, headers: Headers, most: int) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._address.hosts:
            return PlainTextResponse("this desk has another name\n", 421)
        if self._trusts_names and any(one in headers for one in OF_PROXIES):
            return PlainTextResponse("this desk asks nobody for a password, and is not served through a proxy\n", 421)
        if method not in _SAFE and not self._is_own(headers):
            return PlainTextResponse("this was sent by the page of another site; nothing was done\n", 403)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("the length of the request is no number\n", 400)
        is_long = len(length) > len(str(most)) or int(length) > most
        return PlainTextResponse("the request is too long\n", 413) if is_long else None

    def _is_own(self, headers: Headers) -> bool:
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        return all(one == "same-origin" for one in sites) and all(one in self._address.origins for one in origins)


def _bounded(receive: Receive, most: int) -> Receive:
    """The same, up to so many bytes: what names no length is counted as it comes."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise HTTPException(413, "the request is too long")
        return message

    return counted


def _sealed(send: Send) -> Send:
    """The same, with the headers that every answer has; one of its own stays."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _SEALS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
