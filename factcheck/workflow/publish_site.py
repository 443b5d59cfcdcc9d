"""Write the newsroom's site: only what has changed since the last time is made, and only that is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from factcheck.domain.report import ReportedArticle

_LISTS = "lists"


class Part(Protocol):
    """Files that are made of the same matter; `fingerprint` is alike as long as nothing in them has changed."""

    @property
    def name(self) -> str:
        """What the part is of."""

    @property
    def fingerprint(self) -> str:
        """The hash of all that its files are made of."""


class Writer(Protocol):
    """Makes the files of a site, by their paths in the folder."""

    def part(self, reported: ReportedArticle, /) -> Part:
        """Take an article into the lists; its part of the site."""

    def pages(self, reported: ReportedArticle, /) -> Iterator[tuple[str, str | bytes]]:
        """The files of an article and its claims, texts and pictures."""

    def lists(self) -> Iterator[tuple[str, str]]:
        """The files that list all of them."""


class Folder(Protocol):
    """Holds the files of a site, and nothing of anybody else's."""

    written: int
    kept: int
    removed: int

    def keeps(self, part: str, fingerprint: str, /) -> bool:
        """Whether the part is there as it is; it stays then."""

    def write(self, part: str, fingerprint: str, path: str, content: bytes, /) -> None:
        """Write a file, unless it is there as it is."""

    def close(self) -> None:
        """Take away what is no longer part of the site."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the files of a site, and how many claims it holds."""

    claims: int
    written: int
    kept: int
    removed: int


def publish_site(articles: Iterable[ReportedArticle], writer: Writer, folder: Folder) -> Published:
    """Write the site of these articles, one in memory at a time. Raises OSError."""
    claims = 0
    for reported in articles:
        claims += len(reported.claims)
        part = writer.part(reported)
        if not folder.keeps(part.name, part.fingerprint):
            for path, content in writer.pages(reported):
                folder.write(part.name, part.fingerprint, path, _bytes_of(content))
    for path, text in writer.lists():
        folder.write(_LISTS, "", path, _bytes_of(text))
    folder.close()
    return Published(claims, folder.written, folder.kept, folder.removed)


def _bytes_of(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
