"""All the words of a page, for finding quotes: what its readers see, and what they see when they ask for it."""

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.in_words import put_in_words
from factcheck.intake.page_outline import INLINE
from factcheck.intake.said_to_all import keep_said_to_all
from factcheck.intake.visible import drop, hidden_in, raise_signs, strike_out

_NO_WORDS = ("script", "style", "template", "noscript", "svg", "iframe", "object", etree.Comment, etree.PI)


def words_of(page: HtmlElement | None) -> tuple[str, str]:
    """The words that readers see, and these with what is shown on request, "" where that is nothing more.

    A blank line stands between blocks. What is deleted, or never shown, is in neither.
    """
    if page is None:
        return "", ""
    strike_out(page)
    keep_said_to_all(page)
    hidden = hidden_in(page)
    on_request = _lines(deepcopy(page)) if hidden else ""
    drop(hidden)
    return _lines(page), on_request


def _lines(page: HtmlElement) -> str:
    """The words in their order, each block apart."""
    put_in_words(page)
    raise_signs(page)
    etree.strip_elements(page, *_NO_WORDS, with_tail=False)
    for element in page.iter(etree.Element):
        if element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
        elif element.tag not in INLINE:
            element.text = f"\n\n{element.text or ''}"
            element.tail = f"\n\n{element.tail or ''}"
    blocks = "".join(page.itertext()).split("\n\n")
    lines = ("\n".join(filter(None, (" ".join(line.split()) for line in one.split("\n")))) for one in blocks)
    return "\n\n".join(filter(None, lines))
