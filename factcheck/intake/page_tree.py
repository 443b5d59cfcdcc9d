"""A page's tree as browsers build it, as far as an article's words hang on that."""

import re

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

_END = re.compile(r"</(?:body|html)\b[^<>]*+>", re.IGNORECASE)

_SHADOWS = ("shadowrootmode", "shadowmode", "shadowroot")
"""What marks them in pages today, in pages that browsers have saved, and in older pages."""
_SHADOW = "shadow"
_MODES = frozenset({"open", "closed"})


def page_tree(text: str) -> HtmlElement | None:
    """The tree, None where the text is no page.

    What stands behind `</html>` goes on where the page stopped, for browsers; libxml2 makes roots of their own of it,
    which nobody walks. Such a page is read once more without the tags that end nothing.
    """
    tree = trafilatura.load_html(text)
    if tree is not None and (any(isinstance(one.tag, str) for one in tree.itersiblings()) or not len(tree)):
        tree = trafilatura.load_html(_END.sub("", text))
    if tree is not None:
        _open_shadows(tree)
    return tree


def _open_shadows(page: HtmlElement) -> None:
    """Free what templates hold that are no templates: each is shown in the element around it."""
    for element in page.iter("template"):
        if any(element.get(name, "").lower() in _MODES for name in _SHADOWS):
            element.tag = _SHADOW
    etree.strip_tags(page, _SHADOW)
