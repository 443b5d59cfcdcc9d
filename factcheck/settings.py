"""The one reader of the environment and of the config file.

The command line wins over the environment, the environment over the file.

scale = "truth-5"                  # the desk's rating scale
scales = ["newsroom.toml"]         # further scales; paths from the config file's folder
lease_minutes = 30
roles = false                      # whether people need roles (factcheck people)

[second_reading]                   # which first readings need another
labels = ["false"]
flags = ["unsupported_number"]
editor_flag = true
sample = 0.1                       # of all claims

[publisher]
name = "The Example"
url = "https://example.org/"
claim_url_pattern = "https://example.org/checks/{id}"

[fetch]                            # of articles and evidence
allow_private = false              # true: also private addresses, and any port
archive_save = "https://web.archive.org/save/{url}"

[keys]                             # of the review screen
skip = "space"
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from factcheck.domain.claim import Flag
from factcheck.domain.publisher import Publisher
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.errors import ConfigFileError, InputError

DEFAULT_DB = "factcheck.db"
DEFAULT_CONFIG = "factcheck.toml"
DEFAULT_CONCURRENCY = 4
DEFAULT_TIMEOUT = 300
_LEASE_MINUTES = 30
_MOST_MINUTES = 99_999

_KEYS: Mapping[str, type] = {
    "scale": str,
    "scales": list,
    "lease_minutes": int,
    "roles": bool,
    "second_reading": dict,
    "publisher": dict,
    "fetch": dict,
    "keys": dict,
}
_SECOND_READING: Mapping[str, type] = {"labels": list, "flags": list, "editor_flag": bool, "sample": float}
_PUBLISHER: Mapping[str, type] = {one.name: str for one in fields(Publisher)}
_FETCH: Mapping[str, type] = {"allow_private": bool, "archive_save": str}
_PUBLISHER_NEEDS = ("name", "url", "claim_url_pattern")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside. `timeout` is in seconds a try."""

    db: str = DEFAULT_DB
    model: str | None = None
    reviewer: str | None = None
    lease: timedelta = timedelta(minutes=_LEASE_MINUTES)
    concurrency: int = DEFAULT_CONCURRENCY
    timeout: float = DEFAULT_TIMEOUT
    openai_base_url: str | None = None
    prices: str | None = None
    allow_private_fetch: bool = False
    archive_save: str | None = None
    scale: str = "truth-5"
    scale_files: tuple[str, ...] = ()
    roles: bool = False
    second_reading: SecondReadingRules = field(default_factory=SecondReadingRules)
    publisher: Publisher | None = None
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def from_environment(cls, db: str | None = None, config: str | None = None) -> Self:
        """Read the FACTCHECK_ settings of the environment, OPENAI_BASE_URL, and the config file. Raises InputError.

        `db` and `config` are the command line's and win. The config file is ./factcheck.toml, if it
        is there, unless `config` or FACTCHECK_CONFIG names another.
        """
        return cls(
            **_from_file(config or _text("FACTCHECK_CONFIG")) | _from_variables(),
            db=db or _text("FACTCHECK_DB") or DEFAULT_DB,
            model=_text("FACTCHECK_MODEL"),
            reviewer=_text("FACTCHECK_REVIEWER"),
            openai_base_url=_text("OPENAI_BASE_URL"),
            prices=_text("FACTCHECK_PRICES"),
        )


def _from_variables() -> dict[str, Any]:
    """The settings of the environment that the config file may make too; an empty variable is none."""
    readers = {
        "lease": ("FACTCHECK_LEASE_MINUTES", _minutes),
        "allow_private_fetch": ("FACTCHECK_ALLOW_PRIVATE_FETCH", _switch),
        "archive_save": ("FACTCHECK_ARCHIVE_SAVE", _pattern),
    }
    return {made: read(name, value) for made, (name, read) in readers.items() if (value := _text(name))}


def _switch(name: str, value: str) -> bool:
    if value not in {"0", "1"}:
        message = f"{name} is {value[:20]!r}; set it to 1, or to 0"
        raise InputError(message)
    return value == "1"


def _minutes(name: str, value: str) -> timedelta:
    number = int(value) if value.isdecimal() and len(value) <= len(str(_MOST_MINUTES)) else 0
    return _lease(name, number, value)


def _lease(name: str, minutes: int, told: object) -> timedelta:
    if not 0 < minutes <= _MOST_MINUTES:
        message = f"{name} is {str(told)[:20]!r}; set it to a whole number of minutes, 1 to {_MOST_MINUTES}"
        raise InputError(message)
    return timedelta(minutes=minutes)


def _from_file(named: str | None) -> dict[str, Any]:
    """The settings that the config file makes; none if there is no file, and none was named."""
    path = Path(named or DEFAULT_CONFIG)
    if named is None and not path.exists():
        return {}
    import tomllib  # noqa: PLC0415 - most commands find no config file

    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return _settings(table, path.parent)
    except OSError as error:
        message = f"the config file {str(path)!r} cannot be read: {error.strerror}"
        raise ConfigFileError(message) from error
    except (ValueError, InputError) as error:
        message = f"the config file {str(path)!r} is broken: {error}"
        raise ConfigFileError(message) from error


def _settings(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The settings in a table, checked. Raises ValueError or InputError with the key's name."""
    _check(table, _KEYS, "")
    made: dict[str, Any] = {name: table[name] for name in ("scale", "roles") if name in table}
    if "scales" in table:
        made["scale_files"] = tuple(str(folder / one) for one in _texts(table["scales"], "scales"))
    if "lease_minutes" in table:
        made["lease"] = _lease("lease_minutes", table["lease_minutes"], table["lease_minutes"])
    if "second_reading" in table:
        made["second_reading"] = _second_reading(table["second_reading"])
    if "publisher" in table:
        made["publisher"] = _publisher(table["publisher"])
    if "fetch" in table:
        made |= _fetch(table["fetch"])
    if "keys" in table:
        _check(table["keys"], dict.fromkeys(table["keys"], str), "keys.")
        made["keys"] = MappingProxyType(table["keys"])
    return made


def _second_reading(table: dict[str, Any]) -> SecondReadingRules:
    _check(table, _SECOND_READING, "second_reading.")
    return SecondReadingRules(
        labels=frozenset(_texts(table.get("labels", []), "second_reading.labels")),
        flags=frozenset(map(Flag, _texts(table.get("flags", []), "second_reading.flags"))),
        editor_flag=table.get("editor_flag", False),
        sample=table.get("sample", 0.0),
    )


def _publisher(table: dict[str, Any]) -> Publisher:
    _check(table, _PUBLISHER, "publisher.")
    missing = [name for name in _PUBLISHER_NEEDS if not table.get(name)]
    if missing:
        message = f"publisher.{missing[0]} is missing"
        raise ValueError(message)
    return Publisher(**table)


def _fetch(table: dict[str, Any]) -> dict[str, Any]:
    _check(table, _FETCH, "fetch.")
    return {
        "allow_private_fetch": table.get("allow_private", False),
        "archive_save": _pattern("fetch.archive_save", table.get("archive_save", "")),
    }


def _check(table: dict[str, Any], known: Mapping[str, type], where: str) -> None:
    """Raise ValueError for a key that nobody reads, or a value of another kind."""
    for name, value in table.items():
        if name not in known:
            message = f"there is no key {where + name!r}, only {', '.join(known)}"
            raise ValueError(message)
        wanted = (int, float) if known[name] is float else (known[name],)
        if type(value) not in wanted:
            message = f"{where}{name} is {value!r}; it takes a {_SPOKEN[known[name]]}"
            raise ValueError(message)


_SPOKEN = {str: "text", list: "list", int: "whole number", bool: "true or false", dict: "table", float: "number"}


def _texts(values: Iterable[object], name: str) -> list[str]:
    texts = [one for one in values if isinstance(one, str)]
    if texts != list(values):
        message = f"{name} is {list(values)!r}; it takes a list of texts"
        raise ValueError(message)
    return texts


def _pattern(name: str, value: str) -> str | None:
    """An address with a place for another one in it; None if it is empty."""
    if value and ("{url}" not in value or not value.startswith(("http://", "https://"))):
        message = f"{name} is {value[:80]!r}; set it to an address with {{url}} in it, or to nothing"
        raise InputError(message)
    return value or None


def _text(name: str) -> str | None:
    value = os.environ.get(name) or None
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        message = f"{name} is {value!r}, which is not text; set it again"
        raise InputError(message) from error
    return value
