"""What is kept from screen readers, and yet stands in the sentence that everybody else reads."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.page_outline import INLINE

_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:\w{1,12}-)?(?:sr[-_]only|visually[-_]?hidden|screen-?reader(?:-text|-only)?|show-for-sr|sr-text"
    r"|a11y-(?:hidden|only)|assistive-text|element-invisible)(?:$|\s)",
    re.IGNORECASE,
)
_CELLS = frozenset({"td", "th"})
_TEXTS = _CELLS | {"p", "blockquote", "figcaption", "caption", "h1", "h2", "h3", "h4", "h5", "h6"}
_NO_TEXT = frozenset({"a", "i", "label"})  # links that say again where a picture leads, and icons by their names
_OF_CONTROLS = ("button", "nav", "select", "svg")
_ICON = re.compile(r"icon|glyph|material-symbols|\bfa-", re.IGNORECASE)
_BESIDE = 3  # elements on each side that may say the same
_NEAR = 30  # pieces of text around a sign


def keep_said_to_all(page: HtmlElement) -> None:
    """Take the mark `aria-hidden` from words and signs of a sentence or a cell: it says nothing about sight.

    It stays on boxes, which are windows that are not open, or repeat what the article says; and on icons and controls.
    """
    for element in list(page.iterfind(".//*[@aria-hidden]")):
        if element.get("aria-hidden", "").lower() == "true" and _is_said_to_all(element):
            del element.attrib["aria-hidden"]


def is_for_screen_readers(element: HtmlElement) -> bool:
    """Whether it is there for those alone who do not see the page."""
    return bool(_FOR_SCREEN_READERS.search(element.get("class", "")))


def _is_said_to_all(element: HtmlElement) -> bool:
    if element.tag in _CELLS:
        return True
    if element.tag not in INLINE - _NO_TEXT or _ICON.search(element.get("class", "")):
        return False
    if next(element.iterancestors(*_OF_CONTROLS), None) is not None:
        return False
    before = islice(element.itersiblings(etree.Element, preceding=True), _BESIDE)
    if any(one.tag == "math" or one.find(".//math") is not None for one in before):
        return False  # a formula that is drawn, behind what it is
    block = next((one for one in element.iterancestors() if one.tag not in INLINE), element.getroottree().getroot())
    words = str(element.text_content())
    if any(map(str.isalnum, words)) and (block.tag in _TEXTS or any(map(str.isdigit, words))):
        return True
    ahead, behind = _nearest(_before(element, block)), _nearest(_after(element, block))
    is_of_figure = ahead[-1:].isdigit() or behind[:1].isdigit()
    return is_of_figure or bool(ahead and behind) or _is_told_otherwise(element)


def _is_told_otherwise(element: HtmlElement) -> bool:
    """Whether screen readers are told the same beside it, in other words."""
    beside = (
        *islice(element.itersiblings(etree.Element, preceding=True), _BESIDE),
        *islice(element.itersiblings(etree.Element), _BESIDE),
    )
    return any(map(str.isalnum, element.text_content())) and any(map(is_for_screen_readers, beside))


def _nearest(texts: Iterable[str | None]) -> str:
    return next((text.strip() for text in islice(texts, _NEAR) if text and text.strip()), "")


def _before(element: HtmlElement, block: HtmlElement) -> Iterator[str | None]:
    """What everybody reads in front of it on its line, the nearest first."""
    here = element
    while here is not block:
        for one in here.itersiblings(preceding=True):
            yield one.tail
            if isinstance(one.tag, str) and one.tag not in INLINE:
                return
            yield _seen(one)
        here = here.getparent()
        yield here.text


def _after(element: HtmlElement, block: HtmlElement) -> Iterator[str | None]:
    """What everybody reads behind it on its line, the nearest first."""
    here = element
    while here is not block:
        yield here.tail
        for one in here.itersiblings():
            if isinstance(one.tag, str) and one.tag not in INLINE:
                return
            yield _seen(one)
            yield one.tail
        here = here.getparent()


def _seen(element: HtmlElement) -> str:
    is_words = isinstance(element.tag, str) and not is_for_screen_readers(element)  # a comment's tag is a function
    return str(element.text_content()) if is_words else ""
