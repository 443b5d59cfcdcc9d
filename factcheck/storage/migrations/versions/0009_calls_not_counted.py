"""How many calls of a run the server told no tokens of."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change. A run without a token was not counted; of others, nobody knows any more."""
    op.add_column("run", sa.Column("uncounted", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE run SET uncounted = calls WHERE prompt_tokens = 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("run", "uncounted")
