"""Finds ClaimReview in a page (JSON-LD and microdata) or in a file of JSON or JSON lines, within bounds."""

from factcheck.domain.claimreview_rules import is_absolute
from factcheck.domain.markup import Markup
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import InputError
from factcheck.intake.fetch import Limits, fetch
from factcheck.intake.parsing import parsed
from factcheck.intake.read_source import MAX_BYTES, local_bytes
from factcheck.intake.readers import PAGE_NAMES


def read_markup(
    source: str, page_url: str | None = None, *, allow_private: bool = False, limits: ParsingLimits | None = None
) -> Markup:
    """Find the ClaimReview objects of a file, of standard input (`-`) or of an http(s) address.

    `page_url` is where a local page will stand; a fetched one stands where it was fetched.
    Raises SourceError, and InputError if `page_url` is not an address.
    """
    if page_url is not None and not is_absolute(page_url):
        raise InputError(f"{page_url!r} is not the address of a page; give all of it, with https://")
    if source.lower().startswith(("http://", "https://")):
        found = fetch(source, Limits(max_bytes=MAX_BYTES), allow_private=allow_private)
        content, page_url, is_page = found.content, page_url or found.url, "html" in found.media_type
    else:
        content, is_page = local_bytes(source), source.lower().endswith(PAGE_NAMES)
    markup: Markup = parsed("page_markup:markup_of", source, content, source, page_url, is_page, limits=limits)
    return markup
