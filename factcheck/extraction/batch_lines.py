"""The lines of a batch's answers: read with suspicion, each alone, in a file that memory need not hold."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

from langchain_core.messages import AIMessage
from openai import OpenAIError
from openai.types.chat import ChatCompletion

from factcheck.extraction.server_chat import ServerChat
from factcheck.extraction.server_words import words_of

_MOST_BYTES = 2_000_000  # of a line
_OK = 200
_NO_LINE = "the server's line holds no answer"


class Place(NamedTuple):
    """Where a line begins in its file, how many bytes it has, and whether it holds an answer, or only an error."""

    start: int
    length: int
    is_answer: bool


class LineError(OpenAIError):
    """A request of a batch failed at the server; `code` is the server's own word for it."""

    def __init__(self, words: str, code: object) -> None:
        self.code = code if isinstance(code, str) else None
        super().__init__(words)


def index_lines(file: BinaryIO, prefix: str) -> dict[str, Place]:
    """Where the line of each name stands, of those that begin so; of a name given twice the first answer counts."""
    places: dict[str, Place] = {}
    at = file.seek(0)
    while line := file.readline(_MOST_BYTES):
        start, is_whole = at, line.endswith(b"\n")
        at += len(line)
        while not is_whole and (rest := file.readline(_MOST_BYTES)):  # the rest of a line without end
            at += len(rest)
            is_whole = rest.endswith(b"\n")
        told = _told(line) if at == start + len(line) else {}
        name, place = told.get("custom_id"), Place(start, len(line), _body(told) is not None)
        if isinstance(name, str) and name.startswith(prefix):
            before = places.setdefault(name, place)
            if place.is_answer and not before.is_answer:  # the request failed once, and was answered after that
                places[name] = place
    return places


def line_at(file: BinaryIO, place: Place) -> bytes:
    """The line that stands there."""
    file.seek(place.start)
    return file.read(place.length)


def reply_in(line: bytes, model: ServerChat) -> AIMessage:
    """The model's message in a line that `index_lines` has found. Raises what a call of its own would raise."""
    told = _told(line)
    body = _body(told)
    if body is None:
        answer = told.get("response")
        raise _error(told.get("error"), answer.get("body") if isinstance(answer, Mapping) else None)
    return model.read_reply(ChatCompletion.construct(**{str(name): value for name, value in body.items()}))


def _error(error: Any, body: Any) -> LineError:  # noqa: ANN401 - whatever JSON holds
    """What the line says went wrong: in its own words, or in those of the answer that the request had."""
    inner = body.get("error") if isinstance(body, Mapping) else None
    codes = [one.get("code") for one in (inner, error) if isinstance(one, Mapping)]
    return LineError(words_of(inner) or words_of(error) or words_of(body) or _NO_LINE, next(filter(None, codes), None))


def _told(line: bytes) -> Mapping[str, Any]:
    """What a line says; nothing where it is broken."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, Mapping) else {}


def _body(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the model's server has answered, None where the line tells of an error."""
    answer = told.get("response")
    if not isinstance(answer, Mapping) or answer.get("status_code", _OK) != _OK:
        return None
    body = answer.get("body")
    return body if isinstance(body, Mapping) else None
