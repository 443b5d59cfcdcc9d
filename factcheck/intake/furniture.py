"""What stands inside a page's article and is none of it: links to other stories, offers to subscribe."""

import re

from lxml import etree
from lxml.html import HtmlElement

_LEAD = re.compile(
    r"\W{0,3}(?:read (?:more|also|next)|also read|see also|more (?:on|about) this|related(?: stor(?:y|ies)| articles?)?"
    r"|recommended|don't miss|lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|lire aussi|à lire aussi"
    r"|lee también|lea también|leggi anche|leia (?:também|mais)|lees ook|czytaj też|läs också|les også)\b\W{0,3}",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"paywall|newsletter|subscri|signup|sign-up|regwall|promo-?box|read-?more|related-?(?:link|stor|art)"
)
_ASKS = re.compile(
    r"\b(?:subscri\w{1,6}|sign up|newsletter|log ?in|free articles?|cancel any ?time|abonnier\w{0,4}|abonnez"
    r"|suscr[ií]b\w{1,4}|read more|related)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 60  # of an offer; what is longer may be the article behind it
_BOXES = ("div", "section", "aside", "p", "figure", "ul")
_PLAIN = frozenset({
    "p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "figure", "pre", "hr", "br",
    "img", "script", "style",
})  # fmt: skip
_GONE = "gone"


def drop_furniture(page: HtmlElement) -> None:
    """Take links to other stories and offers out of the tree."""
    for element in page.iter("p", "div", "li", "h3", "h4"):
        if _leads_away(element):
            element.tag = _GONE
    for element in page.iter(*_BOXES):
        if _OFFERS.search(f"{element.get('class', '')} {element.get('id', '')}".lower()):
            words = _few_words(element)
            if words and _ASKS.search(words):
                element.tag = _GONE
    etree.strip_elements(page, _GONE, with_tail=False)


def hold_plain_page(page: HtmlElement) -> None:
    """Make a page that is nothing but headings, paragraphs and lists an article: else its lists are lost."""
    body = page.find("body")
    if body is not None and len(body) and all(one.tag in _PLAIN for one in body):
        article = etree.SubElement(body, "article")
        for child in list(body)[:-1]:
            article.append(child)


def _leads_away(element: HtmlElement) -> bool:
    """Whether it is a link, and before it no more than the words that such links have."""
    link = next(element.iter("a"), None)
    words = _few_words(element) if link is not None else None
    lead = _LEAD.match(words) if words else None
    if link is None or not lead or not words:
        return False
    linked = " ".join(" ".join(one.text_content().split()) for one in element.iter("a"))
    return len(linked) >= len(words) - lead.end()


def _few_words(element: HtmlElement) -> str | None:
    """Its words, if they are few."""
    words: list[str] = []
    for text in element.itertext():
        words += text.split()
        if len(words) > _MOST_WORDS:
            return None
    return " ".join(words)
