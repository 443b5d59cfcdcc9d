"""The tables of programs: their tokens, and the keys under which they have acted."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from factcheck.storage.columns import JsonText, UtcDateTime, name_cells


class AccessTokenRow(SQLModel, table=True):
    """A token, with the hash of its secret."""

    __tablename__ = "access_token"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    name: str
    scopes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    added_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class UsedKeyRow(SQLModel, table=True):
    """A key under which a program has acted, the hash of what it asked for, and the event that came of it."""

    __tablename__ = "used_key"

    token_id: int = Field(foreign_key="access_token.id", primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    event_id: int = Field(foreign_key="event.id")


ACCESS_TOKEN = AccessTokenRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
USED_KEY = UsedKeyRow.__table__  # type: ignore[attr-defined]
name_cells(ACCESS_TOKEN, USED_KEY)
