"""An identity provider by OpenID Connect: the authorization code flow with PKCE, state and nonce, as Authlib has it."""

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Any

import httpcore2
import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from typing_extensions import override

from factcheck.domain.identity import IdentityClaim, ProviderSettings, may_be_asked
from factcheck.errors import (
    ClocksDifferError,
    NoProviderError,
    RefusedLoginError,
    SourceError,
    UnbegunLoginError,
    UnverifiedLoginError,
)
from factcheck.workflow.account_ports import IdentityProvider, LoginAttempt
from factcheck.workflow.ports import Clock

MOST_BYTES = 500_000
"""Of anything that the provider answers, besides its headers; a document of it has a few thousand."""
SECONDS = 10.0
"""For one answer, from the name's look-up to its last byte."""
_KEPT = 3600.0
ANEW_AFTER = 120.0
"""So old is at least what is asked for anew because a token is not signed as it says."""
_DOWN = 5.0
"""So many seconds after it did not answer nobody else waits for it."""
_AT_ONCE = 8
_LEEWAY = 60
_SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Never `none`, and never by a secret that both sides have: a key that everybody knows would pass for one."""
_SCOPES = {IdentityClaim.EMAIL: "openid email", IdentityClaim.USERNAME: "openid profile"}
_ERROR_CODE = re.compile("[a-z_]{1,40}")
_UNANSWERED = (
    httpx2.HTTPError, httpx2.InvalidURL, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol, SourceError,  # of the guard: nobody knows the name
)  # fmt: skip
_ODD = ValueError, TypeError, KeyError, AttributeError, RecursionError, JoseError
"""What is raised for documents and tokens that are not as they should be."""
_OF_TIME = frozenset({"iat", "nbf"})
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

Transport = Callable[[str, float, int], httpx2.BaseTransport]
"""What an address is asked with, within so many seconds and bytes."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider says of itself, its keys, and until when that is believed."""

    about: Mapping[str, Any]
    keys: KeySet
    until: float


@dataclass
class OidcProvider(IdentityProvider):
    """Serves the IdentityProvider port. The first who comes has it asked what it is, which is kept for an hour."""

    settings: ProviderSettings
    transport: Transport
    clock: Clock
    _known: _Known | None = None
    _down_until: float = 0.0
    _lock: Lock = field(default_factory=Lock)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))

    @override
    def begin(self, came_from: str) -> tuple[str, LoginAttempt]:
        attempt = LoginAttempt(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48))
        with self._turn():
            about = self._asked().about
        with self._client(about, came_from) as client:
            address, _ = client.create_authorization_url(
                about["authorization_endpoint"],
                state=attempt.state,
                code_verifier=attempt.verifier,
                nonce=attempt.nonce,
            )
        return str(address), attempt

    @override
    def finish(self, attempt: LoginAttempt, came_from: str, answer: Mapping[str, str]) -> Mapping[str, object]:
        if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise UnbegunLoginError("the answer is to another login than the one that this browser has begun")
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:  # RFC 9207
            raise UnverifiedLoginError("the answer comes from another provider")
        if "error" in answer or not answer.get("code"):
            raise RefusedLoginError(f"the provider at {self.settings.host!r} lets nobody in{_code_of(answer)}")
        with self._turn():
            known = self._asked()
            token = self._token(known.about, attempt, came_from, answer["code"])
            return self._verified(known, token, attempt.nonce)

    def _token(self, about: Mapping[str, Any], attempt: LoginAttempt, came_from: str, code: str) -> Mapping[str, Any]:
        """What the provider gives for a code, once."""
        with self._answering(), self._client(about, came_from) as client:
            try:
                return dict(client.fetch_token(about["token_endpoint"], code=code, code_verifier=attempt.verifier))
            except AuthlibBaseError as error:
                told = _code_of({"error": str(error.error)})
                raise RefusedLoginError(f"the provider at {self.settings.host!r} refuses the login{told}") from None

    def _verified(self, known: _Known, token: Mapping[str, Any], nonce: str) -> Mapping[str, object]:
        """The claims of an ID token that is signed, for this desk, of this issuer, of this login, and good now."""
        told, access_token = token.get("id_token"), token.get("access_token")
        if not isinstance(told, str) or not isinstance(access_token, str | None):
            raise UnverifiedLoginError("the provider sends no ID token")
        try:
            read = self._read(known, told)
            expected: Any = {
                "iss": {"essential": True, "value": self.settings.issuer},
                "aud": {"essential": True, "value": self.settings.client_id},
            }
            of_login = {"nonce": nonce, "client_id": self.settings.client_id, "access_token": access_token}
            claims = CodeIDToken(read.claims, read.header, expected, of_login)
            claims.validate(now=int(self.clock().timestamp()), leeway=_LEEWAY)
        except ExpiredTokenError:
            raise ClocksDifferError("the provider's token is over: it came late, or the clocks differ") from None
        except JoseError as error:
            if isinstance(error, InvalidClaimError) and error.claim in _OF_TIME:
                raise ClocksDifferError("the provider's token is not good yet: the clocks differ") from None
            raise UnverifiedLoginError(f"the provider's token does not hold ({error.error})") from None
        except _ODD:
            raise UnverifiedLoginError("the provider's token cannot be read") from None
        return dict(claims)

    def _read(self, known: _Known, token: str) -> jwt.Token:
        try:
            return self._decoded(known, token)
        except InvalidKeyIdError:  # the provider has other keys since
            return self._decoded(self._asked(anew=True), token)
        except JoseError:  # or another one under the same name, or none, or signs in another way
            if monotonic() < known.until - _KEPT + ANEW_AFTER:
                raise
            return self._decoded(self._asked(anew=True), token)

    def _decoded(self, known: _Known, token: str) -> jwt.Token:
        told = known.about.get("id_token_signing_alg_values_supported")
        named = told if isinstance(told, list) else ["RS256"]
        algorithms = [one for one in _SIGNED_BY if one in named]
        return jwt.decode(token, known.keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False))

    def _asked(self, *, anew: bool = False) -> _Known:
        """What the provider says of itself; asked by one at a time. Raises NoProviderError."""
        with self._lock:
            if self._known is None or anew or self._known.until < monotonic():
                if monotonic() < self._down_until:
                    raise NoProviderError(f"the identity provider at {self.settings.host!r} does not answer now")
                self._down_until = monotonic() + _DOWN
                with self._answering():
                    self._known = self._ask()
                self._down_until = 0.0
            return self._known

    def _ask(self) -> _Known:
        issuer = self.settings.issuer
        about = self._document(get_well_known_url(issuer, external=True))
        if about.get("issuer") != issuer:
            raise NoProviderError(f"the provider calls itself {str(about.get('issuer'))[:200]!r}, and not {issuer!r}")
        for name in _ENDPOINTS:
            address = about.get(name)
            if not isinstance(address, str) or not may_be_asked(address, of=issuer):
                raise NoProviderError(f"the provider's {name} is no address that is asked: {str(address)[:200]!r}")
        return _Known(about, KeySet.import_key_set(self._document(about["jwks_uri"])), monotonic() + _KEPT)

    def _document(self, address: str) -> Any:  # noqa: ANN401 - an object of JSON
        with self._client({}) as client:
            answer = client.request("GET", address, withhold_token=True, headers={"accept": "application/json"})
            answer.raise_for_status()
            document = answer.json()
        if not isinstance(document, dict):
            raise NoProviderError(f"{address!r} answers with no object of JSON")
        return document

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Few wait for the provider at a time: each has one of the threads that all are answered in."""
        if not self._turns.acquire(blocking=False):
            raise NoProviderError(f"too many wait for the identity provider at {self.settings.host!r}")
        try:
            yield
        finally:
            self._turns.release()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What is raised where the provider does not answer, or not as it should, becomes NoProviderError."""
        try:
            yield
        except (*_UNANSWERED, *_ODD) as error:
            kind, host = type(error).__name__, self.settings.host  # its words may hold what was sent
            raise NoProviderError(
                f"the identity provider at {host!r} gives no answer that can be used ({kind})"
            ) from None

    def _client(self, about: Mapping[str, Any], came_from: str | None = None) -> OAuth2Client:
        """Asks the provider once."""
        methods, secret = about.get("token_endpoint_auth_methods_supported"), self.settings.secret
        posts = isinstance(methods, list) and "client_secret_basic" not in methods and "client_secret_post" in methods
        return OAuth2Client(
            self.settings.client_id,
            secret,
            token_endpoint_auth_method="client_secret_post" if secret and posts else None,
            scope=_SCOPES[self.settings.claim],
            redirect_uri=came_from,
            code_challenge_method="S256",
            headers={"accept-encoding": "identity"},
            transport=_Unpacked(self.transport(self.settings.issuer, SECONDS, MOST_BYTES)),
            timeout=SECONDS,
            trust_env=False,
        )


class _Unpacked(httpx2.BaseTransport):
    """Takes no answer that is packed: it may be small here, and very large once it is unpacked."""

    def __init__(self, asked: httpx2.BaseTransport) -> None:
        self._asked = asked

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._asked.handle_request(request)
        if answer.headers.get("content-encoding", "identity") != "identity":
            answer.close()
            raise httpx2.DecodingError("the answer is packed")
        return answer

    @override
    def close(self) -> None:
        self._asked.close()


def _code_of(answer: Mapping[str, str]) -> str:
    """The code of an error, to be told after what failed: nothing else that comes from elsewhere is repeated."""
    code = answer.get("error", "")
    return f" ({code})" if _ERROR_CODE.fullmatch(code) else ""
