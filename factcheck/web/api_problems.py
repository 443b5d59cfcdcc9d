"""What an error is for a program: application/problem+json (RFC 9457) with the facts of the error tree."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from fastapi import Request
from fastapi.responses import JSONResponse

from factcheck import errors
from factcheck.export.records import plain
from factcheck.web.refusals import headers_of, status_of

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

_STATUS: tuple[tuple[type[errors.FactcheckError], int], ...] = (
    (errors.MovedOnError, 412),
    (errors.UnreadRevisionError, 428),
    (errors.OtherRequestError, 422),
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_TOLD = 20


def told(_: Request, error: Exception) -> JSONResponse:
    """The problem that an error of this package is."""
    known = cast("errors.FactcheckError", error)
    status = next((one for kind, one in _STATUS if isinstance(known, kind)), None) or status_of(known)
    name = _CAMEL.sub("-", type(known).__name__.removesuffix("Error")).lower()
    facts = {} if known.is_inner else {key: _plain(one) for key, one in vars(known).items()}
    kind, title = f"urn:factcheck:error:{name}", name.replace("-", " ")
    return _problem(status, kind, title, known.told_outside, {"facts": facts}, headers_of(known))


def told_of_form(_: Request, error: Exception) -> JSONResponse:
    """The problem that a request is which has not the form that it must have; what was sent is not sent back."""
    found = cast("RequestValidationError", error).errors()[:_MOST_TOLD]
    mistakes = [{"at": [str(part)[:100] for part in one["loc"]], "what": one["msg"]} for one in found]
    detail = "; ".join(f"{'.'.join(one['at'])}: {one['what']}" for one in mistakes)
    return _problem(422, "urn:factcheck:error:form", "form", detail, {"mistakes": mistakes})


def told_of_http(_: Request, error: Exception) -> JSONResponse:
    """The problem that a path, a method or a body is that no route takes."""
    known = cast("HTTPException", error)
    return _problem(known.status_code, "about:blank", str(known.detail), str(known.detail), {}, known.headers)


def _problem(
    status: int, kind: str, title: str, detail: str, more: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    sent = dict(headers or {}) | ({"WWW-Authenticate": "Bearer"} if status == 401 else {})  # noqa: PLR2004
    body = {"type": kind, "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, sent, media_type="application/problem+json")


def _plain(fact: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(fact, tuple):
        return list(map(_plain, fact))
    made = plain(fact)
    return made if isinstance(made, str | int | float | bool | None) else str(fact)
