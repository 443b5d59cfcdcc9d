"""The tables of look-ups: what the searches and pages said of each claim, when it was last looked up.

They are no part of what the log tells: nothing of them is evidence.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from factcheck.storage.columns import Bytes, UtcDateTime, name_cells


class LookupRow(SQLModel, table=True):
    """A look-up; `found` is the rest of it, as JSON."""

    __tablename__ = "lookup"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    at: datetime = Field(sa_type=UtcDateTime)
    found: str


class LookupPageRow(SQLModel, table=True):
    """What was fetched for it, packed with zlib."""

    __tablename__ = "lookup_page"

    claim_id: int = Field(primary_key=True, foreign_key="lookup.claim_id")
    sha256: str = Field(primary_key=True)
    media_type: str
    url: str | None = None
    status: int | None = None
    headers: str
    content: bytes = Field(sa_type=Bytes)


LOOKUP = LookupRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
LOOKUP_PAGE = LookupPageRow.__table__  # type: ignore[attr-defined] # as above
name_cells(LOOKUP, LOOKUP_PAGE)
