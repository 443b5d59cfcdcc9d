"""What searches answer, read with suspicion: a list of objects with an address, a title and a few words."""

from collections.abc import Sequence
from typing import Any

from factcheck.domain.evidence import is_web_address
from factcheck.domain.lookup import Hit
from factcheck.errors import SourceError

_MOST = 50
_LONGEST = 500  # characters of a title or a snippet
_LONGEST_ADDRESS = 2_000
_ADDRESS = ("url", "link", "href")
_TITLE = ("title", "name")
_SNIPPET = ("content", "snippet", "body", "description")


def hits_in(found: Sequence[dict[str, Any]], name: str) -> list[Hit]:
    """The hits of objects that call address, title and words by one of the usual names; others are passed over.

    Raises SourceError where there are objects and none has an address of the web.
    """
    hits = [
        Hit(url, _first(one, _TITLE), _first(one, _SNIPPET))
        for one in found[:_MOST]
        if is_web_address(url := _first(one, _ADDRESS, _LONGEST_ADDRESS))
    ]
    if found and not hits:
        raise SourceError(f"{name} answers with no address of the web")
    return hits


def listed(answer: object, under: str) -> list[dict[str, Any]]:
    """The objects that stand in the answer under a name; none where there is no such list."""
    found = answer.get(under) if isinstance(answer, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words_of(value: object, longest: int = _LONGEST) -> str:
    """A stranger's words on one line, empty for what is no text."""
    return " ".join(value[: 2 * longest].split())[:longest] if isinstance(value, str) else ""


def _first(one: dict[str, Any], names: Sequence[str], longest: int = _LONGEST) -> str:
    return next((words for name in names if (words := words_of(one.get(name), longest))), "")
