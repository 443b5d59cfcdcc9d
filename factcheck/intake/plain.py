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
    lines = (" ".join(block.span.cut(text).split()) for block in split_blocks(text))
    first = next((line for line in lines if re.search(r"\w", line) and not is_furniture(line)), "")
    is_headline = len(first) <= _TITLE_LENGTH and not first.rstrip(_CLOSING_QUOTES).endswith(_SENTENCE_ENDS)
    return Article(text=text, retrieved_at=now, title=first if first and is_headline else None, url=url)
