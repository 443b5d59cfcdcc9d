"""Coming in by an identity provider: there and back, and what a browser has to bring back with it."""

from functools import partial
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response

from factcheck.errors import LoginError, NoProviderError, NotFoundError, UnbegunLoginError
from factcheck.web.drawing import SEE_OTHER, Drawing, InDrawing, goes_to
from factcheck.web.entering import door_page, new_visit, own_path
from factcheck.web.office import Office
from factcheck.web.visitors import let_in
from factcheck.workflow.account_ports import IdentityProvider, LoginAttempt
from factcheck.workflow.log_in import log_in_by_provider

router = APIRouter(prefix="/enter/oidc")
CALLBACK = "/enter/oidc/callback"
"""Where the provider sends people to; it has to be told of this address."""
_SECONDS = 600
"""So long somebody may take to log in there."""


@router.get("")
def begin(request: Request, drawing: InDrawing, to: Annotated[str, Query(max_length=500)] = "/") -> Response:
    """Send somebody to the provider, with a cookie by which they are known when they come back."""
    office, provider = drawing.office, _provider(drawing)
    if request.headers["host"].lower() != urlsplit(office.address.origin).netloc:  # its cookie would not come back
        return RedirectResponse(f"{office.address.origin}/enter/oidc?{urlencode({'to': own_path(to)})}", SEE_OTHER)
    try:
        address, attempt = provider.begin(office.address.origin + CALLBACK)
    except NoProviderError as error:
        return door_page(drawing, to, error)
    answer = RedirectResponse(address, SEE_OTHER)
    kept = _signer(office).dumps([attempt.state, attempt.nonce, attempt.verifier, own_path(to)])
    about = {"path": "/", "secure": office.address.is_secure, "httponly": True}
    answer.set_cookie(_cookie_name(office), kept, max_age=_SECONDS, samesite="lax", **about)  # type: ignore[arg-type]
    return answer


@router.get("/callback")
def callback(request: Request, drawing: InDrawing) -> Response:
    """Let in who comes back from the provider, if they are one of the people of the desk."""
    office, provider, to = drawing.office, _provider(drawing), "/"
    try:
        attempt, to = _attempt_in(request.cookies.get(_cookie_name(office)), office)
        answer = _let_in(drawing, provider, attempt, to)
    except (LoginError, NoProviderError) as error:
        answer = door_page(drawing, to, error)
    answer.delete_cookie(_cookie_name(office), path="/", secure=office.address.is_secure, httponly=True)
    return answer


def _let_in(drawing: Drawing, provider: IdentityProvider, attempt: LoginAttempt, to: str) -> Response:
    office, told = drawing.office, dict(drawing.asked)
    assert office.identity is not None  # noqa: S101 - there is a provider
    name = office.identity.person_in(provider.finish(attempt, office.address.origin + CALLBACK, told))
    visit = new_visit(drawing, partial(log_in_by_provider, office.door, name))
    answer = goes_to(own_path(to))
    let_in(answer, office, visit)
    return answer


def _provider(drawing: Drawing) -> IdentityProvider:
    if drawing.office.provider is None:
        raise NotFoundError("this desk asks no identity provider")
    return drawing.office.provider


def _cookie_name(office: Office) -> str:
    return "__Host-factcheck-login" if office.address.is_secure else "factcheck-login"


def _attempt_in(cookie: str | None, office: Office) -> tuple[LoginAttempt, str]:
    """What this browser was sent away with. Raises UnbegunLoginError."""
    try:
        state, nonce, verifier, to = _signer(office).loads(cookie or "", max_age=_SECONDS)
    except (BadSignature, ValueError, TypeError):
        raise UnbegunLoginError("this browser has not begun a login here within the last ten minutes") from None
    return LoginAttempt(state, nonce, verifier), to


def _signer(office: Office) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(office.secret, salt="login")
