"""Files that are written whole or not at all, and those of a database, over which nothing is written."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, TypeVar

from factcheck.errors import FolderBusyError, MovedPagesError, OtherDeskError, OutputError

try:
    import fcntl
except ImportError:  # of systems that are no POSIX: there nothing keeps two runs apart
    fcntl = None  # type: ignore[assignment]

_LONGEST_NAME = 200  # characters, so that more fits behind it
Files = TypeVar("Files", bound=Iterable[str])
_BESIDE = ("wal", "shm", "journal")


@contextmanager
def put_in_place(target: Path, like: Path | None = None, *, is_held: bool = False) -> Iterator[Path]:
    """A new, empty file that takes the target's place at the end of the block; what raises leaves what was there.

    A link goes on to lead to the same file. The mode is that of the old file, else of the file `like`. `is_held` says
    that nobody else writes in the folder: what a killed process has left beside the target gives way. Raises OSError.
    """
    place = Path(os.path.realpath(target))
    beside = _beside(place, "new" if is_held else token_hex(4))
    model = place if place.exists() else like
    try:
        if is_held:
            beside.unlink(missing_ok=True)
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


@dataclass(frozen=True, slots=True)
class Owner:
    """The desk that a folder is written from: by a mark that it keeps for good, and as people know it.

    `takes_over` says that the folder is its own whatever stands in it of others. `addresses` is the pattern by which
    its files are found, and `moves` says that they may be found by another one than before.
    """

    mark: str | None
    name: str
    takes_over: bool = False
    addresses: str = ""
    moves: bool = False


@contextmanager
def own_folder(root: Path, kind: str, owner: Owner) -> Iterator["OwnFolder"]:
    """A folder of this program's, made if it is not there; no other process has it meanwhile.

    One that dies has it no longer. Raises OSError, FolderBusyError, OtherDeskError for one that was written from
    another desk, MovedPagesError for one whose files were found elsewhere, and OutputError for one with other things in
    it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _opened(root) as handle:
        try:
            if handle is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderBusyError(f"another run is writing to the folder {str(root)!r}") from None
        yield OwnFolder(root, kind, owner)


class OwnFolder:
    """A folder whose files were all written by this program: a list in it says which.

    Files belong to parts; a part that has not changed since, by its fingerprint, is kept without being made again.
    What is no longer part of anything is taken away at the end, and nothing else ever is. A folder may be sealed with
    the state that all of it was made from; until it is written to again it is known to be of that state.

    The list is written at the end. Which files a part will have stands in a second file before the first of them does,
    so that whatever ends a run, the next one knows what is its own, and which parts may be half written.
    """

    def __init__(self, root: Path, kind: str, owner: Owner) -> None:
        """Read the list, or begin one.

        Raises OSError, OtherDeskError, MovedPagesError, and OutputError for other things in the folder.
        """
        self._root, self._kind, self._owner = root, kind, owner
        self._list, self._begun = root / f".{kind}.json", root / f".{kind}.begun"
        self._seal: str | None = None
        self._listed_owner: str | None = None
        self._listed_addresses: str | None = None
        self._old = self._read()
        # A list of a version that knew no owners has none: the first one takes the folder.
        if not owner.takes_over and self._listed_owner not in {None, owner.mark}:
            raise OtherDeskError(str(root), owner.name, str(self._listed_owner), owner.mark)
        if not (owner.takes_over or owner.moves) and self._listed_addresses not in {None, owner.addresses}:
            raise MovedPagesError(str(root), str(self._listed_addresses), owner.addresses)
        self._new: dict[str, tuple[str, dict[str, int]]] = {}
        self._ours = {path for _, files in self._old.values() for path in files}
        self._folders: set[Path] = set()
        self.written = self.kept = self.removed = 0
        if not self._list.exists():  # a first run that is broken off leaves a folder that is known for ours
            self._write_list({})
        self._take_up_broken_off()

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
        listed = self._seal, self._listed_owner, self._listed_addresses
        if listed != (state, self._owner.mark, self._owner.addresses):
            self._write_list(self._new, state)

    def write(self, part: str, fingerprint: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a part, but those that stand there as they are. Raises OSError."""
        self._seal = None
        self._tell_begun(part, files)
        for path, content in files.items():
            self._put(path, content)
        self._new[part] = fingerprint, {path: len(content) for path, content in files.items()}

    def close(self) -> None:
        """Take away what no part has any more, and write the list. Raises OSError."""
        for path in self._ours - {path for _, files in self._new.values() for path in files}:
            target = self._root / path
            if target.is_file():
                target.unlink()
                self.removed += 1
            for folder in list(target.relative_to(self._root).parents)[:-1]:
                with suppress(OSError):  # it holds something
                    (self._root / folder).rmdir()
        self._write_list(self._new)
        self._begun.unlink(missing_ok=True)

    def _put(self, path: str, content: bytes) -> None:
        target = self._root / path
        try:
            if target.stat().st_size == len(content) and target.read_bytes() == content:
                self.kept += 1
                return
        except FileNotFoundError:
            if target.parent not in self._folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(target.parent)
        with put_in_place(target, is_held=True) as beside:
            beside.write_bytes(content)
        self.written += 1

    def _is_there(self, file: tuple[str, int]) -> bool:
        path, size = file
        try:
            return os.stat(f"{self._root}/{path}").st_size == size  # noqa: PTH116 - thirty thousand of them
        except OSError:
            return False

    def _tell_begun(self, part: str, paths: Iterable[str]) -> None:
        is_first = not self._begun.exists()
        with self._begun.open("ab") as file:
            # A line that a full disk has cut off ends where the next one begins.
            file.write(f"\n{json.dumps([part, *paths])}".encode())
            _make_durable(file)
        if is_first:
            _make_names_durable(self._root)
        self._ours.update(paths)

    def _take_up_broken_off(self) -> None:
        """Learn what a run that did not come to its end has begun: its files are ours, and no part stands as listed."""
        if not self._begun.exists():
            return
        self._seal = None
        for line in self._begun.read_bytes().splitlines():
            with suppress(ValueError, TypeError, AttributeError):  # a line that was cut off: nothing of it was written
                part, *paths = json.loads(line)
                self._old.pop(part, None)
                self._ours.update(_inside(paths))
                for path in paths:
                    with suppress(OSError):  # it is not there
                        _beside(Path(os.path.realpath(self._root / path)), "new").unlink()

    def _read(self) -> dict[str, tuple[str, dict[str, int]]]:
        try:
            held = json.loads(self._list.read_bytes())
            self._seal, self._listed_owner = held.get("sealed"), _text_or_none(held.get("owner"))
            self._listed_addresses = _text_or_none(held.get("addresses"))
            return {name: (one["fingerprint"], _inside(one["files"])) for name, one in held[self._kind].items()}
        except FileNotFoundError:
            if any(one != _beside(self._list, "new") for one in self._root.iterdir()):
                raise self._not_ours() from None
            return {}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._not_ours() from None

    def _not_ours(self) -> OutputError:
        return OutputError(f"the folder {str(self._root)!r} holds files of somebody else")

    def _write_list(self, parts: dict[str, tuple[str, dict[str, int]]], seal: str | None = None) -> None:
        told = {name: {"fingerprint": print_, "files": files} for name, (print_, files) in parts.items()}
        with put_in_place(self._list, is_held=True) as beside, beside.open("wb") as file:
            held = {self._kind: told, "sealed": seal, "owner": self._owner.mark, "addresses": self._owner.addresses}
            file.write(json.dumps(held, separators=(",", ":")).encode())
            _make_durable(file)
        _make_names_durable(self._root)


def _beside(place: Path, ending: str) -> Path:
    return place.with_name(f".{place.name[:_LONGEST_NAME]}.{ending}")


def _make_durable(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _make_names_durable(folder: Path) -> None:
    with _opened(folder) as handle:
        if handle is not None:
            os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """The folder, opened as a file is; None where that cannot be done."""
    if fcntl is None:
        yield None
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def _text_or_none(listed: object) -> str | None:
    if listed is None or isinstance(listed, str):
        return listed
    raise TypeError(listed)


def _inside(files: Files) -> Files:
    """The files of a list, whose paths lead nowhere else. Raises ValueError."""
    for path in files:
        if path.startswith("/") or ".." in Path(path).parts:
            raise ValueError(path)
    return files
