"""What stands in the tables, row by row, in the form in which events tell it."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, select

from factcheck.domain.audit import moment
from factcheck.storage import rows
from factcheck.storage.article_tables import ARTICLE_SOURCE, CLAIM_PLACE
from factcheck.storage.columns import Day, JsonText, UtcDateTime
from factcheck.storage.tables import (
    ARTICLE,
    CLAIM,
    CORRECTION,
    EDITORIAL_ACT,
    EVIDENCE,
    RUN,
    VERDICT,
)

_CHUNK = 1_000


def standing_rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that an event has to account for, with the name of its table.

    The text of an article is told by its hash, and a claim comes with the hash of its article.
    """
    for row in _rows(connection, ARTICLE, select(*rows.as_stored(ARTICLE))):
        text = row["text"]
        yield ARTICLE.name, row | {"text": sha256(text.encode()).hexdigest() if isinstance(text, str) else text}
    of_article = ARTICLE.c.sha256.label("article_sha256")
    claims = select(*rows.as_stored(CLAIM), of_article).outerjoin(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
    for row in _rows(connection, CLAIM, claims):
        yield CLAIM.name, row
    for table in (RUN, ARTICLE_SOURCE, CLAIM_PLACE, VERDICT, EVIDENCE, EDITORIAL_ACT, CORRECTION):
        for row in _rows(connection, table, select(*rows.as_stored(table))):
            yield table.name, row


def _rows(connection: Connection, table: Table, query: Select[Any]) -> Iterator[dict[str, Any]]:
    found = connection.execute(query.order_by(table.c.id), execution_options={"yield_per": _CHUNK})
    columns = [one for one in table.c if isinstance(one.type, UtcDateTime | JsonText | Day)]
    with closing(found):
        for one in chain.from_iterable(found.partitions()):
            row = dict(one._mapping)  # noqa: SLF001 - public: SQLAlchemy keeps names without an underscore for columns
            yield row | {column.name: _plain(column, row[column.name]) for column in columns}


def _plain(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - JSON
    """What is stored, in the form of the events; what nobody can read is left as it is, and differs."""
    if not isinstance(value, str):
        return rows.plain(value)
    try:
        if isinstance(column.type, UtcDateTime):
            at = datetime.fromisoformat(value)
            return moment(at if at.tzinfo else at.replace(tzinfo=UTC))
        return json.loads(value) if isinstance(column.type, JsonText) else value
    except ValueError:
        return value
