"""The names of a dataclass's fields: rows, records and reports are made by them."""

from dataclasses import fields
from typing import Any

_NAMES: dict[type[Any], tuple[str, ...]] = {}


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """The names, in their order. Kept by kind: a claim with its sources asks twenty times, `fields` answers slowly."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(one.name for one in fields(kind))
    return _NAMES[kind]
