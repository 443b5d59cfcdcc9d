"""The change that a listing told of when a page was last read."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("visit", sa.Column("stamp", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("visit", "stamp")
