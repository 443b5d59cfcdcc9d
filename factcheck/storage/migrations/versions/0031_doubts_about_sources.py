"""What a look at a source raises is kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("evidence", sa.Column("doubts", sa.String(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("evidence", "doubts")
