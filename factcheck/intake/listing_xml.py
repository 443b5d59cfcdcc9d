"""Feeds, by feedparser, those of JSON, and sitemaps, by lxml; `listings` runs them within bounds."""

import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax import SAXException  # which feedparser's own parser raises

import feedparser
from lxml import etree

from factcheck.domain.listing import Listed, Listing, ListingKind, pages_of
from factcheck.errors import SourceError
from factcheck.intake.listing_dates import Dates, Stamp, latest
from factcheck.intake.listings import MAX_UNPACKED, unpacked

_MOST = 50_000  # addresses, as sitemaps.org bounds a sitemap


def feed(content: bytes, source: str, address: str) -> Listing:
    """The articles of a feed. Their text in it, if it has any, is left: the page says more, and is kept as served."""
    whole = _whole(content, source)
    if whole.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _json_feed(whole, source)
    # Bytes alone it would take for the name of a file.
    found = feedparser.parse(
        BytesIO(whole),
        response_headers={"content-location": address, "content-type": "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=True,
    )
    dates = Dates(str(found.feed.get("language") or ""))
    listing = _listing(source, ListingKind.FEED, (_listed(_link(one), _stamp(one, dates)) for one in found.entries))
    if not listing.entries and isinstance(found.get("bozo_exception"), SAXException):
        raise SourceError(f"{source!r} is a broken feed: {found.bozo_exception}; name its articles")
    return listing


def _json_feed(content: bytes, source: str) -> Listing:
    try:
        items = [one for one in json.loads(content)["items"] if isinstance(one, dict)]
    except (ValueError, LookupError, TypeError) as error:
        raise SourceError(f"{source!r} is a broken feed: {error}; name its articles") from error
    told = ((str(one.get("url", "")), one.get("date_modified") or one.get("date_published")) for one in items)
    dates = Dates()
    return _listing(source, ListingKind.FEED, (_listed(address, dates.read(str(at or ""))) for address, at in told))


def sitemap(content: bytes, source: str, _: str) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index. Raises SourceError."""
    kind = ListingKind.SITEMAP
    found, dates = list[Listed](), Dates()
    whole = BytesIO(_whole(content, source))
    try:
        for _event, element in etree.iterparse(
            whole, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=False
        ):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in {"url", "sitemap"}:
                kind = ListingKind.SITEMAP_INDEX if name == "sitemap" else kind
                found.append(_of_sitemap(element, dates))
                element.clear()
                if len(found) > _MOST:
                    raise SourceError(f"{source!r} holds more than {_MOST:,} addresses; name what you need of it")
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{source!r} is a broken sitemap: {error}; name its articles") from error
    return _listing(source, kind, iter(found))


def _whole(content: bytes, source: str) -> bytes:
    try:
        whole = unpacked(content)
    except zlib.error as error:
        raise SourceError(f"{source!r} is packed, and damaged: {error}; name its articles") from error
    if len(whole) > MAX_UNPACKED:
        raise SourceError(f"{source!r} is larger than {MAX_UNPACKED:,} bytes unpacked; name its articles")
    return whole


def _listing(source: str, kind: ListingKind, found: Iterator[Listed]) -> Listing:
    pages, others, example = pages_of(found)
    return Listing(source, kind, pages, others, example)


def _link(entry: Any) -> str:  # noqa: ANN401 - feedparser has no types
    return str(entry.get("feedburner_origlink") or entry.get("link") or entry.get("id") or "").strip()


def _stamp(entry: Any, dates: Dates) -> Stamp:  # noqa: ANN401
    """The last of what an entry tells of its changes."""
    told = ((entry.get(name), entry.get(f"{name}_parsed")) for name in ("updated", "published"))
    return latest([dates.read(str(text or ""), parsed) for text, parsed in told])


def _of_sitemap(element: etree._Element, dates: Dates) -> Listed:
    told = {etree.QName(one).localname: (one.text or "").strip() for one in element if isinstance(one.tag, str)}
    published = (one.text or "" for one in element.iter("{*}publication_date"))  # of a sitemap of news
    return _listed(told.get("loc", ""), dates.read(told.get("lastmod") or next(published, "")))


def _listed(address: str, stamp: Stamp) -> Listed:
    return Listed(address, stamp.at, is_day=stamp.is_day, is_unsure=stamp.is_unsure)
