"""ClaimReview in a page (JSON-LD and microdata) or in JSON that is at hand; `markup` runs it within bounds."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from factcheck.domain.markup import BrokenBlock, FoundReview, Markup, Properties, Thing, means_claim_review, nested
from factcheck.errors import SourceError
from factcheck.intake.html import looks_like_html
from factcheck.intake.lenient_json import LenientJson, read_json
from factcheck.intake.plain import as_text

_JSON_STARTS = ("{", "[")
_ADDRESSES = {
    "a": "href", "area": "href", "link": "href", "audio": "src", "embed": "src", "iframe": "src", "img": "src",
    "source": "src", "track": "src", "video": "src", "object": "data", "data": "value", "meter": "value",
    "time": "datetime",
}  # fmt: skip

_MOST_STEPS = 200_000
"""Elements walked before itemref stops being followed: items that share a long list would walk it over and over."""

_LINES = (".jsonl", ".ndjson")
Block = tuple[int | None, str, LenientJson, str]
"""The number of the script, the path of what it holds, what was read of it, and its text."""


def markup_of(content: bytes, source: str, page_url: str | None, is_page: bool) -> Markup:  # noqa: FBT001 - called by its name in another process
    """As `read_markup`. Raises EncodingError."""
    text = "" if is_page or looks_like_html(content) else as_text(content, source)
    is_lines = source.lower().endswith(_LINES)
    if text.lstrip().startswith(_JSON_STARTS) or (text.strip() and is_lines):
        return _gathered(_json_blocks(text, is_lines=is_lines), (), page_url)
    page = _parsed(content)
    if page is None:
        return Markup()
    kinds = ((one, (one.get("type") or "").split(";")[0].strip().lower()) for one in page.iter("script"))
    scripts = [one.text_content() for one, kind in kinds if kind == "application/ld+json"]
    blocks = [(number, "$", read_json(text), text) for number, text in enumerate(scripts, 1) if text.strip()]
    microdata = _Microdata(page)
    # Also the items that are the property of another one, or of themselves.
    return _gathered(blocks, [microdata.filled(one) for one in microdata.items], page_url)


def _json_blocks(text: str, *, is_lines: bool) -> list[Block]:
    """A JSON file, or one whose lines are values, as its name says or each of them shows, each read on its own."""
    whole = read_json(text)
    lines = [line for line in text.split("\n") if line.strip()]
    are_values = is_lines or all(line.lstrip().startswith(_JSON_STARTS) for line in lines)
    if whole.complaint is None or len(lines) == 1 or not are_values:
        return [(None, "$", whole, text)]
    return [(None, f"line {n}: $", read_json(line), line) for n, line in enumerate(lines, 1)]


def _parsed(content: bytes) -> HtmlElement | None:
    """The page's tree: UTF-8 where that fits, else as the page itself says; None for an empty page."""
    encoding = None
    # Some pages are UTF-8 with NULs in it, which stand for nothing.
    for candidate in (content.replace(b"\0", b""), content):
        with suppress(SourceError):
            content, encoding = as_text(candidate, "").encode(), "utf-8"
    try:
        # huge_tree, since pages are deeper, and their scripts longer, than what libxml2 takes for an attack.
        page = document_fromstring(content, parser=HTMLParser(encoding=encoding, huge_tree=True))
    except (etree.ParserError, ValueError):
        return None
    # What stands behind </html> is part of the body for browsers; libxml2 makes roots of their own of it.
    for behind in list(page.itersiblings()):
        if isinstance(behind.tag, str):
            page.append(behind)
    return page


def _gathered(blocks: Sequence[Block], items: Sequence[Properties], page_url: str | None) -> Markup:
    objects = [
        (block, *found) for block, path, read, _ in blocks for value in read.values for found in nested(value, path)
    ]
    # A mere reference to a thing has its @id, too, and must not take its place.
    known = {str(one["@id"]): one for _, one, _, _ in objects if "@id" in one and set(one) - {"@id", "@type"}}
    written = (
        FoundReview(Thing(one, path, known), "json-ld", context, block, page_url)
        for block, one, path, context in objects
    )
    microdata = (
        FoundReview(Thing(one, "item"), "microdata", "https://schema.org", number, page_url)
        for number, one in enumerate(items, 1)
    )
    reviews = tuple(one for one in (*written, *microdata) if means_claim_review(one.thing))
    broken = (
        BrokenBlock(number, read.complaint, "claimreview" in text.lower(), read.repairs if read.values else ())
        for number, _, read, text in blocks
        if read.complaint is not None
    )
    twice = ((number, name) for number, _, read, _ in blocks for name in read.repeated)
    return Markup(reviews, tuple(broken), tuple(twice))


class _Microdata:
    """Microdata as the objects that JSON-LD would give: all made first, and filled then, so that none is read twice."""

    def __init__(self, page: HtmlElement) -> None:
        self.items: dict[HtmlElement, dict[str, Any]] = {one: {} for one in page.iterfind(".//*[@itemscope]")}
        self._by_id: dict[str, HtmlElement] = {str(one.get("id")): one for one in page.iterfind(".//*[@id]")}
        self._steps = 0

    def filled(self, element: HtmlElement) -> dict[str, Any]:
        """The item of an element with its type and properties."""
        types, item_id = (element.get("itemtype") or "").split(), element.get("itemid")
        values: dict[str, list[Any]] = {}
        for part in self._parts(element):
            value = self.items[part] if part in self.items else _value(part)
            for name in (part.get("itemprop") or "").split():
                values.setdefault(name, []).append(value)
        # Filled in place: whoever holds this item as a property sees it filled, and a circle does no harm.
        item = self.items[element]
        item["@type"] = types[0] if len(types) == 1 else types
        item.update({"@id": item_id} if item_id else {})
        item.update({name: found[0] if len(found) == 1 else found for name, found in values.items()})
        return item

    def _parts(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """The elements with the item's properties: below it, but not below another item, and by itemref."""
        names = (element.get("itemref") or "").split() if self._steps < _MOST_STEPS else ()
        referred = map(self._by_id.get, names)
        waiting = [one for one in (*element, *referred) if one is not None][::-1]
        seen = {element}
        while waiting:
            one = waiting.pop()
            self._steps += 1
            if not isinstance(one.tag, str) or one in seen:  # a comment's tag is a function
                continue
            seen.add(one)
            if one.get("itemprop") is not None:
                yield one
            if one.get("itemscope") is None:
                waiting += reversed(one)


def _value(element: HtmlElement) -> str:
    """The value as the standard says, but `content` counts on every element, as publishers use it."""
    attribute = "content" if element.get("content") is not None else _ADDRESSES.get(str(element.tag))
    value = element.get(attribute) if attribute else None
    return value if value is not None else " ".join(element.text_content().split())
