"""Alembic's entry: migrate on the connection that was handed over."""

from alembic import context
from sqlmodel import SQLModel

from factcheck.storage import tables, visit_table

_filled_by = tables, visit_table  # importing the module fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()
