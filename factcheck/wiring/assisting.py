"""What serves assistants: the desk opened for each call, and a model or a recording for texts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.errors import MissingExtraError
from factcheck.wiring import clock
from factcheck.workflow.plan_extraction import ExtractionOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factcheck.assistants.server import OpenedDesk
    from factcheck.domain.extraction import Extracted
    from factcheck.settings import Settings
    from factcheck.wiring.asking import Session


@dataclass(frozen=True, slots=True)
class AssistantOptions:
    """What the machine is called, what answers in a model's place, and on which port of loopback; None is stdio.

    `budget` is in dollars, of all calls of a model while it is served; what is played costs nothing.
    """

    machine: str = "assistant"
    replay: Path | None = None
    port: int | None = None
    budget: float | None = None


def serve_assistants(settings: Settings, options: AssistantOptions) -> None:
    """Serve the desk's tools until the client leaves, or Ctrl-C.

    Raises MissingExtraError, and UnknownPriceError where a budget is set for a model whose price nobody knows.
    """
    try:
        from factcheck.assistants.server import DeskForAssistants, server_for
    except ModuleNotFoundError as error:
        raise MissingExtraError(str(error.name), "mcp") from error
    from factcheck import __version__

    @contextmanager
    def opened() -> Iterator[OpenedDesk]:
        with _opened(settings) as one:
            yield one

    asking = _Asking(settings, options)
    asking.require_price()

    def extract(text: str, language: str | None) -> Extracted:
        return asking.extracted(text, language)

    server = server_for(DeskForAssistants(options.machine, __version__, opened, extract))
    if options.port is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=options.port)


@contextmanager
def _opened(settings: Settings) -> Iterator[OpenedDesk]:
    from factcheck.assistants.server import OpenedDesk
    from factcheck.lookup.pages import FoundPages
    from factcheck.wiring.checks import find_known
    from factcheck.wiring.desks import desk, stores
    from factcheck.workflow.suggest_evidence import SuggestEvidence

    with stores(settings) as opened:
        pages = FoundPages(settings.allow_private_fetch, settings.parsing)
        suggest = SuggestEvidence(desk(opened, settings), opened.ledger, opened.lookups, pages)
        yield OpenedDesk(opened, find_known(opened, settings, asks_google=settings.ask_google), suggest)


@dataclass
class _Asking:
    """Asks a model, or plays a recording, for the claims of texts; remembers what that has cost."""

    settings: Settings
    options: AssistantOptions
    spent: float = 0.0

    def require_price(self) -> None:
        """Raise UnknownPriceError where there is a budget and nobody knows the price of the model."""
        if self.options.budget is not None:
            with self._session():
                pass

    def extracted(self, text: str, language: str | None) -> Extracted:
        """The claims of a text, which are stored nowhere.

        Raises ModelError, RecordingError, InputError, and BudgetReachedError before anything is asked.
        """
        from factcheck.extraction.runnable import article_runnable
        from factcheck.intake.read_source import read_text

        chain = article_runnable(lambda given: read_text(given, clock.utc_now(), language), self._session)
        return chain.invoke(text)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        from factcheck.wiring.asking import extraction_session

        replay = self.options.replay
        asked = ExtractionOptions(replay=replay, budget=None if replay else self.options.budget)
        with extraction_session(self.settings, asked) as session:
            if session.budget is not None:
                session.budget.spent = self.spent
            try:
                yield session
            finally:
                self.spent = session.budget.committed if session.budget is not None else self.spent
