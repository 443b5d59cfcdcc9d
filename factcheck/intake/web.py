"""Fetches the page of an article."""

from factcheck.domain.evidence import Snapshot
from factcheck.errors import SourceError
from factcheck.intake.fetch import Limits, fetch

_LIMITS = Limits(max_bytes=20_000_000)
_TEXTS = ("text/", "application/xhtml", "application/xml", "application/pdf")


def fetch_page(url: str, *, allow_private: bool = False) -> Snapshot:
    """A page, a text or a PDF. Raises SourceError if the address answers with anything else, or not in time."""
    page = fetch(url, _LIMITS, allow_private=allow_private)
    if page.media_type and not page.media_type.startswith(_TEXTS):
        message = (
            f"{url!r} is {page.media_type}, not a page, a text or a PDF; save the article as text and give the file"
        )
        raise SourceError(message)
    return page
