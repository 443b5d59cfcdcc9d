"""Microdata of a page as the same objects that JSON-LD would give."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ADDRESSES = {
    "a": "href", "area": "href", "link": "href", "audio": "src", "embed": "src", "iframe": "src", "img": "src",
    "source": "src", "track": "src", "video": "src", "object": "data", "data": "value", "meter": "value",
    "time": "datetime",
}  # fmt: skip

_MOST_STEPS = 200_000
"""Elements walked before itemref stops being followed: items that share a long list would walk it over and over."""


def microdata_items(page: HtmlElement) -> tuple[dict[str, Any], ...]:
    """Every item of the page, also those that are the property of another one, or of themselves."""
    reader = _Reader(page)
    return tuple(map(reader.filled, reader.items))


class _Reader:
    """Makes all items first and fills them afterwards, so that none is read twice and none from within another."""

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
