"""Alembic's entry: migrate on the connection that was handed over."""

from alembic import context
from sqlmodel import SQLModel

from factcheck.storage import article_tables, lookup_tables, visit_table

_filled_by = (
    article_tables,
    lookup_tables,
    visit_table,
)  # importing them, and the tables that they build on, fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()
