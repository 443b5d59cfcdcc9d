"""The file outside the desk to which the log's last hash goes at each publication: who holds it can prove the log."""

import codecs
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from factcheck.bounded_files import read_bounded
from factcheck.domain.audit import moment
from factcheck.errors import HeadsFileError, HeadsWriteError
from factcheck.whole_files import files_of_database
from factcheck.workflow.ports import Log, Witness

_MOST_BYTES = 100_000_000
_UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class HeadsFile(Witness):
    """Serves the Witness port: one line a publication, with the hash, the number of its event, and the moment.

    `desk` is the database's own file, if it is one.
    """

    path: str
    log: Log
    desk: str | None = None

    @override
    def require_ready(self) -> None:
        path = Path(self.path)
        for own in files_of_database(Path(self.desk)) if self.desk else ():
            with suppress(OSError):
                if path.samefile(own):
                    raise HeadsWriteError(self.path, "it is a file of the desk itself")
        try:
            os.close(self._opened())
        except OSError as error:
            raise HeadsWriteError(self.path, error.strerror) from error
        if path.stat().st_size:
            _heads_in(self.path)

    @override
    def note(self, at: datetime) -> None:
        head = self.log.head()
        assert head is not None  # noqa: S101 - something has just been published
        try:
            # A write of one line to the end of a file is not mixed with another's.
            with os.fdopen(self._opened(), "ab", buffering=0) as file:
                file.write(f"{head.hash} {head.event_id} {moment(at)}\n".encode())
                os.fsync(file.fileno())
        except OSError as error:
            raise HeadsWriteError(self.path, error.strerror, is_published=True) from error

    def _opened(self) -> int:
        """Open the file for more lines; a pipe or a device is none, and nobody waits for one."""
        opened = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o644)
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise OSError(0, "it is not a plain file")
        return opened


def read_heads(path: str) -> tuple[str, ...]:
    """The hashes in a file of heads, each the first word of a line. Raises HeadsFileError, also where there is none."""
    heads = _heads_in(path)
    if not heads:
        raise HeadsFileError(f"the file of heads {path!r} holds no hash, so that it proves nothing")
    return heads


def _heads_in(path: str) -> tuple[str, ...]:
    try:
        content = read_bounded(path, _MOST_BYTES)
        # Editors put a byte order mark before a text, some shells write UTF-16, and others print a hash in capitals.
        lines = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig").lower().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise HeadsFileError(f"the file of heads {path!r} cannot be read: {reason}") from error
    heads = []
    for number, line in enumerate(lines, 1):
        found = line.split()
        if found and not _HASH.fullmatch(found[0]):
            raise HeadsFileError(f"line {number} of {path!r} begins with no hash of 64 hex digits: {line[:80]!r}")
        heads += found[:1]
    return tuple(heads)
