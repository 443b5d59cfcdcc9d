"""Makes a page's tree say what its reader sees: nothing hidden or struck out, exponents raised, footnote marks gone."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.comments import comments_in
from factcheck.intake.furniture import drop_furniture, hold_plain_page
from factcheck.intake.in_words import put_in_words
from factcheck.intake.page_outline import INLINE
from factcheck.intake.said_to_all import is_for_screen_readers, keep_said_to_all
from factcheck.intake.styles import Styles, is_struck
from factcheck.intake.superscripts import as_written
from factcheck.intake.table_cells import fill_tables, make_tables, unwrap_cells
from factcheck.intake.typed_tables import make_typed_tables

_DELETED = frozenset({"del", "s", "strike"})
_NEVER_SHOWN = frozenset({"template", "noscript", "noembed", "noframes", "datalist", "select", "textarea"})
_WITHOUT_FALLBACK = ("iframe", "canvas", "audio", "video")
"""What stands in them is for browsers that know no such thing."""
_WHOLE_PAGE = frozenset({"html", "head", "body"})
_WITHOUT_WORDS = frozenset({"script", "style", "title"})
_OF_HEAD = frozenset({"title", "meta", "link", "base", "style", "script", "noscript"})
_NOTE_LINK = re.compile(r"[^#]{0,300}#\w*(?:fn|note|ref|cite)\w*", re.IGNORECASE)
_LEAST_WORDS = 40  # of what is hidden, with fewer around it, to be taken for an article that a script will show
_LEAST_OF_ARTICLE = 60  # words; a call to allow scripts has fewer
_SAYS_HIDDEN = re.compile(r"hidden|display:\s?none", re.IGNORECASE)
_ICON_FONT = re.compile(r"(?:^|\s)(?:material-(?:icons|symbols)|google-(?:material-)?icons)(?:-[a-z-]{1,20})?(?:$|\s)")
_ICON_NAME = re.compile(r"[a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){0,5}")
_FRACTION = frozenset("/\u2044\u2215")

_BLOCKS = frozenset({
    "p", "div", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote",
    "body", "figcaption", "caption", "pre",
})  # fmt: skip
_NEAR = 30  # elements without text between a sign and what it stands beside
_LAYOUT = ("table", "p", "h1", "h2", "h3")
_GONE = "gone"  # a tag that no page has


def clean(page: HtmlElement) -> None:
    """Take out of the tree what no reader sees, and put superscripts and lists in cells as text can hold them."""
    _have_body(page)
    _free_noscripts(page)
    _make_centers_paragraphs(page)
    keep_said_to_all(page)
    _drop_unseen(page)
    put_in_words(page)
    raise_signs(page)
    _drop_comments(page)
    drop_furniture(page)
    make_tables(page)
    make_typed_tables(page)
    _flatten_lists(page)
    unwrap_cells(page)
    fill_tables(page)
    _free_articles(page)
    hold_plain_page(page)
    for element in page.iter("p", "span", "li", "td"):
        if style := element.get("style"):  # what is hidden is gone, and extractors take `overflow: hidden` for such
            element.set("style", _SAYS_HIDDEN.sub("", style))


def raise_signs(page: HtmlElement) -> None:
    """Replace each `sup` by what it means as text."""
    raised = list(page.iter("sup"))
    notes = {_words(one) for one in raised if not _text_before(one).strip()}
    for element in raised:
        if sign := _words(element):
            written = _written(element, sign, notes)
            del element[:]
            element.text = written
            parent = element.getparent()
            if not written and parent is not None and parent.tag == "a" and not _words(parent):
                parent.tag = "sup"  # a paragraph with an empty link is taken for a menu
    # Not one by one: each would copy the text that stands before it.
    etree.strip_tags(page, "sup")
    # It leaves a node for each piece of text, and whoever asks for all of them pays for each with all before it.
    for element in page.iter(etree.Element):
        element.text, element.tail = element.text, element.tail


def _written(element: HtmlElement, sign: str, notes: AbstractSet[str]) -> str:
    before, after, lower = _text_before(element), element.tail or "", element.getnext()
    if sign.isdigit() and after.strip() in _FRACTION and lower is not None and lower.tag == "sub":
        return f" {sign}" if before[-1:].isdigit() else sign
    is_mark = sign in notes and bool(before.strip())
    return as_written(before, sign, after, is_link=_is_note_link(element), has_note=is_mark)


def strike_out(page: HtmlElement) -> None:
    """Take out what no reader ever sees: deleted words, fields, what is for browsers that know no such thing."""
    for element in page.iter(*_DELETED, *_NEVER_SHOWN):
        element.tag = _GONE
    for element in page.iterfind(".//*[@style]"):
        if is_struck(element):
            element.tag = _GONE
    for element in page.iter(*_WITHOUT_FALLBACK):
        del element[:]
        element.text = None
    _drop_gone(page)


def hidden_in(page: HtmlElement) -> list[HtmlElement]:
    """What a reader does not see at first, and may when they ask for it, the outermost elements.

    Nothing where the page hides all of its text until a script has run, or a window over it is closed.
    """
    unseen = list(_outermost(page, Styles(page)))
    hidden = sum(map(_count, unseen))
    return unseen if hidden < _LEAST_WORDS or _count(page) - hidden >= _LEAST_WORDS else []


def drop(elements: Iterable[HtmlElement]) -> None:
    """Take elements out of their page; what stands behind each stays."""
    for element in elements:
        element.drop_tree()


def _drop_unseen(page: HtmlElement) -> None:
    for element in hidden_in(page):
        element.tag = _GONE
    for element in page.iter(*_DELETED):
        element.tag = _GONE
    for element in page.iter(*_WITHOUT_FALLBACK):
        del element[:]
        element.text = None
    _drop_gone(page)


def _drop_comments(page: HtmlElement) -> None:
    """Take out what readers have said, unless that is all of the page."""
    found = dict.fromkeys(comments_in(page))
    outermost = [one for one in found if found.keys().isdisjoint(one.iterancestors())]
    if _count(page) - sum(map(_count, outermost)) >= _LEAST_WORDS:
        drop(outermost)


def _drop_gone(page: HtmlElement) -> None:
    for script in list(page.iter("script")):  # what a page tells machines may stand in what it hides
        if (
            script.get("type", "").lower() == "application/ld+json"
            and next(script.iterancestors(_GONE), None) is not None
        ):
            page.append(script)
    etree.strip_elements(page, _GONE, with_tail=False)


def _outermost(page: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    """The elements that a reader does not see, without those that stand in another one."""
    waiting = [page]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str):  # a comment's tag is a function
            if element.tag not in _WHOLE_PAGE and _is_unseen(element, styles):
                yield element
            else:
                waiting += element


def _is_unseen(element: HtmlElement, styles: Styles) -> bool:
    if element.tag in _NEVER_SHOWN:
        return True
    if element.get("aria-hidden", "").lower() == "true" and not _is_of_picture(element):
        return True
    if element.get("hidden") not in {None, "until-found"} or _is_window(element) or _is_icon(element):
        return True
    if element.tag != "h1" and is_for_screen_readers(element):
        return True
    if "math" in element.get("class", "") and element.find(".//math") is not None:
        return False  # a picture of it is shown in its place
    return styles.hide(element)


def _is_window(element: HtmlElement) -> bool:
    """Whether it is a window that is shown when it has been asked for."""
    is_popover = element.get("popover") is not None or element.get("role", "").lower() == "tooltip"
    return is_popover or (element.tag == "dialog" and element.get("open") is None)


def _is_icon(element: HtmlElement) -> bool:
    """Whether its word is drawn as a picture, by a font of icons that are called so."""
    is_name = bool(_ICON_NAME.fullmatch((element.text or "").strip())) and not len(element)
    return is_name and bool(_ICON_FONT.search(element.get("class", "")))


def _is_of_picture(element: HtmlElement) -> bool:
    """Whether it is, or holds, a caption: one that repeats a picture's `alt` is kept from screen readers alone."""
    around = next((one for one in (element, *element.iterancestors()) if one.tag == "figcaption"), None)
    return around is not None or element.find(".//figcaption") is not None


def _is_note_link(element: HtmlElement) -> bool:
    """Whether the sign leads to a note, or a note leads back by it."""
    parent = element.getparent()
    links = [*element.iter("a"), *([parent] if parent is not None and parent.tag == "a" else [])]
    return any(one.get("href", "").startswith("#") or _NOTE_LINK.match(one.get("href", "")) for one in links)


def _text_before(element: HtmlElement) -> str:
    """The nearest text in front of it within its block; empty where the block begins with it."""
    here, steps = element, 0
    while here is not None:
        previous = here.getprevious()
        while previous is not None and steps < _NEAR:
            if text := previous.tail or _last_text(previous):
                return text
            previous, steps = previous.getprevious(), steps + 1
        here = here.getparent()
        if here is not None and (here.text or here.tag in _BLOCKS):
            return here.text or ""
    return ""


def _last_text(element: HtmlElement) -> str:
    while len(element) and not element[-1].tail:
        element = element[-1]
    return (element[-1].tail if len(element) else element.text) or ""


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split()) if isinstance(element.tag, str) else ""


def _count(element: HtmlElement) -> int:
    """Words that stand in it, without scripts and styles."""
    own = (one for one in element.iter() if isinstance(one.tag, str))
    texts = (text for one in own for text in (_own_text(one), one.tail if one is not element else ""))
    return sum(len(text.split()) for text in texts if text)


def _own_text(element: HtmlElement) -> str | None:
    return None if element.tag in _WITHOUT_WORDS else element.text


def _flatten_lists(page: HtmlElement) -> None:
    """Make the items of a list in a cell its words, since items are lost there; cells that lay out a page keep them."""
    for cell in page.iter("td", "th"):
        lists = list(cell.iter("ul", "ol", "li"))
        if lists and not any(True for _ in cell.iter(*_LAYOUT)) and _count(cell) < _LEAST_WORDS:
            for element in lists:
                element.tag = "span"
                element.tail = f" {element.tail or ''}"


def _have_body(page: HtmlElement) -> None:
    """Put into a body what an older parser takes for a part of the head: `article` and others that it does not know."""
    head = page.find("head")
    if head is None or page.find("body") is not None:
        return
    begin = next((at for at, one in enumerate(head) if isinstance(one.tag, str) and one.tag not in _OF_HEAD), len(head))
    body = etree.SubElement(page, "body")
    for element in head[begin:]:
        body.append(element)


def _free_noscripts(page: HtmlElement) -> None:
    """What stands alone in its box for readers without scripts is what a script shows all others."""
    for element in page.iter("noscript"):
        box = element.getparent()
        if box is not None and box.tag not in _WHOLE_PAGE and _count(element) >= _LEAST_OF_ARTICLE:
            others = sum(_count(one) for one in box if isinstance(one.tag, str) and one is not element)
            if others < _LEAST_WORDS:
                element.tag = "div"


def _make_centers_paragraphs(page: HtmlElement) -> None:
    """What is centred stands on lines of its own, and text behind it would be taken for none of the article."""
    for element in page.iter("center"):
        if all(one.tag in INLINE for one in element.iterdescendants(etree.Element)):
            element.tag = "p"


def _free_articles(page: HtmlElement) -> None:
    """An aside that holds the page's headline is no aside."""
    for aside in page.iter("aside"):
        if aside.find(".//article") is not None and aside.find(".//h1") is not None:
            aside.tag = "div"
