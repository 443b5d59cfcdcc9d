"""The headline of a check: claims that others have checked are found by its words, too."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change; what was imported before has none until it is imported again."""
    op.add_column("known_claim", sa.Column("headline", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back; the index may go on finding claims by words of their headlines."""
    op.drop_column("known_claim", "headline")
