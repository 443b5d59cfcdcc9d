"""Where in its source an article's text stands, such as the times of a recording, and where each claim does."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change. No source that was read until now had any."""
    op.add_column("article", sa.Column("locators", sa.String(), nullable=False, server_default="[]"))
    op.add_column("claim", sa.Column("locator", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("claim", "locator")
    op.drop_column("article", "locators")
