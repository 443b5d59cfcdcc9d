"""TOML files read into pydantic models; the first mistake is told in one line: the key, its value, what is allowed."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from factcheck.bounded_files import has_too_many_figures, read_bounded
from factcheck.confined import UnparsedError, confined


class Table(BaseModel, strict=True, extra="forbid"):
    """A table of a file: it holds no key that nobody reads, and no value of another kind."""


Form = TypeVar("Form", bound=Table)

_KINDS = {
    "string_type": "text",
    "int_type": "whole number",
    "float_type": "number",
    "bool_type": "true or false",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
}
"""What TOML has, by pydantic's names for its absence."""


_MOST_BYTES = 1_000_000
"""Of a TOML file; nobody writes longer ones by hand."""

_LARGE = 5_000  # characters; a key of as many dots takes a twentieth of a second, one of ten times as many a minute


def read_toml(path: Path) -> dict[str, Any]:
    """What a file holds. Raises OSError, and ValueError for broken TOML."""
    content = read_bounded(path, _MOST_BYTES).decode("utf-8-sig")  # some editors begin with a byte order mark
    try:
        if len(content) <= _LARGE:
            return parsed_toml(content)
        table: dict[str, Any] = confined("factcheck.toml_files:parsed_toml", content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnparsedError as error:
        raise ValueError(str(error)) from error
    return table


def parsed_toml(content: str) -> dict[str, Any]:
    """What a text holds. Raises ValueError and RecursionError."""
    table = tomllib.loads(content)
    _ensure_small(table)
    return table


def _ensure_small(value: object) -> None:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _ensure_small(part)
    elif has_too_many_figures(value):
        raise ValueError("it holds a number of too many figures")


def read_table(form: type[Form], table: dict[str, Any]) -> Form:
    """What a file's table says. Raises ValueError for the first mistake."""
    try:
        return form.model_validate(table)
    except ValidationError as error:
        raise ValueError(_told(error, form, table)) from error


def _told(error: ValidationError, form: type[Table], table: dict[str, Any]) -> str:
    # A key that is misspelt is missing too: what stands in the file is told first.
    mistake = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    loc, kind = mistake["loc"], mistake["type"]
    if kind in {"missing", "extra_forbidden"}:
        keys = _form_at(form, loc[:-1]).model_fields
        if kind == "missing":
            return f"{_name(loc)} is missing; the keys are {', '.join(map(repr, keys))}"
        return f"there is no key {_name(loc)!r}, only {', '.join(keys)}"
    if kind not in _KINDS:
        cause = mistake.get("ctx", {}).get("error")
        return f"{_name(loc)} is {mistake['input']!r}: {cause or mistake['msg']}"
    takes = _KINDS[kind]
    if isinstance(loc[-1], int):
        loc, takes = loc[:-1], f"list of {takes}s"
    value: Any = table
    for name in loc:
        value = value[name]
    return f"{_name(loc)} is {value!r}; it takes a {takes}"


def _name(loc: tuple[int | str, ...]) -> str:
    """The key as the file says it, from the last list on: in each of a list's tables it is the same one."""
    last_list = max((at + 1 for at, part in enumerate(loc[:-1]) if isinstance(part, int)), default=0)
    return ".".join(str(part) for part in loc[last_list:] if isinstance(part, str)) or str(loc[0])


def _form_at(form: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The form of the table at a place, be it a table in a table or one of a list."""
    for part in loc:
        if isinstance(part, str):
            kind = form.model_fields[part].annotation
            form = next(one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, BaseModel))
    return form
