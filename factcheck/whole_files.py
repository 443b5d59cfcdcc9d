"""Files that are written whole or not at all, and those of a database, over which nothing is written."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from factcheck.errors import OutputError

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


class OwnFolder:
    """A folder whose files were all written by this program: a list in it says which.

    Files belong to parts; a part that has not changed since, by its fingerprint, is kept without being made again.
    What is no longer part of anything is taken away at the end, and nothing else ever is. A folder may be sealed with
    the state that all of it was made from; until it is written to again it is known to be of that state.
    """

    def __init__(self, root: Path, kind: str) -> None:
        """Take the folder, or make it. Raises OSError, and OutputError for a folder with other things in it."""
        self._root, self._kind = root, kind
        self._list = root / f".{kind}.json"
        self._seal: str | None = None
        self._old = self._read()
        self._new: dict[str, tuple[str, dict[str, int]]] = {}
        self._folders: set[Path] = set()
        self.written = self.kept = self.removed = 0
        root.mkdir(parents=True, exist_ok=True)
        if not self._list.exists():  # a first run that is broken off leaves a folder that is known for ours
            self._write_list({})

    def keeps(self, part: str, fingerprint: str) -> bool:
        """Whether the part is the same and all its files are there; they are kept then."""
        old = self._old.get(part)
        if old is None or old[0] != fingerprint or not all(map(self._is_there, old[1].items())):
            return False
        self._new[part] = old
        self.kept += len(old[1])
        return True

    def is_of(self, state: str) -> bool:
        """Whether the folder was sealed with that state and all its files are there; they are kept then."""
        files = [one for _, held in self._old.values() for one in held.items()]
        if self._seal != state or not all(map(self._is_there, files)):
            return False
        self._new, self.kept = self._old, len(files)
        return True

    def seal(self, state: str) -> None:
        """Remember what the folder was made from, once it has been closed. Raises OSError."""
        if self._seal != state:
            self._write_list(self._new, state)

    def write(self, part: str, fingerprint: str, path: str, content: bytes) -> None:
        """Write a file of a part, unless it stands there as it is. Raises OSError."""
        self._break_seal()
        self._new.setdefault(part, (fingerprint, {}))[1][path] = len(content)
        target = self._root / path
        try:
            if target.stat().st_size == len(content) and target.read_bytes() == content:
                self.kept += 1
                return
        except FileNotFoundError:
            if target.parent not in self._folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(target.parent)
        with put_in_place(target) as beside:
            beside.write_bytes(content)
        self.written += 1

    def close(self) -> None:
        """Take away what no part has any more, and write the list. Raises OSError."""
        files = {path for _, paths in self._new.values() for path in paths}
        for path in {path for _, paths in self._old.values() for path in paths} - files:
            target = self._root / path
            if target.is_file():
                target.unlink()
                self.removed += 1
            for folder in list(target.relative_to(self._root).parents)[:-1]:
                with suppress(OSError):  # it holds something
                    (self._root / folder).rmdir()
        self._write_list(self._new)

    def _break_seal(self) -> None:
        if self._seal is not None:
            self._seal = None
            self._write_list(self._old)

    def _is_there(self, file: tuple[str, int]) -> bool:
        path, size = file
        try:
            return os.stat(f"{self._root}/{path}").st_size == size  # noqa: PTH116 - thirty thousand of them
        except OSError:
            return False

    def _read(self) -> dict[str, tuple[str, dict[str, int]]]:
        try:
            held = json.loads(self._list.read_bytes())
            self._seal = held.get("sealed")
            return {name: (one["fingerprint"], _inside(one["files"])) for name, one in held[self._kind].items()}
        except FileNotFoundError:
            if self._root.exists() and any(self._root.iterdir()):
                raise self._not_ours() from None
            return {}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._not_ours() from None

    def _not_ours(self) -> OutputError:
        return OutputError(f"the folder {str(self._root)!r} holds files of somebody else")

    def _write_list(self, parts: dict[str, tuple[str, dict[str, int]]], seal: str | None = None) -> None:
        told = {name: {"fingerprint": print_, "files": files} for name, (print_, files) in parts.items()}
        with put_in_place(self._list) as beside:
            beside.write_text(json.dumps({self._kind: told, "sealed": seal}, separators=(",", ":")), "utf-8")


def _inside(files: dict[str, int]) -> dict[str, int]:
    """The files of a list, whose paths lead nowhere else. Raises ValueError."""
    for path in files:
        if path.startswith("/") or ".." in Path(path).parts:
            raise ValueError(path)
    return files
