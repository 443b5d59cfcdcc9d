"""A page's tree as browsers build it, as far as an article's words hang on that."""

import re

import trafilatura
from lxml.html import HtmlElement

_END = re.compile(r"</(?:body|html)\b[^<>]*+>", re.IGNORECASE)


def page_tree(text: str) -> HtmlElement | None:
    """The tree, None where the text is no page.

    What stands behind `</html>` goes on where the page stopped, for browsers; libxml2 makes roots of their own of it,
    which nobody walks. Such a page is read once more without the tags that end nothing.
    """
    tree = trafilatura.load_html(text)
    if tree is None or (not any(isinstance(one.tag, str) for one in tree.itersiblings()) and len(tree)):
        return tree
    return trafilatura.load_html(_END.sub("", text))
