"""Reads files that somebody named: plain ones, and no more of them than a bound; and what no file may hold."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_MOST_BITS = 10_000  # Python refuses to write numbers of more than 4,300 figures


def read_bounded(path: str | Path, most_bytes: int) -> bytes:
    """The content of a plain file.

    Raises OSError, with a reason in `strerror`, for what is missing, larger, or a folder, a pipe or a device: those may
    have no end, or keep whoever opens them waiting.
    """
    with plain_file(path) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {most_bytes:,} bytes", str(path))
    return content


@contextmanager
def plain_file(path: str | Path) -> Iterator[BinaryIO]:
    """A plain file, open to be read. Raises OSError as `read_bounded` does."""
    with open(Path(path), "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a plain file", str(path))
        yield file


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def has_too_many_figures(value: object) -> bool:
    """Whether it is a whole number that can be read from a file, by another base, but not written."""
    return isinstance(value, int) and value.bit_length() > _MOST_BITS
