"""Parsers of foreign bytes, each run within the bounds of the desk."""

from typing import Any

from factcheck.confined import UnparsedError, confined
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ParsingLimitError, SourceError


def parsed(function: str, source: str, *arguments: object, limits: ParsingLimits | None) -> Any:  # noqa: ANN401 - what the function gives
    """What `module:function` of this room gives. Raises SourceError, with the source's name, and ParsingLimitError."""
    try:
        return confined(f"factcheck.intake.{function}", *arguments, limits=limits)
    except UnparsedError as error:
        if error.is_limit:
            raise ParsingLimitError(f"{source!r} cannot be read: {error}") from error
        raise SourceError(f"{source!r} cannot be read: {error}; give its text") from error
