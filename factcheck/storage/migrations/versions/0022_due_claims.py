"""An index of the claims that are due by a day, and of no others."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_HAS_DAY = sa.text("due_on IS NOT NULL")


def upgrade() -> None:
    """Apply the change."""
    op.drop_index("ix_claim_due", table_name="claim")
    columns = ["status", "due_on"]
    op.create_index("ix_claim_due", "claim", columns, sqlite_where=_HAS_DAY, postgresql_where=_HAS_DAY)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_claim_due", table_name="claim")
    op.create_index("ix_claim_due", "claim", ["due_on", "status"])
