"""Plain and Markdown text: decoded without guessing, since offsets must mean the same on every machine, and titled."""

import codecs
import re
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.errors import EncodingError, SourceError
from factcheck.text.sentences import is_furniture, split_blocks

# UTF-32 before UTF-16, whose mark begins like it.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    **dict.fromkeys((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
    **dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
}
_TITLE_LENGTH = 200  # characters; what is longer is a paragraph
_CLOSING_QUOTES = "\"'”’»"
# What ends in one of these is the first sentence of a text without a headline.
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "。", "！", "？")


def as_text(content: bytes, source: str, encoding: str | None = None) -> str:
    """Text with line feeds: UTF-8, what its byte order mark says, or the named encoding. Raises SourceError."""
    chosen = encoding or next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        if b"\0" in content and not codecs.lookup(chosen).name.startswith(("utf-16", "utf-32")):
            raise SourceError(f"{source!r} is a binary file; give the article as text, Markdown or HTML")
        text = content.decode(chosen)
        text.encode()  # some encodings can spell halves of characters, which nothing can store
    except LookupError as error:
        raise EncodingError(f"{encoding!r} is not an encoding that Python knows") from error
    except UnicodeError as error:
        raise EncodingError(f"{source!r} is not {chosen} text") from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def article_from_text(text: str, now: datetime, url: str | None = None) -> Article:
    """The text unchanged, titled by its first line if that reads like a headline."""
    lines = (" ".join(block.cut(text).split()) for block, _ in split_blocks(text))
    first = next((line for line in lines if re.search(r"\w", line) and not is_furniture(line)), "")
    is_headline = len(first) <= _TITLE_LENGTH and not first.rstrip(_CLOSING_QUOTES).endswith(_SENTENCE_ENDS)
    return Article(text=text, retrieved_at=now, title=first if first and is_headline else None, url=url)
