"""What takes longer than an answer should: it is done in a thread of its own, and asked for until it has ended."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Thread

from factcheck.errors import ConflictError, FactcheckError

MOST = 8
"""So many may be under way at a desk: each asks others' servers, and keeps a thread and pages in memory."""
_REMEMBERED = 100
"""So many ends that nobody has come back for are kept."""

Key = tuple[str, int, str]
"""What is done, to which claim, for whom."""


@dataclass
class UnderWay:
    """What is under way at one desk; what it brings stands in the database, how it ended here."""

    _work: dict[Key, Future[None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, key: Key, work: Callable[[], object]) -> None:
        """Begin it, unless the same is under way already. Raises ConflictError where too much is."""
        with self._lock:
            before = self._work.get(key)
            if before is not None and not before.done():
                return
            ended = [one for one, future in self._work.items() if future.done()]
            if len(self._work) - len(ended) >= MOST:
                raise ConflictError(f"{MOST} look-ups and checks of sources are under way at this desk, and no more go")
            for one in ended[: max(0, len(ended) - _REMEMBERED)]:
                del self._work[one]
            self._work.pop(key, None)
            future = self._work[key] = Future()
        # A daemon: whoever stops the server does not wait for others' servers.
        Thread(target=_do, args=(work, future), daemon=True).start()

    async def ended(self, key: Key, seconds: float) -> bool:
        """Whether it has ended, or nothing such was begun, within so many seconds."""
        future = self._work.get(key)
        if future is not None and not future.done():
            await asyncio.wait([asyncio.wrap_future(future)], timeout=seconds)
        return future is None or future.done()

    def end(self, key: Key) -> bool:
        """Forget what has ended; tells whether anything had. Raises what ended it, if that was an error."""
        with self._lock:
            future = self._work.pop(key, None)
        if future is not None:
            future.result()
        return future is not None


def _do(work: Callable[[], object], future: Future[None]) -> None:
    try:
        work()
    except FactcheckError as error:
        future.set_exception(error)
    else:
        future.set_result(None)
    finally:
        if not future.done():
            future.cancel()  # an error of this program, which its thread tells on stderr
