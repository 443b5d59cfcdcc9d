"""The tables of where articles were read, and of their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from factcheck.domain.claim import AnchorStatus
from factcheck.storage.columns import name_cells
from factcheck.storage.tables import NumberedRow, Row, json_column, moment_column, word_column


class ArticleSourceRow(NumberedRow, table=True):
    """Where an article was read, and the snapshot that was taken there. Only ever added to."""

    article_id: int = Field(foreign_key="article.id", index=True)
    sha256: str = Field(foreign_key="snapshot.sha256")
    at: datetime = moment_column()
    url: str | None = None
    status: int | None = None
    headers: dict[str, Any] = json_column(dict)
    name: str | None = None


class ArticleSketchRow(Row, table=True):
    """Some of an article's runs of words, as hashes: near-equal texts are found by them."""

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    hash: int = Field(sa_type=BigInteger, primary_key=True, index=True)


class ClaimPlaceRow(NumberedRow, table=True):
    """A claim of another version where it stands in this article; `vanished_in` as a claim's own."""

    article_id: int = Field(foreign_key="article.id", index=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    anchor: AnchorStatus = word_column(AnchorStatus)
    segments: list[Any] = json_column(list)
    sentence_ids: list[Any] = json_column(list)
    first_sentence: int = 0
    also: list[Any] = json_column(list)
    inferred: list[Any] = json_column(list)
    vanished_in: int | None = None


ARTICLE_SOURCE = ArticleSourceRow.__table__
ARTICLE_SKETCH = ArticleSketchRow.__table__
CLAIM_PLACE = ClaimPlaceRow.__table__

name_cells(ARTICLE_SOURCE, ARTICLE_SKETCH, CLAIM_PLACE)
