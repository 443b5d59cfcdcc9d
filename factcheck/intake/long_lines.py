"""Files of JSON lines that are longer than what is read at once: part by part, each of whole lines."""

import os
from collections.abc import Iterator
from pathlib import Path

from factcheck.bounded_files import plain_file
from factcheck.errors import SourceError

PART = 2_000_000
"""Bytes that are read at once; an article takes a few thousand."""
_LONGEST = 20_000_000
_NAMES = ".jsonl", ".ndjson"


def is_long(source: str) -> bool:
    """Whether a source is a file of JSON lines, by its name, of more than one part."""
    try:
        return source.lower().endswith(_NAMES) and os.stat(source).st_size > PART  # noqa: PTH116 - "-" is no path
    except OSError:
        return False  # reading it tells why


def parts_of(source: str) -> Iterator[tuple[str, bytes]]:
    """The parts with what to call them. Raises SourceError if the file cannot be read, or a line is too long."""
    try:
        with plain_file(Path(source)) as file:
            first = 1
            while part := file.read(PART):
                rest = file.readline(_LONGEST)
                if len(rest) == _LONGEST:
                    raise SourceError(f"a line of {source!r} is longer than {_LONGEST:,} bytes; divide it")
                yield f"{source}, from line {first:,}", part + rest
                first += part.count(b"\n") + rest.count(b"\n")
    except OSError as error:
        raise SourceError(f"{source!r} cannot be read: {error.strerror}; check the path") from error
