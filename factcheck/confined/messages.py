"""What the two processes say to each other over pipes."""

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

from factcheck.errors import FactcheckError

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function gave, pickled, the error that it raised on purpose, or how it broke.

    `goes_on` says that the function gives one thing after the other, and that this was not the last.
    `logged` are names of loggers, levels and messages; `is_last` says that the process takes no further question.
    """

    given: bytes = b""
    error: FactcheckError | None = None
    broken: str | None = None
    logged: tuple[tuple[str, int, str], ...] = ()
    is_last: bool = False
    goes_on: bool = False


def send(stream: IO[bytes] | None, message: object) -> None:
    """Write a message. Raises OSError where nobody reads, and what pickle raises."""
    written = pickle.dumps(message)
    assert stream  # noqa: S101 - the pipes are asked for
    stream.write(_LENGTH.pack(len(written)) + written)
    stream.flush()


def received(stream: IO[bytes] | None) -> Any:  # noqa: ANN401 - any message
    """Wait for a message. Raises EOFError where none comes, or none that is whole."""
    assert stream  # noqa: S101 - the pipes are asked for
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 1
    written = stream.read(length)
    if len(written) < length:
        raise EOFError
    return pickle.loads(written)  # noqa: S301 - of this very program
