"""What a page says once, after something was done: its address names it, and a cookie of the answer before proves it.

An address alone is a link that anybody can write, and that stays when the claim has moved on.
"""

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from factcheck.web.office import Office
from factcheck.web.visitors import cookie_name

_SECONDS = 60
"""So long the page that follows may take to be asked for."""


def keep_done(answer: Response, office: Office, path: str, done: str) -> None:
    """Let the page at this path say what was done, to the browser that gets this answer."""
    is_secure = office.address.is_secure
    value = _signer(office).dumps([path, done])
    answer.set_cookie(_name(office), value, max_age=_SECONDS, samesite="lax", secure=is_secure, httponly=True)


def what_was_done(request: Request, office: Office) -> str | None:
    """What the address says was done, if it was, and no page has said it yet."""
    named = [request.url.path, request.query_params.get("done")]
    try:
        kept = _signer(office).loads(request.cookies.get(_name(office), ""), max_age=_SECONDS)
    except BadSignature:
        return None
    return named[1] if kept == named else None


def forget_done(answer: Response, office: Office) -> None:
    """Let no other page say it again."""
    answer.delete_cookie(_name(office), secure=office.address.is_secure, httponly=True, samesite="lax")


def _name(office: Office) -> str:
    return f"{cookie_name(office)}_done"


def _signer(office: Office) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(office.secret, salt="done")
