"""What extracts in the background of a server: a thread for each extraction, over a database that it opens itself."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event, Lock, Thread, current_thread
from time import sleep
from typing import TYPE_CHECKING

from typing_extensions import override

from factcheck.errors import ConflictError, ExtractionsFullError, FactcheckError
from factcheck.wiring import desks
from factcheck.wiring.asking import extraction_session
from factcheck.workflow.submit_article import Extractions, Unheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from factcheck.settings import Settings
    from factcheck.workflow.extract_batch import Wanted
    from factcheck.workflow.plan_extraction import ExtractionOptions

MOST_AT_ONCE = 4
_ENDS = "the server is being stopped, and begins nothing more"


@dataclass
class BackgroundExtractions(Extractions):
    """Serves the Extractions port with threads. `stopping` hears, at the end, for how many calls each waits."""

    settings: Settings
    stopping: Callable[[int], None] = lambda _: None
    _threads: set[Thread] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _ends: Event = field(default_factory=Event)

    @override
    def begin(self, wanted: Wanted, options: ExtractionOptions, by: str) -> int | None:
        begun = Future[int | None]()
        # What the front has said of this act, such as the key that it uses up, holds for the run's beginning.
        context = copy_context()
        thread = Thread(
            target=lambda: context.run(self._extract, wanted, options, by, begun), name="extraction", daemon=True
        )
        with self._lock:
            if self._ends.is_set():
                raise ConflictError(_ENDS)
            if len(self._threads) >= MOST_AT_ONCE:
                raise ExtractionsFullError(MOST_AT_ONCE)
            self._threads.add(thread)
        thread.start()
        return begun.result()

    def end(self) -> None:
        """Let no further call begin, and wait until those under way have landed: they are paid for."""
        self._ends.set()
        with self._lock:
            threads = tuple(self._threads)
        for one in threads:
            one.join()

    def _extract(self, wanted: Wanted, options: ExtractionOptions, by: str, begun: Future[int | None]) -> None:
        try:
            self._run(wanted, options, by, begun)
        except (FactcheckError, KeyboardInterrupt) as error:
            # Once a run has begun, it is the run that says how it ended.
            if not begun.done():
                begun.set_exception(error if isinstance(error, FactcheckError) else ConflictError(_ENDS))
        finally:
            with self._lock:
                self._threads.discard(current_thread())
            if not begun.done():
                begun.set_result(None)

    def _run(self, wanted: Wanted, options: ExtractionOptions, by: str, begun: Future[int | None]) -> None:
        from factcheck.workflow.extract_batch import ExtractBatch

        def tell(run_id: int) -> None:
            if not begun.done():
                begun.set_result(run_id)

        with desks.stores(self.settings) as opened:
            opening = extraction_session(
                self.settings, options, spill=opened.spill, stopping=self.stopping, is_to_end=self._ends.is_set
            )
            told = opened.ledger, opened.clock, Unheard(), lambda: None, lambda: sleep(1), opened.spill, opened.visits
            ExtractBatch(*told, waits_for_others=False, begun=tell, by=by).run(opening, wanted)


@contextmanager
def extracting(settings: Settings, stopping: Callable[[int], None]) -> Iterator[BackgroundExtractions]:
    """Within it extractions go on; at its end what is under way lands, and what was answered is stored."""
    extractions = BackgroundExtractions(settings, stopping)
    try:
        yield extractions
    finally:
        extractions.end()
