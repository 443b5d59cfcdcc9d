"""The language that the text of an article looks like, where its source names none."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change. Articles that are in stay as they were split."""
    op.add_column("article", sa.Column("detected_language", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("article", "detected_language")
