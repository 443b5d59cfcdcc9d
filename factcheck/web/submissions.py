"""What people have handed in and not begun yet: kept in memory for an hour, each for whoever handed it in."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

from factcheck.domain.article import Article
from factcheck.errors import NoSuchSubmissionError
from factcheck.workflow.submit_article import Submission

_SECONDS = 3600
_MOST_BYTES = 60_000_000
_WEIGHT = 10_000
"""Bytes that an article or a complaint takes whatever it holds, roughly: very many short ones are not for nothing."""


@dataclass(frozen=True, slots=True)
class _Kept:
    submission: Submission
    person: str
    at: float
    size: int


@dataclass
class Submissions:
    """Keeps so much of what is handed in as fits, the latest; what was there first goes first."""

    clock: Callable[[], float] = monotonic
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def keep(self, submission: Submission, person: str) -> str:
        """The key under which this person finds it."""
        key, size = token_urlsafe(16), _WEIGHT * len(submission.unread) + sum(map(_size, submission.articles))
        with self._lock:
            self._kept[key] = _Kept(submission, person, self.clock(), size)
            self._bytes += size
            self._drop_old()
            while len(self._kept) > 1 and self._bytes > _MOST_BYTES:
                self._drop(next(iter(self._kept)))
        return key

    def find(self, key: str, person: str) -> Submission:
        """What this person handed in. Raises NoSuchSubmissionError."""
        with self._lock:
            self._drop_old()
            kept = self._kept.get(key)
        if kept is None or kept.person != person:
            raise NoSuchSubmissionError("what was read is kept here no longer; hand it in again")
        return kept.submission

    def drop(self, key: str) -> None:
        """Keep it no longer."""
        with self._lock:
            self._drop(key)

    def _drop_old(self) -> None:
        while self._kept and next(iter(self._kept.values())).at < self.clock() - _SECONDS:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: str) -> None:
        gone = self._kept.pop(key, None)
        self._bytes -= gone.size if gone else 0


def _size(article: Article) -> int:
    return _WEIGHT + len(article.text) * 4 + (len(article.snapshot.content) if article.snapshot else 0)
