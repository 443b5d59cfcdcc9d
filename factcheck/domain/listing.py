"""A listing: addresses of articles in a feed, a sitemap, a list or a folder; and what became of each that was tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from enum import StrEnum
from math import inf

from factcheck.domain.evidence import is_web_address, source_key

_LONGEST = 2048  # characters of an address, as sitemaps.org bounds it
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=12)
"""How long before UTC a day begins in the first zone, and how long after UTC it ends in the last one."""
_A_DAY = timedelta(days=1)


class ListingKind(StrEnum):
    """What the addresses stand in, in the words for people."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "index of sitemaps"
    ADDRESSES = "list of addresses"
    FOLDER = "folder"
    UNREAD = "list of what could not be read"


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a listing, with the moment of its last change, in UTC, if one is told; `file` is a path in full.

    `is_day` says that no more than the day is told, `is_unsure` that its date cannot be read for certain.
    """

    address: str
    at: datetime | None = None
    file: str | None = None
    is_day: bool = False
    is_unsure: bool = False

    @property
    def key(self) -> str:
        """A name that is alike for all addresses of one page."""
        return key_of(self.address) if self.file is None else f"file:{self.file}"

    @property
    def latest(self) -> datetime | None:
        """The last moment that may be meant."""
        return self.at + _A_DAY if self.at and self.is_day and self.at.year < MAXYEAR else self.at

    def is_since(self, day: date) -> bool:
        """Whether the change is of that day, in UTC, or of a later one, or may be, since its date cannot be read."""
        return self.is_unsure or (self.at is not None and self.at.date() >= day)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source lists, in its order; `passed_over` counts what is not the address of a page, `example` is one.

    `unopened` are the sitemaps of an index that are too many to be opened.
    """

    source: str
    kind: ListingKind
    entries: tuple[Listed, ...]
    passed_over: int = 0
    example: str | None = None
    unopened: int = 0

    @property
    def is_of_files(self) -> bool:
        """Whether it is of files of this machine, which nobody else can name."""
        return self.kind is ListingKind.FOLDER

    def chosen(self, limit: int | None = None, since: date | None = None) -> tuple[Listed, ...]:
        """The entries of `since` and later days, in UTC, and the newest `limit` of these.

        Where days are told, the newest come first, and those without a day last; else the order stands. Those without a
        day are left out if there is a `since`. Of a page that is listed twice the latest entry counts.
        """
        once = dict[str, Listed]()
        for one in self.entries:
            first = once.setdefault(one.key, one)
            if one.at and (first.at is None or one.at > first.at):
                once[one.key] = one
        kept = [one for one in once.values() if since is None or one.is_since(since)]
        if not self.is_of_files:
            kept.sort(key=lambda one: one.at.timestamp() if one.at else -inf, reverse=True)
        elif limit is not None:
            newest = set(sorted(kept, key=lambda one: one.at.timestamp() if one.at else 0, reverse=True)[:limit])
            kept = [one for one in kept if one in newest]
        return tuple(kept[:limit])


@dataclass(frozen=True, slots=True)
class Visit:
    """The last look at an address, in UTC.

    `article_id` is the article that it last gave, `failure` why it gave none then. `etag` and `last_modified` are the
    server's words, with which it may be asked whether the page has changed. `tries` counts looks that failed since one
    did not. `stamp` is the change that the listing told of when the page was last read.
    """

    key: str
    address: str
    at: datetime
    article_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    failure: str | None = None
    tries: int = 0
    stamp: datetime | None = None

    def is_before(self, listed: Listed) -> bool:
        """Whether a listing tells of a change that was not read.

        What it told then is held against what it tells now, since its clock is not ours: a change of a moment before
        the look may be listed after it. As long as its day lasts somewhere, a day may mean another change of that day.
        """
        if listed.at is None:
            return False
        if listed.is_day and -_EARLIEST <= self.at - listed.at < _A_DAY + _LATEST:
            return True
        if self.stamp is None:
            return listed.at > self.at
        if listed.file or self.stamp > self.at:  # a file that is put back is older; a stamp of days to come was wrong
            return listed.at != self.stamp
        return listed.at > self.stamp


def key_of(address: str) -> str:
    """As `Listed.key`, of an address of the web or the name of a file."""
    return source_key(address) if is_web_address(address) else address


def pages_of(found: Iterable[Listed]) -> tuple[tuple[Listed, ...], int, str | None]:
    """The addresses of pages among what a stranger lists; how many others there are, and the first of these."""
    pages, others = list[Listed](), list[str]()
    for one in found:
        if len(one.address) <= _LONGEST and is_web_address(one.address):
            pages.append(one)
        else:
            others.append(one.address)
    return tuple(pages), len(others), others[0][:80] if others else None
