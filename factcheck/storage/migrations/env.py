"""Alembic's entry: migrate on the connection that was handed over."""

from alembic import context
from sqlmodel import SQLModel

from factcheck.storage import article_tables

_filled_by = article_tables  # importing it, and the tables that it builds on, fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()
