"""The text of a page's article: what one extractor finds, put right, or else what the next one finds."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement, document_fromstring
from trafilatura.readability_lxml import Document as Readable
from trafilatura.settings import Document

from factcheck.intake.linked_data import LinkedData
from factcheck.intake.told_body import told_body
from factcheck.intake.whole_article import completed

LEAST_WORDS = 60
"""Fewer words are hardly an article: another extractor may find more."""
_LEAST_PROSE = 12  # words of a line that is no menu
_MODES: tuple[dict[str, bool], ...] = ({"favor_precision": True}, {})
_NO_GUESS = {"original_date": True, "extensive_search": False}


def extracted(page: HtmlElement, told: LinkedData, url: str | None) -> Document | None:
    """What trafilatura finds, in the first mode that finds enough; its text is a line for each paragraph."""
    first: Document | None = None
    for found in _found(page, url):
        lines = completed(page, _lines(found.text))
        lines = told_body(told, lines) or lines
        found.text = "\n".join(lines)
        if sum(map(_count, lines)) >= LEAST_WORDS and (first is None or _is_prose(lines)):
            return found
        first = first or found
    lines = _readable(page) if first is not None else []
    if first is not None and _is_prose(lines):
        first.text = "\n".join(lines)
    return first


def _found(page: HtmlElement, url: str | None) -> Iterator[Document]:
    for mode in _MODES:
        found = trafilatura.bare_extraction(
            page, url=url, include_comments=False, with_metadata=True, date_extraction_params=_NO_GUESS, **mode
        )
        if found is not None:
            yield found


def _readable(page: HtmlElement) -> list[str]:
    """What the algorithm of readability takes for the article."""
    try:
        summary = document_fromstring(Readable(deepcopy(page)).summary())
    except (LxmlError, ValueError, AttributeError, TypeError):  # it is made for pages that hold something
        return []
    return _lines("\n".join(str(one.text_content()) for one in summary.iter("p", "li", "h2", "h3", "blockquote")))


def _lines(text: str | None) -> list[str]:
    return [line for line in (" ".join(one.split()) for one in (text or "").split("\n")) if line]


def _count(line: str) -> int:
    return len(line.split())


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether enough of it is more than a menu."""
    return sum(count for count in map(_count, lines) if count >= _LEAST_PROSE) >= LEAST_WORDS
