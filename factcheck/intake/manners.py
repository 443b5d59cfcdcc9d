"""How pages are fetched that a listing names: as robots.txt allows, and not faster than one after a pause a host."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import PageGoneError, PageRefusedError, ParsingLimitError, SourceError
from factcheck.intake.fetch import Asking, Limits, fetch
from factcheck.intake.parsing import parsed

_ROBOTS = Limits(max_bytes=1_000_000, seconds=30)  # RFC 9309 asks for half of the bytes
_UNAVAILABLE = range(400, 500)
"""Statuses by which a site has no rules (RFC 9309, 2.3.1.3)."""
_LONGEST = 30.0  # seconds that a site may ask for between two fetches


@dataclass
class Manners:
    """Asks robots.txt, once a host, unless `robots` is false; and waits so many seconds between two fetches of a host.

    The file is fetched through the same guard as pages are.
    """

    robots: bool = True
    pause: float = 1.0
    allow_private: bool = False
    limits: ParsingLimits | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _rules: dict[str, str | SourceError] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    def before(self, url: str) -> None:
        """Wait until the address may be fetched. Raises PageRefusedError, and SourceError if nobody can tell."""
        parts = urlsplit(url)
        host, delay = f"{parts.scheme}://{parts.netloc}", 0.0
        if self.robots:
            delay = self._allowed(url, host)
        self._wait(host, max(self.pause, min(delay, _LONGEST)))

    def _allowed(self, url: str, host: str) -> float:
        if host not in self._rules:
            self._rules[host] = self._fetched(host)
        found = self._rules[host]
        if isinstance(found, SourceError):
            raise SourceError(f"{url!r} is not fetched: {found}") from found
        if not found:
            return 0.0
        name = f"{host}/robots.txt"
        try:
            is_allowed, delay = parsed("robots:rules", name, found, url, limits=self.limits)
        except ParsingLimitError as error:
            self._rules[host] = error
            raise
        if not is_allowed:
            raise PageRefusedError(f"{url!r} is not fetched: {name!r} forbids it; save the page and give the file")
        return float(delay)

    def _fetched(self, host: str) -> str | SourceError:
        """The rules of a host, or why they cannot be told, which forbids everything."""
        self._wait(host, self.pause)
        try:
            page = fetch(
                f"{host}/robots.txt", _ROBOTS, allow_private=self.allow_private, asking=Asking(answers=_UNAVAILABLE)
            )
        except (PageRefusedError, PageGoneError):  # which is said of the page itself in a moment
            return ""
        except SourceError as error:
            return error
        return "" if page.status in _UNAVAILABLE else page.content.decode("utf-8-sig", "replace")

    def _wait(self, host: str, pause: float) -> None:
        now = self.clock()
        if (left := self._next.get(host, now) - now) > 0:
            self.sleep(left)
        self._next[host] = self.clock() + pause
