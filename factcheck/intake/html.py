"""Pages of HTML: which content is one, and their article and words, read within bounds."""

import re
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.domain.evidence import PageText
from factcheck.domain.parsing import ParsingLimits
from factcheck.intake.parsing import parsed

# Possessive (`*+`): what has been passed over is not divided anew, for which forty comments have more ways than stars.
_START = re.compile(
    rb"\s*+(?:<\?xml.*?\?>\s*+)?+(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = b"\xef\xbb\xbf\xff\xfe\0"  # byte order marks, and the other half of UTF-16's letters
_HEAD = 4096  # bytes, within which a page says what it is


def looks_like_html(content: bytes) -> bool:
    """Whether the content begins as a page does."""
    return bool(_START.match(head_of(content)))


def head_of(content: bytes) -> bytes:
    """The beginning of a page, within which it says what it is; of UTF-16 the letters of ASCII."""
    return content[:_HEAD].translate(None, _WIDE)


def article_from_html(
    content: bytes,
    url: str | None,
    now: datetime,
    encoding: str | None = None,
    *,
    header_encoding: str | None = None,
    source: str | None = None,
    limits: ParsingLimits | None = None,
) -> Article:
    """The article of a page, headline first, a blank line between paragraphs; its text is empty where there is none.

    `encoding` is what the user names, `header_encoding` the server; `source` is for what is said of them. Raises
    EncodingError if the text cannot be read, ParsingLimitError if that takes more than `limits`, and SourceError.
    """
    name = source or url or "the page"
    found: Article = parsed(
        "page:article_of_page", name, content, url, now, encoding, header_encoding, name, limits=limits
    )
    return found


def read_html(
    content: bytes,
    url: str | None,
    header_encoding: str | None = None,
    *,
    source: str | None = None,
    limits: ParsingLimits | None = None,
) -> PageText:
    """All that a page says, its article alone unless the page is very large, and what it says of itself.

    Raises SourceError as `article_from_html`.
    """
    name = source or url or "the page"
    found: PageText = parsed("page:text_of_page", name, content, url, header_encoding, name, limits=limits)
    return found
