"""What in the page of a message its writer says, apart from what it answers to or passes on, and from signatures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from factcheck.intake.page_outline import INLINE
from factcheck.intake.replies import (
    FEW_WORDS,
    Forwarded,
    footer,
    heading,
    is_forward_rule,
    lines_of_writer,
    other_message,
    unmarked_answer,
)  # fmt: skip

_QUOTES = (
    *(
        f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"
        for name in ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra")
    ),
    "//blockquote[@type='cite']", "//div[@name='quote']", "//*[@id='divRplyFwdMsg']/following-sibling::*",
    "//*[@id='divRplyFwdMsg']", "//*[@id='appendonsend']", "//*[@id='OLK_SRC_BODY_SECTION']",
    "//*[@id='mail-editor-reference-message-container' or @id='ms-outlook-mobile-reference-message']",
)  # fmt: skip
_SIGNATURES = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_signature ')]",
    "//*[contains(concat(' ', @class, ' '), ' moz-signature ')]", "//*[@id='Signature']",
)  # fmt: skip
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})
_CELLS = frozenset({"td", "th"})
_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class _Line:
    """A line as it is shown, and the elements whose text, or whose tail, it is made of."""

    words: str = ""
    texts: list[HtmlElement] = field(default_factory=list)
    tails: list[HtmlElement] = field(default_factory=list)

    def around(self) -> Iterator[HtmlElement]:
        """The elements that it stands in."""
        for one in (*self.texts, *(tail.getparent() for tail in self.tails)):
            yield from (one, *one.iterancestors())

    def remove(self) -> None:
        """Take the words out of the page."""
        for one in self.texts:
            one.text = None
        for one in self.tails:
            one.tail = None


def joined_page(pages: Iterable[tuple[str, bool]]) -> str:
    """One page of several parts in their order, plain ones (not `is_page`) among them."""
    trees = [tree for words, is_page in pages if (tree := _tree(words if is_page else _as_page(words))) is not None]
    if not trees:
        return ""
    first = trees[0].find("body")
    for tree in trees[1:]:
        body = tree.find("body")
        if first is not None and body is not None:
            body.tag = "div"
            first.append(body)
    return str(lxml.html.tostring(trees[0], encoding="unicode"))


def own_html(page: str, *, is_forward: bool) -> tuple[str, Forwarded | None]:
    """The page with its writer's own words; of a message that does little but pass another on, that one's, and whose.

    Where all of it is quoted, it is kept.
    """
    tree = _tree(page)
    if tree is None:
        return page, None
    for path in _SIGNATURES:
        _drop(tree, path)
    lines = _lines(tree)
    at, fields_at = other_message([one.words for one in lines])
    mine = " ".join(one.words for one in lines[:at])
    passes_on = at is not None and (is_forward or is_forward_rule(lines[at].words))
    if at is not None and passes_on and len(mine.split()) <= FEW_WORDS:
        found, rest = heading([one.words for one in lines], fields_at)
        theirs = {around for one in lines[fields_at : rest + 1] for around in one.around()}
        _remove(lines[:rest])
        _remove_others(lines[rest:])
        _unquote(tree, theirs)
        return lxml.html.tostring(tree, encoding="unicode"), found
    # What a message passes on without a heading that is known may be all that it holds.
    is_all_kept = is_forward and at is None
    for path in () if is_all_kept else _QUOTES:
        _drop(tree, path)
    if not is_all_kept:
        _drop_answered(_lines(tree))
        _remove_answered(_lines(tree))
    _remove_others(_lines(tree))
    has_own_words = any(char.isalnum() for one in _lines(tree) for char in one.words)
    return (lxml.html.tostring(tree, encoding="unicode") if has_own_words else page), None


def _tree(page: str) -> HtmlElement | None:
    try:
        return lxml.html.document_fromstring(_XML.sub("", page))
    except (etree.ParserError, ValueError):
        return None


def _as_page(words: str) -> str:
    """Plain words as a page, with their paragraphs and lines."""
    paragraphs = (escape(one).replace("\n", "<br>") for one in re.split(r"\n\s*\n", words.strip("\n")))
    return f"<html><body>{''.join(f'<p>{one}</p>' for one in paragraphs)}</body></html>"


def _drop(tree: HtmlElement, path: str) -> None:
    for element in tree.xpath(path):
        if element.getparent() is not None:
            element.drop_tree()


def _unquote(tree: HtmlElement, theirs: AbstractSet[HtmlElement]) -> None:
    """Make plain words of the quotation that is passed on, and take out what that one answers to."""
    for path in _QUOTES:
        for element in tree.xpath(path):
            if element in theirs:
                element.tag = "div"
            elif element.getparent() is not None and not path.endswith("sibling::*"):
                element.drop_tree()


def _drop_answered(lines: Sequence[_Line]) -> None:
    """Take out each quotation that stands below who wrote it, with that."""
    words = [one.words for one in lines]
    for at in range(len(lines) - 1):
        many = lines_of_writer(words, at)
        below = lines[at + many : at + many + 1] if many else []
        around = set(lines[at].around()) if below else set()
        for quotation in [one for line in below for one in line.around() if one.tag == "blockquote"]:
            if quotation not in around and quotation.getparent() is not None:
                _remove(lines[at : at + many])
                quotation.drop_tree()


def _remove_answered(lines: Sequence[_Line]) -> None:
    """Take out the message that is answered below one's own words, where nothing marks it as a quotation."""
    at = unmarked_answer([one.words for one in lines])
    _remove(lines[len(lines) if at is None else at :])


def _remove_others(lines: Sequence[_Line]) -> None:
    """Take out the message that is answered to, with its heading, and what a mailing list adds."""
    words = [one.words for one in lines]
    at, _ = other_message(words)
    _remove(lines[footer(words[:at]) :])


def _remove(lines: Iterable[_Line]) -> None:
    for one in lines:
        one.remove()


def _lines(tree: HtmlElement) -> list[_Line]:
    """The lines of a page that hold words."""
    lines = [_Line()]
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        is_element = isinstance(element.tag, str)
        if is_element and element.tag in _CELLS:
            lines[-1].words += " "
        elif is_element and element.tag not in INLINE:
            lines.append(_Line())
        text = element.text if event == "start" else element.tail
        is_shown = event != "start" or element.tag not in _UNSEEN
        if text and is_shown and element is not tree:
            lines[-1].words += text
            (lines[-1].texts if event == "start" else lines[-1].tails).append(element)
    for one in lines:
        one.words = " ".join(one.words.split())
    return [one for one in lines if one.words]
