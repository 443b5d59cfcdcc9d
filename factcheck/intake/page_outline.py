"""What a page is made of: its blocks in their order, each with its kind and whether it is part of something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from factcheck.domain.block_kind import BlockKind

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
_UNSEEN = frozenset({
    "head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ELSEWHERE = frozenset({"nav", "footer", "aside", "form"})
_POSTS = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|reddit-embed"
    r"|text-post-media|truthsocial-embed"
)
_CAPTIONS = re.compile(r"(?:^|[\s_-])(?:img|image|photo|figure|media|picture|wp)?[_-]{0,2}captions?(?:-text)?(?:$|\s)")
_STANDFIRSTS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sub-?titles?|sub-?head(?:line)?|dek|deck|sub-?deck|chapo|vorspann|lead-?text|lede"
    r"|article-?(?:lead|summary|intro|description|excerpt))(?:$|[\s_-])"
)
OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|recirc\w{0,9}|teasers?|promo|more-(?:stories|news)|outbrain|taboola"
    r"|read-?(?:more|next)|most-?(?:read|popular)|trending|sidebar)(?:$|[\s_-])"
)
"""How boxes are called that lead to other stories."""

_LAYOUT = ("table", "p", "figure", "div", *sorted(_HEADINGS))
_PICTURES = ("img", "picture", "video", "amp-img", "figure")
_MOST_PARAGRAPHS = 1  # of an item of a list; what has more is a post
_MOST_IN_BOX = 12  # elements in the box of a picture; each caption looks through all of it
_MOST_BESIDE = 200  # characters around a caption in the box of its picture


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a page that holds no other.

    `home` is the article that it is in, `asides` are the boxes around it that seem to be of no article.
    """

    kind: BlockKind
    words: str
    element: HtmlElement
    home: HtmlElement | None
    asides: tuple[HtmlElement, ...]

    @property
    def key(self) -> str:
        """Its letters and figures, by which it is known again."""
        return key_of(self.words)


def key_of(words: str) -> str:
    """The letters and figures of words, in small."""
    return "".join(filter(str.isalnum, words.casefold()))


def outline(page: HtmlElement) -> Iterator[Piece]:
    """The blocks of a page in their order."""
    places, words = [_Place(page, BlockKind.PARAGRAPH, None, (), is_whole=False)], list[str]()
    walk = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        is_start, is_element = event == "start", isinstance(element.tag, str)
        is_block = is_element and element.tag not in INLINE
        if is_block and not places[-1 if is_start else -2].is_whole:
            yield from _piece(places[-1], words)
        if is_block and is_start:
            places.append(places[-1].within(element))
            if _is_unseen(element):
                walk.skip_subtree()
                continue
        elif is_block:
            places.pop()
        if is_start or element is not page:
            text, begins = (element.text, element) if is_start else (element.tail, None)
            is_row = places[-1].is_whole and places[-1].kind is BlockKind.TABLE
            _add(words, text, is_block=is_block, begins=begins, is_row=is_row)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: in which block, of which kind; the words of one that `is_whole` are not divided."""

    element: HtmlElement
    kind: BlockKind
    home: HtmlElement | None
    asides: tuple[HtmlElement, ...]
    is_whole: bool

    def within(self, element: HtmlElement) -> "_Place":
        kind, names = self.kind, f"{element.get('class', '')} {element.get('id', '')}".lower()
        tag = str(element.tag)
        is_whole = self.is_whole
        if is_whole:
            pass
        elif tag == "figcaption" or (_CAPTIONS.search(names) and _is_beside_picture(element)):
            kind, is_whole = BlockKind.CAPTION, True
        elif tag == "tr" and next(element.iterdescendants(*_LAYOUT), None) is None:
            kind, is_whole = BlockKind.TABLE, True
        elif self.kind not in {BlockKind.QUOTE, BlockKind.EMBED}:
            kind = _kind(element, tag, names, self.kind)
        is_aside = tag in _ELSEWHERE or OTHERS.search(names)
        asides = (*self.asides, element) if is_aside else self.asides
        return _Place(element, kind, element if tag == "article" else self.home, asides, is_whole=is_whole)


def _is_unseen(element: HtmlElement) -> bool:
    if element.tag == "button":  # some pictures are buttons that show them larger
        return element.find(".//figcaption") is None
    return element.tag in _UNSEEN


def _kind(element: HtmlElement, tag: str, names: str, around: BlockKind) -> BlockKind:
    if tag == "blockquote":
        return BlockKind.EMBED if _POSTS.search(names) else BlockKind.QUOTE
    if _STANDFIRSTS.search(names) or element.get("itemprop") in {"alternativeHeadline", "alternateHeadline"}:
        return BlockKind.STANDFIRST
    if tag in _HEADINGS:
        return BlockKind.HEADLINE if tag == "h1" else BlockKind.HEADING
    if tag in {"li", "dt", "dd"}:
        is_post = sum(1 for _ in element.iterdescendants("p", *_HEADINGS)) > _MOST_PARAGRAPHS
        return BlockKind.PARAGRAPH if is_post else BlockKind.ITEM
    return around


def _is_beside_picture(element: HtmlElement) -> bool:
    """Whether a picture, and little else, stands in one box with it."""
    if next(element.iterdescendants(*_PICTURES), None) is not None:
        return False
    own = len(element.text_content())
    for box in islice(element.iterancestors(), 2):
        if next(islice(box, _MOST_IN_BOX, None), None) is not None:  # its length would be counted out
            return False
        if next(box.iterdescendants(*_PICTURES), None) is not None:
            return len(box.text_content()) - own < _MOST_BESIDE
    return False


def _add(words: list[str], text: str | None, *, is_block: bool, begins: HtmlElement | None, is_row: bool) -> None:
    """Take in text, with a blank at the borders of a block, and between parts that would run together."""
    is_cell = begins is not None and begins.tag in {"td", "th"}
    if begins is not None and is_cell and (any(map(str.strip, words)) or (is_row and begins.getprevious() is not None)):
        words.append(" | ")  # behind an empty cell, too: the next one keeps its column
    elif is_block:
        words.append(" ")
    if text:
        before = words[-1][-1:] if words else ""
        words += [" ", text] if before.islower() and text[:1].isupper() else [text]


def _piece(place: _Place, words: list[str]) -> Iterator[Piece]:
    said = " ".join("".join(words).split())
    said = said.rstrip(" |") if place.kind is BlockKind.TABLE else said
    words.clear()
    if any(map(str.isalnum, said)):
        yield Piece(place.kind, said, place.element, place.home, place.asides)
