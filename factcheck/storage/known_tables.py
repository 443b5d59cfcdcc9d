"""The tables of others' checks. Their index of words is derived from them, and made with the first of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from factcheck.storage.columns import Bytes, Day, JsonText, UtcDateTime, name_cells


class KnownSourceRow(SQLModel, table=True):
    """A file or an address from which known claims came, and when it was last read."""

    __tablename__ = "known_source"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    at: datetime = Field(sa_type=UtcDateTime)


class KnownClaimRow(SQLModel, table=True):
    """What a source tells of a claim that a publisher has checked. It is no part of what the log tells.

    Nothing that is published rests on it. `key` is a hash of its page's address and its words.
    """

    __tablename__ = "known_claim"
    __table_args__ = (UniqueConstraint("key", "source_id", "publisher"),)

    id: int | None = Field(default=None, primary_key=True)
    key: bytes = Field(sa_type=Bytes)
    source_id: int = Field(foreign_key="known_source.id", index=True)
    claim: str
    headline: str | None = None
    url: str
    publisher: str | None = None
    claimant: str | None = None
    claimed_on: date | None = Field(default=None, sa_type=Day)
    language: str | None = None
    rating: str | None = None
    value: str | None = None
    worst: str | None = None
    best: str | None = None
    rated_on: date | None = Field(default=None, sa_type=Day)
    earlier: list[Any] = Field(default_factory=list, sa_type=JsonText)


KNOWN_SOURCE = KnownSourceRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
KNOWN_CLAIM = KnownClaimRow.__table__  # type: ignore[attr-defined]
name_cells(KNOWN_SOURCE, KNOWN_CLAIM)
