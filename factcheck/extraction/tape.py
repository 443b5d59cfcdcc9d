"""A recording as it is made: each call is appended as it lands, so that whatever ends the process leaves it there."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from factcheck.errors import OutputError

_NEXT_CALL = b"\n- request:"
_NO_CALL = b"\ninteractions:\n"
_HEAD = b"metadata:\n  factcheck:\n"


@dataclass
class Tape:
    """The end of a recording's file. `head` is what a new one begins with.

    What the disk does not take is tried again with the next call, and at the end.
    """

    path: Path
    head: str
    lock: RLock = field(default_factory=RLock)
    is_written: bool = False
    _left: bytes = b""

    def add(self, call: str) -> None:
        """Append a call."""
        with self.lock:
            head = "" if self.is_written or self.path.stat().st_size else self.head
            self._left += (head + call).encode("utf-8", "surrogatepass")
            self.is_written = True
            self._write()

    def close(self) -> None:
        """Write what is left. Raises OutputError if that cannot be done."""
        error = self._write()
        if error is not None:
            message = f"the recording {str(self.path)!r} cannot be written to its end: {error.strerror}"
            raise OutputError(message) from error

    def _write(self) -> OSError | None:
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        except OSError as error:
            return error
        try:
            while self._left:
                self._left = self._left[os.write(descriptor, self._left) :]
        except OSError as error:
            return error
        finally:
            os.close(descriptor)
        return None


def without_half_call(content: bytes) -> bytes | None:
    """What stands before a recording's last call, which a kill may have cut in two; nothing if it was the only one.

    None for what is no recording.
    """
    place = content.rfind(_NEXT_CALL)
    if place < 0 or not content.startswith(_HEAD):
        return None
    whole = content[: place + 1]
    return b"" if whole.endswith(_NO_CALL) else whole
