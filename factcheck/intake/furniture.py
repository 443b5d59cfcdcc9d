"""What stands inside a page's article and is none of it: links to other stories, offers to subscribe or to follow."""

import re

from lxml import etree
from lxml.html import HtmlElement

_LEAD = re.compile(
    r"\W{0,3}(?:read (?:more|also|next|full story)|also read|see also|more (?:on|about) this|more (?:stories|from)"
    r"|related(?: stor(?:y|ies)| articles?| content| news)?|recommended|you (?:may|might) also like|don't miss"
    r"|lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|weitere themen|weiterführende links"
    r"|lire aussi|à lire aussi"
    r"|lee también|lea también|(?:le|te) puede interesar|también (?:lee|lea)|más (?:sobre|información)|leggi anche"
    r"|leia (?:também|mais)|veja também|lees ook|czytaj (?:też|także)|dowiedz się więcej|läs också|les også)\b\W{0,3}",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"paywall|newsletter|subscri|signup|sign-up|regwall|promo-?box|read-?more|related-?(?:link|stor|art)"
)
_ASKS = re.compile(
    r"\b(?:subscri\w{1,6}|sign up|newsletter|log ?in|free articles?|cancel any ?time|abonnier\w{0,4}|abonnez"
    r"|suscr[ií]b\w{1,4}|read more|related)\b",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\W{0,4}(?:for more (?:stories|news|information)|get (?:access|the|our|more)|sign up|subscribe|follow|join"
    r"|like us(?!,)|download|click here|email|listen to|got a (?:story|tip)|abonnieren|melden sie sich|folgen sie"
    r"|inscrivez|abonnez|suivez|suscr[ií]bete|síguenos|únete|descarga|registrati|iscriviti|seguici|inscreva|assine|siga)"
    r"\b(?!-)",
    re.IGNORECASE,
)
_CHANNELS = re.compile(
    r"\b(?:newsletters?|e?-?mails?|inbox|twitter|facebook|instagram|whatsapp|telegram|tiktok|apps?|push|subscri\w{1,7}"
    r"|daily|podcasts?|abo(?:nnement)?s?|social media|here)\b|@\w|\bour (?:\w{1,12} )?page\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:was|were|had|has been|have been|did|said|says|told|wrote|found|died|(?:show(?:s|ed)?|reveal(?:s|ed)?) that"
    r"|war(?:en)?|wurden?|hatten?|sagten?|était|étaient|avai(?:en)?t|a été|ont été|fue(?:ron)?|había|dijo|disse(?:ro)?"
    r"|foi|foram|havia)\b|(?<![\w@#/.-])\d[\d.,]{0,20}+(?![\w-])",
    re.IGNORECASE,
)
"""A verb in the past, or a number."""
_ADDRESSES = re.compile(
    r"\b(?:our|us|you|your|click here|subscribe|sign up|uns|unser\w{0,2}|ihre?[nmrs]?|nous|notre|nos|vous|votre|vos"
    r"|nuestr[oa]s?|nostr[aeio]|noss[oa]s?|você)\b|@\w",
    re.IGNORECASE,
)
_STORIES = re.compile(
    r"\b(?:stor(?:y|ies)|articles?|posts?|pages?|links?|coverage|reading|artikel|beiträge|artículos|articoli"
    r"|artigos|noticias|notizie|notícias)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„«][^“”„«»]{0,400}[”»“]|\"[^\"]{0,400}\"")
_SENTENCES = re.compile(r"(?<=[.!?…])\s")
_ARROW = re.compile(r"(?:[>»→►▶➡]\ufe0f?\s?){1,3}")
_LABEL = re.compile(r"[^:|]{3,60}[:|]\s?")
_MOST_WORDS = 60  # of an offer; what is longer may be the article behind it
_MOST_LABEL = 6  # words
_MOST_ANNOUNCING = 12  # words of a paragraph above a list
_LEAST_LINKED = 0.6  # of the letters of each item, in a list of links
_LEAST_ITEMS = 2
_LEAST_SENTENCE = 8  # words of a paragraph that is one link
_LEAST_TITLE = 4  # words of what leads to a story, on average: fewer may be names in an enumeration
_MOST_LISTED = 0.3  # of a page's words in paragraphs and lists; lists of links that are more are its subject
_BOXES = ("div", "section", "aside", "p", "figure", "ul")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PLAIN = frozenset({
    "p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "figure", "pre", "hr", "br",
    "img", "script", "style",
})  # fmt: skip
_GONE = "gone"


def drop_furniture(page: HtmlElement) -> None:
    """Take links to other stories and offers out of the tree."""
    _free_linked_sentences(page)
    for element in page.iter("p", "div", "li", "h3", "h4"):
        if _leads_away(element):
            element.tag = _GONE
    for element in page.iter(*_BOXES):
        if _CLASSES.search(f"{element.get('class', '')} {element.get('id', '')}".lower()):
            words = _few_words(element)
            if words and _ASKS.search(words):
                element.tag = _GONE
    _drop_link_lists(page)
    etree.strip_elements(page, _GONE, with_tail=False)


def hold_plain_page(page: HtmlElement) -> None:
    """Make a page that is nothing but headings, paragraphs and lists an article: else its lists are lost."""
    body = page.find("body")
    if body is not None and len(body) and all(one.tag in _PLAIN for one in body):
        article = etree.SubElement(body, "article")
        for child in list(body)[:-1]:
            article.append(child)


def is_furniture(words: str) -> bool:
    """Whether the words are nothing but a lead to other stories."""
    lead = _LEAD.match(words)
    return bool(lead and lead.end() == len(words))


def _leads_away(element: HtmlElement) -> bool:
    """Whether it is a link, and before it no more than the words that such links have; or an offer with a link."""
    link = next(element.iter("a"), None)
    words = _few_words(element) if link is not None else None
    if link is None or not words:
        return False
    if element.tag == "p" and _CALLS.match(words) and _CHANNELS.search(words) and not _tells(words):
        return True
    linked = " ".join(" ".join(one.text_content().split()) for one in element.iter("a"))
    lead = _LEAD.match(words) or _ARROW.match(words) or _label(words)
    return lead is not None and len(linked) >= len(words) - lead.end()


def _tells(words: str) -> bool:
    """Whether a sentence in it tells something, and not the reader what to do, as `Email traffic shows that 45 …`."""
    sentences = _SENTENCES.split(_QUOTED.sub("", words))
    return any(_TOLD.search(one) and not _ADDRESSES.search(one) for one in sentences)


def _label(words: str) -> re.Match[str] | None:
    """A label in capitals, as `MORE: ` or `READ THE STORY HERE | `."""
    label = _LABEL.match(words)
    return label if label and label[0].isupper() and len(label[0].split()) <= _MOST_LABEL else None


def _free_linked_sentences(page: HtmlElement) -> None:
    """Make words of a paragraph that is one link, and yet says a sentence as those around it do: no title ends so."""
    for element in page.iter("p"):
        beside = (element.getprevious(), element.getnext())
        if any(one is not None and one.tag == "p" and not len(one) for one in beside) and _is_linked_sentence(element):
            _unlink(element)


def _is_linked_sentence(element: HtmlElement) -> bool:
    link = next(element.iter("a"), None)
    words = " ".join(element.text_content().split()) if link is not None and _few_words(element) else ""
    if link is None or not words.rstrip("\"'”’»“").endswith(".") or words.endswith(("..", "…")):
        return False
    is_link = len(" ".join(link.text_content().split())) >= len(words) - 1
    is_offer = _LEAD.match(words) or _CALLS.match(words) or _label(words) or _ASKS.search(words)
    return is_link and not is_offer and len(words.split()) >= _LEAST_SENTENCE and _tells(words)


def _unlink(element: HtmlElement) -> None:
    for link in list(element.iter("a")):
        if link.get("href") is not None:
            link.drop_tag()


def _drop_link_lists(page: HtmlElement) -> None:
    """Take out lists of links to other stories, with what announces them."""
    for one in page.iter("ul", "ol"):
        before = one.getprevious()
        if before is not None and _announces_facts(before):
            _unlink(one)
    lists = [one for one in page.iter("ul", "ol") if _is_of_links(one)]
    listed = sum(len(one.text_content().split()) for one in lists)
    if listed > _MOST_LISTED * sum(len(one.text_content().split()) for one in page.iter("p", "ul", "ol")):
        return
    for one in lists:
        before = one.getprevious()
        if before is not None and not (before.tail or "").strip():
            words = _few_words(before) or ""
            is_announcing = words.endswith(":") and len(words.split()) <= _MOST_ANNOUNCING
            if before.tag in _HEADINGS or (before.tag == "p" and is_announcing):
                before.tag = _GONE
        one.tag = _GONE


def _announces_facts(paragraph: HtmlElement) -> bool:
    """Whether it tells something that a list behind it goes on with, as `Three gates were found to leak:`."""
    words = (_few_words(paragraph) or "") if paragraph.tag == "p" and not (paragraph.tail or "").strip() else ""
    is_lead = _LEAD.match(words) or _CALLS.match(words) or _ASKS.search(words) or _STORIES.search(words)
    return words.endswith(":") and not is_lead and _tells(words)


def _is_of_links(element: HtmlElement) -> bool:
    items = [one for one in element if one.tag == "li"]
    words = 0
    for item in items:
        links = [one for one in item.iter("a") if not one.get("href", "").startswith("#")]
        linked = sum(len(one.text_content()) for one in links)
        text = " ".join(item.text_content().split())
        if not linked or linked < _LEAST_LINKED * len(text) or text.endswith("."):
            return False
        words += len(text.split())
    return len(items) >= _LEAST_ITEMS and words >= _LEAST_TITLE * len(items)


def _few_words(element: HtmlElement) -> str | None:
    """Its words, if they are few."""
    words: list[str] = []
    for text in element.itertext():
        words += text.split()
        if len(words) > _MOST_WORDS:
            return None
    return " ".join(words)
