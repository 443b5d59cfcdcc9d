"""Listings of articles: feeds, sitemaps (packed ones, too), lists of addresses, folders and patterns of file names."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from glob import has_magic, iglob
from itertools import compress, islice
from pathlib import Path

from factcheck.domain.evidence import Snapshot, is_web_address
from factcheck.domain.listing import Listed, Listing, ListingKind, pages_of
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.parsing import parsed

MAX_FILES = 10_000
MAX_UNPACKED = 50_000_000
"""Bytes of a sitemap, as sitemaps.org bounds it."""

SUFFIXES = frozenset({
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".mhtml", ".mht", ".eml", ".srt",
    ".vtt", ".jsonl", ".ndjson",
})  # fmt: skip
"""Of the files in a folder that are taken for articles."""

_GZIP = b"\x1f\x8b"
_HEAD = 65_536  # bytes, within which a listing says what it is
_PARSERS = {Kind.FEED: "listing_xml:feed", Kind.SITEMAP: "listing_xml:sitemap"}


def files_of(source: str) -> Listing | None:
    """The articles in a folder, or the files that a pattern such as `articles/*.md` names; None if it is neither.

    Raises SourceError where there is none.
    """
    path = Path(source)
    try:
        is_folder = path.is_dir()
        if not is_folder and (path.exists() or not has_magic(source)):
            return None
        # As `glob` takes it: a pattern with its folders, from the root on or from here.
        found = _in_folder(path) if is_folder else map(Path, iglob(source, recursive=True))  # noqa: PTH207
        files = [one for one in sorted(islice(found, MAX_FILES + 1)) if one.is_file()]
        is_taken = [not is_folder or one.suffix.lower() in SUFFIXES for one in files]
        entries = tuple(Listed(str(one), _changed(one), str(one.absolute())) for one in compress(files, is_taken))
    except (OSError, ValueError) as error:
        raise SourceError(f"{source!r} cannot be read: {error}; check the path") from error
    if len(files) > MAX_FILES:
        raise SourceError(f"{source!r} holds more than {MAX_FILES:,} files; name folders within it")
    if not entries:
        what = "holds no file of a kind that is read" if is_folder else "fits no file"
        raise SourceError(f"{source!r} {what}; check the path")
    others = [str(one) for one, taken in zip(files, is_taken, strict=True) if not taken]
    return Listing(source, ListingKind.FOLDER, entries, len(others), others[0] if others else None)


def listing_of(page: Snapshot, source: str, limits: ParsingLimits | None = None) -> Listing | None:
    """What the content lists, if it is a feed, a sitemap or a list of addresses and nothing else; told by its bytes.

    Raises SourceError for one that is broken, and ParsingLimitError over `limits`.
    """
    content = page.content
    try:
        kind = kind_of(unpacked(content, _HEAD) if content.startswith(_GZIP) else content)
    except zlib.error:
        return None
    if kind is Kind.ADDRESSES and not content.startswith(_GZIP):
        return _addresses(content, source)
    if kind not in _PARSERS:
        return None
    found: Listing = parsed(_PARSERS[kind], source, content, source, page.url or source, limits=limits)
    return found


def named_in(content: bytes, source: str) -> Listing:
    """The addresses that a user's own file names, one on each line; `#` begins a remark. Raises SourceError."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(f"{source!r} is not UTF-8 text; write one address on each line") from error
    entries = []
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if not is_web_address(address):
            raise SourceError(
                f"{source!r} has {address[:80]!r} in line {number}, which is not a web address; write one on each line"
            )
        entries.append(Listed(address))
    if not entries:
        raise SourceError(f"{source!r} names no address; write one on each line")
    return Listing(source, ListingKind.ADDRESSES, tuple(entries))


def unpacked(content: bytes, most: int = MAX_UNPACKED) -> bytes:
    """What gzip has packed, at most so many bytes and one more; other content as it is. Raises zlib.error."""
    return zlib.decompressobj(31).decompress(content, most + 1) if content.startswith(_GZIP) else content


def _addresses(content: bytes, source: str) -> Listing:
    lines = [line.strip() for line in content.decode("utf-8-sig", "replace").splitlines()]
    pages, others, example = pages_of(Listed(line) for line in lines if line and not line.startswith("#"))
    return Listing(source, ListingKind.ADDRESSES, pages, others, example)


def _in_folder(folder: Path) -> Iterator[Path]:
    """Its files and those of folders within it, by name; what is hidden, and what belongs to a saved page, is not."""
    # A folder within may lead back to one above it.
    entries = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    for one in entries:
        if not one.is_dir():
            yield one
        elif not one.is_symlink() and not one.name.endswith("_files"):
            yield from _in_folder(one)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
