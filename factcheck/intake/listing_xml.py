"""Feeds, by feedparser, those of JSON, and sitemaps, by lxml; `listings` runs them within bounds."""

import json
import zlib
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.sax import SAXException  # which feedparser's own parser raises

import feedparser
from lxml import etree

from factcheck.domain.listing import Listing, ListingKind, pages_of
from factcheck.errors import SourceError
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
    listing = _listing(source, ListingKind.FEED, ((_link(one), _moment(one)) for one in found.entries))
    if not listing.entries and isinstance(found.get("bozo_exception"), SAXException):
        raise SourceError(f"{source!r} is a broken feed: {found.bozo_exception}; name its articles")
    return listing


def _json_feed(content: bytes, source: str) -> Listing:
    try:
        items = [one for one in json.loads(content)["items"] if isinstance(one, dict)]
    except (ValueError, LookupError, TypeError) as error:
        raise SourceError(f"{source!r} is a broken feed: {error}; name its articles") from error
    told = ((str(one.get("url", "")), one.get("date_modified") or one.get("date_published")) for one in items)
    return _listing(source, ListingKind.FEED, ((address, _w3c(str(at or ""))) for address, at in told))


def sitemap(content: bytes, source: str, _: str) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index. Raises SourceError."""
    kind = ListingKind.SITEMAP
    found: list[tuple[str, datetime | None]] = []
    whole = BytesIO(_whole(content, source))
    try:
        for _event, element in etree.iterparse(
            whole, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=False
        ):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in {"url", "sitemap"}:
                kind = ListingKind.SITEMAP_INDEX if name == "sitemap" else kind
                found.append(_of_sitemap(element))
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


def _listing(source: str, kind: ListingKind, found: Iterator[tuple[str, datetime | None]]) -> Listing:
    pages, others, example = pages_of(found)
    return Listing(source, kind, pages, others, example)


def _link(entry: Any) -> str:  # noqa: ANN401 - feedparser has no types
    return str(entry.get("feedburner_origlink") or entry.get("link") or entry.get("id") or "").strip()


def _moment(entry: Any) -> datetime | None:  # noqa: ANN401
    told: list[struct_time] = [one for name in ("updated", "published") if (one := entry.get(f"{name}_parsed"))]
    try:
        return max((datetime.fromtimestamp(timegm(one), UTC) for one in told), default=None)
    except (OverflowError, ValueError, OSError):
        return None


def _of_sitemap(element: etree._Element) -> tuple[str, datetime | None]:
    told = {etree.QName(one).localname: (one.text or "").strip() for one in element if isinstance(one.tag, str)}
    return told.get("loc", ""), _w3c(told.get("lastmod", ""))


def _w3c(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
