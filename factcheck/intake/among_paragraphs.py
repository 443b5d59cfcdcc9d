"""Text that stands among an article's paragraphs and in none: in plain boxes, in elements of a site's own, or bare."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from factcheck.intake.page_outline import INLINE

_HOLDERS = frozenset({"div", "section", "article", "main", "body", "blockquote"})
_OF_LINE = INLINE | {"br"}


def among_paragraphs(page: HtmlElement) -> AbstractSet[HtmlElement]:
    """The boxes beside paragraphs that hold nothing but a line of text; bare text gets a box of its own."""
    parents = dict.fromkeys(one.getparent() for one in page.iter("p"))
    found: set[HtmlElement] = set()
    for parent in parents:
        if parent is not None and parent.tag in _HOLDERS:
            found.update(_boxed(parent))
            found.update(one for one in parent if _is_plain_box(one))
    return found


def _is_plain_box(element: HtmlElement) -> bool:
    is_box = element.tag == "div" or _is_own(element)
    return is_box and all(one.tag in _OF_LINE or _is_own(one) for one in element.iterdescendants())


def _is_own(element: HtmlElement) -> bool:
    """Whether the site has named it, as `my-note`."""
    return isinstance(element.tag, str) and "-" in element.tag


def _boxed(parent: HtmlElement) -> Iterator[HtmlElement]:
    """Put each run of bare text in a box."""
    box = None
    if parent.text and parent.text.strip():
        box = parent.makeelement("div")
        box.text, parent.text = parent.text, None
        parent.insert(0, box)
        yield box
    for child in list(parent):
        if child is box:
            continue
        if child.tag in _OF_LINE:
            if box is None:
                box = parent.makeelement("div")
                child.addprevious(box)
                yield box
            box.append(child)
            continue
        box = None
        if child.tail and child.tail.strip():
            box = parent.makeelement("div")
            box.text, child.tail = child.tail, None
            child.addnext(box)
            yield box
