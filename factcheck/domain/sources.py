"""Which addresses are one page, and how many sources a claim has."""

from collections.abc import Iterable
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "ref_src", "_ga",
})  # fmt: skip
_PORTS = {"http": 80, "https": 443}


class Citation(Protocol):
    """What tells whether two citations are of one source: its key, and the hash of its snapshot."""

    @property
    def source_key(self) -> str:
        """Alike for all addresses of one page."""

    @property
    def sha256(self) -> str | None:
        """Hash of its snapshot."""

    @property
    def anonymous(self) -> bool:
        """Whether it is not named."""


Kind = TypeVar("Kind", bound=Citation)


def source_key(url: str) -> str:
    """The address without what makes no other page: scheme, `www.`, fragment, trackers, a last slash."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in {None, _PORTS.get(parts.scheme)} else f":{parts.port}"
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name not in _TRACKING and not name.startswith("utm_")
    ]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def distinct_sources(evidence: Iterable[Kind]) -> tuple[tuple[Kind, ...], ...]:
    """The evidence in groups of one source each: the same page by its address or by its content."""
    groups: list[list[Kind]] = []
    for one in evidence:
        mine = [group for group in groups if any(_are_one(one, other) for other in group)]
        joined = [member for group in mine for member in group]
        groups = [group for group in groups if group not in mine]
        groups.append([*joined, one])
    return tuple(map(tuple, groups))


def named_sources(evidence: Iterable[Citation]) -> int:
    """How many distinct sources are named; one that is anonymous throughout is none."""
    return sum(any(not one.anonymous for one in group) for group in distinct_sources(evidence))


def _are_one(first: Citation, second: Citation) -> bool:
    return first.source_key == second.source_key or (first.sha256 is not None and first.sha256 == second.sha256)
