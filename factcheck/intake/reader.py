"""Reads what a command names, and what its listings name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.domain.evidence import Snapshot
from factcheck.domain.listing import Listing, Visit
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.fetch import Asking
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.listings import files_of, listing_of, named_in
from factcheck.intake.long_lines import is_long, parts_of
from factcheck.intake.manners import Manners
from factcheck.intake.read_source import MAX_BYTES, PASTED, STDIN, articles_of, is_address, local_bytes, open_source
from factcheck.intake.readers import JSON_LINES

_UNCHANGED = 304
_BYTES = 4  # of a character, at most


@dataclass
class Reader:
    """As `read_source`, and listings too. It keeps in mind what hosts allow, and when each was last asked.

    `longest` bounds the characters of an article: where others wait, nobody has a book split into sentences.
    """

    encoding: str | None = None
    language: str | None = None
    allow_private: bool = False
    limits: ParsingLimits | None = None
    manners: Manners = field(default_factory=Manners)
    longest: int | None = None

    def read(
        self, source: str, now: datetime, visit: Visit | None = None, *, is_listed: bool = False
    ) -> Iterator[Article | Listing | SourceError | None]:
        """The articles of a source, or what the source lists; None for a page that has not changed since the visit.

        What `is_listed` is fetched with manners. Raises SourceError.
        """
        is_web = is_address(source)
        if not is_web and source != STDIN and (files := files_of(source)):
            yield files
            return
        if not is_web and is_long(source):
            yield from self._long(source, now)
            return
        told = {"if-none-match": visit.etag, "if-modified-since": visit.last_modified} if visit and is_web else {}
        headers = {name: value for name, value in told.items() if value}
        asking = Asking(headers, answers={_UNCHANGED} if headers else ())
        if is_listed and is_web:
            asking = Asking(headers, self.manners.before, asking.answers)
        page = open_source(source, allow_private=self.allow_private, asking=asking)
        if page.status == _UNCHANGED:
            yield None
        else:
            yield from self._opened(page, source, now)

    def read_content(
        self, content: bytes, name: str | None, now: datetime
    ) -> Iterator[Article | Listing | SourceError | None]:
        """As `read`, of what was handed over: a file's content, of that name, or a text. No file is opened."""
        source = name or PASTED
        if len(content) > MAX_BYTES:
            raise SourceError(f"{source!r} is larger than {MAX_BYTES:,} bytes; split it")
        yield from self._opened(Snapshot(content, ""), source, now)

    def _opened(self, page: Snapshot, source: str, now: datetime) -> Iterator[Article | Listing | SourceError]:
        # A text is read here, and not apart: one that is far too long is not even begun.
        if len(page.content) > self._longest * _BYTES and kind_of(page.content) is Kind.TEXT:
            raise self._too_long(source)
        if listing := listing_of(page, source, self.limits):
            yield listing
            return
        for one in articles_of(page, source, now, self.encoding, self.language, limits=self.limits):
            if isinstance(one, Article) and len(one.text) > self._longest:
                raise self._too_long(source)
            yield one

    @property
    def _longest(self) -> int:
        return MAX_BYTES if self.longest is None else self.longest

    def _too_long(self, source: str) -> SourceError:
        return SourceError(f"{source!r} holds an article of more than {self._longest:,} characters")

    def _long(self, source: str, now: datetime) -> Iterator[Article | SourceError]:
        """The articles of a long file of JSON lines; a part without any spares the others."""
        for called, content in parts_of(source):
            try:
                yield from articles_of(
                    Snapshot(content, JSON_LINES), called, now, self.encoding, self.language, limits=self.limits
                )
            except SourceError as error:
                yield error

    def listed_in(self, path: str) -> Listing:
        """The addresses that a user's own file names, or standard input (`-`). Raises SourceError."""
        return named_in(local_bytes(path), path)
