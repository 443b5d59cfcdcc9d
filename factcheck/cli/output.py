"""Files that commands write: whole or not at all, and never over what a desk stands on."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from factcheck.cli.terminal import say
from factcheck.errors import OutputError
from factcheck.settings import Settings
from factcheck.whole_files import files_of_database, put_in_place

_SHOWN = 200  # characters of a name
_BEGINNINGS = {
    b"SQLite format 3\0": "a database",
    b"\x37\x7f\x06\x82": "a database's changes",
    b"\x37\x7f\x06\x83": "a database's changes",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7": "a database's journal",
    b"metadata:\n  factcheck:": "a recording",
}


def ensure_no_treasure(path: Path, settings: Settings, *, whatever_it_holds: bool = False) -> None:
    """Raise OutputError if the file is the desk's database, its config, one that they name, or what holds a recording.

    `whatever_it_holds` leaves out what is told by a file's content alone.
    """
    kind = next((kind for kind, one in _named(settings) if _is_same(path, one)), None)
    try:
        if path.is_file() and kind is None and not whatever_it_holds:
            with path.open("rb") as file:
                begun = file.read(max(map(len, _BEGINNINGS)))
            kind = next((kind for beginning, kind in _BEGINNINGS.items() if begun.startswith(beginning)), None)
    except OSError as error:  # a name that is too long, or a file that nobody may look into
        raise OutputError(f"{str(path)[:_SHOWN]!r} cannot be written: {error.strerror}; name another file") from error
    if kind:
        raise OutputError(f"{str(path)!r} is {kind} and is not written over; name another file")


def write_file(path: Path, pieces: Iterable[str | bytes], settings: Settings, what: str) -> None:
    """Write what was asked for to a file, and say so. Raises OutputError; what stood in the file stays then."""
    ensure_no_treasure(path, settings)
    if path.is_fifo():  # which might keep its writer waiting for ever
        raise OutputError(f"{what} cannot be written to {str(path)!r}: it is a pipe; name another file with -o")
    try:
        write_whole(path, pieces)
    except OSError as error:
        message = f"{what} cannot be written to {str(path)!r}: {error.strerror}; name another file with -o"
        raise OutputError(message) from error
    say(f"wrote {path}")


def write_whole(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write texts or bytes beside the file and put it in its place at the end. Raises OSError, and the old file stays.

    A link goes on to lead to the same file, which keeps its mode; a device, such as /dev/null, takes the text at once.
    """
    target, written = Path(os.path.realpath(path)), (one.encode() if isinstance(one, str) else one for one in pieces)
    if target.exists() and not target.is_file():
        with path.open("wb") as device:
            device.writelines(written)
        return
    with put_in_place(target) as beside, beside.open("wb") as file:
        file.writelines(written)
        file.flush()
        os.fsync(file.fileno())


def _named(settings: Settings) -> Iterator[tuple[str, Path]]:
    scheme, _, rest = settings.db.rpartition("://")
    if not scheme or scheme.startswith("sqlite"):
        database = Path((rest.partition("?")[0].removeprefix("/").removeprefix("file:")) if scheme else settings.db)
        yield from (("the database", one) for one in (files_of_database(database) if database.name else ()))
    yield "the config file", Path(settings.config_file)
    yield from (("a rating scale", Path(one)) for one in settings.scale_files)
    if settings.prices:
        yield "the price file", Path(settings.prices)
    if settings.heads_file:
        yield "the file of the log's hashes", Path(settings.heads_file)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there yet
        return os.path.realpath(path) == os.path.realpath(other)
