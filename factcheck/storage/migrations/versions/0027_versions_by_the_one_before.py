"""Versions of an article are found by the one before them."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_index("ix_article_previous_id", "article", ["previous_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_article_previous_id", "article")
