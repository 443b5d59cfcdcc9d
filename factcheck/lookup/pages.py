"""Found pages: fetched and read as evidence is, but for a page that is slow: there are others."""

from dataclasses import dataclass, field

from typing_extensions import override

from factcheck.domain.evidence import PageText, Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.intake.fetch import Limits, fetch
from factcheck.intake.sources import WebSources
from factcheck.workflow.lookup_ports import PageSource

_LIMITS = Limits(seconds=20.0, seconds_a_read=10.0)


@dataclass(frozen=True, slots=True)
class FoundPages(PageSource):
    """Serves the port from the public web."""

    allow_private: bool = False
    limits: ParsingLimits = field(default_factory=ParsingLimits)

    @override
    def fetch(self, url: str) -> Snapshot:
        return fetch(url, _LIMITS, allow_private=self.allow_private)

    @override
    def read(self, snapshot: Snapshot) -> PageText:
        return WebSources(allow_private=self.allow_private, limits=self.limits).read(snapshot)
