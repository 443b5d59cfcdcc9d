"""What strangers tell of an article, within bounds: the title goes into each question, and all of it on screens."""

import re
from dataclasses import replace

from factcheck.domain.article import Article

_MOST_CHARS = 500
_MOST_PEOPLE = 50
_MOST_OF_ADDRESS = 8_000  # what servers take
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def within_bounds(article: Article) -> Article:
    """The article with what is told of it cut, and without what no database stores; addresses are whole or none."""
    return replace(
        article,
        title=words(article.title),
        subtitle=words(article.subtitle),
        publisher=words(article.publisher),
        authors=tuple(filter(None, map(words, article.authors[:_MOST_PEOPLE]))),
        language=words(article.language),
        url=_address(article.url),
        canonical_url=_address(article.canonical_url),
    )


def words(told: str | None) -> str | None:
    """The words, cut with a sign of it where they are longer than anybody reads."""
    if told is None:
        return None
    storable = _UNSTORABLE.sub("\ufffd", told)
    return storable if len(storable) <= _MOST_CHARS else f"{storable[: _MOST_CHARS - 2]} …"


def _address(told: str | None) -> str | None:
    return None if told is None or len(told) > _MOST_OF_ADDRESS or _UNSTORABLE.search(told) else told
