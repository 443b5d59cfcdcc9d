"""Where the pages of a site stand: addresses, and files in a folder that is put where the claims' pages are."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from factcheck.domain.publisher import Publisher
from factcheck.errors import InputError


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The addresses of a site. Its folder stands at `root`, the part of the claims' addresses that all of them share.

    Raises InputError for addresses that no folder of files can serve.
    """

    publisher: Publisher

    def __post_init__(self) -> None:
        pattern = urlsplit(self.publisher.claim_url_pattern)
        message = f"publisher.claim_url_pattern is {self.publisher.claim_url_pattern!r}; pages of a site need"
        if pattern.query or pattern.fragment:
            raise InputError(f"{message} addresses without ? and #")
        if "{" in pattern.netloc:
            raise InputError(f"{message} one host, and {{id}} or {{uid}} behind it")

    @property
    def root(self) -> str:
        """The address of the front page: what stands before the first place of the pattern, to the last slash."""
        pattern = self.publisher.claim_url_pattern.strip()
        return pattern[: pattern.index("{")].rpartition("/")[0] + "/"

    def claim(self, claim_id: int, uid: str) -> str:
        """The claim's page, as a path in the folder without its file's name."""
        return unquote(self.publisher.claim_url(claim_id, uid)[len(self.root) :])

    def address(self, path: str) -> str:
        """The address of a path in the folder."""
        return self.root + link_of(path.removesuffix("index.html"))


def link_of(path: str) -> str:
    """A path in the folder as an address relative to the front page has it."""
    return quote(path)


def file_of(path: str) -> str:
    """The file in which a page stands."""
    return path if path.endswith((".html", ".htm")) else f"{path.rstrip('/')}/index.html"


def beside(path: str, name: str) -> str:
    """A file that belongs to a page, in the folder of the page's own."""
    folder = path.rpartition(".")[0] if path.endswith((".html", ".htm")) else path.rstrip("/")
    return f"{folder}/{name}"


def way_back(path: str) -> str:
    """The relative address of the front page from a file of the folder."""
    return "../" * path.count("/")
