"""Evidence: a source that bears on a claim, a snapshot of it, the words that do, and what became of it since."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from factcheck.domain.rating import AveritecClass
from factcheck.errors import InputError, NoSourceError

_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "ref_src", "_ga",
    "_gl", "gbraid", "wbraid", "srsltid", "ttclid", "li_fat_id", "igsh", "mkt_tok", "_hsenc", "_hsmi", "at_medium",
    "at_campaign",
})  # fmt: skip
_ESCAPED = re.compile(r"(%(?:[01][0-9a-f]|2[035f]|3f|5c|7f))", re.IGNORECASE)
"""Blanks, what nobody sees, and `#%/?\\`: written out they would part an address otherwise."""
_PORTS = {"http": 80, "https": 443}


class Stance(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"

    @classmethod
    def of_verdict(cls, averitec: AveritecClass) -> "Stance":
        """The stance of evidence that is given together with a verdict of that class."""
        return {AveritecClass.SUPPORTED: cls.SUPPORTS, AveritecClass.REFUTED: cls.REFUTES}.get(averitec, cls.CONTEXT)


class SourceKind(StrEnum):
    """How near a source is to what happened."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class QuoteStatus(StrEnum):
    """How well the quote was found in the snapshot; unchecked where there is no text to look in."""

    EXACT = "exact"
    NORMALISED = "normalised"
    MISSING = "missing"
    UNCHECKED = "unchecked"

    @property
    def stands(self) -> bool:
        """Whether the words are there."""
        return self in {QuoteStatus.EXACT, QuoteStatus.NORMALISED}


class SourceDoubt(StrEnum):
    """What a look at a source raises: it is told at the sign-off, and hinders nobody by itself."""

    HIDDEN = "hidden"
    CUT = "cut"
    MOVED = "moved"
    OWN = "own"
    COPY = "copy"


class CheckOutcome(StrEnum):
    """What a fetch of the source told, compared with the snapshot that the evidence rests on."""

    TAKEN = "taken"
    SAME = "same"
    CHANGED = "changed"
    QUOTE_GONE = "quote_gone"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"

    @property
    def is_loss(self) -> bool:
        """Whether the source no longer says what it said."""
        return self in {CheckOutcome.GONE, CheckOutcome.QUOTE_GONE}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Content with its media type; a page's has its address after redirects, status and headers, a file's its name."""

    content: bytes
    media_type: str
    url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the content, in hex: it names the snapshot for good."""
        return sha256(self.content).hexdigest()

    @property
    def etag(self) -> str | None:
        """The server's name for this state of the page."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """When the page last changed, in the server's words."""
        return self.headers.get("last-modified")

    @property
    def charset(self) -> str | None:
        """The encoding that the server named, if it named one."""
        kind = self.headers.get("content-type", "")
        named = (part.strip() for part in kind.split(";")[1:])
        return next((part[8:].strip("\"' ") for part in named if part.lower().startswith("charset=")), None)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a snapshot says, as text.

    `text` is all that readers see, for finding quotes, and `on_request` that with what they see only when they ask for
    it, if there is any; where it `is_parted`, blank lines stand between blocks, and no sentence goes over one. `body`
    is its article alone, for telling whether it changed. `canonical_url` is the address that the page gives as its own,
    `named_url` the same of whatever host. `wall` is what the page is where it asks something before it shows anything.
    """

    text: str = ""
    body: str = ""
    on_request: str = ""
    is_parted: bool = False
    wall: str | None = None
    named_url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    canonical_url: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """A look at the source, in UTC; `sha256` is the snapshot that was taken then, `url` its last address."""

    at: datetime
    outcome: CheckOutcome
    quote_status: QuoteStatus = QuoteStatus.UNCHECKED
    sha256: str | None = None
    url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    detail: str | None = None
    checked_by: str | None = None

    @property
    def is_loss(self) -> bool:
        """Whether the source does not say what was quoted: no longer, or, as it was first fetched now, not at all."""
        return self.outcome.is_loss or (self.outcome is CheckOutcome.TAKEN and self.quote_status is QuoteStatus.MISSING)

    def after(self, last: "EvidenceCheck | None") -> "EvidenceCheck":
        """The look as it counts after another one: what was lost stays so until the page has been seen again.

        That a server does not answer today takes nothing back that it said before.
        """
        if last is None or not last.outcome.is_loss or self.sha256 or self.outcome.is_loss:
            return self
        told = f"found so before; {self.detail}" if self.detail else None
        return replace(self, outcome=last.outcome, quote_status=last.quote_status, detail=told)

    @classmethod
    def of_snapshot(
        cls, at: datetime, outcome: CheckOutcome, quote_status: QuoteStatus, snapshot: Snapshot, checked_by: str | None
    ) -> Self:
        """A look that brought a snapshot."""
        taken = (snapshot.sha256, snapshot.url, snapshot.status, snapshot.headers)
        return cls(at, outcome, quote_status, *taken, checked_by=checked_by)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source that bears on the claim, with the words that do: a page, a file, or one that is described.

    `sha256` and `retrieved_at` are of the snapshot that it rests on. `id` is None until it is stored. `edited_by` is
    who last told it in another way, after whoever added it.
    `verdict_id` is the stored verdict that it came with: it goes with it too. `doubts` are those of the last look at
    which there was something to read.
    """

    url: str | None
    stance: Stance
    added_at: datetime
    quote: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    added_by: str | None = None
    id: int | None = None
    description: str | None = None
    locator: str | None = None
    kind: SourceKind | None = None
    anonymous: bool = False
    file_name: str | None = None
    media_type: str | None = None
    sha256: str | None = None
    retrieved_at: datetime | None = None
    canonical_url: str | None = None
    archive_url: str | None = None
    quote_status: QuoteStatus = QuoteStatus.UNCHECKED
    doubts: tuple[SourceDoubt, ...] = ()
    last_check: EvidenceCheck | None = None
    edited_by: str | None = None
    verdict_id: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not (self.url or self.file_name or (self.description or "").strip()):
            raise NoSourceError("evidence needs a source: an address, a file or a description")
        for address in filter(None, (self.url, self.archive_url)):
            require_web_address(address)

    @property
    def blocks_sign_off(self) -> bool:
        """Whether the quote was looked for and not found: nobody signs that off without a reason."""
        return self.quote_status is QuoteStatus.MISSING

    @property
    def name(self) -> str:
        """What to call the source in front of people: its address, its description, or its file."""
        return self.url or self.description or self.file_name or ""

    @property
    def source_key(self) -> str:
        """A name for the source that is alike for all addresses of one page."""
        if self.url:
            return source_key(self.canonical_url or self.url)
        if self.file_name and self.sha256:
            return f"sha256:{self.sha256}"
        return f"described:{' '.join(self.name.casefold().split())}"

    def is_of_same_source(self, other: "Evidence") -> bool:
        """Whether both are of one page, by its address or by its content."""
        return self.source_key == other.source_key or (self.sha256 is not None and self.sha256 == other.sha256)

    def is_same_as(self, other: "Evidence") -> bool:
        """Whether both are the same words of one source, said for the same end."""
        # Two addresses may be one page by their canonical address; two looks at one address may disagree on it.
        alike = self.source_key == other.source_key or bool(self.url and self.url == other.url)
        return alike and (self.quote, self.stance) == (other.quote, other.stance)

    def resting_on(self, snapshot: Snapshot, page: PageText, quote_status: QuoteStatus, at: datetime) -> Self:
        """The evidence with this snapshot under it; what its reviewer named of the page stays."""
        return replace(
            self,
            title=self.title or page.title,
            publisher=self.publisher or page.publisher,
            published=self.published or page.published,
            file_name=self.file_name or snapshot.name,
            media_type=snapshot.media_type or None,
            sha256=snapshot.sha256,
            retrieved_at=at,
            canonical_url=own_address(snapshot.url, page.canonical_url),
            quote_status=quote_status,
        )


EDITABLE = (
    "stance", "quote", "title", "publisher", "published", "description", "locator", "kind", "anonymous", "archive_url",
    "quote_status",
)  # fmt: skip
"""What may be told of a piece of evidence in another way; its source and its snapshot stay what they are."""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """Evidence as a reviewer names it; the desk adds who and when. `file` is a path."""

    url: str | None = None
    stance: Stance | None = None
    quote: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    description: str | None = None
    file: str | None = None
    locator: str | None = None
    kind: SourceKind | None = None
    anonymous: bool = False
    archive_url: str | None = None

    def added(self, stance: Stance, now: datetime, reviewer: str | None) -> Evidence:
        """The evidence that this becomes; `stance` is for a draft that names none. Raises InputError."""
        told: dict[str, Any] = asdict(self) | {"stance": self.stance or stance, "added_at": now, "added_by": reviewer}
        # A path's folders tell where the reviewer works, and stay here; the path may be from Windows.
        told["file_name"] = (path := told.pop("file")) and path.replace("\\", "/").rpartition("/")[2]
        return Evidence(**told)


def source_key(url: str) -> str:
    """The address without what makes no other page: scheme, `www.`, fragment, trackers, escapes, a last slash."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in {None, _PORTS.get(parts.scheme)} else f":{parts.port}"
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracker(name)]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{port}{_as_spoken(parts.path).rstrip('/')}{query}"


def _as_spoken(path: str) -> str:
    """The path with the signs that escapes stand for, but for those that would make another path of it."""
    if "%" not in path:
        return path
    parts = _ESCAPED.split(path)  # every second one is an escape that stays
    told = (one.upper() if at % 2 else unquote(one, errors="backslashreplace") for at, one in enumerate(parts))
    return "".join(told)


def without_trackers(url: str) -> str:
    """The address without what tells how somebody has come to it; nothing else of it is changed."""
    address, hash_sign, fragment = url.partition("#")
    page, _, query = address.partition("?")
    asked = query.split("&")
    kept = [one for one in asked if not _is_tracker(one.partition("=")[0])]
    if len(kept) == len(asked):
        return url
    return f"{page}?{'&'.join(kept)}{hash_sign}{fragment}" if kept else f"{page}{hash_sign}{fragment}"


def _is_tracker(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _TRACKING


def distinct_sources(evidence: Iterable[Evidence]) -> tuple[tuple[Evidence, ...], ...]:
    """The evidence in groups of one source each: the same page by its address or by its content."""
    groups: list[list[Evidence]] = []
    for one in evidence:
        mine = [group for group in groups if any(one.is_of_same_source(other) for other in group)]
        joined = [member for group in mine for member in group]
        groups = [group for group in groups if group not in mine]
        groups.append([*joined, one])
    return tuple(map(tuple, groups))


def named_sources(evidence: Iterable[Evidence]) -> int:
    """How many distinct sources are named; one that is anonymous throughout is none."""
    return sum(any(not one.anonymous for one in group) for group in distinct_sources(evidence))


def require_web_address(url: str) -> str:
    """The url if it is an absolute http or https address. Raises InputError."""
    if not is_web_address(url):
        raise InputError(f"{url!r} is not a web address; evidence needs http:// or https://, a host, and no password")
    return url


def is_web_address(url: str) -> bool:
    """Whether the url is an absolute http or https address without a password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    has_host = any(map(str.isalnum, host)) and port != 0
    is_web = parts.scheme in {"http", "https"} and has_host and parts.username is None
    # urlsplit drops line breaks and tabs, and passes blanks on.
    return is_web and url.isprintable() and " " not in url


def own_address(fetched: str | None, canonical: str | None) -> str | None:
    """The address that a page gives as its own, if it is of its own host: a page cannot pass for another's."""
    if not (fetched and canonical and is_web_address(canonical)):
        return fetched
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (fetched, canonical)}
    return canonical if len(hosts) == 1 else fetched
