"""What a call of a recording must look like: files edited by hand are checked before vcr or HTTP trips over them."""

import math
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import httpx2
from pydantic import AfterValidator, BaseModel, Field, JsonValue, model_validator

from factcheck.bounded_files import has_too_many_figures

KEPT_HEADERS = frozenset({"content-type", "location"})

_MOST_CHARACTERS = 200_000_000
_CHARACTERS_A_VALUE = 50
"""What a number, a list or a name takes in memory, in characters."""


def _address(value: str) -> str:
    """An address that vcr, which splits it, and the HTTP library can both read. Raises ValueError."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("no address of the web")
    try:
        httpx2.URL(value)
    except httpx2.InvalidURL as error:
        raise ValueError(str(error)) from error
    return value


_BASE64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

Address = Annotated[str, AfterValidator(_address)]
_Visible = Annotated[str, Field(pattern=r"^[ -~]*$")]


class _Side(BaseModel, extra="forbid"):
    """A request or response with its headers and, under one of three names, its body."""

    headers: dict[Literal["content-type", "location"], Annotated[list[_Visible], Field(min_length=1)]]
    parsed: dict[str, JsonValue] | list[JsonValue] = Field(default=[], alias="json")
    text: str | None = None
    base64: str = Field(default="", pattern=_BASE64)

    @model_validator(mode="after")
    def _has_one_body(self) -> Self:
        if len(self.model_fields_set & {"parsed", "text", "base64"}) != 1:
            raise ValueError("a body stands under one of json, text and base64")
        return self


class _Request(_Side):
    method: str = Field(pattern="^[A-Z]+$")
    uri: Address


class _Status(BaseModel, extra="forbid"):
    code: int = Field(ge=100, le=599)
    message: _Visible | None


class _Response(_Side):
    status: _Status


class RecordedCall(BaseModel, extra="forbid"):
    """A question and its answer."""

    request: _Request
    response: _Response


def ensure_bounded(read: object) -> None:
    """Raise ValueError for what comes to more than 200 million characters with its repeats, or has no end.

    A number that is too large to be written raises it, too.
    """
    if _characters(read, {}) > _MOST_CHARACTERS:
        raise ValueError("too large once its repeats are written out")


def _characters(value: Any, known: dict[int, float]) -> float:  # noqa: ANN401 - whatever YAML holds
    """About how many characters a value has where each repeat counts; what holds itself has no end."""
    if isinstance(value, str | bytes):
        return _CHARACTERS_A_VALUE + len(value)
    if has_too_many_figures(value):
        raise ValueError("a number of too many figures")  # YAML reads them by other bases; no JSON writer writes them
    if not isinstance(value, dict | list):
        return _CHARACTERS_A_VALUE
    if id(value) not in known:
        # Until it is counted a value has no end, so that one that holds itself never gets one.
        known[id(value)] = math.inf
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        known[id(value)] = _CHARACTERS_A_VALUE + sum(_characters(part, known) for part in parts)
    return known[id(value)]
