"""Markdown: which text is it, and its article, read within bounds by `markdown_text`."""

import re
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.domain.parsing import ParsingLimits
from factcheck.intake.parsing import parsed

NAMES = (".md", ".markdown", ".mdown", ".mkd")
FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<said>[A-Za-z].{0,20000}?)\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_MARKS = re.compile(r"\]\(https?://[^\s()]{1,2000}\)|(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*(?![*\w])")


def is_markdown(text: str, name: str = "", media_type: str = "") -> bool:
    """Whether a text is Markdown, by its name or by front matter, links or strong words.

    Headings and lists alone do not tell: text without any other marks has them, too, and is stored as it stands.
    """
    is_named = name.lower().endswith(NAMES) or "markdown" in media_type
    return is_named or bool(FRONT_MATTER.match(text) or _MARKS.search(text))


def article_from_markdown(
    text: str, source: str, now: datetime, url: str | None = None, limits: ParsingLimits | None = None
) -> Article:
    """The article without marks, headline first, a blank line between its blocks.

    Raises SourceError, ParsingLimitError if that takes more than `limits`.
    """
    found: Article = parsed("markdown_text:article_of_markdown", source, text, url, now, limits=limits)
    return found
