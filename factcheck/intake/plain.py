"""Plain and Markdown text as it stands; only its title is looked for."""

from datetime import datetime

from factcheck.domain.article import Article
from factcheck.text.blocks import split_blocks
from factcheck.text.sentences import is_furniture

_TITLE_LENGTH = 200
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "。", "！", "？")


def article_from_text(text: str, now: datetime) -> Article:
    """The text unchanged, titled by its first line if that reads like a headline."""
    return Article(text=text, retrieved_at=now, title=_title(text))


def _title(text: str) -> str | None:
    for block in split_blocks(text):
        line = " ".join(block.span.cut(text).split())
        if not is_furniture(line):
            return line if len(line) <= _TITLE_LENGTH and not line.endswith(_SENTENCE_ENDS) else None
    return None
