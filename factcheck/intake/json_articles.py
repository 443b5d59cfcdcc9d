"""JSON lines, or one value of JSON, that hold articles: a text with what is known of it. Run within bounds."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from factcheck.domain.article import Article
from factcheck.errors import SourceError
from factcheck.intake.authors import names_apart
from factcheck.intake.markup_text import blocks_of_html, is_html
from factcheck.intake.page_blocks import with_blocks
from factcheck.intake.plain import article_from_text, as_text

_MAX_ARTICLES = 10_000
_TEXT = (
    "text", "article_text", "articleBody", "full_text", "fulltext", "body", "content", "maintext", "main_text",
    "cleaned_text", "article", "body_text", "plain_text",
)  # fmt: skip
_TITLE = ("title", "headline", "name")
_AUTHORS = ("authors", "author", "byline", "creator")
_DATE = (
    "date", "published", "date_published", "datePublished", "published_at", "publish_date", "date_publish",
    "publication_date", "publishedAt", "published_date", "pub_date", "pubDate",
)  # fmt: skip
_URL = ("url", "link", "canonical_url", "source_url", "uri", "web_url")
_LANGUAGE = ("language", "lang", "inLanguage", "language_code")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SHOWN_KEYS, _SHOWN_OF_KEY = 6, 60


def articles_of_json(
    content: bytes, source: str, now: datetime, encoding: str | None, header: str | None, url: str | None
) -> list[Article | SourceError]:
    """The articles in their order, and in the place of each that cannot be read, why.

    Raises SourceError for JSON that holds none at all, and EncodingError.
    """
    text = as_text(content, source, encoding, header)
    found = [_read(one, where, source, now, url) for where, one in _values(text, source)]
    if len(found) > _MAX_ARTICLES:
        raise SourceError(f"{source!r} holds {len(found):,} articles, more than {_MAX_ARTICLES:,}; divide it")
    if not any(isinstance(one, Article) for one in found):
        if len(found) == 1 and isinstance(found[0], SourceError):
            raise found[0]
        raise SourceError(f"{source!r} is JSON, not an article: none of its {len(found):,} values is one; {_ADVICE}")
    return found


def _values(text: str, source: str) -> Iterator[tuple[str, object]]:
    """Each value with its place; of what cannot be read the error itself."""
    whole = _parsed(text)
    if not isinstance(whole, ValueError):
        if isinstance(whole, list):
            yield from ((f", item {number}", one) for number, one in enumerate(whole, 1))
        else:
            yield "", whole
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not any(line.lstrip().startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        raise SourceError(f"{source!r} is broken JSON ({whole}); save each article as one line of JSON, and give that")
    yield from ((f", line {number}", _parsed(line)) for number, line in lines)


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=lambda name: name)
    except json.JSONDecodeError as error:
        return ValueError(f"{error.msg} at column {error.colno}")
    except RecursionError:
        return ValueError("it is nested too deeply")
    except ValueError:  # more digits than Python reads
        return ValueError("a number has too many figures")


def _read(value: object, where: str, source: str, now: datetime, url: str | None) -> Article | SourceError:
    """The article, or why there is none."""
    place = f"{source!r}{where}"
    if isinstance(value, ValueError):
        return SourceError(f"{place} is no JSON: {value}; mend it")
    if not isinstance(value, dict):
        return SourceError(f"{place} is JSON, but no object; {_ADVICE}")
    text = _text_of(value)
    if text is None:
        keys = ", ".join(repr(one[:_SHOWN_OF_KEY]) for one in list(value)[:_SHOWN_KEYS])
        return SourceError(
            f"{place} is JSON, but no article: it has no text under a usual name, only {keys or 'no keys'}; {_ADVICE}"
        )
    text, blocks = with_blocks(blocks_of_html(text)) if is_html(text) else (text, ())
    if not any(map(str.isalnum, text)):
        return SourceError(f"{place} has an empty text; leave it out, or fill it")
    found = replace(article_from_text(text, now, _words_of(value, _URL) or url), blocks=blocks)
    language = _words_of(value, _LANGUAGE) or ""
    return replace(
        found,
        title=_words_of(value, _TITLE) or found.title,
        authors=_authors(value),
        published=next(filter(None, map(_day, (value.get(key) for key in _DATE))), None),
        language=language.replace("_", "-") if _TAG.fullmatch(language) else None,
    )


_ADVICE = 'an article has a "text", and may have "title", "author", "date", "url", "language"'


def _text_of(value: Mapping[str, Any]) -> str | None:
    for key in _TEXT:
        found = value.get(key)
        if isinstance(found, list) and found and all(isinstance(one, str) for one in found):
            found = "\n\n".join(found)
        if isinstance(found, str):
            return _UNSTORABLE.sub("\ufffd", found).replace("\r\n", "\n").replace("\r", "\n")
    return None


def _words_of(value: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    found = (value.get(key) for key in keys)
    return next((words for one in found if isinstance(one, str) and (words := _line(one))), None)


def _line(words: str) -> str:
    return " ".join(_UNSTORABLE.sub("\ufffd", words).split())


def _authors(value: Mapping[str, Any]) -> tuple[str, ...]:
    for key in _AUTHORS:
        found = value.get(key)
        several = found if isinstance(found, list) else [found]
        names = [one.get("name") if isinstance(one, dict) else one for one in several]
        if kept := [each for one in names if isinstance(one, str) for each in names_apart(_line(one))]:
            return tuple(dict.fromkeys(kept))
    return ()


def _day(value: object) -> date | None:
    """A day as ISO 8601, in the form of e-mail, or as seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).date()  # noqa: PLR2004 - then milliseconds
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value.strip()[:10])
        with suppress(ValueError, TypeError, IndexError):
            return parsedate_to_datetime(value[:100]).date()
    return None
