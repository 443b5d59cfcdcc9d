"""Plain and Markdown text as it stands; only its title is looked for."""

import re
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.text.blocks import split_blocks
from factcheck.text.sentences import is_furniture

_TITLE_LENGTH = 200
_CLOSING_QUOTES = "\"'”’»"
# What ends in one of these is the first sentence of a text without a headline.
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "。", "！", "？")


def article_from_text(text: str, now: datetime, url: str | None = None) -> Article:
    """The text unchanged, titled by its first line if that reads like a headline."""
    return Article(text=text, retrieved_at=now, title=_title(text), url=url)


def _title(text: str) -> str | None:
    for block in split_blocks(text):
        line = " ".join(block.span.cut(text).split())
        if re.search(r"\w", line) and not is_furniture(line):
            is_sentence = line.rstrip(_CLOSING_QUOTES).endswith(_SENTENCE_ENDS)
            return None if is_sentence or len(line) > _TITLE_LENGTH else line
    return None
