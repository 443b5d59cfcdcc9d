"""Opens what others' checks stand in: files, standard input and addresses, however large, and what sitemaps list."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO

from factcheck.bounded_files import plain_file
from factcheck.domain.evidence import Snapshot
from factcheck.domain.known import Entry
from factcheck.domain.listing import Listing
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.fetch import Asking, Limits, fetch_into
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.listings import MAX_UNPACKED, files_of, listing_of
from factcheck.intake.manners import Manners
from factcheck.intake.parsing import parsed_each
from factcheck.intake.read_source import MAX_BYTES, STDIN, is_address
from factcheck.intake.readers import PAGE_NAMES

_LARGEST = Limits(max_bytes=2_000_000_000, seconds=3600)
_WHOLE = 2_000_000
"""Bytes of JSON up to which it is read as a whole, and mended where it is broken."""
_HEAD = 65_536  # bytes, within which a file shows what it is
_LISTINGS = {Kind.FEED, Kind.SITEMAP, Kind.ADDRESSES}
_JSON = {Kind.JSON, Kind.JSON_LINES}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that holds what was named, and what a server said of it."""

    path: str
    head: bytes
    size: int
    page: Snapshot


@dataclass
class KnownFiles:
    """Serves the KnownReader port. It keeps in mind what hosts allow, and when each was last asked."""

    allow_private: bool = False
    limits: ParsingLimits | None = None
    manners: Manners = field(default_factory=Manners)

    def read(self, source: str, *, is_listed: bool = False) -> Iterator[Listing | Sequence[Entry]]:
        """The entries of a source, some at a time, or what it lists. What `is_listed` is fetched with manners.

        Raises SourceError, also after some entries where the rest cannot be read.
        """
        if not is_address(source) and source != STDIN and (files := files_of(source)):
            yield files
            return
        with self._opened(source, is_listed=is_listed) as opened:
            kind = kind_of(opened.head)
            if kind in _LISTINGS or opened.head.startswith(b"\x1f\x8b"):
                page = Snapshot(_content(opened, source, MAX_UNPACKED), opened.page.media_type, opened.page.url)
                if listing := listing_of(page, source, self.limits):
                    yield listing
                    return
                raise SourceError(f"{source!r} is packed; unpack it and give the file")
            yield from self._entries(opened, source, kind)

    def _entries(self, opened: _Opened, source: str, kind: Kind) -> Iterator[Sequence[Entry]]:
        if kind is Kind.JSON_LINES or (kind is not Kind.HTML and _are_lines(opened.head)):
            yield from parsed_each("known_entries:lines", source, opened.path, limits=self.limits)
        elif kind is Kind.JSON and opened.size > _WHOLE:
            yield from parsed_each("known_entries:feed", source, opened.path, limits=self.limits)
        elif opened.size > MAX_BYTES:
            raise SourceError(f"{source!r} is larger than {MAX_BYTES:,} bytes and is no JSON; give what you need of it")
        else:
            is_page = kind not in _JSON and (
                "html" in opened.page.media_type or kind is Kind.HTML or source.lower().endswith(PAGE_NAMES)
            )
            told = opened.path, source, opened.page.url, is_page
            yield from parsed_each("known_entries:whole", source, *told, limits=self.limits)

    @contextmanager
    def _opened(self, source: str, *, is_listed: bool) -> Iterator[_Opened]:
        """What was named as a plain file: what comes from elsewhere goes to one that is gone at the end."""
        if not is_address(source) and source != STDIN:
            head, size = _local(source)
            # What parses may have been started elsewhere.
            yield _Opened(str(Path(source).absolute()), head, size, Snapshot(b"", ""))
            return
        with NamedTemporaryFile(prefix="factcheck-") as file:
            page = Snapshot(b"", "")
            if source == STDIN:
                _from_stdin(file)
            else:
                asking = Asking(before=self.manners.before) if is_listed else None
                limits = Limits(max_bytes=MAX_BYTES) if is_listed else _LARGEST
                page = fetch_into(file, source, limits, allow_private=self.allow_private, asking=asking)
            file.flush()
            size = file.tell()
            file.seek(0)
            yield _Opened(file.name, file.read(_HEAD), size, page)


def _are_lines(head: bytes) -> bool:
    """Whether each line is a value of its own, though some of the first may be broken, or hold something else."""
    found = [line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 50) if line.strip()]
    begun = [line for line in found if line.startswith(b"{")]
    return len(found) > 1 and 2 * len(begun) >= len(found) and any(line.endswith(b"}") for line in begun)


def _local(source: str) -> tuple[bytes, int]:
    """The beginning of a plain file and its size."""
    try:
        with plain_file(source) as file:
            return file.read(_HEAD), os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise SourceError(f"{source!r} cannot be read: {reason}; check the path") from error


def _from_stdin(file: IO[bytes]) -> None:
    if sys.stdin is None:
        raise SourceError("'-' is closed: nothing comes in on standard input")
    copyfileobj(sys.stdin.buffer, file)


def _content(opened: _Opened, source: str, most: int) -> bytes:
    if opened.size > most:
        raise SourceError(f"{source!r} is larger than {most:,} bytes; give what you need of it")
    return Path(opened.path).read_bytes()
