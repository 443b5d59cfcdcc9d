"""Runs the migrations with Alembic, on a connection that the caller holds."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from factcheck.storage import every_table

_FOR_ENV = every_table  # what env.py needs is loaded here, before the write lock is taken, and not behind it


def upgrade(connection: Connection) -> None:
    """Bring the schema to this version's, inside the caller's transaction."""
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
