"""An event loop in a thread of its own: calls go on while what has landed is being stored."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any, Generic, Self, TypeVar

Landed = TypeVar("Landed")


class BackgroundLoop:
    """Runs coroutines from its `with` on; at its end it cancels what is under way, and awaits `at_end` last."""

    def __init__(self, at_end: Callable[[], Awaitable[None]]) -> None:
        self._at_end = at_end
        self._opened: SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = SimpleQueue()
        self._thread = Thread(target=lambda: asyncio.run(self._until_over()), name="model calls", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._loop, self._over = self._opened.get()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def submit(self, call: Coroutine[Any, Any, Landed]) -> Future[Landed]:
        """The future of a coroutine that the loop runs."""
        return asyncio.run_coroutine_threadsafe(call, self._loop)

    def call(self, what: Callable[[], None]) -> None:
        """Have the loop call something, soon."""
        self._loop.call_soon_threadsafe(what)

    async def _until_over(self) -> None:
        over = asyncio.Event()
        self._opened.put((asyncio.get_running_loop(), over))
        await over.wait()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._at_end()


_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Landings(Generic[Landed]):
    """Calls under way, taken as they land.

    Within its `with`, the first Ctrl-C only calls `stop`, so that no further call begins: those under way are paid for
    and land as ever, and KeyboardInterrupt is raised at the end. A second one waits for nothing. `tell` is called once
    somebody waits for them. One that `settles` waits for them after an error too. Threads hear of no Ctrl-C: what
    `is_to_end` tells is the same to them.
    """

    def __init__(
        self,
        stop: Callable[[], None],
        tell: Callable[[], None],
        *,
        settles: bool = False,
        is_to_end: Callable[[], bool] = lambda: False,
    ) -> None:
        self.under_way: set[Future[Landed]] = set()
        self._is_interrupted = self._is_aborted = False
        self._stop, self._tell, self._settles, self._is_to_end = stop, tell, settles, is_to_end
        self._is_told = False
        self._landed: SimpleQueue[Future[Landed] | None] = SimpleQueue()
        self._handled: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Defer the signals that would raise KeyboardInterrupt; only the main thread hears of them."""
        if current_thread() is main_thread():
            numbers = [one for one in _STOPPING if signal.getsignal(one) is signal.default_int_handler]
            self._handled = {number: signal.signal(number, self._interrupt) for number in numbers}
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Cancel what has not landed."""
        try:
            if self._settles and not self._is_aborted:
                self._settle()
        finally:
            for number, handler in self._handled.items():
                signal.signal(number, handler)
            for call in self.under_way:
                call.cancel()
        if kind is None and self._is_interrupted:
            raise KeyboardInterrupt

    @property
    def is_interrupted(self) -> bool:
        """Whether no further call is to begin."""
        if not self._is_interrupted and self._is_to_end():
            self._is_interrupted = True
            self._stop()
        return self._is_interrupted

    def add(self, call: Future[Landed]) -> None:
        """Wait for a call too."""
        self.under_way.add(call)
        call.add_done_callback(self._landed.put)

    def take(self) -> Future[Landed]:
        """The next call that has landed, or that was cancelled before it began."""
        while True:
            if self.is_interrupted and not self._is_told:
                self._is_told = True
                self._tell()
            # A signal that comes just before the waiting begins does not end it; a time-out does.
            with suppress(Empty):
                call = self._landed.get(timeout=0.25)  # seconds
                if call is not None:
                    self.under_way.remove(call)
                    return call

    def _settle(self) -> None:
        self._stop()
        while self.under_way:
            self.take()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._is_interrupted:
            self._is_aborted = True
            signal.default_int_handler(number, frame)
        self._is_interrupted = True
        self._stop()
        self._landed.put(None)
