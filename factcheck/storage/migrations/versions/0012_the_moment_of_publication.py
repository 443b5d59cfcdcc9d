"""The moment at which an article was published, as its page tells it: ISO 8601, with the zone if it names that."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change. Of articles that are in, the day alone is known."""
    op.add_column("article", sa.Column("published_at", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("article", "published_at")
