"""What serves a look-up: searches, found pages, a model if one is asked, and a recording of all of it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factcheck.extraction.lookup_queries import ModelQueries
    from factcheck.settings import Settings
    from factcheck.workflow.look_for_evidence import LookForEvidence
    from factcheck.workflow.lookup_ports import Searching
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
    with ExitStack() as stack:
        if options.record or options.replay:
            from factcheck.extraction.lookup_recording import lookup_played, lookup_recorded

            if options.replay:
                stack.enter_context(lookup_played(options.replay, settings.parsing))
            elif options.record:
                stack.enter_context(lookup_recorded(options.record))
        pages = FoundPages(settings.allow_private_fetch, settings.parsing)
        # A recording is made and played in one order.
        maker = _query_maker(settings, is_played=bool(options.replay)) if options.asks_model else None
        searching = Searching(found, pages, maker, troubles)
        yield replace(searching, at_once=1) if options.record or options.replay else searching


def _query_maker(settings: Settings, *, is_played: bool) -> ModelQueries:
    """The model of the settings, to make queries. Raises ModelSetupError, and NoModelNamedError."""
    from factcheck.errors import NoModelNamedError
    from factcheck.extraction.lookup_queries import ModelQueries
    from factcheck.extraction.models import CallLimits, open_model

    if settings.model is None:
        raise NoModelNamedError("no model is named to make queries")
    limits = CallLimits(settings.timeout, 0, 1)
    # A question to a model is played whatever its server is called.
    server = "https://model.invalid/v1" if is_played else None
    return ModelQueries(open_model(settings.model, limits, server), settings.model, settings.timeout)
