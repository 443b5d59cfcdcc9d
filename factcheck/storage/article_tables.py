"""The tables of where articles were read."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from factcheck.storage.columns import name_cells
from factcheck.storage.tables import NumberedRow, json_column, moment_column


class ArticleSourceRow(NumberedRow, table=True):
    """Where an article was read, and the snapshot that was taken there. Only ever added to."""

    article_id: int = Field(foreign_key="article.id", index=True)
    sha256: str = Field(foreign_key="snapshot.sha256")
    at: datetime = moment_column()
    url: str | None = None
    status: int | None = None
    headers: dict[str, Any] = json_column(dict)
    name: str | None = None


ARTICLE_SOURCE = ArticleSourceRow.__table__

name_cells(ARTICLE_SOURCE)
