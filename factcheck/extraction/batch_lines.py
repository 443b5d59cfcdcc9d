"""The lines of a batch's answers: read with suspicion, each alone, in a file that memory need not hold."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from langchain_core.messages import AIMessage
from openai import OpenAIError
from openai.types.chat import ChatCompletion

from factcheck.extraction.server_chat import ServerChat
from factcheck.extraction.server_words import words_of

_MOST_BYTES = 2_000_000  # of a line
_OK = 200
_NO_LINE = "the server's line holds no answer"

Place = tuple[int, int]
"""Where a line begins in its file, and how many bytes it has."""


class LineError(OpenAIError):
    """A request of a batch failed at the server; `code` is the server's own word for it."""

    def __init__(self, words: str, code: object) -> None:
        self.code = code if isinstance(code, str) else None
        super().__init__(words)


def index_lines(file: BinaryIO, prefix: str) -> dict[str, Place]:
    """Where the line of each name stands, of those that begin so; of a name given twice the first counts."""
    places: dict[str, Place] = {}
    at = file.seek(0)
    while line := file.readline(_MOST_BYTES):
        start, is_whole = at, line.endswith(b"\n")
        at += len(line)
        while not is_whole and (rest := file.readline(_MOST_BYTES)):  # the rest of a line without end
            at += len(rest)
            is_whole = rest.endswith(b"\n")
        name = _name(line) if at == start + len(line) else None
        if name is not None and name.startswith(prefix):
            places.setdefault(name, (start, len(line)))
    return places


def line_at(file: BinaryIO, place: Place) -> bytes:
    """The line that stands there."""
    file.seek(place[0])
    return file.read(place[1])


def reply_in(line: bytes, model: ServerChat) -> AIMessage:
    """The model's message in a line that `index_lines` has found. Raises what a call of its own would raise."""
    told = json.loads(line)
    answer = told.get("response")
    body = answer.get("body") if isinstance(answer, Mapping) else None
    if not isinstance(body, Mapping) or answer.get("status_code", _OK) != _OK:
        raise _error(told.get("error"), body)
    return model.read_reply(ChatCompletion.construct(**{str(name): value for name, value in body.items()}))


def _error(error: Any, body: Any) -> LineError:  # noqa: ANN401 - whatever JSON holds
    """What the line says went wrong: in its own words, or in those of the answer that the request had."""
    inner = body.get("error") if isinstance(body, Mapping) else None
    codes = [one.get("code") for one in (inner, error) if isinstance(one, Mapping)]
    return LineError(words_of(inner) or words_of(error) or words_of(body) or _NO_LINE, next(filter(None, codes), None))


def _name(line: bytes) -> str | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    name = told.get("custom_id") if isinstance(told, Mapping) else None
    return name if isinstance(name, str) else None
