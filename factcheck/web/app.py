"""The application: its rooms behind one gate.

A part with manners of its own, such as an API, is an application too: it is mounted here, and has `state.office`.
"""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from factcheck import errors
from factcheck.web import adding, claim_acts, entering, looking, oidc_login, pages, people
from factcheck.web.api import PATH, create_api
from factcheck.web.gate import Gate
from factcheck.web.office import Office
from factcheck.web.visitors import Tries


def create_app(office: Office) -> FastAPI:
    """The desk as an ASGI application."""
    # What FastAPI shows of an API loads scripts from elsewhere.
    app = FastAPI(title="factcheck", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    app.state.tries = Tries()
    rooms = (entering, oidc_login, pages, claim_acts, looking, people, adding)
    for router in (one.router for one in rooms):
        app.include_router(router)
    app.mount(PATH, create_api(office))
    app.add_exception_handler(errors.FactcheckError, pages.told)
    app.add_exception_handler(HTTPException, pages.refused)
    app.add_exception_handler(RequestValidationError, pages.refused)
    app.add_middleware(Gate, address=office.address, trusts_names=not office.is_guarded)
    return app
