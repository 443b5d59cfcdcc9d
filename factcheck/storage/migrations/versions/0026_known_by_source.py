"""A claim that others have checked, as each source tells it of each publisher."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_NAMED = {"uq": "%(table_name)s_%(column_0_name)s_key"}
"""As PostgreSQL has named the constraint; SQLite has given it no name."""


def upgrade() -> None:
    """Apply the change; what stands stays under the source that told it first."""
    with op.batch_alter_table("known_claim", naming_convention=_NAMED) as table:
        table.drop_constraint("known_claim_key_key", type_="unique")
        table.create_unique_constraint("known_claim_key_source_id_publisher_key", ["key", "source_id", "publisher"])


def downgrade() -> None:
    """Take the change back; what others have checked goes, and can be imported again."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS known_words")
    op.execute("DELETE FROM known_claim")
    op.execute("DELETE FROM known_source")
    with op.batch_alter_table("known_claim", naming_convention=_NAMED) as table:
        table.drop_constraint("known_claim_key_source_id_publisher_key", type_="unique")
        table.create_unique_constraint("known_claim_key_key", ["key"])
