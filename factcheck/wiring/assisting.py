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


@dataclass(frozen=True, slots=True)
class AssistantOptions:
    """What the machine is called, what answers in a model's place, and on which port of loopback; None is stdio."""

    machine: str = "assistant"
    replay: Path | None = None
    port: int | None = None


def serve_assistants(settings: Settings, options: AssistantOptions) -> None:
    """Serve the desk's tools until the client leaves, or Ctrl-C. Raises MissingExtraError."""
    try:
        from factcheck.assistants.server import DeskForAssistants, server_for
    except ModuleNotFoundError as error:
        raise MissingExtraError(str(error.name), "mcp") from error
    from factcheck import __version__

    @contextmanager
    def opened() -> Iterator[OpenedDesk]:
        with _opened(settings) as one:
            yield one

    def extract(text: str, language: str | None) -> Extracted:
        return _extracted(settings, options.replay, text, language)

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


def _extracted(settings: Settings, replay: Path | None, text: str, language: str | None) -> Extracted:
    """The claims of a text, which are stored nowhere. Raises ModelError, RecordingError, InputError."""
    from factcheck.extraction.runnable import article_runnable
    from factcheck.intake.read_source import read_text
    from factcheck.wiring.asking import extraction_session

    chain = article_runnable(
        lambda given: read_text(given, clock.utc_now(), language),
        lambda: extraction_session(settings, ExtractionOptions(replay=replay)),
    )
    return chain.invoke(text)
