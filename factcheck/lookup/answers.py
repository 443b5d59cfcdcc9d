"""What searches answer, read with suspicion: a list of objects with an address, a title and a few words."""

import re
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
_COMPLAINT = ("error", "errors", "message", "detail", "info", "reason", "code")
_LONGEST_WHY = 160
_QUERY = re.compile(r"\?[^\s'\"]+")  # of an address in an error: a key may stand in it
_KEY = re.compile(r"\b(?=\w{0,60}\d)[\w-]{20,}")  # what looks like one


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


def objects_in(answer: object, name: str, *under: str) -> list[dict[str, Any]]:
    """The objects of the list that stands in an answer under these names, one within the other.

    Raises SourceError, with the answer's own words, where there is no list, or no object in one that is not empty: what
    has not been searched is not told as nothing found.
    """
    found = answer
    for one in under:
        found = found.get(one) if isinstance(found, dict) else None
    if not isinstance(found, list):
        told = complaint_in(answer)
        raise SourceError(f"{name} answers with no list of what it has found{f': {told}' if told else ''}")
    objects = [one for one in found if isinstance(one, dict)]
    if found and not objects:
        raise SourceError(f"{name} answers with a list of what is no page")
    return objects


def complaint_in(answer: object) -> str:
    """What an answer says is wrong, in a few words and without what may be a key; nothing where it says nothing."""
    if isinstance(answer, dict):
        return next((told for name in _COMPLAINT if (told := complaint_in(answer.get(name)))), "")
    return without_keys(words_of(str(answer), _LONGEST))[:_LONGEST_WHY] if isinstance(answer, str | Exception) else ""


def without_keys(text: str) -> str:
    """The words without the query of an address, and without what looks like a key."""
    return _KEY.sub("…", _QUERY.sub("?…", text))


def words_of(value: object, longest: int = _LONGEST) -> str:
    """A stranger's words on one line, empty for what is no text."""
    return " ".join(value[: 2 * longest].split())[:longest] if isinstance(value, str) else ""


def _first(one: dict[str, Any], names: Sequence[str], longest: int = _LONGEST) -> str:
    return next((words for name in names if (words := words_of(one.get(name), longest))), "")
