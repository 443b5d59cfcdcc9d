"""Write the newsroom's site: only what has changed since the last time is made, and only that is written."""

from collections.abc import Iterable, Iterator, Mapping
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

    def write(self, part: str, fingerprint: str, files: Mapping[str, bytes], /) -> None:
        """Write the files of a part, but those that are there as they are."""

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
            folder.write(part.name, part.fingerprint, _files(writer.pages(reported)))
    folder.write(_LISTS, "", _files(writer.lists()))
    folder.close()
    return Published(claims, folder.written, folder.kept, folder.removed)


def _files(pages: Iterable[tuple[str, str | bytes]]) -> dict[str, bytes]:
    return {path: one if isinstance(one, bytes) else one.encode("utf-8", "replace") for path, one in pages}
