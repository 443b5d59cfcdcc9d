"""Alembic's entry: migrate on the connection that was handed over."""

from alembic import context
from sqlmodel import SQLModel

from factcheck.storage import every_table

_filled_by = every_table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()
