"""What readers would see of a claim as an editor signed it off, as a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("editorial_act", sa.Column("shown", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("editorial_act", "shown")
