"""What serves a look-up: searches, found pages, a model if one is asked, and a recording of all of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factcheck.domain.cost import Price
    from factcheck.extraction.lookup_queries import ModelQueries
    from factcheck.extraction.runnable import BaseChatModel
    from factcheck.settings import Settings
    from factcheck.workflow.look_for_evidence import LookForEvidence
    from factcheck.workflow.lookup_ports import PassageReader, Searching
    from factcheck.workflow.ports import Stores
    from factcheck.workflow.review_claim import Desk


@dataclass(frozen=True, slots=True)
class LookupOptions:
    """What is asked beside the settings: other searches, a model's queries, and where it is recorded or played."""

    sources: tuple[str, ...] = ()
    record: Path | None = None
    replay: Path | None = None
    asks_model: bool = False


def looking(opened: Stores, desk: Desk) -> LookForEvidence:
    """The use case over an open desk."""
    from factcheck.workflow.look_for_evidence import LookForEvidence

    return LookForEvidence(desk, opened.ledger, opened.lookups)


@contextmanager
def lookup_session(settings: Settings, options: LookupOptions | None = None) -> Iterator[Searching]:
    """What is asked; inside the block all HTTP is recorded, or played, if that is wanted.

    Raises InputError for a search that nobody knows, RecordingError and OutputError.
    """
    from factcheck.lookup.pages import FoundPages
    from factcheck.lookup.table import searches
    from factcheck.workflow.lookup_ports import Searching

    options = options or LookupOptions()
    found, troubles = searches(settings.look, options.sources, settings.parsing)
    with _taped(settings, options):
        pages = FoundPages(settings.allow_private_fetch, settings.parsing)
        # A recording is made and played in one order.
        maker = _query_maker(settings, is_played=bool(options.replay)) if options.asks_model else None
        searching = Searching(found, pages, maker, troubles)
        yield replace(searching, at_once=1) if options.record or options.replay else searching


@contextmanager
def passage_reader(settings: Settings, options: LookupOptions) -> Iterator[tuple[PassageReader, Price | None]]:
    """The model of the settings, to say what passages do to a claim, and its price; recorded or played likewise.

    Raises ModelSetupError, NoModelNamedError, RecordingError and OutputError.
    """
    import asyncio

    from factcheck.domain.cost import FREE
    from factcheck.extraction.models import close_model
    from factcheck.extraction.passage_reader import ModelPassageReader
    from factcheck.extraction.prices import read_prices

    with _taped(settings, options), asyncio.Runner() as runner:
        model, name = _model(settings, "to read passages", is_played=bool(options.replay))
        price = FREE if options.replay else read_prices(settings.prices).of_model(name)
        try:
            yield ModelPassageReader(model, name, settings.timeout, runner), price
        finally:
            runner.run(close_model(model))


@contextmanager
def _taped(settings: Settings, options: LookupOptions) -> Iterator[None]:
    """All HTTP inside the block is recorded, or played, if that is wanted."""
    if options.replay:
        from factcheck.extraction.lookup_recording import lookup_played

        with lookup_played(options.replay, settings.parsing):
            yield
    elif options.record:
        from factcheck.extraction.lookup_recording import lookup_recorded

        with lookup_recorded(options.record):
            yield
    else:
        yield


def _query_maker(settings: Settings, *, is_played: bool) -> ModelQueries:
    """The model of the settings, to make queries. Raises ModelSetupError, and NoModelNamedError."""
    from factcheck.extraction.lookup_queries import ModelQueries

    return ModelQueries(*_model(settings, "to make queries", is_played=is_played), settings.timeout)


def _model(settings: Settings, what_for: str, *, is_played: bool) -> tuple[BaseChatModel, str]:
    from factcheck.errors import NoModelNamedError
    from factcheck.extraction.models import CallLimits, open_model

    if settings.model is None:
        raise NoModelNamedError(f"no model is named {what_for}")
    limits = CallLimits(settings.timeout, 0, 1)
    # A question to a model is played whatever its server is called.
    server = "https://model.invalid/v1" if is_played else None
    return open_model(settings.model, limits, server), settings.model
