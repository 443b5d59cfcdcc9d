"""Articles as they are filed: the text with its sentences, once, and each place where it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from factcheck.domain.article import Article, ArticleSource, FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.replay import ARTICLE_COLUMNS
from factcheck.domain.sentence import Sentence
from factcheck.storage import rows, snapshots
from factcheck.storage.article_tables import ARTICLE_SOURCE
from factcheck.storage.events import add_events
from factcheck.storage.tables import ARTICLE, SENTENCE


def file_article(
    connection: Connection, article: Article, sentences: Sequence[Sentence], now: datetime
) -> FiledArticle:
    """The article with that text, filed unless it is; where it was read is kept, and the event tells of it."""
    known = connection.execute(select(ARTICLE).where(ARTICLE.c.sha256 == article.sha256)).first()
    if known is not None:
        filed = rows.filed_article(known)
        if source := _keep_source(connection, filed.id, article, now):
            add_events(connection, Event(0, now, None, "read_again", article_id=filed.id, details=source))
        return filed
    values = rows.columns_of(article, "snapshot") | {"sha256": article.sha256}
    article_id = rows.insert_one(connection, ARTICLE, values)
    if sentences:
        connection.execute(insert(SENTENCE), [rows.sentence_values(article_id, one) for one in sentences])
    told = {name: rows.plain(values[name]) for name in ARTICLE_COLUMNS}
    details = {"sentences": len(sentences), "written": told | {"text": article.sha256}}
    details |= _keep_source(connection, article_id, article, now)
    add_events(connection, Event(0, now, None, "filed", article_id=article_id, details=details))
    return FiledArticle(article_id, replace(article, snapshot=None))


def sources(connection: Connection, article_id: int) -> tuple[ArticleSource, ...]:
    """Where an article was read, the first place first."""
    found = select(ARTICLE_SOURCE).where(ARTICLE_SOURCE.c.article_id == article_id).order_by(ARTICLE_SOURCE.c.id)
    told = []
    for row in connection.execute(found):
        with rows.damage_told("article_source", row):
            told.append(rows.of_row(ArticleSource, row))
    return tuple(told)


def _keep_source(connection: Connection, article_id: int, article: Article, now: datetime) -> Mapping[str, Any]:
    """Keep what the article was read from; what an event tells of it, nothing if that place was read before.

    A page is kept as it was first: another look at it that brings the same text brings other advertisements only.
    """
    if article.snapshot is None:
        return {}
    source = ArticleSource.of_snapshot(article.snapshot, now)
    for one in sources(connection, article_id):
        if one.url == source.url and (one.url or one.sha256 == source.sha256):
            return {}
    snapshots.keep(connection, article.snapshot)
    values = rows.columns_of(source) | {"article_id": article_id}
    number = rows.insert_one(connection, ARTICLE_SOURCE, values)
    return {"source": {name: rows.plain(value) for name, value in values.items()} | {"id": number}}
