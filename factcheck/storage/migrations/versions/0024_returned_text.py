"""When an article's text, which a later version had replaced, was found at its address again."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("article", sa.Column("returned_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("article", "returned_at")
