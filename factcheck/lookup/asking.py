"""How a search's own address is asked: by the guarded fetcher, in a short time, its JSON parsed apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from factcheck.domain.evidence import Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import PageRefusedError, SourceError
from factcheck.intake.fetch import Asking, Limits, fetch
from factcheck.intake.parsing import parsed

_LIMITS = Limits(max_bytes=2_000_000, seconds=15.0, seconds_a_read=15.0, redirects=2)
_ANSWERS = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 422, 429, *range(500, 600)})
_WHY = {
    401: "it refuses the key",
    402: "its quota is used up",
    403: "it refuses to answer",
    429: "it is asked too often, or its quota is used up",
}

Ask = Callable[[str, Mapping[str, str]], Any]
"""Asks the address that the config names, with these parameters; gives its JSON. Raises SourceError."""


@dataclass(frozen=True, slots=True)
class Api:
    """A search's address. One that the config names may be private, and then its own host alone is asked."""

    name: str
    address: str
    is_own: bool = False
    limits: ParsingLimits | None = None
    advice: Mapping[int, str] = field(default_factory=dict)

    def ask(self, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
        """What it answers. Raises SourceError, in one line that begins with the search's name and holds no query."""
        headers = {"accept": "application/json"}
        asking = Asking(headers, self._require_own if self.is_own else lambda _: None, _ANSWERS)
        try:
            url = f"{self.address}?{urlencode(parameters)}"
            page = fetch(url, _LIMITS, allow_private=self.is_own, asking=asking)
        except SourceError as error:
            told = str(error).replace(repr(url), "it").partition("; save ")[0]
            raise SourceError(f"{self.name} cannot be asked: {told}") from error
        self._require_success(page)
        try:
            return parsed("api_json:value_of", self.name, page.content, self.name, limits=self.limits)
        except SourceError as error:
            raise SourceError(f"{self.name} answers with no JSON that can be read") from error

    def _require_own(self, url: str) -> None:
        """Refuse to follow a redirect to another host: only the one that the config names may be private."""
        if urlsplit(url).netloc != urlsplit(self.address).netloc:
            raise PageRefusedError(f"it leads to {urlsplit(url).netloc!r}, and [look] names another host")

    def _require_success(self, page: Snapshot) -> None:
        status = page.status or 0
        if status in _ANSWERS:
            told = self.advice.get(status) or _WHY.get(status)
            raise SourceError(f"{self.name} answers {status}" + (f": {told}" if told else ""))
