"""Parsers of foreign bytes, each run within the bounds of the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from factcheck.confined import UnparsedError, confined, confined_each
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ParsingLimitError, SourceError


def parsed(function: str, source: str, *arguments: object, limits: ParsingLimits | None) -> Any:  # noqa: ANN401 - what the function gives
    """What `module:function` of this room gives. Raises SourceError, with the source's name, and ParsingLimitError."""
    with _told(source):
        return confined(f"factcheck.intake.{function}", *arguments, limits=limits)


def parsed_each(function: str, source: str, *arguments: object, limits: ParsingLimits | None) -> Iterator[Any]:
    """As `parsed`, one after the other of what a generator gives: the bound of time is of each."""
    with _told(source):
        yield from confined_each(f"factcheck.intake.{function}", *arguments, limits=limits)


@contextmanager
def _told(source: str) -> Iterator[None]:
    try:
        yield
    except UnparsedError as error:
        if error.is_limit:
            raise ParsingLimitError(f"{source!r} cannot be read: {error}") from error
        raise SourceError(f"{source!r} cannot be read: {error}; give its text") from error
