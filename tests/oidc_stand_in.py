"""An identity provider on loopback: it signs as real ones do, and lets a test spoil each part of what it says."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "factcheck", "a-secret-of-the-client"
WELL_KNOWN = "/.well-known/openid-configuration"
Claims = dict[str, Any]


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


KEY, OTHER_KEY = new_key("one"), new_key("one")
"""The provider's, and one of somebody else under its name."""


def signed(claims: Claims, key: RSAKey = KEY) -> str:
    """An ID token, as the provider signs it."""
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@dataclass
class StandIn:
    """Who logs in, what is answered in the place of the usual, and what was asked.

    `spoils` are claims in the place of a token's, None for none; `signs` makes a token of them, `answers` gives status,
    headers and body for a path, `drips` is one that is answered a byte at a time; `codes` were not used yet.
    """

    port: int
    person: Claims = field(default_factory=lambda: {"email": "ana", "email_verified": True})
    spoils: Claims = field(default_factory=dict)
    signs: Callable[[Claims], str] = signed
    keys: tuple[RSAKey, ...] = (KEY,)
    about: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    drips: str | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def described(self) -> dict[str, Any]:
        """What it says of itself."""
        usual = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        return usual | self.about

    def authorize(self, asked: dict[str, str]) -> str:
        """Where somebody who is logged in there is sent back to."""
        code = token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """What is given for a code: once, to the client that asked, with the verifier of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri") or asked["code_challenge"] != proof:
            return 400, {"error": "invalid_grant", "error_description": "no such code: <script>"}
        client, _, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(client), unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        now = int(time.time())
        told: Claims = {"iss": self.issuer, "sub": "42", "aud": CLIENT, "iat": now, "exp": now + 300}
        told |= {"nonce": asked["nonce"], **self.person, **self.spoils}
        self.tokens.append(self.signs({name: one for name, one in told.items() if one is not None}))
        return 200, {"access_token": "an-access-token", "token_type": "Bearer", "id_token": self.tokens[-1]}


class _Server(ThreadingHTTPServer):
    stand_in: StandIn


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        stand_in, parts = self.server.stand_in, urlsplit(self.path)
        stand_in.asked.append(parts.path)
        if parts.path in stand_in.answers:
            self._send(*stand_in.answers[parts.path])
        elif parts.path == WELL_KNOWN:
            self._json(200, stand_in.described())
        elif parts.path == "/keys":
            self._json(200, {"keys": [one.as_dict(private=False) for one in stand_in.keys]})
        elif parts.path == "/authorize":
            asked = {name: one for name, [one] in parse_qs(parts.query).items()}
            self._send(302, {"location": stand_in.authorize(asked)}, b"")
        else:
            self._send(404, {}, b"")

    def do_POST(self) -> None:
        stand_in = self.server.stand_in
        stand_in.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: one for name, [one] in parse_qs(body).items()}
        if self.path in stand_in.answers:
            self._send(*stand_in.answers[self.path])
        else:
            self._json(*stand_in.token(form, self.headers.get("authorization", "")))

    def _json(self, status: int, document: dict[str, Any]) -> None:
        self._send(status, {"content-type": "application/json"}, json.dumps(document).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        with suppress(ConnectionError):  # who asked may have gone
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.path != self.server.stand_in.drips:
                self.wfile.write(body)
                return
            for one in body:  # a byte at a time, each well before a timeout
                self.wfile.write(bytes([one]))
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        pass


@contextmanager
def identity_provider() -> Iterator[StandIn]:
    """One, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.stand_in = StandIn(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
