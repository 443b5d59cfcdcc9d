"""Which reader serves which kind of content: pages, PDFs, documents, messages, subtitles, JSON lines, text."""

from collections.abc import Iterable
from datetime import datetime

from factcheck.domain.article import Article
from factcheck.domain.evidence import Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import SourceError
from factcheck.intake.html import article_from_html
from factcheck.intake.kinds import Kind, kind_of
from factcheck.intake.markdown import article_from_markdown, is_markdown
from factcheck.intake.parsing import parsed
from factcheck.intake.pdf import article_from_pdf
from factcheck.intake.plain import article_from_text, as_text
from factcheck.intake.refused import refuse

PAGE_NAMES = (".html", ".htm", ".xhtml")
JSON_LINES = "application/jsonl"
_READERS = {
    Kind.DOCX: "docx:article_of_docx",
    Kind.EMAIL: "mail:article_of_message",
    Kind.MHTML: "mail:article_of_saved_page",
    Kind.SRT: "subtitles:article_of_subtitles",
    Kind.VTT: "subtitles:article_of_subtitles",
    Kind.JSON: "json_articles:articles_of_json",
    Kind.JSON_LINES: "json_articles:articles_of_json",
}


def articles_in(
    page: Snapshot, source: str, now: datetime, encoding: str | None, limits: ParsingLimits | None
) -> Iterable[Article | SourceError]:
    """The article of what was opened, or several, and in the place of one that cannot be read, why.

    Raises SourceError where none can be read.
    """
    content, kind = page.content, kind_of(page.content)
    if kind is Kind.TEXT and ("html" in page.media_type or source.lower().endswith(PAGE_NAMES)):
        kind = Kind.HTML  # a fragment, which begins like a text
    if page.media_type == JSON_LINES:
        kind = Kind.JSON_LINES  # a part of a file, which may be one broken line
    refuse(kind, source)
    if kind in _READERS:
        known = source, now, encoding, page.charset, page.url
        found = parsed(_READERS[kind], source, content, *known, limits=limits)
        return found if isinstance(found, list) else [found]
    if kind is Kind.PDF:
        return [article_from_pdf(content, source, now, page.url, limits)]
    if kind is Kind.HTML:
        told = {"header_encoding": page.charset, "source": source}
        return [article_from_html(content, page.url, now, encoding, **told, limits=limits)]
    return [article_of_text(as_text(content, source, encoding, page.charset), source, now, page, limits)]


def article_of_text(
    text: str, source: str, now: datetime, page: Snapshot, limits: ParsingLimits | None = None
) -> Article:
    """An article out of plain text, or out of Markdown if that is what it looks like."""
    if is_markdown(text, source, page.media_type):
        return article_from_markdown(text, source, now, page.url, limits)
    return article_from_text(text, now, page.url)
