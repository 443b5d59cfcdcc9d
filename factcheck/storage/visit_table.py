"""The table of visits to addresses that listings name."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from factcheck.storage.columns import UtcDateTime


class VisitRow(SQLModel, table=True):
    """The last look at an address. It is no part of what the log tells: nothing that is published rests on it."""

    __tablename__ = "visit"

    key: str = Field(primary_key=True)
    address: str
    at: datetime = Field(sa_type=UtcDateTime)
    article_id: int | None = Field(default=None, foreign_key="article.id")
    etag: str | None = None
    last_modified: str | None = None
    failure: str | None = None
    tries: int = 0
    stamp: datetime | None = Field(default=None, sa_type=UtcDateTime)


VISIT = VisitRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
VISIT.c.at.type.table, VISIT.c.at.type.column = VISIT.name, "at"
VISIT.c.stamp.type.table, VISIT.c.stamp.type.column = VISIT.name, "stamp"
