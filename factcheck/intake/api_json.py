"""The JSON of a web API, which is a stranger's as a page is. Run within bounds."""

import json
from typing import Any

from factcheck.errors import SourceError


def value_of(content: bytes, name: str) -> Any:  # noqa: ANN401 - any JSON
    """The value. Raises SourceError."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name} answers with no JSON that can be read") from error
