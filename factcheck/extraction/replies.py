"""A reply's answer, read in one pass: what is whole is taken, what is broken is not repaired.

LangChain's own parser closes what a truncated answer left open, so that half a list passes for
the whole of it, and takes time that grows with the square of the answer's length.
"""

import json
import re
from collections.abc import Iterable, Iterator

from langchain_core.messages import AIMessage

from factcheck.extraction.failures import CUT_SHORT

_OBJECT = re.compile(r'\{\s*(?=["}])')
_KEY = re.compile(r'"([^"\\]*)"\s*:\s*')
_NEXT = re.compile(r"\s*,\s*")
_NO_JSON = "the answer is not valid JSON"
_GIVEN_TWICE = ("given twice",)
"""In place of a name's values that contradict each other; no schema takes a tuple."""


class UnreadableError(Exception):
    """Nothing of an answer can be read; the message says why."""


def answer_parts(reply: AIMessage, limit: int) -> dict[str, object]:
    """The parts of an answer by key, up to the first mistake. `limit` is in characters. Raises UnreadableError."""
    if refusal := reply.additional_kwargs.get("refusal"):
        raise UnreadableError(f"the model refused: {refusal}")
    if why_not := CUT_SHORT.get(str(reply.response_metadata.get("finish_reason"))):
        raise UnreadableError(why_not)
    text = str(reply.text)
    if reply.tool_calls:
        text = json.dumps(reply.tool_calls[0]["args"], ensure_ascii=False)
    elif reply.invalid_tool_calls:
        text = reply.invalid_tool_calls[0]["args"] or ""
    try:
        return _parts(text, limit)
    except RecursionError:
        raise UnreadableError(_NO_JSON) from None


def parts_so_far(error: Exception, limit: int) -> dict[str, object]:
    """The whole parts of what the SDK's error over an answer cut short holds of it. There may be none."""
    choices = getattr(getattr(error, "completion", None), "choices", None) or []
    try:
        return _parts(str(choices[0].message.content or ""), limit) if choices else {}
    except (UnreadableError, RecursionError):
        return {}


def _parts(text: str, limit: int) -> dict[str, object]:
    if len(text) > limit:
        raise UnreadableError(f"the answer has {len(text):,} characters, more than the {limit:,} that it may have")
    start = _OBJECT.search(text)
    if start is None:
        raise UnreadableError(_NO_JSON)
    pairs = list(_pairs(text, start.end()))
    if not pairs and text[start.end()] != "}":
        raise UnreadableError(_NO_JSON)
    return _consistent(pairs)


def _pairs(text: str, place: int) -> Iterator[tuple[str, object]]:
    """The names and values of an object that begins before `place`, up to its end or its first mistake."""
    key = _KEY.match(text, place)
    while key:
        try:
            value, place = _DECODER.raw_decode(text, key.end())
        except (ValueError, RecursionError):
            return
        yield key[1], value
        comma = _NEXT.match(text, place)
        key = _KEY.match(text, comma.end()) if comma else None


def _consistent(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        found[name] = value if found.get(name, value) == value else _GIVEN_TWICE
    return found


# Not strict: small models put line breaks into a string as they are.
_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_consistent)
