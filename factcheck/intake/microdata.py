"""Microdata of a page as the same objects that JSON-LD would give."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ADDRESSES = {
    "a": "href", "area": "href", "link": "href", "audio": "src", "embed": "src", "iframe": "src", "img": "src",
    "source": "src", "track": "src", "video": "src", "object": "data", "data": "value", "meter": "value",
    "time": "datetime",
}  # fmt: skip


def microdata_items(page: HtmlElement) -> Iterator[dict[str, Any]]:
    """The items that belong to no other item, in the page's order."""
    by_id: dict[str, HtmlElement] = {str(one.get("id")): one for one in page.iterfind(".//*[@id]")}
    for element in page.iterfind(".//*[@itemscope]"):
        if element.get("itemprop") is None:
            yield _item(element, by_id, frozenset())


def _item(element: HtmlElement, by_id: dict[str, HtmlElement], above: frozenset[HtmlElement]) -> dict[str, Any]:
    types = (element.get("itemtype") or "").split()
    item: dict[str, Any] = {"@type": types[0] if len(types) == 1 else types}
    if element.get("itemid"):
        item["@id"] = element.get("itemid")
    inside = above | {element}
    for part in _properties(element, by_id, inside):
        value = _item(part, by_id, inside) if part.get("itemscope") is not None else _value(part)
        for name in (part.get("itemprop") or "").split():
            item[name] = [*item[name], value] if name in item else [value]
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in item.items()}


def _properties(
    element: HtmlElement, by_id: dict[str, HtmlElement], above: frozenset[HtmlElement]
) -> Iterator[HtmlElement]:
    """The elements that carry the item's properties: below it, but not below another item, and by itemref."""
    referred = (by_id.get(name) for name in (element.get("itemref") or "").split())
    waiting = [one for one in (*element, *referred) if one is not None][::-1]
    while waiting:
        one = waiting.pop()
        if not isinstance(one.tag, str) or one in above:
            continue
        if one.get("itemprop") is not None:
            yield one
        if one.get("itemscope") is None:
            waiting += reversed(one)


def _value(element: HtmlElement) -> str:
    """The value as the standard says, but `content` counts on every element, as publishers use it."""
    attribute = "content" if element.get("content") is not None else _ADDRESSES.get(str(element.tag))
    value = element.get(attribute) if attribute else None
    return value if value is not None else " ".join(element.text_content().split())
