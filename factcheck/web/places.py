"""Places for what takes long within a request: everybody at the desk is answered in one of a few threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from typing_extensions import override

from factcheck.domain.evidence import PageText, Snapshot
from factcheck.errors import DeskBusyError
from factcheck.workflow.ports import Sources

_PATIENCE = 60
"""Seconds after which who waits is told that nothing has come free."""


class Places:
    """So many at once, and so many more who wait for that: each of them keeps a thread."""

    def __init__(self, what: str, at_once: int, waiting: int) -> None:
        self._what = what
        self._at_once, self._may_wait = at_once, waiting
        self._taken = BoundedSemaphore(at_once)
        self._come = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place. Raises DeskBusyError where none is free for long, and at once where many wait for one."""
        if not self._come.acquire(blocking=False):
            raise DeskBusyError(f"{self._at_once} {self._what}, and {self._may_wait} wait for that")
        try:
            if not self._taken.acquire(timeout=_PATIENCE):
                raise DeskBusyError(f"{self._at_once} {self._what}, and have been for {_PATIENCE} seconds")
            try:
                yield
            finally:
                self._taken.release()
        finally:
            self._come.release()


class SourcesInTurn(Sources):
    """Sources whose pages are fetched in places: a server that does not answer keeps its place, and nobody else's."""

    def __init__(self, sources: Sources, places: Places) -> None:
        self._sources, self._places = sources, places

    @property
    @override
    def archives(self) -> bool:
        return self._sources.archives

    @override
    def fetch(self, url: str) -> Snapshot:
        with self._places.taken():
            return self._sources.fetch(url)

    @override
    def archive(self, url: str, said: str) -> str:
        with self._places.taken():
            return self._sources.archive(url, said)

    @override
    def open_file(self, path: str) -> Snapshot:
        return self._sources.open_file(path)

    @override
    def as_file(self, content: bytes, name: str) -> Snapshot:
        return self._sources.as_file(content, name)

    @override
    def read(self, snapshot: Snapshot) -> PageText:
        return self._sources.read(snapshot)
