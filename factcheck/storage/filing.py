"""Articles as they are filed: the text with its sentences, once, and each place where it was read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from factcheck.domain.article import Article, ArticleRead, ArticleSource, FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.evidence import source_key
from factcheck.domain.extraction import RUN_BEGAN
from factcheck.domain.replay import ARTICLE_COLUMNS
from factcheck.domain.sentence import Sentence
from factcheck.domain.versions import Lineage
from factcheck.storage import rows, snapshots
from factcheck.storage.article_tables import ARTICLE_SOURCE
from factcheck.storage.events import add_events
from factcheck.storage.lineage import come_back, tell_changed
from factcheck.storage.lineage import write as write_lineage
from factcheck.storage.tables import ARTICLE, CLAIM, EVENT, SENTENCE

_FILLABLE = tuple(one for one in ARTICLE_COLUMNS if one not in {"text", "language", "previous_id"})
"""What a better source of the same text may fill, where it is empty."""
_WRITING = ("filed", "read_again", "article_set")
"""Acts that write what an article is known by."""
_TIMES = frozenset({"published", "modified", "published_at"})


def file_article(
    connection: Connection, article: Article, sentences: Sequence[Sentence], now: datetime, of: Lineage | None = None
) -> FiledArticle:
    """The article with that text, filed unless it is; where it was read is kept, and the event tells of it."""
    known = connection.execute(select(ARTICLE).where(ARTICLE.c.sha256 == article.sha256)).first()
    if known is not None:
        filed = rows.filed_article(known)
        filled = {
            name: getattr(article, name)
            for name in _FILLABLE
            if getattr(article, name) and not getattr(filed.article, name)
        }
        details = _keep_source(connection, filed.id, article, now) | _set(connection, filed, filled)
        if details:
            add_events(connection, Event(0, now, None, "read_again", article_id=filed.id, details=details))
        if of is not None and of.returns:
            come_back(connection, filed.id, now)
            tell_changed(connection, filed.id, of, now)
        return replace(filed, article=replace(filed.article, **filled))
    lineage = of or Lineage()
    values = rows.article_values(article) | {"previous_id": lineage.previous_id}
    article_id = rows.insert_one(connection, ARTICLE, values)
    if sentences:
        connection.execute(insert(SENTENCE), [rows.sentence_values(article_id, one) for one in sentences])
    told = {name: rows.plain(values[name]) for name in ARTICLE_COLUMNS}
    details = {"sentences": len(sentences), "written": told | {"text": article.sha256}}
    details |= _keep_source(connection, article_id, article, now) | write_lineage(connection, article_id, lineage)
    add_events(connection, Event(0, now, None, "filed", article_id=article_id, details=details))
    tell_changed(connection, article_id, lineage, now)
    return FiledArticle(article_id, replace(article, snapshot=None), lineage.previous_id)


def amend_article(
    connection: Connection, filed: FiledArticle, columns: Mapping[str, Any], by: str, now: datetime
) -> FiledArticle:
    """The article with what a person has set of it; the event tells what stood there before."""
    changed = {name: value for name, value in columns.items() if value != getattr(filed.article, name)}
    if changed:
        was = {name: rows.plain(getattr(filed.article, name)) for name in changed}
        details = {"was": was} | _set(connection, filed, changed)
        add_events(connection, Event(0, now, by, "article_set", article_id=filed.id, details=details))
    return replace(filed, article=replace(filed.article, **changed))


def as_it_was(connection: Connection, filed: FiledArticle, run_id: int) -> FiledArticle:
    """The article with what it was known by when a run began, as the events tell."""
    began = connection.scalar(select(func.min(EVENT.c.id)).where(EVENT.c.run_id == run_id, EVENT.c.action == RUN_BEGAN))
    if began is None:  # of an older desk
        return filed
    told = select(EVENT).where(EVENT.c.article_id == filed.id, EVENT.c.action.in_(_WRITING)).order_by(EVENT.c.id)
    before: dict[str, Any] = {}
    then: dict[str, Any] = {}
    for row in connection.execute(told):
        with rows.damage_told("event", row):
            details = json.loads(row.details)
            written = {name: value for name, value in details.get("written", {}).items() if name in _FILLABLE}
            if row.id < began:
                before |= written
                continue
            was = details.get("was", {}) | before
            then = {name: _read(name, was.get(name)) for name in written} | then
    return replace(filed, article=replace(filed.article, **then))


def sources(connection: Connection, article_id: int) -> tuple[ArticleSource, ...]:
    """Where an article was read, the first place first."""
    return tuple(map(source, connection.execute(sources_of(article_id))))


def sources_of(article_id: int) -> Select[Any]:
    """Asks for the rows of where an article was read."""
    return select(ARTICLE_SOURCE).where(ARTICLE_SOURCE.c.article_id == article_id).order_by(ARTICLE_SOURCE.c.id)


def read_for(connection: Connection, claim_id: int) -> ArticleRead:
    """What a claim's article says, and was read from."""
    of_claim = select(ARTICLE.c.id, ARTICLE.c.text, ARTICLE.c.sha256).join(CLAIM, CLAIM.c.article_id == ARTICLE.c.id)
    row = connection.execute(of_claim.where(rows.is_number(CLAIM.c.id, claim_id))).first()
    if row is None:
        return ArticleRead("")
    kept = connection.scalars(select(ARTICLE_SOURCE.c.sha256).where(ARTICLE_SOURCE.c.article_id == row.id))
    return ArticleRead(row.text, frozenset((row.sha256, *kept)))


def source(row: rows.AnyRow) -> ArticleSource:
    """A place where an article was read out of its row."""
    with rows.damage_told("article_source", row):
        return rows.of_row(ArticleSource, row)


def _keep_source(connection: Connection, article_id: int, article: Article, now: datetime) -> dict[str, Any]:
    """Keep what the article was read from; what an event tells of it, nothing if that place was read before.

    A page is kept as it was first: another look at it that brings the same text brings other advertisements only.
    """
    if article.snapshot is None:
        return {}
    source = ArticleSource.of_snapshot(article.snapshot, now)
    for one in sources(connection, article_id):
        same_page = one.url and source.url and source_key(one.url) == source_key(source.url)
        if same_page or (one.url is source.url is None and one.sha256 == source.sha256):
            return {}
    snapshots.keep(connection, article.snapshot)
    values = rows.columns_of(source) | {"article_id": article_id}
    number = rows.insert_one(connection, ARTICLE_SOURCE, values)
    return {"source": {name: rows.plain(value) for name, value in values.items()} | {"id": number}}


def _read(name: str, told: Any) -> Any:  # noqa: ANN401 - JSON, and the column's own type
    """The value of an article's column, as an event tells it."""
    if name == "authors":
        return tuple(told or ())
    if told is None or name not in _TIMES:
        return told
    return datetime.fromisoformat(told) if name == "published_at" else date.fromisoformat(told)


def _set(connection: Connection, filed: FiledArticle, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Write what an article is known by; what an event tells of it."""
    if not columns:
        return {}
    values = rows.stored_values(columns)
    connection.execute(update(ARTICLE).where(ARTICLE.c.id == filed.id).values(values))
    return {"written": {name: rows.plain(value) for name, value in values.items()}}
