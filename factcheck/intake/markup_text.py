"""Text that is told as HTML, as in JSON: its words as a reader of the page would see them."""

import re

import lxml.html

from factcheck.domain.block_kind import BlockKind
from factcheck.intake.joiners import without_marks
from factcheck.intake.page_blocks import Words
from factcheck.intake.page_outline import outline
from factcheck.intake.visible import clean

_TAG = re.compile(
    r"</(?:p|div|span|a|b|i|u|s|em|strong|sup|sub|del|ins|small|h[1-6]|ul|ol|li|dl|table|tr|td|blockquote|figure|article"
    r"|section|q|cite|code|pre|style|script)\s*+>|<(?:br|hr)\s*+/?>|<p(?:\s[^<>]*+)?>",
    re.IGNORECASE,
)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BLOCK = re.compile(r"<(?:p|div|br|li|h[1-6]|tr|blockquote)\b", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether tags that have a meaning stand in it."""
    return bool(_TAG.search(text))


def blocks_of_html(html: str) -> list[Words]:
    """The blocks that a reader sees of it, without its captions. Line ends divide it where no tags do."""
    html = _UNSTORABLE.sub("\ufffd", html if _BLOCK.search(html) else html.replace("\n", "<br>"))
    page = lxml.html.document_fromstring(f"<html><body><article>{html}</article></body></html>")
    clean(page)
    seen = [Words(one.kind, without_marks(one.words)) for one in outline(page) if one.kind is not BlockKind.CAPTION]
    return [one for one in seen if any(map(str.isalnum, one.text))]


def lines_of_html(html: str) -> list[str]:
    """As `blocks_of_html`; with the marks by which an extracted line is known as an item or a row."""
    marks = {BlockKind.ITEM: "- ", BlockKind.TABLE: "| "}
    return [f"{marks.get(one.kind, '')}{one.text}" for one in blocks_of_html(html)]
