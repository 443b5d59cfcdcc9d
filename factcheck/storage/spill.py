"""The spill: answers of runs under way, in files beside the database, until the database holds them.

What a model has answered is paid for. It is written here before the next call begins, so that neither a kill nor a
database that takes nothing loses it. Each run has a file of its own, `factcheck.db.answers-17.jsonl`, with an answer a
line; space for the answers under way is taken beforehand, as zeros behind the last line.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

from typing_extensions import override

from factcheck.errors import DatabaseError
from factcheck.storage.database import Database
from factcheck.workflow.ports import Spill

_ROOM = 65_536
"""Bytes that are set aside for an answer; those of nine sentences take a tenth of it."""


@dataclass
class _File:
    """How much of a run's file is written, and how many answers are waited for."""

    written: int = 0
    awaited: int = 0


@dataclass
class FileSpill(Spill):
    """Serves the Spill port with files beside a database's; those of a server's database stand where one works."""

    database: Database
    put_aside: list[str] = field(default_factory=list)
    _files: dict[int, _File] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @override
    def make_room(self, run_id: int) -> None:
        with self._lock, self._told():
            is_new = run_id not in self._files
            file = self._files.setdefault(run_id, _File())
            if is_new:
                self._move(run_id)  # the numbers of runs rise: what stands there is another database's
            with _opened(self._path(run_id)) as descriptor:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(descriptor, file.written, (file.awaited + 1) * _ROOM)
            file.awaited += 1

    @override
    def put_away(self, run_id: int) -> None:
        with self._told():
            self._move(run_id)

    def _move(self, run_id: int) -> None:
        """Away from the run, if there is anything: it is paid for, and of use should its database come back."""
        path, number = self._path(run_id), 1
        if not self.answers(run_id):
            path.unlink(missing_ok=True)
            return
        while (aside := path.with_name(f"{path.name}.{number}")).exists():
            number += 1
        with suppress(FileNotFoundError):  # another process has put it away meanwhile
            path.rename(aside)
            self.put_aside.append(str(aside))

    @override
    def keep(self, run_id: int, answer: str) -> None:
        line = answer.encode("ascii") + b"\n"
        with self._told(), _opened(self._path(run_id)) as descriptor:
            with self._lock:
                file = self._files.setdefault(run_id, _File())
                place, file.written, file.awaited = file.written, file.written + len(line), file.awaited - 1
            os.lseek(descriptor, place, os.SEEK_SET)
            while line:
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)

    @override
    def runs(self) -> tuple[int, ...]:
        base = self._base()
        pattern = re.compile(re.escape(base.name) + r"\.answers-([0-9]{1,18})\.jsonl")
        found = (pattern.fullmatch(one.name) for one in (base.parent.iterdir() if base.parent.is_dir() else ()))
        return tuple(sorted(int(one[1]) for one in found if one))

    @override
    def answers(self, run_id: int) -> tuple[str, ...]:
        content = b""
        with self._told(), suppress(FileNotFoundError):  # another process has stored them, and dropped the file
            content = self._path(run_id).read_bytes()
        # Zeros stand where an answer was waited for, and behind the half of a line that a kill has left.
        return tuple(line.decode("ascii", "replace") for line in re.split(rb"[\n\0]+", content) if line)

    @override
    def drop(self, run_id: int) -> None:
        self._files.pop(run_id, None)
        with self._told():
            self._path(run_id).unlink(missing_ok=True)

    def _path(self, run_id: int) -> Path:
        base = self._base()
        return base.with_name(f"{base.name}.answers-{run_id}.jsonl")

    def _base(self) -> Path:
        path, location = self.database.file, self.database.location
        return path or Path(f"factcheck-{sha256(location.encode()).hexdigest()[:12]}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"answers cannot be kept beside the database {self.database.location!r}: {error.strerror}"
            raise DatabaseError(message) from error


@contextmanager
def _opened(path: Path, more_flags: int = 0) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | more_flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
