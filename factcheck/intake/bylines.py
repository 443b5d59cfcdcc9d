"""The lines of a page that may name its author, each as it is written: bylines by their marks, and its metadata."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

_MARKS = ("class", "id", "data-testid", "rel", "itemprop")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:[a-z]{1,3}-)?(?:by-?lines?|authors?|autor(?:es|in)?|auteurs?|autore)(?:$|[\s_-])")
_META = frozenset({"author", "citation_author", "article:author", "dc.creator", "byl", "parsely-author"})
_ELSEWHERE = ("figure", "aside", "nav", "footer", "a")
_MOST_WORDS = 40  # of a byline
_MOST_LINES = 50
_MOST_PIECES = 200  # of text in one, blanks among them


def told_names(page: HtmlElement) -> Iterator[list[str]]:
    """What each name of metadata says of authors, in all that bear it."""
    told: dict[str, list[str]] = {}
    for one in page.iter("meta"):
        name = (one.get("name") or one.get("property") or "").lower()
        if name in _META and one.get("content", "").strip():
            told.setdefault(name, []).append(" ".join(one.get("content", "").split()))
    yield from told.values()


def bylines(page: HtmlElement) -> Iterator[list[str]]:
    """Each byline, in its pieces of text."""
    return map(pieces_of, islice(marked(page), _MOST_LINES))


def in_a_row(page: HtmlElement) -> Iterator[list[str]]:
    """The words of bylines that stand side by side, each in a box like the other's."""
    row: list[HtmlElement] = []
    for element in islice(marked(page), _MOST_LINES):
        is_next = bool(row) and element.getprevious() is row[-1] and _look(element) == _look(row[-1])
        if not is_next:
            yield _words(row)
            row = []
        row.append(element)
    yield _words(row)


def _words(row: list[HtmlElement]) -> list[str]:
    return [" ".join(pieces_of(one)) for one in row] if len(row) > 1 else []


def _look(element: HtmlElement) -> str:
    return f"{element.tag} {element.get('class', '')}"


def marked(page: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are marked as bylines and are of few words, outside of what is no article."""
    for element in page.iter(etree.Element):
        is_byline = any(_BYLINE.search(element.get(one, "").lower()) for one in _MARKS)
        if is_byline and next(element.iterancestors(*_ELSEWHERE), None) is None and pieces_of(element):
            yield element


def pieces_of(element: HtmlElement) -> list[str]:
    """Its pieces of text; none where they are many."""
    pieces, words = [], 0
    for text in islice(element.itertext(), _MOST_PIECES):
        if plain := " ".join(text.split()):
            pieces.append(plain)
            words += len(plain.split())
        if words > _MOST_WORDS:
            return []
    return pieces
