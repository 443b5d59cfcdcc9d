"""The tables of webhooks and of what they are to hear."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from factcheck.domain.states import Act
from factcheck.storage.columns import JsonText, UtcDateTime, Word, name_cells


class WebhookRow(SQLModel, table=True):
    """A webhook, with the secret that what it hears is signed with."""

    __tablename__ = "webhook"

    id: int | None = Field(default=None, primary_key=True)
    url: str
    acts: list[Any] = Field(default_factory=list, sa_type=JsonText)
    secret: str
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class DeliveryRow(SQLModel, table=True):
    """An event that a webhook is to hear of, or has heard of."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_next_at", "next_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    key: str = Field(unique=True)
    event_id: int = Field(foreign_key="event.id")
    act: Act = Field(sa_type=Word(Act))
    claim_id: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    failure: str | None = None


WEBHOOK = WebhookRow.__table__  # type: ignore[attr-defined] # SQLModel makes it
DELIVERY = DeliveryRow.__table__  # type: ignore[attr-defined]
name_cells(WEBHOOK, DELIVERY)
