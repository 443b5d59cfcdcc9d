"""The pages of the desk."""

from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from factcheck.errors import FactcheckError
from factcheck.web.office import InOffice
from factcheck.web.refusals import status_of

router = APIRouter()


@router.get("/")
def first_page(office: InOffice) -> Response:
    """How many claims wait."""
    waiting = office.desk.queue.waiting_for(office.person or "", office.desk.clock(), None)
    return PlainTextResponse("\n".join(f"{stage}: {many}" for stage, many in waiting.items()))


def told(_: Request, error: Exception) -> Response:
    """The page that tells an error of this package."""
    known = cast("FactcheckError", error)
    return PlainTextResponse(f"{known}\n", status_of(known))
