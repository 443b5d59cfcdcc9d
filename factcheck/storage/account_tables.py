"""The tables of passwords and of sessions in browsers."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from factcheck.storage.columns import UtcDateTime


class AccountRow(SQLModel, table=True):
    """The hash of a person's password, or of the key of a link with which they choose their first.

    The log tells when it was set, and nothing of it.
    """

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    hashed: str
    set_at: datetime = Field(sa_type=UtcDateTime)


class SessionRow(SQLModel, table=True):
    """Somebody who is logged in, under the hash of a key that only their browser has."""

    __tablename__ = "web_session"

    key_sha256: str = Field(primary_key=True)
    name: str = Field(index=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)


ACCOUNT = AccountRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
WEB_SESSION = SessionRow.__table__  # type: ignore[attr-defined]
for _column in (ACCOUNT.c.set_at, WEB_SESSION.c.begun_at, WEB_SESSION.c.until):
    _column.type.table, _column.type.column = _column.table.name, _column.name
