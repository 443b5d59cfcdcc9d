"""What a server says went wrong, in its own words: each has another form for it."""

import json
import re
from html import unescape

_NAMES = ("message", "error", "detail", "msg", "error_description", "errors", "title", "description")
"""Where servers put words, the most telling name first: OpenAI, LM Studio, FastAPI (vLLM), pydantic, gateways."""

_MOST_DEEP = 5
_MOST_CHARACTERS = 2000  # of a text
_MOST_OF_JSON = 1_000_000  # characters; some servers send the whole question back
_UNSEEN = re.compile(r"<(script|style)\b(?:[^<]|<(?!/|script|style))*+</\1>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,300}>")
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|h1|center)\b", re.IGNORECASE)


def words_of_text(text: str) -> str:
    """The words of an error's body: of JSON what it names so, of a page its title, else the text itself."""
    try:
        return words_of(json.loads(text[:_MOST_OF_JSON]))
    except RecursionError:
        return ""
    except ValueError:
        text = text[:_MOST_CHARACTERS]
    if not _PAGE.match(text):
        return text.strip()
    title = _TITLE.search(text)
    return " ".join(unescape(title[1] if title else _TAG.sub(" ", _UNSEEN.sub(" ", text))).split())


def words_of(body: object, deep: int = 0) -> str:
    """The words that the parsed body of an error holds, "" if there are none."""
    if isinstance(body, str):
        return body.strip()
    if deep > _MOST_DEEP:
        return ""
    if isinstance(body, list):
        return "; ".join(filter(None, (words_of(one, deep + 1) for one in body[:_MOST_DEEP])))
    if not isinstance(body, dict):
        return ""
    told = next(filter(None, (words_of(body.get(name), deep + 1) for name in _NAMES)), "")
    place = body.get("loc")
    return f"{'.'.join(map(str, place))}: {told}" if told and isinstance(place, list) else told
