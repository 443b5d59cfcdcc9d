"""The desk for programs: an application of its own under /api/v1, with problems in place of pages, and an OpenAPI."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from factcheck import errors
from factcheck.export.report_json import report_schema
from factcheck.web import api_acts, api_articles, api_problems, api_reading
from factcheck.web.api_forms import Problem
from factcheck.web.office import Office

PATH = "/api/v1"
VERSION = "1.0"
"""Of the API, which says what a program may count on; the program's own is another."""
_REFUSALS = {
    400: "It cannot be used.",
    401: "No token, or none that opens anything.",
    403: "The token has not the scope, or its person not the role.",
    404: "There is no such thing.",
    409: "The claim's state, or somebody else, is in the way.",
    412: "The claim has moved on since it was read.",
    413: "It is too long.",
    422: "It has not the form that it must have.",
    428: "It judges a claim, and names no revision in If-Match.",
    503: "The desk, or what it asks, cannot answer now.",
}


def create_api(office: Office) -> FastAPI:
    """The application that is mounted at PATH."""
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem, "description": told} for status, told in _REFUSALS.items()
    }
    api = FastAPI(
        title="factcheck",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        responses=problems,
        generate_unique_id_function=lambda route: route.name,  # what generated clients call it
    )
    api.state.office = office
    api.include_router(api_reading.router)
    api.include_router(api_acts.router)
    api.include_router(api_articles.router)
    api.add_exception_handler(errors.FactcheckError, api_problems.told)
    api.add_exception_handler(RequestValidationError, api_problems.told_of_form)
    api.add_exception_handler(HTTPException, api_problems.told_of_http)
    api.openapi = _with_reports(api)  # type: ignore[method-assign] # as FastAPI documents it
    return api


def _with_reports(api: FastAPI) -> Callable[[], dict[str, Any]]:
    """The OpenAPI, in which reports have the schema that is published for them."""

    def made() -> dict[str, Any]:
        if api.openapi_schema is None:
            schema = get_openapi(title=api.title, version=api.version, routes=api.routes)
            schema["servers"] = [{"url": PATH}]
            schema["components"]["schemas"] |= _report_schemas()
            told = schema["paths"]["/reports"]["get"]["responses"]["200"]
            told["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Report"}}}
            for operation in (one for path in schema["paths"].values() for one in path.values()):
                for status in operation["responses"].keys() & set(map(str, _REFUSALS)):
                    problem = operation["responses"][status]
                    problem["content"] = {"application/problem+json": problem["content"].pop("application/json")}
            api.openapi_schema = schema
        return api.openapi_schema

    return made


def _report_schemas() -> dict[str, Any]:
    """The published schema, its parts beside it: most generators of clients find no part inside another."""
    published = {name: one for name, one in report_schema().items() if name not in {"$id", "$schema"}}
    parts = published.pop("$defs")
    return {"Report": _referring(published)} | {f"Report{name.title()}": _referring(one) for name, one in parts.items()}


def _referring(part: Any) -> Any:  # noqa: ANN401 - a piece of JSON
    """The same, with references to the parts where they stand now, and ends of arrays told as every generator knows."""
    if isinstance(part, dict):
        if part.get("items") is False:
            part = {name: one for name, one in part.items() if name != "items"} | {"maxItems": len(part["prefixItems"])}
        named = part.get("$ref")
        if isinstance(named, str):
            return part | {"$ref": f"#/components/schemas/Report{named.removeprefix('#/$defs/').title()}"}
        return {name: _referring(one) for name, one in part.items()}
    return list(map(_referring, part)) if isinstance(part, list) else part
