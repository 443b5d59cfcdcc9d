"""Boxes of a page that lead to other stories: whoever is named there has written those."""

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.furniture import is_furniture
from factcheck.intake.page_outline import OTHERS

_MARKS = ("rel", "itemprop", "class", "id", "data-testid", "data-component")
_AUTHOR = re.compile(r"author|autor|byline|writer", re.IGNORECASE)
_OF_PAGE = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LEVELS = 8  # of boxes around a name
_MOST_HEADING = 100  # characters


def disown_authors(page: HtmlElement) -> None:
    """Take from the names in such boxes the marks by which a page tells its author."""
    marked = (one for one in page.iter(etree.Element) if any(_AUTHOR.search(one.get(name, "")) for name in _MARKS))
    for element in list(filter(_is_of_other_story, marked)):
        for name in _MARKS:
            if _AUTHOR.search(element.get(name, "")):
                element.set(name, " ".join(one for one in element.get(name).split() if not _AUTHOR.search(one)))


def _is_of_other_story(element: HtmlElement) -> bool:
    for one in islice((element, *element.iterancestors()), _LEVELS):
        if one.tag in _OF_PAGE:
            return False
        names = f"{one.get('class', '')} {one.get('id', '')}".lower()
        if OTHERS.search(names) or _is_announced(one):
            return True
    return False


def _is_announced(box: HtmlElement) -> bool:
    """Whether a heading that leads to other stories stands right before it, or first in it."""
    heads = (box.getprevious(), next(box.iterchildren(etree.Element), None))
    return any(one is not None and one.tag in _HEADINGS and _leads(one) for one in heads)


def _leads(heading: HtmlElement) -> bool:
    words = " ".join(str(heading.text_content()).split())
    return len(words) <= _MOST_HEADING and is_furniture(words)
