"""When what a claim says has happened, and from which words that was read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OF_CLAIM = {"when_words": sa.String, "when_first": sa.Date, "when_last": sa.Date}


def upgrade() -> None:
    """Apply the change. Claims that are in stay without a day."""
    for name, kind in _OF_CLAIM.items():
        op.add_column("claim", sa.Column(name, kind(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    for name in reversed(_OF_CLAIM):
        op.drop_column("claim", name)
