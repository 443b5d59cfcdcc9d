"""Files that are written whole or not at all, and those of a database, over which nothing is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST_NAME = 200  # characters, so that more fits behind it
_BESIDE = ("wal", "shm", "journal")


@contextmanager
def put_in_place(target: Path, like: Path | None = None) -> Iterator[Path]:
    """A new, empty file that takes the target's place at the end of the block; what raises leaves what was there.

    A link goes on to lead to the same file. The mode is that of the old file, else of the file `like`. Raises OSError.
    """
    place = Path(os.path.realpath(target))
    beside = place.with_name(f".{place.name[:_LONGEST_NAME]}.{os.getpid()}")
    model = place if place.exists() else like
    try:
        beside.touch(0o600 if model else 0o666, exist_ok=False)
        if model:
            beside.chmod(model.stat().st_mode)
        yield beside
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def files_of_database(database: Path) -> tuple[Path, ...]:
    """A database's file and those that SQLite keeps beside it in use, the WAL first of them."""
    return (database, *(database.with_name(f"{database.name}-{ending}") for ending in _BESIDE))
