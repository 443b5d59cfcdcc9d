"""Rating scales out of TOML files: those that ship with the package, and a newsroom's own."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.errors import BrokenScaleError, InputError

_SHIPPED = ("truth-5", "averitec", "pre-publication")
_SCALE_KEYS = {"id", "version", "labels"}
_LABEL_KEYS = {"id", "definition", "averitec", "grade"}


def read_scales(paths: Iterable[str] = ()) -> dict[str, RatingScale]:
    """The shipped scales and those of the files, by id; a file takes the place of a shipped one. Raises InputError."""
    shipped = (files("factcheck") / "scales" / f"{name}.toml" for name in _SHIPPED)
    scales = [_read(one) for one in (*shipped, *map(Path, paths))]
    return {one.id: one for one in scales}


def _read(source: Traversable) -> RatingScale:
    try:
        return _scale(tomllib.loads(source.read_text("utf-8")))
    except OSError as error:
        message = f"the rating scale {str(source)!r} cannot be read: {error.strerror}; check the path"
        raise InputError(message) from error
    except (ValueError, TypeError, KeyError) as error:
        message = f"the rating scale {str(source)!r} is broken: {error}"
        raise BrokenScaleError(message) from error


def _scale(table: dict[str, Any]) -> RatingScale:
    _refuse_unknown(table, _SCALE_KEYS)
    return RatingScale(table["id"], table["version"], tuple(_label(one) for one in table["labels"]))


def _label(table: dict[str, Any]) -> Label:
    _refuse_unknown(table, _LABEL_KEYS)
    return Label(table["id"], table["definition"], AveritecClass(table["averitec"]), table.get("grade"))


def _refuse_unknown(table: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        message = f"it has no key {unknown[0]!r}, only {', '.join(sorted(known))}"
        raise ValueError(message)
