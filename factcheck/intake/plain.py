"""Plain text: decoded without guessing, since offsets must mean the same on every machine, and titled."""

import codecs
import re
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.errors import EncodingError, SourceError
from factcheck.intake.charset import fits, marked, meant, told_fitting, unmarked
from factcheck.intake.joiners import without_marks
from factcheck.text.sentences import is_furniture, split_blocks

_TITLE_LENGTH = 200  # characters; what is longer is a paragraph
_CLOSING_QUOTES = "\"'”’»"
# What ends in one of these is the first sentence of a text without a headline.
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "。", "！", "？")


def as_text(content: bytes, source: str, encoding: str | None = None, header: str | None = None) -> str:
    """Text with line feeds, in the encoding of its byte order mark, that which is named, or UTF-8. Raises SourceError.

    `header` is the server's word, for what is not UTF-8. UTF-16 without a mark and ISO-2022-JP are known by sight.
    """
    chosen = marked(content) or encoding or unmarked(content) or _of_server(content, header) or "utf-8"
    try:
        if b"\0" in content and not codecs.lookup(chosen).name.startswith(("utf-16", "utf-32")):
            raise SourceError(f"{source!r} is a binary file; give the article as text, Markdown or HTML")
        text = content.decode(chosen)
        text.encode()  # some encodings can spell halves of characters, which nothing can store
    except LookupError as error:
        raise EncodingError(f"{encoding!r} is not an encoding that Python knows") from error
    except UnicodeError as error:
        told = "; ".join(filter(None, (f"{source!r} is not {chosen} text", told_fitting(content))))
        raise EncodingError(told) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _of_server(content: bytes, header: str | None) -> str | None:
    return None if header is None or fits(content, "utf-8") else meant(header)


def article_from_text(text: str, now: datetime, url: str | None = None) -> Article:
    """The text without soft hyphens, else unchanged; titled by its first line if that reads like a headline."""
    text = without_marks(text)
    lines = (" ".join(block.cut(text).split()) for block, _ in split_blocks(text))
    first = next((line for line in lines if re.search(r"\w", line) and not is_furniture(line)), "")
    return Article(text=text, retrieved_at=now, title=first if reads_like_title(first) else None, url=url)


def reads_like_title(line: str) -> bool:
    """Whether the first line of a text reads like its headline: it is short, and no sentence."""
    return 0 < len(line) <= _TITLE_LENGTH and not line.rstrip(_CLOSING_QUOTES).endswith(_SENTENCE_ENDS)
