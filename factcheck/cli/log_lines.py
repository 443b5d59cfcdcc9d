"""Talk as lines of JSON, for programs that keep logs: a time, a level, an event in words, and its facts."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from typing_extensions import override

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]{0,30}://)(?:[^\s/?#'\"]*@)?([^\s?#'\"]*)[^\s'\"]*", re.IGNORECASE)
"""An address of the web or of a database; users, queries and fragments may hold secrets, and stand in no log."""


def log(level: str, event: str, **facts: object) -> None:
    """A line on stderr. What is no ASCII is escaped in it, control characters and all."""
    line = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            _without_secrets,
            structlog.processors.JSONRenderer(_escaped),
        ],
    )
    getattr(line, level)(event, **facts)


def log_mistake(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A mistake in the program, with its traceback in the line."""
    log("critical", "a mistake in this program", exc_info=(kind, error, trace))


class LibraryLines(logging.Handler):
    """What libraries log, as lines of the same form."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        log(record.levelname.lower(), record.getMessage(), logger=record.name, exc_info=record.exc_info)


def _escaped(line: object, **how: Any) -> str:  # noqa: ANN401 - as json.dumps takes them
    return json.dumps(line, **how).replace("\x7f", "\\u007f")  # the one control character that is ASCII and JSON


def _without_secrets(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: _told(one) for name, one in line.items()}


def _told(fact: object) -> object:
    """A fact without the secrets of addresses, wherever in it they stand."""
    match fact:
        case str():
            return _ADDRESS.sub(r"\1\2", fact)
        case dict():
            return {name: _told(one) for name, one in fact.items()}
        case list() | tuple() | set() | frozenset():
            return [_told(one) for one in fact]
        case None | int() | float():
            return fact
        case _:  # what JSON does not hold is told in words, an error and its addresses above all
            return _told(str(fact))
